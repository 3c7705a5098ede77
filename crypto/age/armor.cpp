// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/armor.h"

#include "crypto/encoding.h"

namespace custos::crypto::age {
namespace {

constexpr std::string_view kBegin = "-----BEGIN AGE ENCRYPTED FILE-----";
constexpr std::string_view kEnd = "-----END AGE ENCRYPTED FILE-----";
constexpr std::string_view kWhiteSpace = " \t\r\n";
constexpr std::size_t kColumns = 64;

// The text without white space around it; nothing if there is too much of that.
std::optional<std::string_view> without_margins(std::string_view text) {
    const std::size_t first = text.find_first_not_of(kWhiteSpace);
    if (first > kArmorMarginMax) return std::nullopt;  // all white space included: npos
    const std::size_t last = text.find_last_not_of(kWhiteSpace);
    if (text.size() - 1 - last > kArmorMarginMax) return std::nullopt;
    return text.substr(first, last - first + 1);
}

// Takes a line off `rest`, and the LF or CR LF behind it.
std::string_view take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

}  // namespace

std::string armor(ByteView file) {
    const std::string text = base64(file);
    std::string armored(kBegin);
    armored.append("\n");
    for (std::size_t at = 0; at < text.size(); at += kColumns) {
        armored.append(text, at, kColumns).append("\n");
    }
    return armored.append(kEnd).append("\n");
}

bool looks_armored(ByteView file) noexcept {
    const std::string_view text = text_of(file);
    const std::size_t first = text.find_first_not_of(kWhiteSpace);
    return first <= kArmorMarginMax && text.substr(first).starts_with(kBegin);
}

std::optional<Bytes> dearmor(std::string_view text) {
    const auto inside = without_margins(text);
    if (!inside) return std::nullopt;
    std::string_view rest = *inside;
    if (take_line(rest) != kBegin) return std::nullopt;

    Bytes file;
    bool is_last = false;
    for (std::string_view line = take_line(rest); line != kEnd; line = take_line(rest)) {
        // A short line or padding can only come last.
        if (is_last || line.empty() || line.size() > kColumns) return std::nullopt;
        const auto bytes = from_base64(line);
        if (!bytes) return std::nullopt;
        is_last = line.size() < kColumns || line.ends_with('=');
        append(file, *bytes);
    }
    if (!rest.empty()) return std::nullopt;
    return file;
}

}  // namespace custos::crypto::age
