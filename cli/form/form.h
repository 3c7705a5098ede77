// SPDX-License-Identifier: GPL-3.0-or-later
// A record asked for on a terminal: the important questions first, the others by choice, each
// answer checked at once, every answer open to be looked at and changed until the end.
//
//   Enter   leaves a question out, or keeps the answer that is there
//   ?       explains the question        !   all answers so far; one can be changed by its number
//   <       the question before          .   enough: to the summary
//   -       takes the present answer away (-2: the second of several)
//
// An answer that looks like one of these is written with a backslash before it: "\.".
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/form/answers.h"
#include "cli/form/choices.h"
#include "cli/form/console.h"
#include "cli/form/groups.h"
#include "cli/form/known_records.h"
#include "vault/os/clock.h"

namespace custos::cli {

// How far a form is: enough to go on with it another day.
struct FormProgress {
    nlohmann::json fields;
    std::string at;  // the question that was answered last
    // A long text that is being written: its field, and its lines so far.
    std::string open_path;
    std::string open_text;
};

// What a form tells and asks of those who started it.
struct FormWatch {
    // After every answer, and every line of a long text.
    std::function<void(const FormProgress& progress)> changed;
    // Changes a text in an editor; nothing when it was left as it was. Empty: there is no editor.
    std::function<std::optional<std::string>(const std::string& text)> edit;
    vault::Clock clock;
};

class Form {
public:
    // Everything that it refers to outlives it.
    Form(Console& console, KnownRecords& records, const vault::Schema& schema, vault::Kind kind,
         FormProgress progress, FormWatch watch);

    // `here`: at the question, and in the text, that the progress names.
    enum class Begin { first_question, here, summary };
    enum class Outcome { save, keep, discard };
    // Asks until the person decides what becomes of it. May be called again, at the summary, after
    // the record could not be stored.
    Outcome run(Begin begin);
    // Says why something was not taken.
    void complain(std::string_view why);

    [[nodiscard]] const nlohmann::json& fields() const { return answers_.fields(); }

private:
    // Where a question leads.
    enum class Step { next, back, done };
    enum class From { start, end };
    // What somebody typed at a question.
    enum class Typed { text, nothing, back, done, removed, again };
    struct Line {
        Typed typed = Typed::text;
        std::string text;
    };
    struct Picked {
        Typed typed = Typed::nothing;
        nlohmann::json value;
    };
    struct Question {
        std::string path;
        const vault::Field* field = nullptr;
        std::string prompt;  // without "> "
    };
    using Fields = std::vector<const vault::Field*>;

    // form.cpp: the way through
    Step run_fields(const std::string& prefix, const Fields& fields, From from, bool of_item);
    Step run_menu();
    Step run_from_here();
    std::optional<Outcome> run_summary();
    bool try_to_save();
    void show_answers_and_change();
    void list_answers(const std::vector<Answered>& answers);
    std::string value_text(const Answered& answered);
    std::string scalar_text(const vault::Field& field, const nlohmann::json& value);
    void change_answer(const Answered& answered);

    // form_questions.cpp: one question of each type
    Step ask(const std::string& path, const vault::Field& field, From from);
    Step ask_single(const Question& question);
    Step ask_list(const Question& question);
    Step ask_term_map(const Question& question, From from);
    Step ask_reference_map(const Question& question);
    Step ask_part(const Question& question, From from);
    Step ask_items(const Question& question);
    Picked pick(const Question& question, vault::FieldType type);
    Picked pick_scalar(const Question& question, vault::FieldType type);
    Picked pick_term(const Question& question, const vault::Vocabulary& words);
    Picked pick_reference(const Question& question);
    bool is_needed(const Question& question) const;
    void introduce(const Question& question);
    void say_heading(std::string_view name, std::string_view text);
    void say_hint(std::string_view text);
    Line read(const Question& question);
    bool take(const Question& question, const nlohmann::json& value);
    std::optional<nlohmann::json> from_text(const Question& question, vault::FieldType type,
                                            const std::string& text);
    void keep_words_of_date(const Question& question, const std::string& typed,
                            const std::string& meant);
    void explain(const Question& question);
    std::string command_help() const;
    std::string strong(std::string_view text) const;
    std::string faint(std::string_view text) const;
    std::size_t list_rows() const;

    // form_text.cpp: long texts and paragraphs
    struct Lines;
    Step ask_text(const Question& question, std::vector<std::string> lines);
    std::optional<Step> text_command(const Question& question, Lines& lines,
                                     const std::string& line);
    std::optional<Step> first_text_command(const Question& question, Lines& lines,
                                           const std::string& line);
    std::optional<Step> finish_text(const Question& question, Lines& lines);
    void edit_text(const Question& question, Lines& lines);
    Step ask_paragraphs(const Question& question);
    bool add_paragraph(const Question& question, std::vector<std::string>& lines);
    Step ask_about_paragraphs(const Question& question, std::size_t first, std::size_t last);
    void show_paragraphs(const Question& question);

    void say(std::string_view text) { console_.say(text); }
    void changed() { watch_.changed({answers_.fields(), at_, {}, {}}); }
    void text_changed(const std::string& path, const std::vector<std::string>& lines);
    void skip_to_where_it_was(const std::string& prefix, const Fields& fields, std::size_t& i);
    std::vector<std::string> take_open_lines(const std::string& path);

    Console& console_;
    KnownRecords& records_;
    const vault::Schema& schema_;
    FormWatch watch_;
    Answers answers_;
    std::vector<QuestionGroup> groups_;
    std::string at_;
    std::string go_on_at_;  // a question that has to be found first; empty once it was
    std::string open_path_;
    std::string open_text_;
    std::vector<std::string> meant_;  // what the last refused answer was probably meant to be
    std::string refused_;             // that answer
};

}  // namespace custos::cli
