// SPDX-License-Identifier: GPL-3.0-or-later
// Long texts, line by line or in an editor, and the numbered paragraphs of a testimony.
#include <algorithm>

#include "cli/form/form.h"
#include "cli/harmless.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::Field;

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

bool is_blank(const std::string& line) {
    return line.find_first_not_of(" \t") == std::string::npos;
}

// Without the empty lines at its end.
std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
    text.erase(text.find_last_not_of(" \t\n") + 1);
    return text;
}

// "\." is a line with a dot alone.
std::string unescaped(const std::string& line) {
    const std::size_t begin = line.find_first_not_of('\\');
    if (begin == std::string::npos || begin == 0) return line;
    const std::string rest = line.substr(begin);
    const bool command = rest == "." || rest == "<" || rest == "?" || rest == "-" || rest == "+" ||
                         rest.starts_with("!");
    return command ? line.substr(1) : line;
}

}  // namespace

void Form::text_changed(const std::string& path, const std::vector<std::string>& lines) {
    watch_.changed({answers_.fields(), at_, path, joined(lines)});
}

struct Form::Lines {
    std::vector<std::string> all;
    bool begun = false;  // something was typed: an empty line is a line now
};

// ---- one text ----------------------------------------------------------------------------------

Form::Step Form::ask_text(const Question& question, std::vector<std::string> already) {
    introduce(question);
    Lines lines{std::move(already), false};
    lines.begun = !lines.all.empty();
    const json* present = answers_.at(question.path);
    say(faint(present != nullptr ? "  + changes it line by line; other lines replace it."
                                 : "  Several lines; one with a single dot ends the text.") +
        (watch_.edit ? faint("  !e opens the editor.") : "") + "\n");
    for (std::size_t i = 0; i < lines.all.size(); ++i)
        say("  " + std::to_string(i + 1) + "  " + harmless(lines.all[i]) + "\n");
    for (;;) {
        const std::string number = std::to_string(lines.all.size() + 1);
        const std::vector<std::string> reply = console_.ask(
            {std::string(question.field->name) + " " + number + "> ", {}, false, true});
        if (reply.size() == 1) {
            if (const auto step = text_command(question, lines, reply.front())) {
                if (*step != Step::back || !lines.begun) return *step;
                continue;
            }
        } else {
            for (const std::string& line : reply) lines.all.push_back(line);
            lines.begun = true;
        }
        text_changed(question.path, lines.all);
    }
}

// A step ends the question; Step::back while a text is being written means "asked again".
std::optional<Form::Step> Form::text_command(const Question& question, Lines& lines,
                                             const std::string& line) {
    if (line == "!e" && watch_.edit) {
        edit_text(question, lines);
        return lines.begun ? std::optional(Step::back) : std::optional(Step::next);
    }
    if (!lines.begun) {
        if (const auto step = first_text_command(question, lines, line)) return step;
        if (lines.begun) return Step::back;  // "+" brought the present lines
    }
    if (line == ".") return finish_text(question, lines);
    if (line == "?") {
        say(faint(
            "  .  ends the text            <   brings the line before back\n"
            "  !  shows the lines          !3  changes the third, \\. is a line with a dot\n"));
        return Step::back;
    }
    std::size_t chosen = 0;
    if (line == "<") chosen = lines.all.size();
    if (line.starts_with("!") && line.size() > 1)
        chosen = number_of(std::string_view(line).substr(1), lines.all.size());
    if (line == "!") {
        for (std::size_t i = 0; i < lines.all.size(); ++i)
            say("  " + std::to_string(i + 1) + "  " + harmless(lines.all[i]) + "\n");
        return Step::back;
    }
    if (line == "<" && chosen == 0) {
        lines.begun = false;
        return Step::back;
    }
    if (chosen != 0) {
        std::string& old = lines.all[chosen - 1];
        if (!console_.can_edit()) say("  " + harmless(old) + "\n");
        const bool last = line == "<";
        const std::string anew =
            console_.ask({"line " + std::to_string(chosen) + "> ", old, true, false}).front();
        if (last && anew.empty()) {
            lines.all.pop_back();
        } else if (console_.can_edit() || !anew.empty()) {
            old = unescaped(anew);
        }
        text_changed(question.path, lines.all);
        return Step::back;
    }
    lines.all.push_back(unescaped(line));
    lines.begun = true;
    return std::nullopt;
}

std::optional<Form::Step> Form::first_text_command(const Question& question, Lines& lines,
                                                   const std::string& line) {
    const json* present = answers_.at(question.path);
    if (is_blank(line)) return Step::next;
    if (line == "<") return Step::back;
    if (line == ".") return Step::done;
    if (line == "+" && present != nullptr) {
        lines.all = split(present->get<std::string>());
        lines.begun = true;
        for (std::size_t i = 0; i < lines.all.size(); ++i)
            say("  " + std::to_string(i + 1) + "  " + harmless(lines.all[i]) + "\n");
        return std::nullopt;
    }
    if (line == "-" && present != nullptr) {
        answers_.unset(question.path);
        changed();
        say("  Taken away.\n");
        return Step::next;
    }
    if (line == "?") {
        explain(question);
        return ask_text(question, {});
    }
    if (line == "!") {
        show_answers_and_change();
        return ask_text(question, {});
    }
    return std::nullopt;
}

// Nothing when there is something wrong with it: the lines stay to be mended.
std::optional<Form::Step> Form::finish_text(const Question& question, Lines& lines) {
    const std::string text = joined(lines.all);
    if (text.empty()) {
        changed();
        return Step::next;
    }
    if (take(question, text)) return Step::next;
    return Step::back;
}

void Form::edit_text(const Question& question, Lines& lines) {
    const json* present = answers_.at(question.path);
    const std::string before =
        lines.begun || present == nullptr ? joined(lines.all) : present->get<std::string>();
    const auto after = watch_.edit(before);
    if (!after) {
        say("  The text is as it was.\n");
        lines.begun = lines.begun && !lines.all.empty();
        return;
    }
    const std::string text = joined(split(*after));
    if (text.empty()) {
        answers_.unset(question.path);
        changed();
        lines = {};
    } else if (take(question, text)) {
        lines = {};
    } else {
        lines = {split(text), true};
    }
}

// ---- paragraphs --------------------------------------------------------------------------------

void Form::show_paragraphs(const Question& question) {
    for (std::size_t i = 1; i <= answers_.count(question.path); ++i) {
        const std::string path = question.path + "." + std::to_string(i);
        const json* text = answers_.at(path + ".text");
        const json* basis = answers_.at(path + ".basis");
        std::string line =
            "  " + std::to_string(i) + ". " +
            (text == nullptr ? "" : harmless(text->get<std::string>(), LineFeeds::keep));
        std::replace(line.begin(), line.end(), '\n', ' ');
        if (basis != nullptr) {
            const Field* field = vault::find_field(question.field->children, "basis");
            line = shortened(line, console_.columns() - 20) + "  (" + scalar_text(*field, *basis) +
                   ")";
        }
        say(shortened(line, console_.columns() - 1) + "\n");
    }
}

Form::Step Form::ask_paragraphs(const Question& question) {
    say_heading(question.field->name, question.field->help);
    show_paragraphs(question);
    say(faint("  An empty line ends a paragraph, a line with a single dot the last one.\n"
              "  -2 takes the second away; ! changes one.") +
        "\n");
    const bool translated = question.path.starts_with("translations.");
    const std::string next =
        question.path + "." + std::to_string(answers_.count(question.path) + 1) + ".text";
    std::vector<std::string> block = take_open_lines(next);
    for (const std::string& line : block) say("  " + harmless(line) + "\n");
    if (go_on_at_.starts_with(question.path + ".")) {  // killed before it was said how it is known
        go_on_at_.clear();
        const std::size_t last = answers_.count(question.path);
        if (ask_about_paragraphs(question, last, last) == Step::done) return Step::done;
    }
    for (std::size_t first = answers_.count(question.path) + 1;;) {
        const std::size_t number = answers_.count(question.path) + 1;
        const std::string path = question.path + "." + std::to_string(number);
        const json* original =
            translated ? answers_.at("paragraphs." + std::to_string(number) + ".text") : nullptr;
        if (block.empty() && original != nullptr)
            say(faint("  original " + std::to_string(number) + ". ") +
                harmless(original->get<std::string>(), LineFeeds::keep) + "\n");
        const std::vector<std::string> reply = console_.ask(
            {(block.empty() ? "paragraph " : "          ") + std::to_string(number) + "> ",
             {},
             false,
             true});
        bool last = false;
        const bool alone = reply.size() == 1;
        const std::string& line = reply.front();
        if (alone && block.empty()) {
            if (is_blank(line)) return Step::next;
            if (line == "<") return Step::back;
            if (line == ".") return number > 1 ? Step::next : Step::done;
            if (line == "?" || line == "!") {
                if (line == "?") explain(question);
                if (line == "!") show_answers_and_change();
                show_paragraphs(question);
                first = answers_.count(question.path) + 1;
                continue;
            }
            const std::size_t taken =
                line.starts_with('-') ? number_of(std::string_view(line).substr(1), number - 1) : 0;
            if (taken != 0) {
                answers_.unset(question.path + "." + std::to_string(taken));
                changed();
                show_paragraphs(question);
                first = answers_.count(question.path) + 1;
                continue;
            }
        }
        bool ended = false;
        for (const std::string& part : reply) {
            last = alone && part == ".";
            ended = last || is_blank(part);
            if (ended) {
                if (!block.empty() && !add_paragraph(question, block)) break;
            } else {
                block.push_back(alone ? unescaped(part) : part);
            }
        }
        if (!block.empty()) {
            const std::string open =
                question.path + "." + std::to_string(answers_.count(question.path) + 1) + ".text";
            text_changed(open, block);
        }
        const std::size_t count = answers_.count(question.path);
        if (ended && block.empty() && count >= first) {
            const Step step = ask_about_paragraphs(question, first, count);
            if (step == Step::done) return step;
            first = count + 1;
        }
        if (last) return Step::next;
    }
}

// False when it was not taken: the lines stay.
bool Form::add_paragraph(const Question& question, std::vector<std::string>& lines) {
    const std::string path =
        question.path + "." + std::to_string(answers_.count(question.path) + 1);
    at_ = path + ".basis";
    if (!take({path, question.field, path}, {{"text", joined(lines)}})) return false;
    lines.clear();
    return true;
}

// How the witness knows, once for all that were just written.
Form::Step Form::ask_about_paragraphs(const Question& question, std::size_t first,
                                      std::size_t last) {
    const Field* basis = vault::find_field(question.field->children, "basis");
    if (basis == nullptr || last == 0) return Step::next;
    const bool several = last > first;
    if (several) show_paragraphs(question);
    const std::string which =
        several ? std::to_string(first) + "-" + std::to_string(last) : std::to_string(first);
    say("  " + strong(basis->help) + (several ? ", all of " : ", ") + which +
        faint("  (Enter: not said)") + "\n");
    const std::string path = question.path + "." + std::to_string(first) + ".basis";
    const Picked picked =
        pick_term({path, basis, "basis " + which}, schema_.vocabulary(basis->vocabulary));
    if (picked.typed == Typed::done) return Step::done;
    at_ = question.path;
    if (picked.typed != Typed::text) return Step::next;
    for (std::size_t i = first; i <= last; ++i) {
        const std::string each = question.path + "." + std::to_string(i) + ".basis";
        (void)take({each, basis, each}, picked.value);
    }
    return Step::next;
}

}  // namespace custos::cli
