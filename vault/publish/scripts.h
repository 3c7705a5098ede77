// SPDX-License-Identifier: GPL-3.0-or-later
// Words of another script within a text, so that a page can say in which language and direction
// they are to be read.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace custos::vault::publish {

struct ScriptRun {
    std::string_view text;
    std::string language;  // BCP 47: "km", "und-Cyrl"; empty: of the text around it
    bool right_to_left = false;
};

// All of `text`, cut where the script changes. What belongs to no script (digits, spaces,
// punctuation) goes with the text around it unless it stands between two words of one script, or is
// a number behind a word that is read the other way round than Arabic around it: "ASA
// 23/1632/2019".
[[nodiscard]] std::vector<ScriptRun> script_runs(std::string_view text, std::string_view language);

// What a paragraph says of itself when it begins in a script that is read the other way round than
// `language`: " lang=\"und-Arab\" dir=\"rtl\""; else nothing.
[[nodiscard]] std::string html_direction(std::string_view text, std::string_view language);

// `text` for HTML, escaped, other scripts marked.
[[nodiscard]] std::string html_text(std::string_view text, std::string_view language);
[[nodiscard]] std::string html_escaped(std::string_view text);
// What a page's policy names a style or script by: 'sha256-...', with the quotes.
[[nodiscard]] std::string source_expression(std::string_view text);
// What stands before and behind a run: <span lang="km">, <bdi lang="ar" dir="rtl">; may be empty.
[[nodiscard]] std::string html_before(const ScriptRun& run, std::string_view language);
[[nodiscard]] std::string html_behind(const ScriptRun& run, std::string_view language);

}  // namespace custos::vault::publish
