// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/links.h"

#include <algorithm>
#include <array>
#include <string>

namespace custos::vault::publish {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

std::string small(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

constexpr std::array<std::string_view, 26> kParameters = {
    "fbclid",   "gclid",      "dclid",      "gbraid",      "wbraid",   "gclsrc",  "msclkid",
    "mc_eid",   "mc_cid",     "igshid",     "igsh",        "yclid",    "twclid",  "ttclid",
    "epik",     "_hsenc",     "_hsmi",      "mkt_tok",     "s_cid",    "vero_id", "vero_conv",
    "wickedid", "rb_clickid", "oly_enc_id", "oly_anon_id", "li_fat_id"};
constexpr std::size_t kParameterMax = 24;

constexpr std::array<std::string_view, 24> kShorteners = {
    "bit.ly",  "t.co",    "tinyurl.com", "goo.gl",  "ow.ly",      "is.gd",  "v.gd",    "buff.ly",
    "cutt.ly", "lnkd.in", "fb.me",       "t.ly",    "rb.gy",      "s.id",   "tiny.cc", "dlvr.it",
    "trib.al", "qr.ae",   "shorturl.at", "amzn.to", "rebrand.ly", "bl.ink", "x.gd",    "u.to"};
constexpr std::size_t kHostMax = 32;

// Behind digits of a number up to 255 without needless zeros; 0 if there is none.
std::size_t octet_end(std::string_view text, std::size_t at) {
    std::size_t end = at;
    unsigned value = 0;
    while (end < text.size() && is_digit(text[end]) && end - at < 4)
        value = value * 10 + static_cast<unsigned>(text[end++] - '0');
    const bool is_right = end > at && value <= 255 && (end - at == 1 || text[at] != '0');
    return is_right ? end : 0;
}

}  // namespace

std::size_t ipv4_end(std::string_view text, std::size_t at) {
    if (at > 0) {
        const char before = text[at - 1];
        if (is_digit(before) || is_letter(before) || before == '.' || before == '-' ||
            before == '_')
            return 0;
    }
    std::size_t long_ones = 0;
    std::size_t next = at;
    for (int i = 0; i < 4; ++i) {
        if (i > 0 && (next >= text.size() || text[next++] != '.')) return 0;
        const std::size_t end = octet_end(text, next);
        if (end == 0) return 0;
        long_ones += end - next > 1 ? 1u : 0u;
        next = end;
    }
    // A fifth number, or a word: no address.
    if (next < text.size() && (is_letter(text[next]) || text[next] == '_' || text[next] == '-'))
        return 0;
    if (next + 1 < text.size() && text[next] == '.' && is_digit(text[next + 1])) return 0;
    if (long_ones < 2 || text[at] == '0' || text.substr(at, 4) == "127." ||
        text.substr(at, 4) == "255.")
        return 0;
    return next;
}

std::size_t tracking_parameter_end(std::string_view text, std::size_t at) {
    const std::size_t begin = at + 1;
    const std::size_t equals = text.substr(begin, kParameterMax).find('=');
    if (equals == std::string_view::npos || equals == 0) return 0;
    const std::string name = small(text.substr(begin, equals));
    const bool is_known =
        (name.compare(0, 4, "utm_") == 0 && name.size() > 4) ||
        std::find(kParameters.begin(), kParameters.end(), name) != kParameters.end();
    return is_known ? begin + equals + 1 : 0;
}

std::optional<Range> ipv6_around(std::string_view text, std::size_t at) {
    constexpr std::size_t kSizeMax = 39;
    const auto belongs = [&](std::size_t place) {
        return is_hex(text[place]) || text[place] == ':';
    };
    std::size_t begin = at;
    while (begin > 0 && at - begin <= kSizeMax && belongs(begin - 1)) --begin;
    std::size_t end = at;
    while (end < text.size() && end - begin <= kSizeMax && belongs(end)) ++end;
    // A letter beside it: a word of a program.
    const auto glued = [&](std::size_t place) {
        return is_letter(text[place]) || text[place] == '_' || is_digit(text[place]);
    };
    if (end - begin > kSizeMax || (begin > 0 && glued(begin - 1)) ||
        (end < text.size() && glued(end)))
        return std::nullopt;
    const std::string_view address = text.substr(begin, end - begin);
    std::size_t groups = 0;
    std::size_t size = 0;
    for (const char c : address) {
        size = c == ':' ? 0 : size + 1;
        groups += size == 1 ? 1u : 0u;
        if (size > 4) return std::nullopt;
    }
    const std::size_t gap = address.find("::");
    const bool is_short = gap != std::string_view::npos && groups >= 3 && groups < 8 &&
                          address.find("::", gap + 1) == std::string_view::npos;
    const bool is_whole = gap == std::string_view::npos && groups == 8 && address.front() != ':' &&
                          address.back() != ':';
    const bool has_digit = std::any_of(address.begin(), address.end(), is_digit);
    if ((!is_short && !is_whole) || !has_digit) return std::nullopt;
    return Range{begin, end};
}

std::optional<Range> mac_around(std::string_view text, std::size_t at) {
    constexpr std::size_t kPairs = 6;
    const char between = text[at];
    if (at < 2 || !is_hex(text[at - 1]) || !is_hex(text[at - 2])) return std::nullopt;
    const std::size_t begin = at - 2;
    if (begin > 0) {
        const char before = text[begin - 1];
        if (is_digit(before) || is_letter(before) || before == between || before == '_')
            return std::nullopt;
    }
    std::size_t next = at;
    for (std::size_t pair = 1; pair < kPairs; ++pair) {
        if (next + 2 >= text.size() || text[next] != between || !is_hex(text[next + 1]) ||
            !is_hex(text[next + 2]))
            return std::nullopt;
        next += 3;
    }
    // More pairs are a fingerprint.
    if (next < text.size() &&
        (is_digit(text[next]) || is_letter(text[next]) || text[next] == between))
        return std::nullopt;
    const std::string_view address = text.substr(begin, next - begin);
    // 12-10-20-19-05-07 may be anything.
    if (between == '-' && std::none_of(address.begin(), address.end(), is_letter))
        return std::nullopt;
    return Range{begin, next};
}

std::optional<Range> short_link_around(std::string_view text, std::size_t at) {
    if (at + 1 >= text.size() || (!is_letter(text[at + 1]) && !is_digit(text[at + 1])))
        return std::nullopt;
    std::size_t begin = at;
    while (begin > 0 && at - begin <= kHostMax &&
           (is_letter(text[begin - 1]) || is_digit(text[begin - 1]) || text[begin - 1] == '.' ||
            text[begin - 1] == '-'))
        --begin;
    std::string host = small(text.substr(begin, at - begin));
    for (const std::string_view before : {"www.", "maps.app."}) {
        if (host.compare(0, before.size(), before) == 0) host.erase(0, before.size());
    }
    if (std::find(kShorteners.begin(), kShorteners.end(), host) == kShorteners.end())
        return std::nullopt;
    std::size_t end = at + 1;
    while (end < text.size() &&
           (is_letter(text[end]) || is_digit(text[end]) || text[end] == '-' || text[end] == '_'))
        ++end;
    return Range{begin, end};
}

}  // namespace custos::vault::publish
