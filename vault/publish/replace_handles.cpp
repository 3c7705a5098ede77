// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/replace_handles.h"

#include <algorithm>
#include <cstddef>

#include "vault/publish/handles.h"

namespace custos::vault::publish {
namespace {

// Words as CommonMark that is only these words, wherever in a line they come to stand.
std::string markdown_of(std::string_view words) {
    words.remove_prefix(std::min(words.find_first_not_of(" \t\r\n"), words.size()));
    static constexpr std::string_view kMarks = "\\`*_[]~|";
    static constexpr std::string_view kAtBeginning = "#+-=:.)";
    // Our own markers, "[name withheld]", would only be spoiled.
    const bool is_marker = words.size() > 2 && words.front() == '[' &&
                           words.find_first_of("\\`*_<>&]") == words.size() - 1;
    std::string out;
    bool beginning = true;
    for (const char c : words) {
        const bool escaped = kMarks.find(c) != std::string_view::npos ||
                             (beginning && kAtBeginning.find(c) != std::string_view::npos);
        beginning = beginning && c >= '0' && c <= '9';
        if (escaped && !is_marker) out.push_back('\\');
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '\n':
            case '\r': out.push_back(' '); break;  // it could begin a block
            default: out.push_back(c);
        }
    }
    return out;
}

}  // namespace

std::string with_handles_replaced(std::string_view text, const Plan& plan, Escape escape) {
    std::string out;
    std::size_t copied = 0;
    for (const Handle& handle : handles_in(text)) {
        out += text.substr(copied, handle.begin - copied);
        copied = handle.end;
        const auto shown = plan.shown.find(handle.key());
        if (shown == plan.shown.end()) continue;
        out += escape == Escape::markdown ? markdown_of(shown->second) : shown->second;
    }
    out += text.substr(copied);
    return out;
}

}  // namespace custos::vault::publish
