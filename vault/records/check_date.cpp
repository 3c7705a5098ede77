// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/check_date.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

#include "vault/records/calendar.h"
#include "vault/records/date.h"
#include "vault/records/text.h"
#include "vault/records/vocabulary.h"

namespace custos::vault {
namespace {

using nlohmann::json;

// Nobody documents what happened before; a year of another calendar looks like that.
constexpr const char* kLongAgo = "1800";

// The fields that keep how a date was given.
struct AsGiven {
    const char* date;
    const char* verbatim;
    const char* calendar;
};

std::optional<AsGiven> as_given(Kind kind) {
    if (kind == Kind::person) return AsGiven{"born", "born_verbatim", "born_calendar"};
    const KindSchema& rows = builtin_schema().kind(kind);
    if (rows.dated_by.empty() || find_field(rows.fields, "calendar") == nullptr) return {};
    return AsGiven{rows.dated_by.front().data(), "date_verbatim", "calendar"};
}

std::string text_in(const json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string calendar_key(const std::string& written) {
    const Term* term = find_written_term(builtin_vocabulary(VocabularyId::calendar), written);
    return term == nullptr ? std::string() : std::string(term->key);
}

void report(std::vector<Problem>& problems, Problem problem) {
    if (problems.size() < kProblemsMax) problems.push_back(std::move(problem));
}

// What date the words say, if they are a date of that calendar in our form; else empty.
std::string read_words(const std::string& calendar, const std::string& words) {
    if (reading_of(calendar, words) == Reading::gregorian) return {};
    const ConvertedDate read = parse_calendar_date({calendar, words});
    return read.parsed.date ? read.parsed.date->text : std::string();
}

class Questions {
public:
    Questions(Kind kind, std::int64_t today, Checked& checked)
        : today_(today), checked_(checked), long_ago_(bounds_of(kLongAgo)->min) {
        const std::string completion = text_in(checked.fields, "completion");
        to_come_ = kind == Kind::act && (completion == "planned" || completion == "threatened");
    }

    void object(FieldList fields, const json& object, const std::string& path) {
        if (!object.is_object()) return;
        for (const Field& field : fields) {
            if (!field.happened && field.children.empty()) continue;
            const auto found = object.find(field.name);
            if (found == object.end()) continue;
            const std::string here = path + std::string(field.name);
            if (found->is_array()) {
                std::size_t number = 0;
                for (const json& item : *found)
                    this->object(field.children, item, here + "." + std::to_string(++number) + ".");
            } else if (found->is_object()) {
                this->object(field.children, *found, here + ".");
            } else if (found->is_string() && field.happened) {
                date(found->get_ref<const std::string&>(), here);
            }
        }
    }

private:
    void date(const std::string& text, const std::string& path) {
        for (std::size_t begin = 0; begin <= text.size();) {
            const std::size_t slash = std::min(text.find('/', begin), text.size());
            const auto bounds = bounds_of(std::string_view(text).substr(begin, slash - begin));
            if (bounds && bounds->min > today_ + 1 && !to_come_) return ask_later(text, path);
            if (bounds && bounds->min < long_ago_) return ask_calendar(text, path);
            begin = slash + 1;
        }
    }

    void ask_later(const std::string& text, const std::string& path) {
        report(checked_.problems,
               {path,
                "has not come yet: today is " + day_text(today_) +
                    " by this machine's clock; what is planned or threatened is an act with that "
                    "completion",
                harmless_excerpt(text),
                {},
                true});
    }

    // 1398 is 2019 in Iran, and 1441 is 2019 in Mecca.
    void ask_calendar(const std::string& text, const std::string& path) {
        std::vector<std::string> readings;
        for (const char* calendar : {"persian", "hijri"}) {
            if (!read_words(calendar, text).empty())
                readings.push_back(std::string(calendar) + ":" + text);
        }
        report(checked_.problems, {path, "is more than two centuries ago", harmless_excerpt(text),
                                   std::move(readings), true});
    }

    std::int64_t today_;
    Checked& checked_;
    std::int64_t long_ago_;
    bool to_come_ = false;
};

// The value that a path of a problem names: items are counted from 1.
const json* value_at(const json& fields, std::string_view path) {
    const json* at = &fields;
    while (!path.empty()) {
        const std::size_t dot = path.find('.');
        const std::string step(path.substr(0, dot));
        path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
        if (at->is_object()) {
            const auto found = at->find(step);
            if (found == at->end()) return nullptr;
            at = &*found;
        } else if (at->is_array()) {
            std::size_t number = 0;
            const auto [end, error] =
                std::from_chars(step.data(), step.data() + step.size(), number);
            if (error != std::errc{} || number < 1 || number > at->size()) return nullptr;
            at = &(*at)[number - 1];
        } else {
            return nullptr;
        }
    }
    return at;
}

}  // namespace

void drop_answered(std::vector<Problem>& problems, const json& before, const json& now) {
    std::erase_if(problems, [&](const Problem& problem) {
        if (!problem.question) return false;
        std::string_view path = problem.path;
        if (value_at(now, path) == nullptr)  // what is missing: is the rest as it was?
            path = path.substr(0, std::min(path.rfind('.'), path.size()));
        const json* was = value_at(before, path);
        const json* is = value_at(now, path);
        return was != nullptr && is != nullptr && *was == *is;
    });
}

std::optional<json> with_calendar(Kind kind, const json& given, std::vector<Problem>& problems) {
    const auto names = as_given(kind);
    if (!names || !given.is_object()) return std::nullopt;
    const std::string written = text_in(given, names->calendar);
    if (written.empty()) return std::nullopt;
    const std::string calendar = calendar_key(written);
    const std::string date = text_in(given, names->date);
    if (calendar.empty() || date.empty() || split_calendar(date)) return std::nullopt;
    const Reading reading = reading_of(calendar, date);
    if (reading == Reading::gregorian) return std::nullopt;
    if (reading == Reading::either) {
        // With the words beside it, it was read before.
        if (!text_in(given, names->verbatim).empty()) return std::nullopt;
        report(problems, {names->date,
                          "can be meant in both calendars: say which",
                          harmless_excerpt(date),
                          {calendar + ":" + date, "gregorian:" + date},
                          true});
        return std::nullopt;
    }
    json read = given;
    read[names->date] = calendar + ":" + date;
    return read;
}

void keep_words(Kind kind, const json& given, Checked& checked) {
    const auto names = as_given(kind);
    if (!names || !checked.fields.is_object()) return;
    const std::string date = text_in(checked.fields, names->date);
    if (date.empty()) return;
    json& fields = checked.fields;
    const std::string said = text_in(fields, names->calendar);
    const std::string words = text_in(fields, names->verbatim);
    const std::string typed = text_in(given, names->date);
    const auto other = split_calendar(typed);
    const std::string calendar = other ? calendar_key(std::string(other->calendar)) : std::string();
    if (other && !calendar.empty() && calendar != "gregorian") {
        if (!said.empty() && said != calendar) {
            report(checked.problems, {names->calendar,
                                      "is not the calendar that the date is written in",
                                      harmless_excerpt(said),
                                      {calendar}});
        }
        fields[names->calendar] = calendar;
        // Words of a person stay; a date that was read before gives way to the one read now.
        if (words.empty() || !read_words(said, words).empty())
            fields[names->verbatim] = std::string(other->text);
        return;
    }
    const std::string meant = said.empty() ? std::string() : read_words(said, words);
    if (meant.empty() || meant == date) return;
    report(checked.problems, {names->verbatim,
                              "says another day than " + std::string(names->date) + ", which is " +
                                  date + ": change both, or take " + names->verbatim + " away",
                              harmless_excerpt(words),
                              {}});
}

void question_later(Kind kind, FieldList fields, std::int64_t today, Checked& checked) {
    Questions(kind, today, checked).object(fields, checked.fields, {});
}

}  // namespace custos::vault
