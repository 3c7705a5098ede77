// SPDX-License-Identifier: GPL-3.0-or-later
// The facts of a public statement about an attempted abduction (names invented), entered twice: as
// JSON, and in the form on a real terminal. And a form that is killed after every answer.
#include <filesystem>
#include <fstream>
#include <sstream>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "tests/script/program.h"

namespace custos::script {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;
using Answers = std::vector<std::string>;

constexpr const char* kPassphrase = "north wind over paper\n";

// A vault in a directory of its own, and the program that works on it.
class Desk {
public:
    Desk() {
        std::string name = (fs::temp_directory_path() / "custos-forms-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        root_ = name;
        for (const char* folder : {"home", "state", "tmp"}) fs::create_directory(root_ / folder);
        std::ofstream(root_ / "pass") << kPassphrase;
        REQUIRE(run({"init", "vault", "--no-recovery"}).status == 0);
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    ~Desk() { fs::remove_all(root_); }

    Outcome run(std::vector<std::string> words, const Answers* answers = nullptr,
                const std::string& input = {}) {
        Call call;
        call.argv = {CUSTOS_TEST_PROGRAM};
        call.argv.insert(call.argv.end(), words.begin(), words.end());
        call.argv.insert(call.argv.end(), {"--passphrase-file", "pass"});
        call.environment = {{"PATH", "/usr/bin:/bin"},
                            {"HOME", (root_ / "home").string()},
                            {"XDG_STATE_HOME", (root_ / "state").string()},
                            {"TMPDIR", (root_ / "tmp").string()},
                            {"CUSTOS_VAULT", "vault"},
                            {"TERM", "xterm"}};
        call.directory = root_.string();
        if (answers != nullptr) {
            call.terminal = Terminal::full;
            call.answers = *answers;
        } else if (!input.empty()) {
            std::ofstream(root_ / "input") << input;
            call.input_file = (root_ / "input").string();
        }
        return run_program(call);
    }

    std::string add_by_json(const std::string& kind, const json& fields) {
        const Outcome outcome = run({"add", kind, "--json", "-"}, nullptr, fields.dump());
        INFO(outcome.err);
        REQUIRE(outcome.status == 0);
        return outcome.out.substr(0, outcome.out.find('\n'));
    }

    std::string add_by_form(const std::string& kind, const Answers& answers) {
        const Outcome outcome = run({"add", kind}, &answers);
        INFO(outcome.terminal);
        REQUIRE(outcome.status == 0);
        REQUIRE(outcome.answers_given == answers.size());
        return newest(kind);
    }

    json fields_of(const std::string& id) {
        const Outcome outcome = run({"show", id, "--json"});
        REQUIRE(outcome.status == 0);
        return json::parse(outcome.out).at("fields");
    }

    std::string newest(const std::string& kind) {
        const Outcome outcome = run({"list", kind, "--sort=-created", "--limit", "1", "--json"});
        REQUIRE(outcome.status == 0);
        return json::parse(outcome.out).at("items").at(0).at("id").get<std::string>();
    }

    std::size_t drafts() {
        const Outcome outcome = run({"drafts", "--json"});
        REQUIRE(outcome.status == 0);
        return json::parse(outcome.out).at("drafts").size();
    }

private:
    fs::path root_;
};

const json kPerson = json::parse(R"({
    "names": [{"text": "សុខ រិទ្ធី", "kind": "legal", "language": "km", "transliteration": "Sok Rithy"},
              {"text": "Sok Rithy", "kind": "common", "language": "en"}],
    "role": "activist of an opposition party", "protection": "P3", "risk": "extreme",
    "country": "KH"})");
const Answers kPersonAnswers = {"សុខ រិទ្ធី",
                                "legal",
                                "km",
                                "Sok Rithy",
                                "",  // the first name, and no more about it
                                "Sok Rithy",
                                "common",
                                "en",
                                "",
                                "",  // the second
                                "",  // no third
                                "",  // aliases
                                "activist of an opposition party",
                                "P3",
                                "extreme",
                                "KH",
                                "",  // contacts
                                ".",
                                "s"};

const json kIncident = json::parse(R"({
    "title": "Attempted abduction in Bangkok", "date": "2019-12-22", "time": "21:30",
    "time_precision": "approximate", "timezone": "Asia/Bangkok",
    "place": {"text": "กรุงเทพฯ", "country": "TH", "admin1": "Bangkok"},
    "summary": "Two men tried to force him into a van.\nHe was shocked with a taser, and escaped.",
    "protection": "P1"})");
const Answers kIncidentAnswers = {"Attempted abduction in Bangkok",
                                  "2562-12-22",
                                  "1",  // asked about, and taken as 2019
                                  "21:30",
                                  "approximate",
                                  "Asia/Bangkok",
                                  "กรุงเทพฯ",
                                  "th",
                                  "Bangkok",
                                  "",
                                  "Two men tried to force him into a van.",
                                  "He was shocked with a taser, and escaped.",
                                  ".",
                                  "",  // case
                                  "P1",
                                  ".",
                                  "s"};

json act(const std::string& incident, const std::string& victim) {
    return {{"incident", incident},
            {"victim", victim},
            {"type", "abduction"},
            {"completion", "attempted"},
            {"methods", {"electric_shock"}},
            {"description", "Approached by two men, held, and shocked with a taser."},
            {"date", "2019-12-22"},
            {"status_at_end", "escaped"},
            {"consequences", "A number of injuries."}};
}
Answers act_answers(const std::string& incident) {
    return {incident,
            "Rithy",
            "1",  // the incident by its id, the victim by name
            "abduction",
            "attempted",
            "shock",
            "1",
            "",  // a method by a part of its name
            "Approached by two men, held, and shocked with a taser.",
            ".",
            "2019-12-22",
            "escaped",
            "A number of injuries.",
            ".",
            ".",
            "s"};
}

json testimony(const std::string& witness, const std::string& incident) {
    return {
        {"title", "First account"},
        {"witness", witness},
        {"incident", incident},
        {"given", "2019-12-24"},
        {"language", "km"},
        {"paragraphs",
         {{{"text", "ខ្ញុំកំពុងដើរ។"}, {"basis", "own_knowledge"}},
          {{"text", "My brother says\nthat they came back."}, {"basis", "hearsay"}}}},
        {"translations",
         {{{"language", "en"},
           {"paragraphs",
            {{{"text", "I was walking."}}, {{"text", "His brother says that they came back."}}}},
           {"translator", "translator 1"}}}},
        {"interviewer", "researcher 3"},
        {"interpreter", "interpreter 2"},
        {"protection", "P3"}};
}
Answers testimony_answers(const std::string& witness, const std::string& incident) {
    return {"First account",
            witness,
            incident,
            "2019-12-24",
            "km",
            "ខ្ញុំកំពុងដើរ។",
            "",
            "own_knowledge",
            "My brother says",
            "that they came back.",
            ".",
            "hearsay",
            "en",
            "I was walking.",
            "",
            "His brother says that they came back.",
            ".",
            "translator 1",
            "",
            "",  // no more about it, and no other translation
            "researcher 3",
            "interpreter 2",
            "",  // consent
            "P3",
            ".",
            "s"};
}

TEST_CASE("the same facts by form and by JSON are the same records", "[script][forms]") {
    Desk desk;
    const std::string person = desk.add_by_json("person", kPerson);
    const std::string person_typed = desk.add_by_form("person", kPersonAnswers);
    CHECK(desk.fields_of(person_typed) == desk.fields_of(person));
    CHECK(desk.fields_of(person) == kPerson);

    json incident_fields = kIncident;
    incident_fields["date_verbatim"] = "2562-12-22";
    incident_fields["calendar"] = "thai_solar";
    const std::string incident = desk.add_by_json("incident", incident_fields);
    const std::string incident_typed = desk.add_by_form("incident", kIncidentAnswers);
    CHECK(desk.fields_of(incident_typed) == desk.fields_of(incident));

    // With one person, so that searching the name finds the one.
    REQUIRE(desk.run({"trash", person}).status == 0);
    const std::string act_id = desk.add_by_json("act", act(incident, person_typed));
    const std::string act_typed = desk.add_by_form("act", act_answers(incident));
    CHECK(desk.fields_of(act_typed) == desk.fields_of(act_id));

    const std::string account = desk.add_by_json("testimony", testimony(person_typed, incident));
    const std::string account_typed =
        desk.add_by_form("testimony", testimony_answers(person_typed, incident));
    CHECK(desk.fields_of(account_typed) == desk.fields_of(account));
    CHECK(desk.drafts() == 0);
}

// What is typed after a kill that followed the first `done` answers. A question that was answered
// last is shown again, with its answer, and Enter keeps it; within paragraphs the form goes
// straight on.
Answers after_kill(const Answers& all, std::size_t done) {
    const auto from = [&](std::size_t i) {
        return Answers(all.begin() + static_cast<std::ptrdiff_t>(i), all.end());
    };
    const auto is_text = [](std::size_t i) { return (i >= 5 && i <= 9) || (i >= 13 && i <= 15); };
    const auto was_left_out = [&](std::size_t i) { return all[i].empty() && !is_text(i); };
    std::size_t last = done - 1;
    while (last > 0 && was_left_out(last)) --last;
    Answers rest = from(last + 1);
    if (last == 10) {  // killed before it was said how the witness knows the last paragraph
        rest.insert(rest.begin() + 1, "");
    } else if (!is_text(last)) {
        rest.insert(rest.begin(), "");
    }
    return rest;
}

TEST_CASE("a form that is killed at any step loses no answer", "[script][forms]") {
    Desk desk;
    const std::string person = desk.add_by_json("person", kPerson);
    const std::string incident = desk.add_by_json("incident", kIncident);
    const Answers answers = testimony_answers(person, incident);
    const json expected =
        desk.fields_of(desk.add_by_json("testimony", testimony(person, incident)));

    std::size_t survived = 0;
    const std::size_t steps = answers.size() - 2;  // all but "." and "s"
    for (std::size_t done = 1; done <= steps; ++done) {
        Answers first(answers.begin(), answers.begin() + static_cast<std::ptrdiff_t>(done));
        first.emplace_back("signal:KILL");
        const Outcome killed = desk.run({"add", "testimony"}, &first);
        INFO(done << ": " << killed.terminal);
        REQUIRE(killed.status == 128 + 9);
        REQUIRE(desk.drafts() == 1);

        const Answers rest = after_kill(answers, done);
        const Outcome resumed = desk.run({"drafts", "resume", "1"}, &rest);
        INFO(resumed.terminal);
        REQUIRE(resumed.status == 0);
        CHECK(desk.fields_of(desk.newest("testimony")) == expected);
        CHECK(desk.drafts() == 0);
        ++survived;
    }
    WARN("a form was killed after " << steps << " answers, and went on " << survived << " of "
                                    << steps << " times without a loss");
    CHECK(desk.run({"check"}).status == 0);
}

}  // namespace
}  // namespace custos::script
