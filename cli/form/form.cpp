// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/form.h"

#include <algorithm>

#include "cli/harmless.h"
#include "cli/printer.h"
#include "cli/wrap.h"
#include "crypto/error.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::Field;
using vault::FieldType;

constexpr std::int64_t kMillisecondsOfDay = 86'400'000;
constexpr std::size_t kRowsAround = 6;  // of a list: heading, prompt and room to breathe

}  // namespace

Form::Form(Console& console, KnownRecords& records, const vault::Schema& schema, vault::Kind kind,
           FormProgress progress, FormWatch watch)
    : console_(console),
      records_(records),
      schema_(schema),
      watch_(std::move(watch)),
      answers_(schema, kind, std::move(progress.fields), watch_.clock() / kMillisecondsOfDay),
      groups_(groups_of(schema, kind)),
      at_(std::move(progress.at)),
      open_path_(std::move(progress.open_path)),
      open_text_(std::move(progress.open_text)) {}

Form::Outcome Form::run(Begin begin) {
    if (begin == Begin::summary) {
        for (;;) {
            if (const auto outcome = run_summary()) return *outcome;
            while (run_menu() == Step::back) {
                if (run_fields("", groups_.front().fields, From::end, false) == Step::done) break;
            }
        }
    }
    say(command_help());
    Step step = begin == Begin::here ? run_from_here()
                                     : run_fields("", groups_.front().fields, From::start, false);
    for (;;) {
        if (step == Step::next) step = run_menu();
        if (step == Step::back) {
            step = run_fields("", groups_.front().fields, From::end, false);
            continue;
        }
        if (const auto outcome = run_summary()) return *outcome;
        step = Step::next;  // back from the summary: to the menu
    }
}

// Every question of a group in turn. Of an item of a list nothing more is asked when its first
// question was left out: there is no such item then.
Form::Step Form::run_fields(const std::string& prefix, const Fields& fields, From from,
                            bool of_item) {
    std::size_t i = from == From::end && !fields.empty() ? fields.size() - 1 : 0;
    bool backwards = from == From::end;
    skip_to_where_it_was(prefix, fields, i);
    while (i < fields.size()) {
        const Field& field = *fields[i];
        const std::string path = prefix + std::string(field.name);
        const std::string_view after = asked_after(field.name);
        const bool asked = after.empty() || answers_.at(path) != nullptr ||
                           answers_.at(prefix + std::string(after)) != nullptr;
        Step step = backwards ? Step::back : Step::next;
        if (asked) step = ask(path, field, backwards ? From::end : From::start);
        if (step == Step::done) return step;
        backwards = step == Step::back;
        if (backwards) {
            if (i == 0) {
                if (&fields != &groups_.front().fields) return Step::back;
                say(faint("  This is the first question.") + "\n");
                backwards = false;
                continue;
            }
            --i;
        } else if (of_item && i == 0 && answers_.at(path) == nullptr) {
            return Step::next;
        } else {
            ++i;
        }
    }
    return Step::next;
}

// ---- going on another day ----------------------------------------------------------------------

// Where the draft was left: an unfinished text says that better than the last answer.
Form::Step Form::run_from_here() {
    go_on_at_ = open_path_.empty() ? at_ : open_path_;
    const std::string first = go_on_at_.substr(0, go_on_at_.find('.'));
    for (const QuestionGroup& group : groups_) {
        const bool has = std::any_of(group.fields.begin(), group.fields.end(),
                                     [&](const Field* field) { return field->name == first; });
        if (has) return run_fields("", group.fields, From::start, false);
    }
    go_on_at_.clear();
    return run_fields("", groups_.front().fields, From::start, false);
}

void Form::skip_to_where_it_was(const std::string& prefix, const Fields& fields, std::size_t& i) {
    if (go_on_at_.empty()) return;
    for (std::size_t n = 0; n < fields.size(); ++n) {
        const std::string path = prefix + std::string(fields[n]->name);
        if (go_on_at_ != path && !go_on_at_.starts_with(path + ".")) continue;
        i = n;
        if (go_on_at_ == path) go_on_at_.clear();
        return;
    }
    go_on_at_.clear();  // it is among the fields that are asked for by choice
}

std::vector<std::string> Form::take_open_lines(const std::string& path) {
    if (open_path_ != path || open_text_.empty()) return {};
    std::vector<std::string> lines;
    for (std::size_t at = 0; at <= open_text_.size();) {
        const std::size_t end = std::min(open_text_.find('\n', at), open_text_.size());
        lines.push_back(open_text_.substr(at, end - at));
        at = end + 1;
    }
    open_path_.clear();
    open_text_.clear();
    go_on_at_.clear();
    return lines;
}

// ---- the groups by choice ----------------------------------------------------------------------

Form::Step Form::run_menu() {
    if (groups_.size() < 2) return Step::done;
    for (;;) {
        std::vector<std::string> titles;
        for (std::size_t i = 1; i < groups_.size(); ++i) {
            const auto there = std::count_if(
                groups_[i].fields.begin(), groups_[i].fields.end(), [&](const Field* field) {
                    return answers_.at(std::string(field->name)) != nullptr;
                });
            std::string title(groups_[i].title);
            if (there > 0) title += " (" + std::to_string(there) + " answered)";
            titles.push_back(std::move(title));
        }
        say("\n" + strong("That was the essential part.") + " More, by number:\n" +
            numbered_down(titles, console_.columns(), list_rows()));
        say(faint("  Enter: to the summary.  <: back to the questions.  !: all answers.") + "\n");
        const std::string line = console_.ask({"more> ", {}, false, false}).front();
        if (line.empty() || line == ".") return Step::done;
        if (line == "<") return Step::back;
        if (line == "?") {
            say(command_help());
        } else if (line == "!") {
            show_answers_and_change();
        } else if (const std::size_t number = number_of(line, titles.size()); number != 0) {
            if (run_fields("", groups_[number].fields, From::start, false) == Step::done)
                return Step::done;
        } else {
            complain("there is no group " + vault::harmless_excerpt(line, 20));
        }
    }
}

// ---- the answers so far ------------------------------------------------------------------------

std::string Form::scalar_text(const Field& field, const json& value) {
    if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
    if (!value.is_string()) return value.dump();
    const std::string& text = value.get_ref<const std::string&>();
    if (field.type == FieldType::term || field.type == FieldType::term_list ||
        field.type == FieldType::term_map) {
        const vault::Term* term = vault::find_term(schema_.vocabulary(field.vocabulary), text);
        return term == nullptr ? harmless(text) : term_text(*term);
    }
    if (field.type == FieldType::reference || field.type == FieldType::reference_list) {
        const auto id = vault::parse_id(text);
        try {
            if (id) return harmless(records_.known(*id).text);
        } catch (const Error& error) {  // purged meanwhile, or somebody is writing
            if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::busy) throw;
        }
    }
    std::string line = harmless(text, LineFeeds::keep);
    std::replace(line.begin(), line.end(), '\n', ' ');
    return line;
}

std::string Form::value_text(const Answered& answered) {
    const json& value = *answers_.at(answered.path);
    const Field& field = *answered.field;
    std::string text;
    if (value.is_array()) {
        for (const json& item : value)
            text += (text.empty() ? "" : "; ") + scalar_text(field, item);
    } else if (value.is_object()) {
        for (const auto& [key, item] : value.items()) {
            text += (text.empty() ? "" : "; ") + harmless(key) + " " + scalar_text(field, item);
        }
    } else {
        text = scalar_text(field, value);
    }
    return text;
}

void Form::list_answers(const std::vector<Answered>& answers) {
    const std::size_t page = console_.rows() > kRowsAround ? console_.rows() - kRowsAround : 1;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        if (i != 0 && i % page == 0) {
            const std::string more = std::to_string(answers.size() - i);
            (void)console_.ask({"  Enter: " + more + " more> ", {}, false, false});
        }
        std::string number = std::to_string(i + 1);
        number.insert(0, number.size() < 2 ? 1 : 0, ' ');
        const std::string name = "  " + number + "  " + harmless(answers[i].path) + ": ";
        const std::size_t room = console_.columns() - 1;
        say(shortened(name + value_text(answers[i]), room) + "\n");
    }
    if (answers.empty()) say("  nothing yet\n");
}

void Form::change_answer(const Answered& answered) {
    (void)ask(answered.path, *answered.field, From::start);
}

void Form::show_answers_and_change() {
    for (;;) {
        const std::vector<Answered> answers = answers_.all();
        say("\n" + strong("So far") + "\n");
        list_answers(answers);
        if (answers.empty()) return;
        say(faint("  A number: change it.  Enter: go on.") + "\n");
        const std::string line = console_.ask({"so far> ", {}, false, false}).front();
        const std::size_t number = number_of(line, answers.size());
        if (number == 0) return;
        change_answer(answers[number - 1]);
    }
}

// ---- the end -----------------------------------------------------------------------------------

bool Form::try_to_save() {
    const std::vector<vault::Problem> problems = answers_.problems();
    if (problems.empty()) return true;
    say("  It cannot be saved yet:\n");
    for (const vault::Problem& problem : problems) complain(vault::to_text(problem));
    for (const vault::Problem& problem : problems) {
        const Field* field = vault::field_at(schema_.fields(answers_.kind()), problem.path);
        if (problem.path.empty() || field == nullptr) continue;
        change_answer({problem.path, field});
        break;
    }
    return false;
}

std::optional<Form::Outcome> Form::run_summary() {
    for (;;) {
        const std::vector<Answered> answers = answers_.all();
        say("\n" + strong("Summary of this " + std::string(name_of(answers_.kind()))) + "\n");
        list_answers(answers);
        say(faint("  s: save.  A number: change it.  <: more questions.  k: keep as a draft.\n"
                  "  x: throw it away.") +
            "\n");
        const std::string line = console_.ask({"save? s> ", {}, false, false}).front();
        if (line == "<") return std::nullopt;
        if (line == "s" || line == "save" || line == "." || line == "y" || line == "yes") {
            if (try_to_save()) return Outcome::save;
        } else if (line == "k" || line == "keep") {
            return Outcome::keep;
        } else if (line == "x") {
            say("  All of these answers will be gone.\n");
            const std::string sure = console_.ask({"type x once more> ", {}, false, false}).front();
            if (sure == "x") return Outcome::discard;
        } else if (const std::size_t number = number_of(line, answers.size()); number != 0) {
            change_answer(answers[number - 1]);
        } else if (line == "?") {
            say(command_help());
        }
    }
}

void Form::complain(std::string_view why) {
    const std::string text = wrapped("  " + harmless(why, LineFeeds::keep), console_.columns());
    say(styled(text, Style::bad, console_.is_colored()) + "\n");
}

}  // namespace custos::cli
