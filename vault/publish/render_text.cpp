// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "vault/publish/phrases.h"
#include "vault/publish/plan_exhibits.h"
#include "vault/publish/render.h"
#include "vault/publish/replace_handles.h"
#include "vault/publish/withheld.h"

namespace custos::vault::publish {
namespace {

// A line of Markdown that is only text.
std::string markdown_escaped(std::string_view text) {
    static constexpr std::string_view kMarks = "\\`*_[]#|";
    std::string out;
    for (const char c : text) {
        if (kMarks.find(c) != std::string_view::npos) out.push_back('\\');
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '\n': out.push_back(' '); break;
            default: out.push_back(c);
        }
    }
    return out;
}

// An address as CommonMark knows it, or as text if it is none.
std::string markdown_address(std::string_view url) {
    const bool plain =
        url.substr(0, 4) == "http" && url.find_first_of("<> \t\n\"'`\\") == std::string_view::npos;
    return plain ? "<" + std::string(url) + ">" : markdown_escaped(url);
}

std::string one_line(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    }
    return out;
}

// The pictures that the plan shows, with the words that the statement has for them.
std::vector<ShownExhibit> exhibits_of(const Material& material, const Plan& plan,
                                      std::string_view language) {
    std::vector<ShownExhibit> shown;
    for (const std::string& code : plan.pictures) {
        const Exhibit& exhibit = material.exhibits.at(code);
        if (!exhibit.bytes) continue;
        ShownExhibit one;
        one.code = code;
        one.number = plan.exhibits.at(code) + 1;
        one.file = exhibit_file_name(one.number, exhibit.media_type);
        one.media_type = exhibit.media_type;
        one.bytes = exhibit.bytes;
        one.sha256 = crypto::sha256(*exhibit.bytes);
        one.text = std::string(phrases_for(language).exhibit) + " " + std::to_string(one.number);
        if (const ExhibitWords* words = exhibit_words(material, code)) {
            one.alt = one_line(with_handles_replaced(words->alt, plan, Escape::none));
            const std::string caption =
                one_line(with_handles_replaced(words->caption, plan, Escape::none));
            if (!caption.empty()) one.text += ": " + caption;
        }
        shown.push_back(std::move(one));
    }
    std::sort(shown.begin(), shown.end(),
              [](const ShownExhibit& a, const ShownExhibit& b) { return a.number < b.number; });
    return shown;
}

}  // namespace

Edition edition_of(const Material& material, const Plan& plan) {
    Edition edition;
    edition.index = one_line(material.statement.index);
    edition.title = one_line(with_handles_replaced(material.statement.title, plan, Escape::none));
    edition.date = material.statement.date;
    edition.language = material.statement.language.empty() ? "en" : material.statement.language;
    edition.organisation = one_line(material.statement.organisation);
    edition.contact = one_line(material.statement.contact);
    const std::string_view marker = phrases_for(edition.language).marker_withheld;
    edition.markdown = with_handles_replaced(
        take_out_withheld(material.statement.body, marker).open, plan, Escape::markdown);
    while (!edition.markdown.empty() && edition.markdown.back() == '\n')
        edition.markdown.pop_back();
    edition.markdown += "\n";
    edition.markup = render_markup(edition.markdown, edition.language);
    for (Block& block : edition.markup.blocks) {
        if (block.kind == "paragraph" && block.text == marker) block.kind = kWithheldBlock;
    }
    for (const std::string& written : material.statement.sources) {
        const auto code = material.known.find(written);
        if (code == material.known.end()) continue;
        const auto source = material.sources.find(code->second);
        if (source != material.sources.end()) edition.sources.push_back(source->second);
    }
    edition.exhibits = exhibits_of(material, plan, edition.language);
    return edition;
}

std::string source_line(const Source& source, std::string_view language) {
    std::string text;
    for (const std::string& part :
         {source.publisher, source.title,
          source.date.empty() ? std::string() : date_phrase(source.date, language)}) {
        if (part.empty()) continue;
        if (!text.empty()) text += ", ";
        text += part;
    }
    if (source.url.empty()) return text;
    return text.empty() ? source.url : text + ": " + source.url;
}

std::string render_markdown(const Edition& edition) {
    const Phrases& phrases = phrases_for(edition.language);
    std::string out = "# " + markdown_escaped(edition.title) + "\n\n";
    if (!edition.organisation.empty()) out += markdown_escaped(edition.organisation) + " · ";
    out += std::string(phrases.public_statement) + " · " + markdown_escaped(edition.index) + " · " +
           markdown_escaped(date_phrase(edition.date, edition.language)) + "\n\n";
    out += edition.markdown;
    for (const ShownExhibit& exhibit : edition.exhibits) {
        out += "\n![" + markdown_escaped(exhibit.alt) + "](" + exhibit.file + ")\n\n" +
               markdown_escaped(exhibit.text) + " (" + exhibit.file + ")\n";
    }
    if (!edition.sources.empty()) {
        out += "\n## " + std::string(phrases.sources) + "\n\n";
        std::size_t number = 0;
        for (const Source& source : edition.sources) {
            out += std::to_string(++number) + ". ";
            if (!source.publisher.empty()) out += markdown_escaped(source.publisher) + ", ";
            out += markdown_escaped(source.title);
            if (!source.date.empty())
                out += ", " + markdown_escaped(date_phrase(source.date, edition.language));
            if (!source.url.empty()) out += ": " + markdown_address(source.url);
            out += "\n";
        }
    }
    out += "\n---\n\n";
    if (!edition.contact.empty()) out += markdown_escaped(edition.contact) + "\n\n";
    out += std::string(phrases.how_to_verify) + "\n";
    return out;
}

std::string render_json(const Edition& edition) {
    nlohmann::json out = {{"schema", "custos.statement/1"},
                          {"index", edition.index},
                          {"title", edition.title},
                          {"date", edition.date},
                          {"date_text", date_phrase(edition.date, edition.language)},
                          {"language", edition.language},
                          {"paragraphs", nlohmann::json::array()},
                          {"sources", nlohmann::json::array()}};
    if (!edition.organisation.empty()) out["organisation"] = edition.organisation;
    if (!edition.contact.empty()) out["contact"] = edition.contact;
    for (const Block& block : edition.markup.blocks) {
        nlohmann::json item = {{"kind", block.kind}, {"text", block.text}};
        if (block.number > 0) item["number"] = block.number;
        out["paragraphs"].push_back(std::move(item));
    }
    std::size_t number = 0;
    for (const Source& source : edition.sources) {
        nlohmann::json item = {{"number", ++number},
                               {"title", source.title},
                               {"text", source_line(source, edition.language)}};
        if (!source.publisher.empty()) item["publisher"] = source.publisher;
        if (!source.date.empty()) item["date"] = source.date;
        if (!source.url.empty()) item["url"] = source.url;
        out["sources"].push_back(std::move(item));
    }
    for (const ShownExhibit& exhibit : edition.exhibits) {
        out["exhibits"].push_back({{"number", exhibit.number},
                                   {"file", exhibit.file},
                                   {"media_type", exhibit.media_type},
                                   {"size", exhibit.bytes->size()},
                                   {"sha256", crypto::hex(exhibit.sha256.view())},
                                   {"text", exhibit.text},
                                   {"alt", exhibit.alt}});
    }
    return out.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string render_key(const crypto::minisign::PublicKey& key) {
    return "untrusted comment: minisign public key " + crypto::minisign::key_id_text(key.id) +
           ", came with what it signed: compare it with the publisher's own\n" +
           crypto::minisign::public_key_line(key) + "\n";
}

std::string render_verify_text(const Edition& edition, const crypto::minisign::PublicKey& key) {
    const std::string line = crypto::minisign::public_key_line(key);
    std::string out = "HOW TO CHECK THIS STATEMENT\n\n";
    out += "  " + edition.index + "\n  " + edition.title + "\n\n";
    if (!edition.exhibits.empty()) {
        out += "  Pictures that belong to it, each a file of its own, with its SHA-256:\n\n";
        for (const ShownExhibit& exhibit : edition.exhibits)
            out += "  " + exhibit.file + "\n    " + crypto::hex(exhibit.sha256.view()) + "\n";
        out += "\n";
    }
    out += R"(Every file here is signed with minisign, a small program that does nothing else
(https://jedisct1.github.io/minisign/; on Debian and Ubuntu: apt install minisign).

1. Make sure that the key is the publisher's

   The key that signed these files is

)";
    out += "     " + line + "\n\n   and its fingerprint (SHA-256) is\n\n     ";
    const std::string fingerprint = fingerprint_of(key);
    out += fingerprint.substr(0, 39) + "\n     " + fingerprint.substr(40) + "\n";
    out += R"(
   A file cannot vouch for itself: whoever changes a statement can change this text
   and key.pub with it. Compare the key with one that you got another way: from the
   publisher's web site at an earlier date, from print, by telephone, from somebody
   whom you trust. The command

     tail -n 1 key.pub | base64 -d | sha256sum

   prints the fingerprint of key.pub.

2. Check the signatures

     minisign -Vm statement.html -P )" +
           line + R"(
     minisign -Vm manifest.json -P )" +
           line + R"(

   and in the same way any other file. "Signature and comment signature verified"
   means that the file is as it was signed; the trusted comment below it names the
   statement, its date and the file. Anything else means that it was changed.

3. Check that nothing is missing

     sha256sum -c SHA256SUMS

   says OK for every file. manifest.json lists all files with size and SHA-256.

4. Or all of this at once, with Custos

     custos verify .  --key THE-KEY-YOU-GOT-ANOTHER-WAY.pub

   says "authentic" (exit status 0), "unknown key" (3: intact, but no key was given
   to compare with) or "altered" (5), with the reason.
)";
    return out;
}

}  // namespace custos::vault::publish
