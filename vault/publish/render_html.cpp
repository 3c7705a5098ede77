// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "vault/publish/phrases.h"
#include "vault/publish/render.h"

namespace custos::vault::publish {
namespace {

// The house style. For a telephone, a screen and A4 paper; black on white, no colour that carries
// meaning, nothing loaded. Its digest stands in the page's policy, so no other style works there.
constexpr std::string_view kStyle = R"(
:root { color-scheme: light; }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 3rem; max-width: 43rem; background: #fff; color: #111;
  font: 1.0625rem/1.6 "Noto Serif", "Source Serif 4", Georgia, "Times New Roman", "Noto Serif Khmer",
    "Noto Serif Thai", "Noto Serif Lao", "Noto Serif Myanmar", "Noto Naskh Arabic", "Khmer OS", serif;
  overflow-wrap: break-word;
}
header { border-top: .375rem solid #111; padding-top: .75rem; margin-bottom: 2rem; }
header p, footer, .sources, dl {
  font-family: "Noto Sans", "Source Sans 3", "Helvetica Neue", Arial, "Noto Sans Khmer", "Noto Sans Thai",
    "Noto Sans Lao", "Noto Sans Myanmar", "Noto Sans Arabic", sans-serif;
}
header p { unicode-bidi: isolate; }
[dir="rtl"] header p { text-align: right; }
.publisher { margin: 0 0 .125rem; font-size: 1.0625rem; font-weight: 700; }
.kind { margin: 0; font-size: .8125rem; font-weight: 700; letter-spacing: .08em; text-transform: uppercase; }
.facts { margin: .25rem 0 0; font-size: .875rem; color: #333; display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
h1 { margin: 1.5rem 0 0; font-size: 1.875rem; line-height: 1.25; font-weight: 700; text-wrap: balance; }
h2, h3, h4, h5, h6 { margin: 2rem 0 .5rem; line-height: 1.3; font-size: 1.1875rem; }
h3, h4, h5, h6 { font-size: 1.0625rem; }
p, li, blockquote, h1, h2, h3, h4, h5, h6, td, th { unicode-bidi: plaintext; }
p { margin: 0 0 1rem; }
ul, ol { margin: 0 0 1rem; padding-inline-start: 1.5rem; }
blockquote { margin: 0 0 1rem; padding-inline-start: 1rem; border-inline-start: .1875rem solid #888; }
table { border-collapse: collapse; margin: 0 0 1rem; font-size: .9375rem; }
td, th { border: 1px solid #888; padding: .25rem .5rem; text-align: start; vertical-align: top; }
pre, code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: .875em; }
pre { white-space: pre-wrap; }
sup { line-height: 0; }
a { color: inherit; }
.footnotes, .sources { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid #888; font-size: .875rem; line-height: 1.5; }
.sources h2 { margin-top: 0; font-size: .9375rem; }
.sources li { margin-bottom: .375rem; }
.address { overflow-wrap: anywhere; }
footer { margin-top: 2.5rem; padding: 1rem; border: 1px solid #888; font-size: .8125rem; line-height: 1.5; color: #222; break-inside: avoid; }
footer h2 { margin: 0 0 .25rem; font-size: .875rem; }
footer p { margin: 0 0 .5rem; }
footer .contact { margin: .5rem 0 0; }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: .125rem .75rem; }
dt { font-weight: 700; }
dd { margin: 0; max-width: 40ch; font-family: "Noto Sans Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; word-break: break-all; }
@media (max-width: 36rem) {
  body { padding: 1.25rem 1rem 2rem; font-size: 1rem; }
  h1 { font-size: 1.5rem; }
  dl { display: block; }
  dd { margin-bottom: .375rem; }
}
@media print {
  @page { size: A4; margin: 22mm 20mm; }
  body { max-width: none; padding: 0; font-size: 11pt; line-height: 1.45; }
  h1 { font-size: 20pt; }
  h1, h2, h3, h4, h5, h6 { break-after: avoid; }
  p { orphans: 3; widows: 3; }
  .footnote-backref { display: none; }
}
)";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

// Nothing is loaded, run, framed or sent; one style is used, and it is this one.
std::string policy() {
    const crypto::Digest digest = crypto::sha256(bytes_of(kStyle));
    return "default-src 'none'; style-src 'sha256-" + crypto::base64(digest.view()) +
           "'; base-uri 'none'; form-action 'none'";
}

std::string head(const Edition& edition) {
    std::string out = "<head>\n<meta charset=\"utf-8\">\n";
    out += "<meta http-equiv=\"Content-Security-Policy\" content=\"" + escaped(policy()) + "\">\n";
    out += "<meta name=\"referrer\" content=\"no-referrer\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<title>" + escaped(edition.title) + "</title>\n";
    out += "<style>" + std::string(kStyle) + "</style>\n</head>\n";
    return out;
}

std::string sources_list(const Edition& edition, const Phrases& phrases) {
    if (edition.sources.empty()) return {};
    std::string out =
        "<section class=\"sources\">\n<h2>" + escaped(phrases.sources) + "</h2>\n<ol>\n";
    for (const Source& source : edition.sources) {
        out += "<li>";
        std::string text;
        for (const std::string& part :
             {source.publisher, source.title,
              source.date.empty() ? std::string() : date_phrase(source.date, edition.language)}) {
            if (part.empty()) continue;
            if (!text.empty()) text += ", ";
            text += part;
        }
        out += escaped(text);
        if (!source.url.empty()) {
            if (!text.empty()) out += ": ";
            out += "<span class=\"address\" dir=\"ltr\">" + escaped(source.url) + "</span>";
        }
        out += "</li>\n";
    }
    return out + "</ol>\n</section>\n";
}

}  // namespace

std::string render_html(const Edition& edition, const crypto::minisign::PublicKey& key) {
    const Phrases& phrases = phrases_for(edition.language);
    // Our own words are in English when we lack the statement's language: say so to a reader's
    // voice.
    const bool own_language =
        edition.language.substr(0, edition.language.find('-')) == phrases.language;
    const std::string words =
        own_language ? "" : " lang=\"" + std::string(phrases.language) + "\" dir=\"ltr\"";

    std::string out = "<!DOCTYPE html>\n<html lang=\"" + escaped(edition.language) + "\" dir=\"" +
                      (is_right_to_left(edition.language) ? "rtl" : "ltr") + "\">\n";
    out += head(edition);
    out += "<body>\n<header>\n";
    if (!edition.organisation.empty()) {
        out += "<p class=\"publisher\">" + escaped(edition.organisation) + "</p>\n";
    }
    out += "<p class=\"kind\"" + words + ">" + escaped(phrases.public_statement) + "</p>\n";
    out += "<p class=\"facts\"><span>" + escaped(date_phrase(edition.date, edition.language)) +
           "</span><span>" + escaped(edition.index) + "</span></p>\n";
    out += "<h1>" + escaped(edition.title) + "</h1>\n</header>\n<main>\n";
    out += edition.markup.html;
    out += "</main>\n" + sources_list(edition, phrases);
    out += "<footer" + words + ">\n<h2>" + escaped(phrases.authenticity) + "</h2>\n<p>" +
           escaped(phrases.how_to_verify) + "</p>\n<dl>\n";
    out += "<dt>" + escaped(phrases.index) + "</dt><dd>" + escaped(edition.index) + "</dd>\n";
    out += "<dt>" + escaped(phrases.key) + " (minisign)</dt><dd>" +
           escaped(crypto::minisign::public_key_line(key)) + "</dd>\n";
    out += "<dt>" + escaped(phrases.fingerprint) + " (SHA-256)</dt><dd>" +
           escaped(fingerprint_of(key)) + "</dd>\n";
    out += "</dl>\n";
    if (!edition.contact.empty())
        out += "<p class=\"contact\">" + escaped(edition.contact) + "</p>\n";
    out += "</footer>\n</body>\n</html>\n";
    return out;
}

}  // namespace custos::vault::publish
