// SPDX-License-Identifier: GPL-3.0-or-later
// A field of each type, asked.
#include <algorithm>

#include "cli/form/form.h"
#include "cli/harmless.h"
#include "cli/printer.h"
#include "cli/wrap.h"
#include "crypto/error.h"
#include "vault/records/check_value.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::Field;
using vault::FieldType;

constexpr std::size_t kRowsAroundChoices = 9;
constexpr std::size_t kPresentMax = 400;  // code points of a present value that are shown

bool is_command(std::string_view text) {
    return text == "?" || text == "<" || text == "!" || text == "." || text == "-" || text == "+" ||
           text == "!e";
}

// "\." is the text ".", "\\." is "\.", and a backslash before anything else is one.
std::string unescaped(const std::string& text) {
    const std::size_t begin = text.find_first_not_of('\\');
    const bool escaped = begin != std::string::npos && begin > 0 && is_command(text.substr(begin));
    return escaped ? text.substr(1) : text;
}

std::string spaced(std::string_view name) {
    std::string text(name);
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

}  // namespace

// ---- showing -----------------------------------------------------------------------------------

std::string Form::strong(std::string_view text) const {
    return styled(text, Style::strong, console_.is_colored());
}

std::string Form::faint(std::string_view text) const {
    return styled(text, Style::faint, console_.is_colored());
}

std::size_t Form::list_rows() const {
    const std::size_t rows = console_.rows();
    return rows > kRowsAroundChoices + 3 ? rows - kRowsAroundChoices : 3;
}

std::string Form::command_help() const {
    std::string text =
        "  Enter  leave it out, or keep it        ?  explain the question\n"
        "  <      the question before             !  all answers, to change one\n"
        "  -      take the answer away            .  enough: to the summary\n"
        "  A text that looks like one of these: a backslash before it, as in \\.\n";
    if (console_.can_edit()) text += "  Up     bring the present answer into the line\n";
    return faint(text);
}

// "title: what happened, in a line", the name in bold.
void Form::say_heading(std::string_view name, std::string_view text) {
    const std::string lines =
        wrapped(std::string(name) + ": " + std::string(text), console_.columns());
    say("\n" + strong(name) + lines.substr(name.size()) + "\n");
}

void Form::say_hint(std::string_view text) {
    say(faint(wrapped("  " + std::string(text), console_.columns())) + "\n");
}

// Of an item that is not there nothing is needed: leaving its first question out ends the list.
bool Form::is_needed(const Question& question) const {
    const std::string within = parent_of(question.path);
    return question.field->required &&
           (within.empty() || answers_.at(within.substr(0, within.size() - 1)) != nullptr);
}

void Form::introduce(const Question& question) {
    const Field& field = *question.field;
    say_heading(spaced(field.name),
                std::string(field.help) + (is_needed(question) ? " (needed)" : ""));
    if (const json* present = answers_.at(question.path); present != nullptr) {
        const std::string now = value_text({question.path, &field});
        say(wrapped("  now: " + vault::harmless_excerpt(now, kPresentMax), console_.columns()) +
            "\n");
        say_hint(present->is_array() ? "Type one more, or -2 to take the second away."
                                     : "Enter keeps it.");
    } else if (!field.example.empty() && field.type != FieldType::object &&
               field.type != FieldType::object_list && field.type != FieldType::boolean &&
               field.vocabulary == vault::VocabularyId::none) {
        say_hint("for example: " + std::string(field.example));
    }
}

void Form::explain(const Question& question) {
    const Field& field = *question.field;
    std::string text =
        std::string(field.help) + ". It takes " + std::string(vault::described(field.type)) + ".";
    if (!field.example.empty()) text += " For example: " + std::string(field.example);
    say(wrapped("  " + text, console_.columns()) + "\n");
    if (field.identity) say("  It tells who or where a person is, so it is never published.\n");
    if (field.vocabulary != vault::VocabularyId::none) {
        const vault::Vocabulary& words = schema_.vocabulary(field.vocabulary);
        say(wrapped("  " + std::string(words.help), console_.columns()) + "\n");
        if (words.terms.size() <= list_rows()) {
            for (const vault::Term& term : words.terms) {
                say(shortened("    " + std::string(term.label) +
                                  (term.help.empty() ? "" : ": " + std::string(term.help)),
                              console_.columns() - 1) +
                    "\n");
            }
        }
    }
    say(command_help());
}

// ---- reading -----------------------------------------------------------------------------------

Form::Line Form::read(const Question& question) {
    Asking asking{question.prompt + "> ", {}, false, false};
    const json* present = answers_.at(question.path);
    if (present != nullptr && present->is_string()) asking.present = present->get<std::string>();
    std::string line = console_.ask(asking).front();
    line.erase(line.find_last_not_of(" \t") + 1);
    line.erase(0, line.find_first_not_of(" \t"));
    if (line.empty()) return {Typed::nothing, {}};
    if (line == "<") return {Typed::back, {}};
    if (line == ".") return {Typed::done, {}};
    if (line == "?") {
        explain(question);
        return {Typed::again, {}};
    }
    if (line == "!") {
        show_answers_and_change();
        return {Typed::again, {}};
    }
    if (line == "-") {
        if (present == nullptr) {
            say("  There is no answer here yet.\n");
            return {Typed::again, {}};
        }
        answers_.unset(question.path);
        changed();
        say("  Taken away.\n");
        return {Typed::removed, {}};
    }
    return {Typed::text, unescaped(line)};
}

// Stores a value, or says why not and keeps in mind what was meant.
bool Form::take(const Question& question, const json& value) {
    meant_.clear();
    const auto problem = answers_.set(question.path, value);
    if (!problem) {
        changed();
        return true;
    }
    complain("not taken: " + problem->message +
             (problem->value.empty() ? "" : ": \"" + problem->value + "\""));
    meant_ = problem->choices;
    if (meant_.empty()) return false;
    refused_ = value.is_string() ? value.get<std::string>() : value.dump();
    say("  Did you mean\n" + numbered_down(meant_, console_.columns(), list_rows()));
    say(faint(meant_.size() == 1 ? "  1 takes it; or type it again." : "  A number takes it.") +
        "\n");
    return false;
}

// ---- questions by type -------------------------------------------------------------------------

Form::Step Form::ask(const std::string& path, const Field& field, From from) {
    const Question question{path, &field, path};
    meant_.clear();
    at_ = path;
    switch (field.type) {
        case FieldType::object: return ask_part(question, from);
        case FieldType::object_list: {
            const bool texts = !field.children.empty() && field.children.begin()->required &&
                               field.children.begin()->type == FieldType::long_text;
            return texts ? ask_paragraphs(question) : ask_items(question);
        }
        case FieldType::long_text: return ask_text(question, take_open_lines(path));
        case FieldType::term_map: return ask_term_map(question, from);
        case FieldType::reference_map: return ask_reference_map(question);
        default: break;
    }
    introduce(question);
    return vault::is_list(field.type) ? ask_list(question) : ask_single(question);
}

Form::Step Form::ask_single(const Question& question) {
    for (;;) {
        const Picked picked = pick(question, question.field->type);
        switch (picked.typed) {
            case Typed::back: return Step::back;
            case Typed::done: return Step::done;
            case Typed::text: break;
            default: return Step::next;
        }
        if (!take(question, picked.value)) continue;
        const std::string stored = value_text({question.path, question.field});
        if (!picked.value.is_string() || picked.value != json(stored))
            say("  " + faint("→ ") + vault::harmless_excerpt(stored, kPresentMax) + "\n");
        return Step::next;
    }
}

Form::Step Form::ask_list(const Question& question) {
    const FieldType type = vault::item_type(question.field->type);
    for (;;) {
        const std::size_t count = answers_.count(question.path);
        const std::string number = std::to_string(count + 1);
        Question item{question.path + "." + number, question.field, question.prompt + " " + number};
        const Picked picked = pick(item, type);
        switch (picked.typed) {
            case Typed::back: return Step::back;
            case Typed::done: return Step::done;
            case Typed::text: break;
            default: return Step::next;
        }
        const std::string text =
            picked.value.is_string() ? picked.value.get<std::string>() : std::string();
        if (const std::size_t taken =
                text.starts_with('-') ? number_of(std::string_view(text).substr(1), count) : 0;
            taken != 0) {
            answers_.unset(question.path + "." + std::to_string(taken));
            changed();
            say("  Taken away.\n");
        } else if (take(item, picked.value)) {
            say("  " + faint("→ ") +
                vault::harmless_excerpt(value_text({question.path, question.field}), kPresentMax) +
                faint("   (one more, or Enter)") + "\n");
        }
    }
}

Form::Step Form::ask_term_map(const Question& question, From from) {
    introduce(question);
    const auto keys = schema_.vocabulary(question.field->key_vocabulary).terms;
    std::size_t i = from == From::end ? keys.size() - 1 : 0;
    while (i < keys.size()) {
        const vault::Term& key = keys[i];
        const Question entry{question.path + "." + std::string(key.key), question.field,
                             std::string(key.key)};
        say_heading(key.label, key.help);
        if (const json* now = answers_.at(entry.path))
            say("  now: " + scalar_text(*question.field, *now) + "\n");
        const Picked picked = pick_term(entry, schema_.vocabulary(question.field->vocabulary));
        if (picked.typed == Typed::done) return Step::done;
        if (picked.typed == Typed::back) {
            if (i == 0) return Step::back;
            --i;
            continue;
        }
        if (picked.typed == Typed::text && !take(entry, picked.value)) continue;
        ++i;
    }
    return Step::next;
}

Form::Step Form::ask_reference_map(const Question& question) {
    introduce(question);
    for (;;) {
        Question key{question.path + ".?", question.field, question.prompt};
        const Picked record = pick_reference(key);
        if (record.typed == Typed::back) return Step::back;
        if (record.typed == Typed::done) return Step::done;
        if (record.typed != Typed::text) return Step::next;
        const Question entry{question.path + "." + record.value.get<std::string>(), question.field,
                             question.prompt + " how"};
        const Picked picked = pick_term(entry, schema_.vocabulary(question.field->vocabulary));
        if (picked.typed == Typed::done) return Step::done;
        if (picked.typed == Typed::text) (void)take(entry, picked.value);
    }
}

Form::Step Form::ask_part(const Question& question, From from) {
    const Parts parts = parts_of(*question.field);
    say_heading(spaced(question.field->name), question.field->help);
    const std::string prefix = question.path + ".";
    for (;;) {
        const Step step = run_fields(prefix, parts.first, from, false);
        if (step != Step::next || parts.rest.empty() || answers_.at(question.path) == nullptr)
            return step;
        const Line line = read(
            {prefix, question.field, "more about " + question.prompt + "? y, or Enter to go on"});
        if (line.typed == Typed::done) return Step::done;
        if (line.typed == Typed::back) {
            from = From::end;
            continue;
        }
        if (!is_yes(line.text)) return Step::next;
        const Step rest = run_fields(prefix, parts.rest, From::start, false);
        if (rest != Step::back) return rest;
        from = From::end;
    }
}

Form::Step Form::ask_items(const Question& question) {
    const Parts parts = parts_of(*question.field);
    introduce(question);
    for (;;) {
        const std::size_t count = answers_.count(question.path);
        // A form that goes on another day may have been left in the middle of an item.
        const bool in_item =
            count > 0 && go_on_at_.starts_with(question.path + "." + std::to_string(count) + ".");
        const std::size_t number = in_item ? count : count + 1;
        const std::string path = question.path + "." + std::to_string(number);
        say(faint(number == 1 ? "  The first one; Enter leaves them all out."
                              : "  One more; Enter when there is no other.") +
            "\n");
        const Step step = run_fields(path + ".", parts.first, From::start, true);
        if (step != Step::next) return step;
        if (answers_.at(path) == nullptr) return Step::next;
        if (parts.rest.empty()) continue;
        const Line line =
            read({path + ".", question.field, "more about " + path + "? y, or Enter to go on"});
        if (line.typed == Typed::done) return Step::done;
        if (!is_yes(line.text)) continue;
        if (run_fields(path + ".", parts.rest, From::start, false) == Step::done) return Step::done;
    }
}

}  // namespace custos::cli
