// SPDX-License-Identifier: GPL-3.0-or-later
// Dates beside a calendar, and dates that are questioned.
#include "vault/records/check_date.h"

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/records/sample_fields.h"
#include "vault/records/date.h"

namespace custos::vault {
namespace {

using nlohmann::json;

std::int64_t day(const char* text) { return bounds_of(text)->min; }

Checked checked_on(const char* today, Kind kind, const json& fields) {
    return check_fields(builtin_schema(), kind, fields, resolve_sample, day(today));
}

std::string question(const char* today, Kind kind, const json& fields) {
    const Checked checked = checked_on(today, kind, fields);
    return checked.ok() ? "" : to_text(checked.problems.front());
}

}  // namespace

TEST_CASE("a date is read in the calendar said beside it, and its words are kept",
          "[records][check]") {
    const json read = {{"title", "x"},
                       {"date", "2019-12-22"},
                       {"date_verbatim", "2562-12-22"},
                       {"calendar", "thai_solar"}};
    const auto fields_of = [](const json& given) {
        const Checked checked = check_sample(Kind::incident, given);
        CHECK(checked.ok());
        CHECK(check_sample(Kind::incident, checked.fields).fields == checked.fields);
        return checked.fields;
    };
    CHECK(fields_of({{"title", "x"}, {"date", "2562-12-22"}, {"calendar", "thai_solar"}}) == read);
    CHECK(fields_of({{"title", "x"}, {"date", "thai_solar:2562-12-22"}}) == read);
    CHECK(fields_of(read) == read);

    json words = read;
    words["date_verbatim"] = "22 ธันวาคม 2562";
    CHECK(fields_of(words) == words);
    words["date"] = "2562-12-22";
    CHECK(fields_of(words)["date_verbatim"] == "22 ธันวาคม 2562");
    CHECK(fields_of(words)["date"] == "2019-12-22");

    CHECK(fields_of({{"title", "x"}, {"date", "1398-10"}, {"calendar", "persian"}})["date"] ==
          "2019-12-22/2020-01-20");
    const Checked noted = check_sample(Kind::incident, {{"title", "x"}, {"date", "hijri:1441"}});
    CHECK(noted.notes ==
          std::vector<std::string>{"date: 1441 in the calendar hijri is 2019-08-31/2020-08-19"});
}

TEST_CASE("every kind that keeps the words of its date can take another calendar",
          "[records][check]") {
    for (auto [kind, fields] : design_samples()) {
        if (find_field(builtin_schema().fields(kind), "calendar") == nullptr) continue;
        const std::string name(builtin_schema().kind(kind).dated_by.front());
        INFO(name_of(kind));
        fields[name] = "thai_solar:2562-12-22";
        const Checked checked = check_sample(kind, fields);
        REQUIRE(checked.ok());
        CHECK(checked.fields[name] == "2019-12-22");
        CHECK(checked.fields["date_verbatim"] == "2562-12-22");
        CHECK(checked.fields["calendar"] == "thai_solar");
    }
    const Checked born = check_sample(Kind::person, {{"role", "x"}, {"born", "thai_solar:2525"}});
    CHECK(born.fields["born"] == "1982");
    CHECK(born.fields["born_calendar"] == "thai_solar");
    CHECK(born.fields["born_verbatim"] == "2525");
    // A date that keeps no words is read all the same.
    CHECK(check_sample(Kind::consent, {{"person", "P-1"}, {"valid_until", "thai_solar:2567-12-24"}})
              .fields["valid_until"] == "2024-12-24");
}

TEST_CASE("a new date takes the place of the one that was read before", "[records][check]") {
    json fields = {{"title", "x"},
                   {"date", "thai_solar:2563-01-05"},
                   {"date_verbatim", "2562-12-22"},
                   {"calendar", "thai_solar"}};
    CHECK(check_sample(Kind::incident, fields).fields["date_verbatim"] == "2563-01-05");
    fields["date"] = "2020-01-05";
    CHECK_FALSE(check_sample(Kind::incident, fields).ok());  // the words say another day
    fields.erase("date_verbatim");
    CHECK(check_sample(Kind::incident, fields).ok());
}

TEST_CASE("what can be meant in two calendars is asked", "[records][check]") {
    const json both = {{"title", "x"}, {"date", "2012-04-12"}, {"calendar", "ethiopian"}};
    const Checked asked = check_sample(Kind::incident, both);
    REQUIRE(asked.problems.size() == 1);
    CHECK(asked.problems.front().question);
    CHECK(asked.problems.front().choices ==
          std::vector<std::string>{"ethiopian:2012-04-12", "gregorian:2012-04-12"});
    CHECK(problems_in(Kind::incident, {{"title", "x"}, {"date", "2562-12-22"}}) ==
          std::vector<std::string>{
              "date: the year 2562 is centuries ahead and looks like a Thai solar year: "
              "\"2562-12-22\" (did you mean 2019-12-22 or thai_solar:2562-12-22?)"});
    CHECK_FALSE(check_sample(Kind::incident,
                             {{"title", "x"}, {"date", "persian:1398"}, {"calendar", "thai_solar"}})
                    .ok());
}

TEST_CASE("what happened cannot have happened after tomorrow", "[records][check]") {
    const auto on = [](const char* date) {
        return question("2019-12-27", Kind::incident, {{"title", "x"}, {"date", date}});
    };
    for (const char* fine : {"2019-12-28", "2019-12", "2019", "2019-12-28/..", "201X", "../2019"})
        CHECK(on(fine).empty());
    for (const char* late :
         {"2019-12-29", "2020-01", "2020", "2019-12-01/2091-12-03", "2020/..", "2029-12-22"})
        CHECK(on(late).find("has not come yet: today is 2019-12-27") != std::string::npos);

    const auto act = [](const char* completion) {
        return question("2019-12-27", Kind::act,
                        {{"type", "arrest"}, {"date", "2020-03"}, {"completion", completion}});
    };
    CHECK(act("threatened").empty());
    CHECK(act("planned").empty());
    CHECK_FALSE(act("attempted").empty());
    // What is to come may come.
    CHECK(question("2019-12-27", Kind::consent, {{"person", "P-1"}, {"valid_until", "2099"}})
              .empty());
    CHECK_FALSE(
        question("2019-12-27", Kind::person,
                 {{"role", "x"}, {"identifiers", {{{"number", "1"}, {"issued", "2020-05"}}}}})
            .empty());
}

TEST_CASE("what is centuries ago is asked, with the calendars that it could be of",
          "[records][check]") {
    const Checked asked =
        checked_on("2019-12-27", Kind::incident, {{"title", "x"}, {"date", "1398-10-01"}});
    REQUIRE(asked.problems.size() == 1);
    CHECK(asked.problems.front().choices ==
          std::vector<std::string>{"persian:1398-10-01", "hijri:1398-10-01"});
    CHECK(check_sample(Kind::incident, {{"title", "x"}, {"date", "1398-10-01"}}).ok());
}

TEST_CASE("a question is asked once: not about what is stored already", "[records][check]") {
    const json stored = {{"title", "x"}, {"date", "2020-03-01"}};
    json changed = stored;
    changed["summary"] = "y";
    Checked checked = checked_on("2019-12-27", Kind::incident, changed);
    drop_answered(checked.problems, stored, checked.fields);
    CHECK(checked.ok());
    changed["date"] = "2020-03-02";
    checked = checked_on("2019-12-27", Kind::incident, changed);
    drop_answered(checked.problems, stored, checked.fields);
    CHECK_FALSE(checked.ok());
}

TEST_CASE("a word may be given by its number, or as it was called once", "[records][check]") {
    const auto type_of = [](const char* text) {
        const Checked checked = check_sample(Kind::act, {{"type", text}});
        return checked.ok() ? checked.fields["type"].get<std::string>()
                            : to_text(checked.problems.front());
    };
    CHECK(type_of("030104") == "abduction");
    CHECK(type_of("03010400000004") == "abduction");
    CHECK(type_of("Kidnapping") == "abduction");
    CHECK(type_of("refoulement") == "forced_return");
    CHECK(type_of("999999").find("not a word of the vocabulary") != std::string::npos);
    CHECK(check_sample(Kind::act, {{"type", "010109"}}).notes ==
          std::vector<std::string>{"type: \"010109\" is now killing: set completion to attempted"});
    CHECK(check_sample(Kind::act, {{"type", "abduction"}}).notes.empty());
    CHECK(check_sample(Kind::person, {{"role", "x"}, {"characteristics", {"illegal immigrants"}}})
              .fields["characteristics"][0] == "undocumented");
}

TEST_CASE("every former word becomes one that there is", "[records][vocabulary]") {
    for (const FormerTerm& former : former_terms()) {
        const Vocabulary& words = builtin_vocabulary(former.vocabulary);
        INFO(former.before);
        CHECK(find_written_term(words, former.before) == nullptr);
        CHECK(find_term(words, former.now) != nullptr);
        CHECK(find_former_term(words, former.before) == &former);
    }
}

}  // namespace custos::vault
