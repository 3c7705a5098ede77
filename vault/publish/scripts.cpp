// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/scripts.h"

#include <algorithm>
#include <array>

#include <unicode/uscript.h>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "vault/publish/fold.h"
#include "vault/publish/phrases.h"

namespace custos::vault::publish {
namespace {

// Scripts that one language has nearly to itself; of the others only the script is said.
struct Home {
    UScriptCode script;
    const char* language;
};
constexpr std::array kHomes = {
    Home{USCRIPT_KHMER, "km"},    Home{USCRIPT_THAI, "th"},     Home{USCRIPT_LAO, "lo"},
    Home{USCRIPT_MYANMAR, "my"},  Home{USCRIPT_HEBREW, "he"},   Home{USCRIPT_GREEK, "el"},
    Home{USCRIPT_ARMENIAN, "hy"}, Home{USCRIPT_GEORGIAN, "ka"}, Home{USCRIPT_HANGUL, "ko"},
    Home{USCRIPT_HIRAGANA, "ja"}, Home{USCRIPT_KATAKANA, "ja"}, Home{USCRIPT_TIBETAN, "bo"},
    Home{USCRIPT_SINHALA, "si"},  Home{USCRIPT_TAMIL, "ta"},
};

UScriptCode script_of(char32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(c), &status);
    return U_FAILURE(status) != 0 || script == USCRIPT_UNKNOWN ? USCRIPT_COMMON : script;
}

std::vector<UScriptCode> scripts_of(std::string_view language) {
    std::array<UScriptCode, 8> codes{};
    UErrorCode status = U_ZERO_ERROR;
    const int count = uscript_getCode(std::string(language).c_str(), codes.data(),
                                      static_cast<int32_t>(codes.size()), &status);
    if (U_FAILURE(status) != 0 || count < 1) return {USCRIPT_LATIN};
    return {codes.begin(), codes.begin() + std::min<std::ptrdiff_t>(count, 8)};
}

// Whether a number behind it belongs to the word before.
bool joins_number(std::string_view between) {
    return between.find_first_not_of(" /-.:#") == std::string_view::npos;
}

std::string language_of(UScriptCode script) {
    const auto* const home = std::find_if(kHomes.begin(), kHomes.end(),
                                          [&](const Home& each) { return each.script == script; });
    if (home != kHomes.end()) return home->language;
    return std::string("und-") + uscript_getShortName(script);
}

}  // namespace

std::vector<ScriptRun> script_runs(std::string_view text, std::string_view language) {
    const std::vector<UScriptCode> own = scripts_of(language);
    std::vector<ScriptRun> runs;
    std::size_t begin = 0;      // of the run that is being read
    std::size_t words_end = 0;  // behind its last character that has a script
    UScriptCode current = USCRIPT_COMMON;
    const bool turns_numbers = is_right_to_left(language);
    const auto close = [&](std::size_t end) {
        if (end == begin) return;
        ScriptRun run{text.substr(begin, end - begin), {}, false};
        if (current != USCRIPT_COMMON) {
            run.language = language_of(current);
            run.right_to_left = uscript_isRightToLeft(current) != 0;
        }
        runs.push_back(std::move(run));
        begin = end;
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t here = at;
        const UScriptCode found = script_of(next_character(text, at));
        if (found == USCRIPT_INHERITED && words_end == here) words_end = at;  // marks of a letter
        const bool is_number = text[here] >= '0' && text[here] <= '9';
        if (is_number && turns_numbers && current != USCRIPT_COMMON &&
            uscript_isRightToLeft(current) == 0 &&
            joins_number(text.substr(words_end, here - words_end)))
            words_end = at;
        if (found == USCRIPT_COMMON || found == USCRIPT_INHERITED) continue;
        const bool is_own = std::find(own.begin(), own.end(), found) != own.end();
        const UScriptCode script = is_own ? USCRIPT_COMMON : found;
        if (script != current) {
            if (current != USCRIPT_COMMON) close(words_end);
            if (script != USCRIPT_COMMON) {
                current = USCRIPT_COMMON;
                close(here);
            }
            current = script;
        }
        words_end = at;
    }
    if (current != USCRIPT_COMMON) {
        close(words_end);
        current = USCRIPT_COMMON;
    }
    close(text.size());
    return runs;
}

std::string html_escaped(std::string_view text) {
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

std::string source_expression(std::string_view text) {
    return "'sha256-" + crypto::base64(crypto::sha256(bytes_of(text)).view()) + "'";
}

std::string html_before(const ScriptRun& run, std::string_view language) {
    if (run.language.empty()) return {};
    if (run.right_to_left == is_right_to_left(language)) {
        return "<span lang=\"" + run.language + "\">";
    }
    return "<bdi lang=\"" + run.language + "\" dir=\"" + (run.right_to_left ? "rtl" : "ltr") +
           "\">";
}

std::string html_behind(const ScriptRun& run, std::string_view language) {
    if (run.language.empty()) return {};
    return run.right_to_left == is_right_to_left(language) ? "</span>" : "</bdi>";
}

std::string html_direction(std::string_view text, std::string_view language) {
    for (const ScriptRun& run : script_runs(text, language)) {
        if (!run.language.empty()) {
            if (run.right_to_left == is_right_to_left(language)) return {};
            return " lang=\"" + run.language + "\" dir=\"" + (run.right_to_left ? "rtl" : "ltr") +
                   "\"";
        }
        for (std::size_t at = 0; at < run.text.size();) {
            const UScriptCode script = script_of(next_character(run.text, at));
            if (script != USCRIPT_COMMON && script != USCRIPT_INHERITED) return {};
        }
    }
    return {};
}

std::string html_text(std::string_view text, std::string_view language) {
    std::string out;
    for (const ScriptRun& run : script_runs(text, language)) {
        out += html_before(run, language) + html_escaped(run.text) + html_behind(run, language);
    }
    return out;
}

}  // namespace custos::vault::publish
