// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/handles.h"

#include <algorithm>

namespace custos::vault::publish {
namespace {

constexpr std::size_t kDigitsMax = 26;
constexpr std::size_t kAspectMax = 32;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return (c >= '0' && c <= '9') || is_letter(c); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// The handle that begins at `begin`, or one with end == 0.
Handle handle_at(std::string_view text, std::size_t begin) {
    Handle handle;
    handle.begin = begin;
    std::size_t at = begin + 1;
    if (at + 2 >= text.size() || !is_letter(text[at]) || text[at + 1] != '-') return handle;
    handle.prefix = upper(text[at]);
    std::size_t digits = 0;
    for (at += 2; at < text.size() && is_digit(text[at]); ++at) ++digits;
    if (digits == 0 || digits > kDigitsMax) return handle;
    handle.id = std::string(text.substr(begin + 1, at - begin - 1));
    std::transform(handle.id.begin(), handle.id.end(), handle.id.begin(), upper);
    if (at < text.size() && text[at] == ':') {
        const std::size_t aspect = ++at;
        while (at < text.size() && (is_letter(text[at]) || text[at] == '_')) ++at;
        if (at == aspect || at - aspect > kAspectMax) return handle;
        handle.aspect = std::string(text.substr(aspect, at - aspect));
        std::transform(handle.aspect.begin(), handle.aspect.end(), handle.aspect.begin(), lower);
    }
    if (at < text.size() && text[at] == '}') handle.end = at + 1;
    return handle;
}

}  // namespace

std::vector<Handle> handles_in(std::string_view text) {
    std::vector<Handle> handles;
    for (std::size_t at = text.find('{'); at != std::string_view::npos;) {
        Handle handle = handle_at(text, at);
        const std::size_t next = handle.end != 0 ? handle.end : at + 1;
        if (handle.end != 0) handles.push_back(std::move(handle));
        at = text.find('{', next);
    }
    return handles;
}

std::vector<std::string> codes_in(std::string_view text) {
    constexpr std::size_t kDigitsMin = 5;
    std::vector<std::string> codes;
    for (std::size_t at = text.find('-'); at != std::string_view::npos;
         at = text.find('-', at + 1)) {
        if (at == 0 || !is_letter(text[at - 1]) || (at > 1 && is_digit(text[at - 2]))) continue;
        std::size_t end = at + 1;
        while (end < text.size() && is_digit(text[end])) ++end;
        const std::size_t digits = end - at - 1;
        if (digits < kDigitsMin || digits > kDigitsMax) continue;
        std::string code(text.substr(at - 1, end - at + 1));
        std::transform(code.begin(), code.end(), code.begin(), upper);
        if (std::find(codes.begin(), codes.end(), code) == codes.end())
            codes.push_back(std::move(code));
    }
    return codes;
}

std::size_t line_of(std::string_view text, std::size_t at) {
    const std::string_view before = text.substr(0, at);
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

}  // namespace custos::vault::publish
