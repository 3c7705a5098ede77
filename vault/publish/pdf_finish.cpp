// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/pdf_finish.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <map>
#include <string>

#include "vault/publish/pdf_objects.h"
#include "vault/publish/utf8.h"

namespace custos::vault::publish {
namespace {

// The number behind the last `key`, with nothing but spaces between.
std::optional<std::uint64_t> last_number(std::string_view text, std::string_view key) {
    const std::size_t found = text.rfind(key);
    if (found == std::string_view::npos) return std::nullopt;
    std::string_view rest = text.substr(found + key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
    std::uint64_t number = 0;
    const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (failure != std::errc() || end == rest.data() || number > 9'999'999'999U)
        return std::nullopt;
    return number;
}

// What stands between << and >> of the catalog.
std::optional<std::string> catalog_of(std::string_view pdf, std::uint64_t number) {
    const std::string begin = "\n" + std::to_string(number) + " 0 obj\n<<";
    const std::size_t found = pdf.rfind(begin);
    if (found == std::string_view::npos) return std::nullopt;
    const std::size_t first = found + begin.size();
    const std::size_t stop = pdf.find("endobj", first);
    const std::size_t end = pdf.substr(0, stop).rfind(">>");
    if (stop == std::string_view::npos || end == std::string_view::npos || end < first)
        return std::nullopt;
    const std::string_view entries = pdf.substr(first, end - first);
    const bool fits = entries.find("/Catalog") != std::string_view::npos &&
                      entries.find("/Names") == std::string_view::npos &&
                      entries.find("/AF") == std::string_view::npos &&
                      entries.find("/Lang") == std::string_view::npos &&
                      entries.find("/ViewerPreferences") == std::string_view::npos;
    return fits ? std::optional(std::string(entries)) : std::nullopt;
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c >= ' ' && c <= '~' && c != '(' && c != ')' && c != '\\';
    });
}

std::string as_name(std::string_view media_type) {
    std::string name;
    for (const char c : media_type) name += c == '/' ? "#2F" : c == '+' ? "#2B" : std::string(1, c);
    return name;
}

// Any text as a string of a PDF: UTF-16 in hexadecimal.
std::string as_text(std::string_view text) {
    std::string out = "<FEFF";
    const auto add = [&](char32_t unit) {
        char digits[8];
        std::snprintf(digits, sizeof digits, "%04X", unit & 0xFFFFU);
        out += digits;
    };
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = next_character(text, at);
        if (c == kNoCharacter) c = 0xFFFD;
        if (c > 0xFFFF) {
            add(0xD800 + ((c - 0x10000) >> 10U));
            c = 0xDC00 + ((c - 0x10000) & 0x3FFU);
        }
        add(c);
    }
    return out + ">";
}

// The elements for pictures, by number, as cairo numbers them in the order of reading.
std::vector<std::pair<std::size_t, std::string_view>> figures_of(const PdfObjects& objects) {
    std::vector<std::pair<std::size_t, std::string_view>> figures;
    for (const auto& [number, object] : objects) {
        if (!object.has_stream && holds(object.body, "/StructElem") &&
            holds(object.body, "/S /Figure"))
            figures.emplace_back(number, object.body);
    }
    return figures;
}

// What is appended: new and replaced objects, the table of where they are, the trailer.
class Update {
public:
    Update(std::string_view pdf, std::uint64_t size) : out_(pdf), next_(size) {}

    std::uint64_t next() const { return next_; }
    std::string add(const std::string& body) {
        put(next_, body);
        return std::to_string(next_++) + " 0 R";
    }
    void put(std::uint64_t number, const std::string& body) {
        places_[number] = out_.size();
        out_ += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    }
    std::string finish(const std::string& trailer) {
        const std::size_t table = out_.size();
        out_ += "xref\n";
        for (auto at = places_.begin(); at != places_.end();) {
            auto end = at;
            std::uint64_t count = 0;
            while (end != places_.end() && end->first == at->first + count) ++end, ++count;
            out_ += std::to_string(at->first) + " " + std::to_string(count) + "\n";
            for (; at != end; ++at) {
                char line[32];
                std::snprintf(line, sizeof line, "%010zu 00000 n \n", at->second);
                out_ += line;
            }
        }
        out_ += "trailer\n<< /Size " + std::to_string(next_) + trailer + "\n>>\nstartxref\n" +
                std::to_string(table) + "\n%%EOF\n";
        return std::move(out_);
    }

private:
    std::string out_;
    std::uint64_t next_;
    std::map<std::uint64_t, std::size_t> places_;
};

// Entries of the catalog.
std::string add_attachment(Update& update, const PdfFinish& finish) {
    const std::string bytes = std::to_string(finish.content.size());
    const std::string stream =
        update.add("<< /Type /EmbeddedFile /Subtype /" + as_name(finish.media_type) + " /Length " +
                   bytes + " /Params << /Size " + bytes + " >> >>\nstream\n" +
                   std::string(finish.content) + "\nendstream");
    const std::string label = "(" + finish.name + ")";
    const std::string file =
        update.add("<< /Type /Filespec /F " + label + " /UF " + label + " /Desc (" +
                   finish.description + ") /AFRelationship /Data /EF << /F " + stream + " >> >>");
    return "   /Names << /EmbeddedFiles << /Names [ " + label + " " + file + " ] >> >>\n   /AF [ " +
           file + " ]\n";
}

}  // namespace

std::optional<Bytes> finished_pdf(ByteView pdf, const PdfFinish& finish) {
    const std::string_view text = custos::text_of(pdf);
    const std::size_t trailer = text.rfind("\ntrailer\n");
    if (trailer == std::string_view::npos || !text.ends_with("%%EOF\n")) return std::nullopt;
    const std::string_view tail = text.substr(trailer);
    const auto size = last_number(tail, "/Size");
    const auto root = last_number(tail, "/Root");
    const auto info = last_number(tail, "/Info");
    const auto previous = last_number(tail, "startxref");
    if (!size || !root || !info || !previous) return std::nullopt;
    const auto catalog = catalog_of(text, *root);
    const auto objects = pdf_objects(pdf);
    if (!catalog || !objects || !is_plain(finish.language) || !is_plain(finish.name) ||
        !is_plain(finish.description) || !is_plain(finish.media_type) ||
        holds(finish.content, "endstream"))
        return std::nullopt;
    const auto figures = figures_of(*objects);
    if (figures.size() != finish.descriptions.size()) return std::nullopt;

    Update update(text, *size);
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const auto& [number, body] = figures[i];
        const std::size_t begin = body.find("<<");
        const std::size_t end = body.rfind(">>");
        if (end == std::string_view::npos || begin > end) return std::nullopt;
        update.put(number, std::string(body.substr(begin, end - begin)) + "   /Alt " +
                               as_text(finish.descriptions[i]) + "\n>>");
    }
    std::string entries = *catalog + "   /Lang (" + finish.language +
                          ")\n   /ViewerPreferences << /DisplayDocTitle true >>\n";
    if (!finish.name.empty()) entries += add_attachment(update, finish);
    const std::string new_root = update.add("<<" + entries + ">>");
    return to_bytes(
        bytes_of(update.finish("\n   /Root " + new_root + "\n   /Info " + std::to_string(*info) +
                               " 0 R\n   /Prev " + std::to_string(*previous))));
}

}  // namespace custos::vault::publish
