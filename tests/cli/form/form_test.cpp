// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/form.h"

#include <deque>

#include <catch2/catch_test_macros.hpp>

#include "cli/harmless.h"
#include "crypto/error.h"

using namespace custos;
using namespace custos::cli;
using nlohmann::json;
using vault::Kind;

namespace {

constexpr vault::Milliseconds kToday = 1'577'404'800'000;  // 2019-12-27

// Answers from a list; an entry with line feeds is a paste. When they are used up, the input ends.
class ScriptedConsole : public Console {
public:
    explicit ScriptedConsole(std::deque<std::string> answers) : answers_(std::move(answers)) {}
    void say(std::string_view text) override { shown += text; }
    std::vector<std::string> ask(const Asking& asking) override {
        shown += asking.prompt;
        prompts.push_back(asking.prompt);
        if (answers_.empty()) throw Error{ErrorCode::interrupted, "the input ended"};
        std::string answer = answers_.front();
        answers_.pop_front();
        shown += answer + "\n";
        if (answer == "<UP>") answer = asking.present;
        if (answer.find('\n') == std::string::npos) return {answer};
        CHECK(asking.many_lines);
        std::vector<std::string> lines;
        for (std::size_t at = 0; at <= answer.size();) {
            const std::size_t end = std::min(answer.find('\n', at), answer.size());
            lines.push_back(answer.substr(at, end - at));
            at = end + 1;
        }
        return lines;
    }
    std::size_t columns() const override { return 80; }
    std::size_t rows() const override { return 24; }
    bool is_colored() const override { return false; }
    bool can_edit() const override { return true; }
    bool all_used() const { return answers_.empty(); }

    std::string shown;
    std::vector<std::string> prompts;

private:
    std::deque<std::string> answers_;
};

class FakeRecords : public KnownRecords {
public:
    FakeRecords() {
        for (const Kind kind : {Kind::person, Kind::person, Kind::incident}) {
            vault::RecordId id = vault::random_id(kind);
            ids.push_back(id);
        }
    }
    std::vector<KnownRecord> find(vault::KindSet kinds, std::string_view text,
                                  std::size_t) override {
        std::vector<KnownRecord> found;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (!kinds.contains(ids[i].kind)) continue;
            const std::string line = known(ids[i]).text;
            const auto query = vault::parse_id_query(text);
            if (query ? query->matches(ids[i]) : text.empty() || holds_words(line, text))
                found.push_back({ids[i], line});
        }
        return found;
    }
    KnownRecord known(const vault::RecordId& id) override {
        const char* names[] = {"Grey Heron", "Little Egret", "Attempted abduction"};
        for (std::size_t i = 0; i < ids.size(); ++i) {
            if (ids[i] == id) return {id, vault::code_text(id, 5) + "  " + names[i]};
        }
        throw Error{ErrorCode::not_found, "no such record"};
    }
    std::vector<vault::RecordId> ids;
};

struct Run {
    Form::Outcome outcome = Form::Outcome::discard;
    json fields;
    std::string shown;
    std::vector<json> drafts;  // what was told after each answer
    std::vector<std::string> open;
};

Run run(Kind kind, std::deque<std::string> answers,
        FormProgress progress = {json::object(), {}, {}, {}},
        Form::Begin begin = Form::Begin::first_question, FakeRecords* records = nullptr) {
    ScriptedConsole console(std::move(answers));
    FakeRecords own;
    Run result;
    FormWatch watch;
    watch.clock = [] { return kToday; };
    watch.changed = [&](const FormProgress& now) {
        result.drafts.push_back(now.fields);
        result.open.push_back(now.open_path.empty() ? "" : now.open_path + "=" + now.open_text);
    };
    Form form(console, records == nullptr ? own : *records, vault::builtin_schema(), kind,
              std::move(progress), watch);
    try {
        result.outcome = form.run(begin);
    } catch (const Error& error) {
        INFO(console.shown);
        FAIL(error.what());
    }
    result.fields = form.fields();
    result.shown = console.shown;
    INFO(console.shown);
    CHECK(console.all_used());
    return result;
}

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a form asks for what matters, and saves what was answered", "[cli][form]") {
    const Run r = run(Kind::case_, {"Exiles under pressure", "", "2019/17", "", "", "", "", "s"});
    CHECK(r.outcome == Form::Outcome::save);
    CHECK(r.fields == json{{"title", "Exiles under pressure"}, {"number", "2019/17"}});
    CHECK(r.drafts.size() == 2);
    CHECK(holds(r.shown, "for example: Exiles under pressure"));
    CHECK(holds(r.shown, "how the work is organised"));
}

TEST_CASE("a form goes back to any question, with its answer", "[cli][form]") {
    SECTION("by <") {
        const Run r = run(Kind::case_, {"Wrong", "", "<", "<", "Right", ".", "s"});
        CHECK(r.fields == json{{"title", "Right"}});
        CHECK(holds(r.shown, "now: Wrong"));
    }
    SECTION("by !, and Enter keeps what is there") {
        const Run r =
            run(Kind::case_, {"Wrong", "", "17", "!", "1", "Right", "2", "", "", ".", "s"});
        CHECK(r.fields == json{{"title", "Right"}, {"number", "17"}});
    }
    SECTION("from the summary, taking one away") {
        const Run r = run(Kind::case_, {"Title", "", "17", ".", "2", "-", "s"});
        CHECK(r.fields == json{{"title", "Title"}});
    }
    SECTION("the first question has none before it") {
        const Run r = run(Kind::case_, {"<", "Title", ".", "s"});
        CHECK(holds(r.shown, "This is the first question"));
        CHECK(r.fields == json{{"title", "Title"}});
    }
    SECTION("the present answer can be brought into the line") {
        const Run r = run(Kind::case_, {"Title", "<", "<UP>", ".", "s"});
        CHECK(r.fields == json{{"title", "Title"}});
    }
}

TEST_CASE("what looks like a command is text after a backslash", "[cli][form]") {
    CHECK(run(Kind::case_, {"\\.", ".", "s"}).fields == json{{"title", "."}});
    CHECK(run(Kind::case_, {"\\\\?", ".", "s"}).fields == json{{"title", "\\?"}});
    CHECK(run(Kind::case_, {"C:\\temp", ".", "s"}).fields == json{{"title", "C:\\temp"}});
}

TEST_CASE("words of a vocabulary are chosen by number, key, label and part", "[cli][form]") {
    FakeRecords records;
    const auto type_of = [&](std::deque<std::string> answers) {
        answers.push_front("");
        answers.push_front("");
        answers.push_back(".");
        answers.push_back("s");
        return run(Kind::act, std::move(answers), {json::object(), {}, {}, {}},
                   Form::Begin::first_question, &records)
            .fields["type"];
    };
    CHECK(type_of({"abduction"}) == "abduction");
    CHECK(type_of({"Abduction"}) == "abduction");
    const json by_number = type_of({"1", ""});
    CHECK(by_number == vault::builtin_vocabulary(vault::VocabularyId::act_type).terms.front().key);
    CHECK(type_of({"zzzz", "abduction"}) == "abduction");

    // By a part of a word, then its number.
    const Run r = run(Kind::act, {"", "", "abduction", "", "shock", "1", "", ".", "s"});
    CHECK(r.fields["methods"] == json::array({"electric_shock"}));
}

TEST_CASE("a list takes several answers and gives one back", "[cli][form]") {
    const Run r =
        run(Kind::person, {"", "Grey Heron", "Little Egret", "-1", "Bittern", "", ".", "s"});
    CHECK(r.fields == json{{"aliases", {"Little Egret", "Bittern"}}});
}

TEST_CASE("a record is found by its code or by its words", "[cli][form]") {
    FakeRecords records;
    const std::string incident = vault::to_text(records.ids[2]);
    const std::string person = vault::to_text(records.ids[1]);
    const Run r =
        run(Kind::act, {vault::code_text(records.ids[2], 6), "egret", "1", "abduction", ".", "s"},
            {json::object(), {}, {}, {}}, Form::Begin::first_question, &records);
    CHECK(r.fields == json{{"incident", incident}, {"victim", person}, {"type", "abduction"}});
    CHECK(holds(r.shown, "Little Egret"));
    CHECK(holds(r.shown, "Attempted abduction"));

    const Run none = run(Kind::act, {"albatross", "", "", "abduction", ".", "s"},
                         {json::object(), {}, {}, {}}, Form::Begin::first_question, &records);
    CHECK(holds(none.shown, "there is none like that"));
}

TEST_CASE("a Thai year is asked about, and the words are kept", "[cli][form]") {
    const Run r = run(Kind::incident, {"Title", "2562-12-22", "1", ".", "s"});
    CHECK(r.fields["date"] == "2019-12-22");
    CHECK(r.fields["date_verbatim"] == "2562-12-22");
    CHECK(r.fields["calendar"] == "thai_solar");
}

TEST_CASE("a date that has not come yet is questioned at once", "[cli][form]") {
    const Run again = run(Kind::incident, {"Title", "2091-12-22", "2019-12-22", ".", "s"});
    CHECK(again.fields["date"] == "2019-12-22");
    CHECK(holds(again.shown, "not taken"));
    // Nobody has to invent a day.
    CHECK(run(Kind::incident, {"Title", "2019-11~", ".", "s"}).fields["date"] == "2019-11~");
}

TEST_CASE("a date of another calendar keeps its words", "[cli][form]") {
    const Run r = run(Kind::incident, {"Title", "thai_solar:2562-12-22", ".", "s"});
    CHECK(r.fields["date"] == "2019-12-22");
    CHECK(r.fields["date_verbatim"] == "2562-12-22");
    CHECK(r.fields["calendar"] == "thai_solar");
}

TEST_CASE("what is wrong is said at once, with what was meant", "[cli][form]") {
    const Run r =
        run(Kind::person, {"", "", "", "P9", "P3", ".", "s"}, {{{"role", "activist"}}, {}, {}, {}});
    CHECK(r.fields["protection"] == "P3");
    const Run date = run(Kind::incident, {"Title", "22.12.2019", "1", ".", "s"});
    CHECK(date.fields["date"] == "2019-12-22");
}

TEST_CASE("the time's precision is asked for only when there is a time", "[cli][form]") {
    const Run without = run(Kind::incident, {"Title", "", "", "Bangkok", ".", "s"});
    CHECK(without.fields["place"] == json{{"text", "Bangkok"}});
    const Run with = run(
        Kind::incident, {"Title", "", "21:30", "approximate", "Asia/Bangkok", "Bangkok", ".", "s"});
    CHECK(with.fields["time_precision"] == "approximate");
    CHECK(with.fields["timezone"] == "Asia/Bangkok");
}

TEST_CASE("names are asked for one after the other", "[cli][form]") {
    const Run r = run(Kind::person, {"សុខ ដារា", "legal", "km", "Sok Dara", "", "Bong Ra", "alias",
                                     "", "", "", "", ".", "s"});
    CHECK(r.fields["names"] ==
          json::parse(
              R"([{"text":"សុខ ដារា","kind":"legal","language":"km","transliteration":"Sok Dara"},
                  {"text":"Bong Ra","kind":"alias"}])"));
}

TEST_CASE("a long text is typed in lines, corrected, and ends with a dot", "[cli][form]") {
    const Run r = run(Kind::case_,
                      {"T", "one", "two", "<", "deux", "", "\\.", "!1", "un", "!", ".", ".", "s"});
    CHECK(r.fields["summary"] == "un\ndeux\n\n.");
    // Each line was told, so that a draft has it.
    CHECK(std::find(r.open.begin(), r.open.end(), "summary=one\ntwo") != r.open.end());
    CHECK(r.open.back().empty());
}

TEST_CASE("a pasted text is text, with its dots and empty lines", "[cli][form]") {
    const Run r = run(Kind::case_, {"T", "first\n.\n\n?\nlast", ".", ".", "s"});
    CHECK(r.fields["summary"] == "first\n.\n\n?\nlast");
}

TEST_CASE("a present text is kept, changed by lines, or replaced", "[cli][form]") {
    const json before = {{"title", "T"}, {"summary", "one\ntwo"}};
    const auto summary_after = [&](std::deque<std::string> answers) {
        answers.push_front("2");
        answers.push_back("s");
        return run(Kind::case_, std::move(answers), {before, {}, {}, {}}, Form::Begin::summary)
            .fields.value("summary", json());
    };
    CHECK(summary_after({""}) == "one\ntwo");
    CHECK(summary_after({"+", "three", "."}) == "one\ntwo\nthree");
    CHECK(summary_after({"+", "!1", "un", "."}) == "un\ntwo");
    CHECK(summary_after({"new", "."}) == "new");
    CHECK(summary_after({"-"}) == json());
}

TEST_CASE("a testimony's paragraphs are numbered, with how the witness knows", "[cli][form]") {
    const Run r = run(Kind::testimony, {"First account", "", "", "2019-12-24", "km",
                                        // paragraphs
                                        "I was walking home.", "It was dark.", "", "own_knowledge",
                                        "My brother says they came back.", ".", "hearsay",
                                        // translations
                                        "en", "Translated one.", "", "Translated two.", ".",
                                        "translator 1", "n", "", ".", "s"});
    CHECK(r.fields["paragraphs"] ==
          json::parse(R"([{"text":"I was walking home.\nIt was dark.","basis":"own_knowledge"},
                          {"text":"My brother says they came back.","basis":"hearsay"}])"));
    CHECK(r.fields["translations"] == json::parse(R"([{"language":"en","translator":"translator 1",
                           "paragraphs":[{"text":"Translated one."},{"text":"Translated two."}]}])"));
    CHECK(holds(r.shown, "original 2. My brother says"));
}

TEST_CASE("several paragraphs are pasted at once", "[cli][form]") {
    const Run r =
        run(Kind::testimony, {"Account", "", "", "", "", "One.\nStill one.\n\nTwo.\n\n\nThree.", "",
                              "own_knowledge", "-2", "", ".", "s"});
    CHECK(r.fields["paragraphs"] ==
          json::parse(R"([{"text":"One.\nStill one.","basis":"own_knowledge"},
                          {"text":"Three.","basis":"own_knowledge"}])"));
}

TEST_CASE("consent is asked scope by scope", "[cli][form]") {
    FakeRecords records;
    const Run r = run(Kind::consent, {"heron", "1", "granted", "<", "refused", ".", "s"},
                      {json::object(), {}, {}, {}}, Form::Begin::first_question, &records);
    const auto first =
        vault::builtin_vocabulary(vault::VocabularyId::consent_scope).terms.front().key;
    CHECK(r.fields["scopes"] == json{{std::string(first), "refused"}});
}

TEST_CASE("what is missing is asked for before anything is saved", "[cli][form]") {
    const Run r = run(Kind::act, {".", "s", "abduction", "s"});
    CHECK(r.fields == json{{"type", "abduction"}});
    CHECK(holds(r.shown, "cannot be saved yet"));
}

TEST_CASE("groups beyond the essential are chosen by number", "[cli][form]") {
    const Run r = run(Kind::case_, {"T", "", "", "", "", "", "1", "Who ordered it?", "<", "<", "1",
                                    "Who?", ".", "s"});
    CHECK(r.fields["focus"] == "Who?");
}

TEST_CASE("a form can be kept or thrown away", "[cli][form]") {
    CHECK(run(Kind::case_, {"T", ".", "k"}).outcome == Form::Outcome::keep);
    CHECK(run(Kind::case_, {"T", ".", "x", "x"}).outcome == Form::Outcome::discard);
    CHECK(run(Kind::case_, {"T", ".", "x", "", "s"}).outcome == Form::Outcome::save);
}

TEST_CASE("a form goes on where it was left", "[cli][form]") {
    const auto go_on = [](Kind kind, FormProgress progress, std::deque<std::string> answers) {
        return run(kind, std::move(answers), std::move(progress), Form::Begin::here).fields;
    };
    const json title = {{"title", "T"}};
    CHECK(go_on(Kind::case_, {title, "title", {}, {}}, {"", "", "17", ".", "s"}) ==
          json{{"title", "T"}, {"number", "17"}});
    // In the middle of a text.
    CHECK(go_on(Kind::case_, {title, "title", "summary", "one\ntwo"}, {"three", ".", ".", "s"}) ==
          json{{"title", "T"}, {"summary", "one\ntwo\nthree"}});
    // In the middle of an item, of a paragraph, and before it was said how the witness knows.
    const json name = json::parse(R"({"names":[{"text":"Grey Heron"}]})");
    CHECK(go_on(Kind::person, {name, "names.1.text", {}, {}}, {"", "alias", ".", "s"}) ==
          json::parse(R"({"names":[{"text":"Grey Heron","kind":"alias"}]})"));
    const json one = json::parse(R"({"paragraphs":[{"text":"One."}]})");
    CHECK(go_on(Kind::testimony, {one, "paragraphs", "paragraphs.2.text", "Two"},
                {"and a half.", ".", "hearsay", ".", "s"}) ==
          json::parse(R"({"paragraphs":[{"text":"One."},{"text":"Two\nand a half.",
                          "basis":"hearsay"}]})"));
    CHECK(go_on(Kind::testimony, {one, "paragraphs.1.basis", {}, {}}, {"hearsay", "", ".", "s"}) ==
          json::parse(R"({"paragraphs":[{"text":"One.","basis":"hearsay"}]})"));
    // In a group that is asked by choice, and where there is no such question any more.
    CHECK(go_on(Kind::case_, {{{"focus", "Who?"}, {"title", "T"}}, "focus", {}, {}},
                {"", "urgent", ".", "s"}) ==
          json{{"title", "T"}, {"focus", "Who?"}, {"priority", "urgent"}});
    CHECK(go_on(Kind::case_, {title, "no.such", {}, {}}, {"", ".", "s"}) == title);
}

TEST_CASE("every kind's form can be walked through to its end by Enter alone", "[cli][form]") {
    for (const vault::KindRow& kind : vault::kKinds) {
        ScriptedConsole console(std::deque<std::string>(400, ""));
        FakeRecords records;
        FormWatch watch;
        watch.clock = [] { return kToday; };
        watch.changed = [](auto&&...) {};
        Form form(console, records, vault::builtin_schema(), kind.kind,
                  {json::object(), {}, {}, {}}, watch);
        CHECK_THROWS_AS(form.run(Form::Begin::first_question), Error);
        INFO(kind.name << console.shown.substr(0, 4000));
        CHECK(std::count(console.prompts.begin(), console.prompts.end(), "save? s> ") > 300);
        CHECK(form.fields() == json::object());
    }
}

TEST_CASE("no line of a form is wider than a terminal of 80 columns", "[cli][form]") {
    for (const vault::KindRow& kind : vault::kKinds) {
        std::deque<std::string> answers;
        for (int i = 0; i < 60; ++i) {
            answers.emplace_back("?");
            answers.emplace_back("");
        }
        ScriptedConsole console(std::move(answers));
        FakeRecords records;
        FormWatch watch;
        watch.clock = [] { return kToday; };
        watch.changed = [](auto&&...) {};
        Form form(console, records, vault::builtin_schema(), kind.kind,
                  {json::object(), {}, {}, {}}, watch);
        CHECK_THROWS_AS(form.run(Form::Begin::first_question), Error);
        std::string_view rest = console.shown;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find('\n'), rest.size());
            INFO(kind.name << ": " << rest.substr(0, end));
            CHECK(columns_of(rest.substr(0, end)) <= 80);
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    }
}
