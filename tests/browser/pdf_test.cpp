// SPDX-License-Identifier: GPL-3.0-or-later
// statement.pdf as custos-pdf draws it, seen by poppler and exiftool, and by our own reader.
#include "vault/publish/pdf.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <sstream>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "picture_sample.h"
#include "program.h"
#include "sample.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/pdf_finish.h"
#include "vault/publish/pdf_text.h"

namespace custos::vault::publish {
namespace {

// As harden_process() does: a child that ends before it has read all is no reason to die.
[[maybe_unused]] const auto handler_before = std::signal(SIGPIPE, SIG_IGN);

crypto::minisign::PublicKey key() { return crypto::minisign::public_key_of(test::sample_key()); }

Edition edition_with(const std::string& body, const std::string& language = "en") {
    Material material = test::sample_material(body);
    material.statement.language = language;
    material.statement.organisation = "Example Organisation";
    return edition_of(material, make_plan(material));
}

// Skips where there is no custos-pdf, or no fonts for what is to be drawn.
Bytes pdf_or_skip(const Edition& edition) {
    const PdfOutcome outcome = make_pdf(edition, key(), CUSTOS_PDF);
    if (outcome.why_not.find("no font here") == 0 || std::string(CUSTOS_PDF).empty())
        SKIP(outcome.why_not);
    INFO(outcome.why_not);
    REQUIRE_FALSE(outcome.pdf.empty());
    return outcome.pdf;
}

std::string without_spaces(std::string text) {
    std::string out;
    for (const char c : text) {
        if (static_cast<unsigned char>(c) > 0x20) out += c;
    }
    return out;
}

const char* const kFiveScripts =
    "Khmer: ស្លាប់ដោយសារការវាយធ្វើបាប។\n\nThai: การบังคับให้สูญหายเป็นอาชญากรรม\n\n"
    "Burmese: လူ့အခွင့်အရေး ချိုးဖောက်မှုများ။\n\n"
    "تم توقيف الشخص في 22 ديسمبر 2019.\n\nLatin: naïve façade.\n";

}  // namespace

TEST_CASE("pdf holds the statement's text, in order, for pdftotext", "[pdf]") {
    test::program_or_skip("pdftotext");
    const test::ScratchFolder scratch;
    const Bytes pdf = pdf_or_skip(edition_with(test::careful_body()));
    scratch.write("statement.pdf", custos::text_of(pdf));

    const test::Run run = test::run(scratch, {"pdftotext", "-raw", "statement.pdf", "-"});
    REQUIRE(run.succeeded());
    const std::string text = without_spaces(run.out);
    std::size_t at = 0;
    for (const char* part :
         {"ExampleOrganisation", "KEP23/0117/2019", "stoptheharassmentofoppositionfigures",
          "PersonA,a37-year-oldactivist,wasattackedinBangkok,Thailandon22December2019",
          "[namewithheld]", "Background", "expressedgraveconcern", "Thedeviceisshown", "Sources",
          "id=25260", "Authenticity"}) {
        INFO(part);
        const std::size_t found = text.find(part, at);
        CHECK(found != std::string::npos);
        if (found != std::string::npos) at = found;
    }
}

TEST_CASE("pdf embeds every font it uses and names only clean properties", "[pdf]") {
    test::program_or_skip("pdffonts");
    test::program_or_skip("exiftool");
    const test::ScratchFolder scratch;
    const Bytes pdf = pdf_or_skip(edition_with(kFiveScripts));
    scratch.write("statement.pdf", custos::text_of(pdf));

    const test::Run fonts = test::run(scratch, {"pdffonts", "statement.pdf"});
    REQUIRE(fonts.succeeded());
    CHECK(fonts.out.find("Khmer") != std::string::npos);
    CHECK(fonts.out.find(" no ") == std::string::npos);  // not embedded, no subset, no text

    const test::Run facts = test::run(scratch, {"exiftool", "-j", "-a", "-G1", "statement.pdf"});
    REQUIRE(facts.succeeded());
    const auto properties = nlohmann::json::parse(facts.out).at(0);
    std::vector<std::string> of_pdf;
    for (const auto& [name, value] : properties.items()) {
        if (name.substr(0, 4) == "PDF:") of_pdf.push_back(name.substr(4));
    }
    CHECK(of_pdf == std::vector<std::string>{"Author", "CreateDate", "Linearized", "PDFVersion",
                                             "PageCount", "Producer", "Subject", "TaggedPDF",
                                             "Title"});
    CHECK(properties.at("PDF:CreateDate") == "2019:12:27 00:00:00Z");
    CHECK(properties.at("PDF:Author") == "Example Organisation");
}

TEST_CASE("pdf is the same from every run, zone, locale and home", "[pdf]") {
    const test::ScratchFolder scratch;
    const Edition edition = edition_with(kFiveScripts);
    const Bytes pdf = pdf_or_skip(edition);
    CHECK(make_pdf(edition, key(), CUSTOS_PDF).pdf == pdf);
    const std::string request = pdf_request(edition, key());
    for (const char* setting :
         {"TZ=Asia/Bangkok", "LC_ALL=de_DE.UTF-8", "HOME=/tmp", "SOURCE_DATE_EPOCH=1"}) {
        const test::Run run =
            test::run(scratch, {"env", "-i", "LC_ALL=C.UTF-8", setting, CUSTOS_PDF}, request);
        INFO(setting);
        CHECK(run.succeeded());
        CHECK(run.out == custos::text_of(pdf));
    }
}

TEST_CASE("pdf is refused, with the character named, where no font has it", "[pdf]") {
    (void)pdf_or_skip(edition_with("plain"));
    // A character that Unicode has not assigned, so that no font can have it.
    const PdfOutcome outcome = make_pdf(edition_with("a \U0002FFF0 b"), key(), CUSTOS_PDF);
    CHECK(outcome.pdf.empty());
    CHECK(outcome.why_not.find("U+2FFF0") != std::string::npos);
}

TEST_CASE("pdf says why there is none where custos-pdf is not there or no such program", "[pdf]") {
    const Edition edition = edition_with("plain");
    CHECK(make_pdf(edition, key(), "").why_not.find("not beside") != std::string::npos);
    CHECK(make_pdf(edition, key(), "custos-pdf").why_not.find("not beside") != std::string::npos);
    CHECK(make_pdf(edition, key(), "/bin/false").why_not == "custos-pdf failed");
    CHECK(make_pdf(edition, key(), "/bin/echo").why_not == "custos-pdf failed");
}

TEST_CASE("pdf_text reads out what the leak scan is to find", "[pdf]") {
    const Bytes pdf =
        pdf_or_skip(edition_with(std::string(kFiveScripts) + "\nSok **Chan** Ratha.\n"));
    const auto text = pdf_text(pdf);
    REQUIRE(text);
    CHECK(text->find("naïve façade") != std::string::npos);
    CHECK(without_spaces(*text).find("SokChanRatha") != std::string::npos);
    CHECK(text->find("Example Organisation") != std::string::npos);  // page and properties
    CHECK(without_spaces(*text).find("อาชญากรรม") != std::string::npos);

    LeakScan scan({test::person("P-ZZZZZ", "P3", "Sok Chan Ratha")}, {});
    CHECK_FALSE(scan.scan(readable({{kPdfFile, pdf}})).empty());
    const Bytes clean = pdf_or_skip(edition_with("Nothing of anybody."));
    CHECK(scan.scan(readable({{kPdfFile, clean}})).empty());
}

TEST_CASE("pdf says that a passage is withheld", "[pdf]") {
    const auto text = pdf_text(pdf_or_skip(edition_with(test::body_with_withheld_passage())));
    REQUIRE(text);
    CHECK(text->find("[passage withheld]") != std::string::npos);
    CHECK(text->find("4711") == std::string::npos);
}

TEST_CASE("pdf_text reads Chinese, and takes no font for text", "[pdf]") {
    const std::string words = "当局应当迅速调查";
    const Bytes pdf = pdf_or_skip(edition_with(words + "。\n", "zh"));
    const auto text = pdf_text(pdf);
    REQUIRE(text);
    CHECK(text->find(words) != std::string::npos);
    CHECK(text->size() < 20'000);
    CHECK(nlohmann::json(*text).dump().size() > text->size());  // throws unless it is UTF-8
}

TEST_CASE("pdf of a language from right to left begins at the right, whatever the script of a line",
          "[pdf]") {
    test::program_or_skip("pdftotext");
    const test::ScratchFolder scratch;
    const Bytes pdf = pdf_or_skip(edition_with("تم توقيف الشخص.\n", "ar"));
    scratch.write("statement.pdf", custos::text_of(pdf));
    const test::Run run = test::run(scratch, {"pdftotext", "-bbox", "statement.pdf", "-"});
    REQUIRE(run.succeeded());
    const auto edge = [&](const std::string& word, const std::string& name) {
        const std::size_t at = run.out.rfind(name + "=\"", run.out.find(">" + word + "<"));
        return std::stod(run.out.substr(at + name.size() + 2));
    };
    constexpr double kLeft = 62;
    constexpr double kRight = 595.28 - 62;
    CHECK(edge("Organisation", "xMax") > kRight - 1);
    CHECK(edge("1", "xMax") > kRight - 1);   // of the paragraph
    CHECK(edge("KEP", "xMin") < kLeft + 1);  // in the line of the date
    CHECK(edge("ب", "xMax") > kRight - 1);   // of the kind: poppler gives letter by letter
}

TEST_CASE("pdf embeds no font that cairo loses characters of", "[pdf]") {
    test::program_or_skip("pdffonts");
    const test::ScratchFolder scratch;
    const Bytes pdf = pdf_or_skip(edition_with("说明如何核实\n", "zh"));
    scratch.write("statement.pdf", custos::text_of(pdf));
    const test::Run run = test::run(scratch, {"pdffonts", "statement.pdf"});
    REQUIRE(run.succeeded());
    CHECK(run.out.find("CJK") == std::string::npos);
    CHECK(run.out.find("CID TrueType") != std::string::npos);
}

TEST_CASE("pdf_text gives nothing for what cairo has not written", "[pdf]") {
    CHECK_FALSE(pdf_text(bytes_of(std::string("no PDF"))));
    CHECK_FALSE(pdf_text(bytes_of(std::string("%PDF-1.5\nnothing"))));
    CHECK_FALSE(pdf_text(bytes_of(std::string(
        "%PDF-1.5\n1 0 obj\n<< /Filter /FlateDecode >>\nstream\nx\nendstream\nendobj"))));
}

TEST_CASE("pdf takes the signed data along, for pdfdetach", "[pdf]") {
    test::program_or_skip("pdfdetach");
    test::program_or_skip("pdftotext");
    const test::ScratchFolder scratch;
    const Bytes drawn = pdf_or_skip(edition_with(test::careful_body()));
    const std::string claims = "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJ4In0.c2ln~WyJzIl0~";
    const PdfFinish finish{"en", {}, kClaimsFile, "signed", "application/sd-jwt", claims};
    const auto pdf = finished_pdf(drawn, finish);
    REQUIRE(pdf);
    CHECK(std::equal(drawn.begin(), drawn.end(), pdf->begin()));
    CHECK(*pdf == finished_pdf(drawn, finish));
    scratch.write("before.pdf", custos::text_of(drawn));
    scratch.write("after.pdf", custos::text_of(*pdf));
    const auto said = [&](std::vector<std::string> words) {
        const test::Run run = test::run(scratch, std::move(words));
        CHECK(run.succeeded());
        return run.out;
    };
    const std::string listed = said({"pdfdetach", "-list", "after.pdf"});
    CHECK(listed.find("1 embedded files") != std::string::npos);
    CHECK(listed.find("statement.sd-jwt") != std::string::npos);
    said({"pdfdetach", "-save", "1", "-o", "out", "after.pdf"});
    CHECK(said({"cat", "out"}) == claims);
    CHECK(said({"pdftotext", "after.pdf", "-"}) == said({"pdftotext", "before.pdf", "-"}));
    Edition edition = edition_with(test::careful_body());
    edition.pdf = drawn;
    PackageParts parts;
    parts.claims = claims;
    const Files package = make_package(edition, test::sample_key(), parts);
    CHECK(custos::text_of(package.at(kPdfFile)).find(claims) != std::string_view::npos);
    CHECK(make_package(edition, test::sample_key()).at(kPdfFile) ==
          finished_pdf(drawn, {"en", {}}));
    // The leak scan reads it as well, and the pages as before.
    const auto text = pdf_text(*pdf);
    REQUIRE(text);
    CHECK(text->find(claims) != std::string::npos);
    CHECK(text->find(pdf_text(drawn)->substr(0, 200)) != std::string::npos);
}

TEST_CASE("pdf of another form is none that can be published", "[pdf]") {
    const auto finished = [](std::string_view pdf, std::string_view name, std::string_view content,
                             const std::string& language = "en") {
        return finished_pdf(
            bytes_of(pdf),
            {language, {}, std::string(name), "signed", "application/sd-jwt", content});
    };
    const std::string form =
        "%PDF-1.5\n1 0 obj\n<< /Type /Catalog\n   /Pages 2 0 R\n>>\nendobj\nxref\n0 2\n"
        "trailer\n<< /Size 2\n   /Root 1 0 R\n   /Info 1 0 R\n>>\nstartxref\n60\n%%EOF\n";
    CHECK(finished(form, "a", "b"));
    CHECK_FALSE(finished("", "a", "b"));
    CHECK_FALSE(finished("%PDF-1.5\n", "a", "b"));
    CHECK_FALSE(finished(form, "a)", "b"));
    CHECK_FALSE(finished(form, "a", "b endstream b"));
    CHECK_FALSE(finished(form, "a", "b", "en)"));
    CHECK_FALSE(finished_pdf(bytes_of(form), {"en", {"of a picture that it does not have"}}));
    for (std::size_t size = 0; size < form.size(); ++size) {
        INFO(size);
        CHECK_FALSE(finished(form.substr(0, size), "a", "b"));
    }
    for (const char* needed : {"trailer", "/Size", "/Root", "/Info", "startxref", "/Catalog"}) {
        std::string without = form;
        without[without.find(needed) + 1] = 'X';
        INFO(needed);
        CHECK_FALSE(finished(without, "a", "b"));
    }

    // A program that draws so, whether its PDF cannot be read or not be added to.
    const test::ScratchFolder scratch;
    const Edition edition = edition_with("plain");
    for (const std::string& drawn : {std::string("%PDF-1.5\nnothing"), form + "\n"}) {
        const std::string program =
            scratch.write("draw", "#!/bin/sh\ncat >/dev/null\ncat <<'END'\n" + drawn + "\nEND\n");
        REQUIRE(test::run(scratch, {"chmod", "+x", "draw"}).succeeded());
        const PdfOutcome outcome = make_pdf(edition, key(), program);
        CHECK(outcome.pdf.empty());
        CHECK(outcome.why_not.find("another form") != std::string::npos);
    }
    Edition unlike = edition;
    unlike.pdf = to_bytes(bytes_of("%PDF-1.5\nnothing"));
    CHECK_THROWS(make_package(unlike, test::sample_key()));
}

TEST_CASE("pdf says of every part what it is, in which language, and what pictures show", "[pdf]") {
    test::program_or_skip("pdfinfo");
    const test::ScratchFolder scratch;
    Edition edition = edition_with(
        "# Heading\n\nWords.\n\n- first\n  1. inner\n  2. inner two\n- second\n\n> Quoted.\n\n"
        "| a | b |\n|---|---|\n| c | d |\n");
    for (std::size_t i = 1; i <= 2; ++i) {
        ShownExhibit exhibit;
        exhibit.number = i;
        exhibit.file = "exhibit-" + std::to_string(i) + ".jpg";
        exhibit.text = "Exhibit " + std::to_string(i);
        exhibit.alt = i == 1 ? "A van by night" : "ស្លាប់ \U00010380";
        exhibit.bytes = std::make_shared<const Bytes>(test::clean_jpeg());
        edition.exhibits.push_back(exhibit);
    }
    edition.pdf = pdf_or_skip(edition);
    const Bytes pdf = package_pdf(edition, "claims");
    scratch.write("statement.pdf", custos::text_of(pdf));
    const auto said = [&](std::vector<std::string> words) {
        const test::Run run = test::run(scratch, std::move(words));
        CHECK(run.succeeded());
        return run.out;
    };
    CHECK(said({"pdfinfo", "statement.pdf"}).find("Tagged:          yes") != std::string::npos);
    // One letter a depth, then the element.
    std::string tree;
    std::istringstream lines(said({"pdfinfo", "-struct", "statement.pdf"}));
    for (std::string line; std::getline(lines, line);) {
        if (line.find('"') != std::string::npos) continue;
        const std::size_t begin = line.find_first_not_of(' ');
        tree += std::to_string(begin / 2) + line.substr(begin, line.find(' ', begin) - begin) + " ";
    }
    for (const char* part :
         {"0Document 1P ", "1H1 ", "1H2 1P 2Span 2Span ", "1L 2LI 3Lbl 3LBody 4P ",
          "4L 5LI 6Lbl 6LBody 7P 5LI 6Lbl 6LBody 7P 2LI 3Lbl 3LBody 4P ", "1BlockQuote 2P ",
          "1Table 2TR 3TH ", "2TR 3TD 3TD ", "1Figure 1P 1P 1P 1Figure 1P 1P 1P ",
          "1H2 1L 2LI 3Lbl 3LBody 4P "}) {
        INFO(tree);
        INFO(part);
        CHECK(tree.find(part) != std::string::npos);
    }
    const auto text = pdf_text(pdf);
    REQUIRE(text);
    CHECK(text->find("A van by night") < text->find("ស្លាប់ \U00010380"));
    CHECK(custos::text_of(pdf).find("/Lang (en)") != std::string_view::npos);
    CHECK(custos::text_of(pdf).find("/DisplayDocTitle true") != std::string_view::npos);
    CHECK(custos::text_of(pdf).find("/Marked true") != std::string_view::npos);
    test::program_or_skip("qpdf");
    CHECK(said({"qpdf", "--check", "statement.pdf"}).find("WARNING") == std::string::npos);
}

}  // namespace custos::vault::publish
