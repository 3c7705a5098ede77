// SPDX-License-Identifier: GPL-3.0-or-later
// One value of each type, from what is typed.
#include <charconv>

#include "cli/form/form.h"
#include "cli/harmless.h"
#include "cli/printer.h"
#include "crypto/error.h"
#include "vault/records/check_value.h"
#include "vault/records/date.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::FieldType;

constexpr std::size_t kRecordsShown = 9;

bool is_no(std::string_view text) { return text == "n" || text == "no" || text == "false"; }

}  // namespace

Form::Picked Form::pick(const Question& question, FieldType type) {
    if (type == FieldType::term)
        return pick_term(question, schema_.vocabulary(question.field->vocabulary));
    if (type == FieldType::reference) return pick_reference(question);
    return pick_scalar(question, type);
}

Form::Picked Form::pick_scalar(const Question& question, FieldType type) {
    for (;;) {
        const Line line = read(question);
        if (line.typed == Typed::again) continue;
        if (line.typed != Typed::text) return {line.typed, {}};
        if (auto value = from_text(question, type, line.text))
            return {Typed::text, std::move(*value)};
    }
}

std::optional<json> Form::from_text(const Question& question, FieldType type,
                                    const std::string& text) {
    if (const std::size_t number = number_of(text, meant_.size());
        number != 0 && type != FieldType::integer) {
        const std::string meant = meant_[number - 1];
        if (type == FieldType::edtf_date) keep_words_of_date(question, refused_, meant);
        return json(meant);
    }
    if (type == FieldType::boolean) {
        if (is_yes(text)) return json(true);
        if (is_no(text)) return json(false);
        complain("please answer y or n");
        return std::nullopt;
    }
    if (type == FieldType::integer) {
        std::int64_t number = 0;
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, number);
        if (read.ec == std::errc{} && read.ptr == end) return json(number);
        complain("please answer with a whole number");
        return std::nullopt;
    }
    return json(text);
}

// A Thai year that was typed as it is said is worth keeping beside the date that it means.
void Form::keep_words_of_date(const Question& question, const std::string& typed,
                              const std::string& meant) {
    const std::size_t given = number_of(std::string_view(typed).substr(0, 4), 9999);
    const std::size_t understood = number_of(std::string_view(meant).substr(0, 4), 9999);
    if (question.field->name != "date" ||
        given != understood + static_cast<std::size_t>(vault::kThaiSolarOffset)) {
        return;
    }
    const std::string beside = parent_of(question.path);
    if (answers_.at(beside + "date_verbatim") != nullptr) return;
    if (answers_.set(beside + "date_verbatim", typed) ||
        answers_.set(beside + "calendar", "thai_solar")) {
        return;
    }
    say("  Kept beside it: date_verbatim \"" + harmless(typed) + "\", calendar Thai solar.\n");
}

Form::Picked Form::pick_term(const Question& question, const vault::Vocabulary& words) {
    const vault::Term* within = nullptr;
    Terms shown = terms_below(words, "");
    bool whole_list = true;
    for (bool list = true;;) {
        if (list) {
            std::vector<std::string> texts;
            for (const vault::Term* term : shown) texts.push_back(choice_text(words, *term));
            say(numbered(texts, console_.columns(), list_rows()));
        }
        list = false;
        const Line line = read(question);
        if (line.typed == Typed::again) {
            list = true;
            continue;
        }
        if (line.typed == Typed::nothing && within != nullptr)
            return {Typed::text, std::string(within->key)};
        if (line.typed == Typed::nothing && !whole_list) {
            shown = terms_below(words, "");
            whole_list = list = true;
            continue;
        }
        if (line.typed != Typed::text) return {line.typed, {}};
        if (const vault::Term* exact = vault::find_written_term(words, line.text))
            return {Typed::text, std::string(exact->key)};
        if (const std::size_t number = number_of(line.text, shown.size()); number != 0) {
            const vault::Term* term = shown[number - 1];
            const Terms narrower = terms_below(words, term->key);
            if (narrower.empty() || !whole_list) return {Typed::text, std::string(term->key)};
            within = term;
            shown = narrower;
            say("  " + strong(term->label) + " — narrower, or Enter for that as it is:\n");
            whole_list = false;
            list = true;
            continue;
        }
        within = nullptr;
        Terms hits = terms_with(words, line.text);
        if (hits.empty()) {
            const auto problem = vault::check_term(words, line.text).problem;
            std::string why = "no word here holds that";
            if (problem && !problem->choices.empty())
                why += "; did you mean " + vault::either(problem->choices) + "?";
            complain(why);
            continue;
        }
        shown = std::move(hits);
        whole_list = false;
        list = true;
        say("  With that in it (a number takes it, Enter shows all again):\n");
    }
}

Form::Picked Form::pick_reference(const Question& question) {
    std::vector<KnownRecord> shown;
    say_hint("The code of " + vault::to_text(question.field->kinds) +
             ", or words to find it by; * lists the newest.");
    for (;;) {
        const Line line = read(question);
        if (line.typed == Typed::again) continue;
        if (line.typed != Typed::text) return {line.typed, {}};
        if (const std::size_t number = number_of(line.text, shown.size()); number != 0)
            return {Typed::text, vault::to_text(shown[number - 1].id)};
        try {
            const std::string wanted = line.text == "*" ? "" : line.text;
            shown = records_.find(question.field->kinds, wanted, kRecordsShown);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::interrupted) throw;
            complain(error.what());
            continue;
        }
        const auto code = vault::parse_id_query(line.text);
        if (shown.size() == 1 && code && code->matches(shown.front().id)) {
            say("  " + shortened(harmless(shown.front().text), console_.columns() - 3) + "\n");
            return {Typed::text, vault::to_text(shown.front().id)};
        }
        if (shown.empty()) {
            complain("there is none like that. Enter leaves it out; custos edit adds it later");
            continue;
        }
        std::vector<std::string> texts;
        for (const KnownRecord& record : shown) texts.push_back(harmless(record.text));
        say(numbered_down(texts, console_.columns(), kRecordsShown) +
            faint("  A number takes it.") + "\n");
    }
}

}  // namespace custos::cli
