// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/render.h"

#include <set>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "sample.h"
#include "vault/publish/phrases.h"

namespace custos::vault::publish {
namespace {

Edition sample_edition() {
    const Material material = test::sample_material(test::careful_body());
    return edition_of(material, make_plan(material));
}

crypto::minisign::PublicKey sample_public_key() {
    return crypto::minisign::public_key_of(test::sample_key());
}

std::string between(const std::string& text, const std::string& from, const std::string& to) {
    const std::size_t begin = text.find(from) + from.size();
    return text.substr(begin, text.find(to, begin) - begin);
}

}  // namespace

TEST_CASE("render writes what the plan shows and nothing of the vault", "[publish][render]") {
    const Edition edition = sample_edition();
    for (const std::string& text : {render_html(edition, sample_public_key()),
                                    render_markdown(edition), render_json(edition)}) {
        CHECK(text.find("Person A") != std::string::npos);
        CHECK(text.find("name withheld") != std::string::npos);
        CHECK(text.find("Helena Brandt") != std::string::npos);
        CHECK(text.find("Bangkok") != std::string::npos);
        CHECK(text.find("22 December 2019") != std::string::npos);
        CHECK(text.find("Exhibit 1") != std::string::npos);
        CHECK(text.find("KEP 23/0117/2019") != std::string::npos);
        for (const char* code : {"-AAAAA", "-GGGGG", "-HHHHH", "-JJJJJ", "-KKKKK", "Soi Example"}) {
            CHECK(text.find(code) == std::string::npos);
        }
    }
}

TEST_CASE("render allows the page its own style and nothing else", "[publish][render]") {
    const std::string html = render_html(sample_edition(), sample_public_key());
    const std::string policy = between(html, "Content-Security-Policy\" content=\"", "\"");
    const std::string style = between(html, "<style>", "</style>");

    CHECK(policy.find("default-src &#39;none&#39;") == 0);
    CHECK(policy.find("sha256-" + crypto::base64(crypto::sha256(bytes_of(style)).view())) !=
          std::string::npos);
    CHECK(policy.find("script") == std::string::npos);
    CHECK(policy.find("http") == std::string::npos);
    for (const char* loads : {"<script", "<img", "<link", "<iframe",
                              " src=", " style=", " onload=", "url(", "@import"}) {
        INFO(loads);
        CHECK(html.find(loads) == std::string::npos);
    }
}

TEST_CASE("render lets a page run its check and no other script", "[publish][render]") {
    const std::string html = render_html(sample_edition(), sample_public_key(),
                                         {"{\"a\":\"</pre><script>\"}", "a signature <script>"});
    const std::string policy = between(html, "Content-Security-Policy\" content=\"", "\"");
    const std::string script = between(html, "<script>", "</script>");

    CHECK(policy.find("script-src &#39;sha256-" +
                      crypto::base64(crypto::sha256(bytes_of(script)).view()) + "&#39;") !=
          std::string::npos);
    CHECK(html.find("<script>") == html.rfind("<script"));
    CHECK(html.find("{&quot;a&quot;:&quot;&lt;/pre&gt;&lt;script&gt;&quot;}") != std::string::npos);
    for (const char* reaches_out : {"fetch(", "XMLHttpRequest", "import(", "innerHTML", "eval("}) {
        CHECK(script.find(reaches_out) == std::string::npos);
    }
}

TEST_CASE("render numbers what is disclosed by itself, and nothing else", "[publish][render]") {
    Material material = test::sample_material("# A\n\none[^n]\n\n- two\n\n> three\n\n[^n]: note\n");
    const Edition edition = edition_of(material, make_plan(material));
    const std::string html = render_html(edition, sample_public_key());
    for (const char* number : {"1", "2", "3"}) {
        CHECK(html.find("<div class=\"block\" id=\"p" + std::string(number) + "\" data-number=\"" +
                        number + "\">") != std::string::npos);
    }
    CHECK(html.find("id=\"p4\"") == std::string::npos);
    CHECK(html.find("<section id=\"notes\"") != std::string::npos);

    const auto json = nlohmann::json::parse(render_json(edition));
    CHECK_FALSE(json.at("paragraphs").at(0).contains("number"));
    CHECK(json.at("paragraphs").at(1).at("number") == 1);
    CHECK(json.at("paragraphs").at(1).at("text") == "one[1]");
    CHECK_FALSE(json.at("paragraphs").at(4).contains("number"));
}

TEST_CASE("render says the language and direction of each run of another script",
          "[publish][render]") {
    Edition edition = sample_edition();
    edition.markup = render_markup("(1) \u062d\u0642\u0648\u0642 x.\n\nx \u062d\u0642\n");
    edition.title = "About \u179f\u17d2\u179b\u17b6\u1794\u17cb, \u062d\u0642\u0648\u0642 and more";
    const std::string html = render_html(edition, sample_public_key());
    CHECK(html.find("About <span lang=\"km\">\u179f\u17d2\u179b\u17b6\u1794\u17cb</span>, <bdi "
                    "lang=\"und-Arab\" dir=\"rtl\">\u062d\u0642\u0648\u0642</bdi> and more</h1>") !=
          std::string::npos);
    CHECK(html.find("id=\"p1\" data-number=\"1\" lang=\"und-Arab\" dir=\"rtl\">") !=
          std::string::npos);
    CHECK(html.find("id=\"p2\" data-number=\"2\">") != std::string::npos);
}

TEST_CASE("render keeps a number with the Latin word before it where text runs to the left",
          "[publish][render]") {
    Edition edition = sample_edition();
    edition.language = "ar";
    edition.contact = "Press office, +44 20 7946 0000";
    const auto title_of = [&](const std::string& title) {
        edition.title = title;
        const std::string html = render_html(edition, sample_public_key());
        const std::size_t begin = html.find("<h1 id=\"title\">") + 15;
        return html.substr(begin, html.find("</h1>") - begin);
    };
    const std::string latin = "<bdi lang=\"und-Latn\" dir=\"ltr\">";
    CHECK(title_of("\u062d\u0642 (ASA 23/1632/2019).") ==
          "\u062d\u0642 (" + latin + "ASA 23/1632/2019</bdi>).");
    CHECK(title_of("ASA 23 \u062d\u0642") == latin + "ASA 23</bdi> \u062d\u0642");
    // A date behind a place is no part of it.
    CHECK(title_of("Bangkok, 22 \u062d\u0642") == latin + "Bangkok</bdi>, 22 \u062d\u0642");
    CHECK(title_of("\u062d\u0642 22") == "\u062d\u0642 22");
    CHECK(render_html(edition, sample_public_key())
              .find("<p id=\"contact\" lang=\"und-Latn\" dir=\"ltr\">") != std::string::npos);
    edition.language = "km";
    CHECK(title_of("ASA 23/1632") == "<span lang=\"und-Latn\">ASA</span> 23/1632");
}

TEST_CASE("render escapes every field that it prints", "[publish][render]") {
    Material material = test::sample_material("x");
    const std::string hostile = "\"><script>alert('1')</script>&";
    material.statement.title = hostile;
    material.statement.index = hostile;
    material.statement.date = hostile;
    material.statement.language = hostile;
    material.sources.at("D-HHHHH") =
        Source{"D-HHHHH", hostile, hostile, hostile, "javascript:" + hostile};
    const Edition edition = edition_of(material, make_plan(material));

    const std::string html = render_html(edition, sample_public_key());
    CHECK(html.find("<script") == std::string::npos);
    CHECK(html.find("href") == std::string::npos);
    CHECK(html.find("&lt;script&gt;") != std::string::npos);
    CHECK(render_markdown(edition).find("<script") == std::string::npos);
    CHECK(nlohmann::json::parse(render_json(edition)).at("title") == hostile);
}

TEST_CASE("render says the language and direction of the page", "[publish][render]") {
    Edition edition = sample_edition();
    CHECK(render_html(edition, sample_public_key()).find("<html lang=\"en\" dir=\"ltr\">") !=
          std::string::npos);
    edition.language = "ar";
    const std::string arabic = render_html(edition, sample_public_key());
    CHECK(arabic.find("<html lang=\"ar\" dir=\"rtl\">") != std::string::npos);
    CHECK(arabic.find("<footer lang=\"en\"") == std::string::npos);
    edition.language = "he";  // which Custos has no words of its own in
    CHECK(render_html(edition, sample_public_key()).find("<footer lang=\"en\" dir=\"ltr\">") !=
          std::string::npos);
    edition.language = "km";
    CHECK(render_html(edition, sample_public_key()).find("<html lang=\"km\" dir=\"ltr\">") !=
          std::string::npos);
}

TEST_CASE("the page has its own words in each language that has any, and no English left",
          "[publish][render][phrases]") {
    const Phrases& english = all_phrases().front();
    REQUIRE(english.language == "en");
    std::set<std::string_view> languages;
    for (const Phrases& phrases : all_phrases()) {
        CAPTURE(phrases.language);
        CHECK(languages.insert(phrases.language).second);
        CHECK(&phrases_for(phrases.language) == &phrases);
        // What stands in the text as a paragraph of its own must not be taken for markup.
        for (const std::string_view withheld : {phrases.name_withheld, phrases.date_withheld,
                                                phrases.place_withheld, phrases.marker_withheld}) {
            CHECK(withheld.front() == '[');
            CHECK(withheld.find(']') == withheld.size() - 1);
        }
        for (const std::string_view text : {phrases.how_to_verify, phrases.check_cannot})
            CHECK(text.find("VERIFY.txt") != std::string_view::npos);
        CHECK(phrases.check_good != phrases.check_bad);
        if (&phrases == &english) continue;
        Edition edition = sample_edition();
        edition.language = phrases.language;
        const std::string html = render_html(edition, sample_public_key(), {"{}", "signature"});
        CHECK(html.find("lang=\"en\" dir=\"ltr\">") ==
              html.find("lang=\"en\" dir=\"ltr\">" + fingerprint_words(sample_public_key())));
        for (const std::string_view text :
             {english.public_statement, english.authenticity, english.how_to_verify, english.key,
              english.fingerprint, english.fingerprint_words, english.qr_label, english.check_good,
              english.check_bad, english.check_cannot, english.check_warning}) {
            CAPTURE(text);
            CHECK(html.find(">" + std::string(text)) == std::string::npos);
            CHECK(html.find("\"" + std::string(text)) == std::string::npos);
        }
    }
    for (const char* language :
         {"ar", "en", "es", "fr", "id", "km", "lo", "my", "pt", "ru", "th", "vi", "zh"})
        CHECK(languages.contains(language));
}

TEST_CASE("render writes JSON with paragraphs, sources and no ids", "[publish][render]") {
    const auto json = nlohmann::json::parse(render_json(sample_edition()));
    CHECK(json.at("schema") == "custos.statement/1");
    CHECK(json.at("index") == "KEP 23/0117/2019");
    CHECK(json.at("date") == "2019-12-27");
    CHECK(json.at("paragraphs").size() == 6);
    CHECK(json.at("paragraphs").at(0).at("number") == 1);
    CHECK(json.at("sources").at(0).at("url") == "https://example.org/news?id=25260&lang=E");
}

TEST_CASE("render writes a key file that says not to trust it by itself", "[publish][render]") {
    const std::string text = render_key(sample_public_key());
    CHECK(crypto::minisign::read_public_key(text) == sample_public_key());
    CHECK(text.find("compare it") != std::string::npos);
    CHECK(fingerprint_of(sample_public_key()).size() == 64 + 15);
}

TEST_CASE("render gives the same bytes for the same statement", "[publish][render]") {
    CHECK(test::sample_package() == test::sample_package());
}

}  // namespace custos::vault::publish
