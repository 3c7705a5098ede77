// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/pdf_attachment.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <string>

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
                      entries.find("/AF") == std::string_view::npos;
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

}  // namespace

std::optional<Bytes> with_attachment(ByteView pdf, std::string_view name,
                                     std::string_view description, std::string_view media_type,
                                     ByteView content) {
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
    const std::string_view held = custos::text_of(content);
    if (!catalog || !is_plain(name) || !is_plain(description) || !is_plain(media_type) ||
        held.find("endstream") != std::string_view::npos)
        return std::nullopt;

    std::string out(text);
    std::string table = "xref\n" + std::to_string(*size) + " 3\n";
    std::uint64_t next = *size;
    const auto add = [&](const std::string& body) {
        char line[32];
        std::snprintf(line, sizeof line, "%010zu 00000 n \n", out.size());
        table += line;
        out += std::to_string(next++) + " 0 obj\n" + body + "\nendobj\n";
    };
    const std::string bytes = std::to_string(held.size());
    add("<< /Type /EmbeddedFile /Subtype /" + as_name(media_type) + " /Length " + bytes +
        " /Params << /Size " + bytes + " >> >>\nstream\n" + std::string(held) + "\nendstream");
    const std::string label = "(" + std::string(name) + ")";
    add("<< /Type /Filespec /F " + label + " /UF " + label + " /Desc (" + std::string(description) +
        ") /AFRelationship /Data /EF << /F " + std::to_string(*size) + " 0 R >> >>");
    const std::string file = std::to_string(*size + 1) + " 0 R";
    add("<<" + *catalog + "   /Names << /EmbeddedFiles << /Names [ " + label + " " + file +
        " ] >> >>\n   /AF [ " + file + " ]\n>>");
    const std::size_t at = out.size();
    out += table + "trailer\n<< /Size " + std::to_string(next) + "\n   /Root " +
           std::to_string(next - 1) + " 0 R\n   /Info " + std::to_string(*info) +
           " 0 R\n   /Prev " + std::to_string(*previous) + "\n>>\nstartxref\n" +
           std::to_string(at) + "\n%%EOF\n";
    return to_bytes(bytes_of(out));
}

}  // namespace custos::vault::publish
