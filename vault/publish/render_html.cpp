// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/pages/embedded.h"
#include "vault/publish/phrases.h"
#include "vault/publish/qr.h"
#include "vault/publish/render.h"
#include "vault/publish/scripts.h"

namespace custos::vault::publish {
namespace {

// What the page runs: a check of its own text, and nothing else.
std::string script() {
    std::string out = "\n";
    for (const std::string_view part :
         {embedded::bytes_js, embedded::blake2b_js, embedded::minisign_js, embedded::shown_text_js,
          embedded::self_check_js}) {
        out += part;
    }
    return out;
}

// Nothing is loaded, framed or sent; one style is used and one script run, and they are these.
std::string policy(bool with_script, bool with_pictures) {
    std::string out = "default-src 'none'; style-src " + source_expression(embedded::statement_css);
    if (with_script) out += "; script-src " + source_expression(script());
    if (with_pictures) out += "; img-src data:";
    return out + "; base-uri 'none'; form-action 'none'";
}

class Page {
public:
    Page(const Edition& edition, const crypto::minisign::PublicKey& key,
         const SignedText& signed_text)
        : edition_(edition),
          key_(key),
          signed_(signed_text),
          phrases_(phrases_for(edition.language)) {
        // Our own words are in English when we lack the statement's language: say so to a reader's
        // voice.
        const std::string_view primary =
            std::string_view(edition.language).substr(0, edition.language.find('-'));
        if (primary != phrases_.language) {
            own_words_ = " lang=\"" + std::string(phrases_.language) + "\" dir=\"ltr\"";
        }
    }

    std::string html() const {
        std::string out = "<!DOCTYPE html>\n<html lang=\"" + html_escaped(edition_.language) +
                          "\" dir=\"" + (is_right_to_left(edition_.language) ? "rtl" : "ltr") +
                          "\">\n";
        out += head() + "<body>\n" + header() +
               "<main>\n<article id=\"text\" aria-labelledby=\"title\">\n" + blocks() +
               "</article>\n" + exhibits() + notes() + sources() + "</main>\n" + footer();
        if (has_check()) out += "<script>" + script() + "</script>\n";
        return out + "</body>\n</html>\n";
    }

private:
    bool has_check() const { return !signed_.json.empty(); }
    std::string text(std::string_view words) const { return html_text(words, edition_.language); }

    std::string head() const {
        std::string out = "<head>\n<meta charset=\"utf-8\">\n";
        out += "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
               html_escaped(policy(has_check(), !embedded_exhibits().empty())) + "\">\n";
        out += "<meta name=\"referrer\" content=\"no-referrer\">\n";
        out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
        out += "<title>" + html_escaped(edition_.title) + "</title>\n";
        out += "<style>" + std::string(embedded::statement_css) + "</style>\n</head>\n";
        return out;
    }

    std::string header() const {
        std::string out = "<header>\n";
        if (!edition_.organisation.empty()) {
            out += "<p id=\"organisation\">" + text(edition_.organisation) + "</p>\n";
        }
        out += "<p class=\"kind\"" + own_words_ + ">" + html_escaped(phrases_.public_statement) +
               "</p>\n";
        out += "<p class=\"facts\"><time id=\"date\" datetime=\"" + html_escaped(edition_.date) +
               "\">" + text(date_phrase(edition_.date, edition_.language)) +
               "</time><span id=\"index\" dir=\"ltr\">" + html_escaped(edition_.index) +
               "</span></p>\n";
        return out + "<h1 id=\"title\">" + text(edition_.title) + "</h1>\n</header>\n";
    }

    std::string blocks() const {
        std::string out;
        for (const Block& block : edition_.markup.blocks) {
            if (block.kind == "footnote") continue;
            const std::string number = std::to_string(block.number);
            out += "<div class=\"block";
            out += block.number > 0 ? "\" id=\"p" + number + "\" data-number=\"" + number + "\""
                                    : " heading\"";
            out += html_direction(block.text, edition_.language) + ">\n";
            out += block.html + "</div>\n";
        }
        return out;
    }

    // Numbers of the pictures that the page shows itself.
    std::set<std::size_t> embedded_exhibits() const {
        return fitting(edition_.exhibits, kEmbeddedMax, kEmbeddedSumMax);
    }

    // Without a heading: each says that it is an exhibit.
    std::string exhibits() const {
        if (edition_.exhibits.empty()) return {};
        const std::set<std::size_t> embedded = embedded_exhibits();
        std::string out = "<section id=\"exhibits\" class=\"plain\" aria-label=\"" +
                          html_escaped(phrases_.exhibit) + "\">\n";
        for (const ShownExhibit& exhibit : edition_.exhibits) {
            out += "<figure id=\"" + exhibit.file + "\">\n";
            if (embedded.contains(exhibit.number)) {
                out += "<img alt=\"" + html_escaped(exhibit.alt) + "\" src=\"" + data_uri(exhibit) +
                       "\">\n";
            } else {
                out += "<p class=\"alt\">" + text(exhibit.alt) + "</p>\n";
            }
            out += "<figcaption><span class=\"caption\">" + text(exhibit.text) +
                   "</span> <bdi class=\"address\" dir=\"ltr\">" + exhibit.file +
                   "</bdi></figcaption>\n</figure>\n";
        }
        return out + "</section>\n";
    }

    std::string notes() const {
        std::string items;
        for (const Block& block : edition_.markup.blocks) {
            if (block.kind == "footnote") items += block.html;
        }
        if (items.empty()) return {};
        return "<section id=\"notes\" class=\"plain\" aria-labelledby=\"notes-title\">\n<h2 "
               "id=\"notes-title\"" +
               own_words_ + ">" + html_escaped(phrases_.notes) + "</h2>\n<ol>\n" + items +
               "</ol>\n</section>\n";
    }

    std::string sources() const {
        if (edition_.sources.empty()) return {};
        std::string out =
            "<section id=\"sources\" class=\"plain\" aria-labelledby=\"sources-title\">\n<h2 "
            "id=\"sources-title\"" +
            own_words_ + ">" + html_escaped(phrases_.sources) + "</h2>\n<ol>\n";
        for (const Source& source : edition_.sources) {
            Source bare = source;
            bare.url.clear();
            const std::string words = source_line(bare, edition_.language);
            out += "<li><p>" + text(words);
            if (!source.url.empty()) {
                if (!words.empty()) out += ": ";
                out += "<bdi class=\"address\" dir=\"ltr\">" + html_escaped(source.url) + "</bdi>";
            }
            out += "</p></li>\n";
        }
        return out + "</ol>\n</section>\n";
    }

    std::string footer() const {
        const std::string line = crypto::minisign::public_key_line(key_);
        const auto item = [](std::string_view name, const char* attributes,
                             std::string_view value) {
            return "<dt>" + html_escaped(name) + "</dt><dd" + attributes + ">" +
                   html_escaped(value) + "</dd>\n";
        };
        std::string out = "<footer" + own_words_ + ">\n<h2>" + html_escaped(phrases_.authenticity) +
                          "</h2>\n<p>" + html_escaped(phrases_.how_to_verify) + "</p>\n";
        out +=
            "<div class=\"signature\">\n" + qr_svg(make_qr(line), phrases_.qr_label) + "\n<dl>\n";
        out += item(phrases_.index, " dir=\"ltr\"", edition_.index);
        out += item(std::string(phrases_.key) + " (minisign)",
                    " id=\"key\" class=\"code\" dir=\"ltr\"", line);
        out += item(std::string(phrases_.fingerprint) + " (SHA-256)",
                    " class=\"code hex\" dir=\"ltr\"", fingerprint_of(key_));
        out +=
            item(phrases_.fingerprint_words, " lang=\"en\" dir=\"ltr\"", fingerprint_words(key_));
        out += "</dl>\n</div>\n" + check();
        if (!edition_.contact.empty())
            out += "<p id=\"contact\"" + html_direction(edition_.contact, edition_.language) + ">" +
                   text(edition_.contact) + "</p>\n";
        return out + "</footer>\n";
    }

    // Hidden until the script has something to say.
    std::string check() const {
        if (!has_check()) return {};
        const auto words = [](const char* name, std::string_view value) {
            return " data-" + std::string(name) + "=\"" + html_escaped(value) + "\"";
        };
        return "<div id=\"check\" role=\"status\" hidden" + words("good", phrases_.check_good) +
               words("bad", phrases_.check_bad) + words("cannot", phrases_.check_cannot) +
               "><p></p><p>" + html_escaped(phrases_.check_warning) +
               "</p></div>\n<pre id=\"signed\" hidden>" + html_escaped(signed_.json) +
               "</pre>\n<pre id=\"signature\" hidden>" + html_escaped(signed_.signature) +
               "</pre>\n";
    }

    const Edition& edition_;
    const crypto::minisign::PublicKey& key_;
    const SignedText& signed_;
    const Phrases& phrases_;
    std::string own_words_;
};

}  // namespace

std::string render_html(const Edition& edition, const crypto::minisign::PublicKey& key,
                        const SignedText& signed_text) {
    return Page(edition, key, signed_text).html();
}

}  // namespace custos::vault::publish
