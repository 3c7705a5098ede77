// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/store.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "crypto/random.h"
#include "tests/vault/open_vault.h"
#include "vault/replay.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct Stored : VaultFixture {
    Vault vault = create();

    template <class Act>
    auto committed(Act&& act) {
        Change change(vault);
        auto result = act(change);
        change.commit();
        return result;
    }
    RecordId add(Kind kind, const json& fields) {
        return committed([&](Change& change) { return create_record(change, kind, fields); });
    }
    int revise(const RecordId& id, const json& fields) {
        return committed([&](Change& change) { return revise_record(change, id, fields); });
    }
    template <class Act>
    void change(Act&& act) {
        Change one(vault);
        act(one);
        one.commit();
    }
    // Nothing wrong in the log, and the index is what the log says.
    void require_sound() {
        std::vector<std::string> findings;
        const crypto::Digest root =
            verify_log(vault.database(), vault.header().id,
                       [&](const LogFinding& finding) { findings.push_back(finding.what); });
        REQUIRE(findings == std::vector<std::string>{});
        REQUIRE(root == vault.log().head().root);
        Database rebuilt = empty_index();
        replay(vault.log(), rebuilt);
        REQUIRE(compare_indexes(vault.database(), rebuilt) == std::vector<std::string>{});
    }
};

json incident(const std::string& title) {
    return {{"title", title},
            {"date", "2019-12-22"},
            {"place", {{"text", "Bangkok"}, {"country", "TH"}}}};
}

}  // namespace

TEST_CASE("store gives back every revision, and the history of a record", "[vault][store]") {
    Stored stored;
    const RecordId id = stored.add(Kind::incident, incident("First title"));
    CHECK(stored.revise(id, incident("Second title")) == 2);

    CHECK(get_record(stored.vault, id).fields["title"] == "Second title");
    CHECK(get_record(stored.vault, id, 1).fields["title"] == "First title");
    CHECK(failure_of([&] { (void)get_record(stored.vault, id, 3); }) == ErrorCode::not_found);
    const auto history = history_of(stored.vault, id);
    REQUIRE(history.size() == 2);
    CHECK(history[0].verb == Verb::create);
    CHECK(history[1].verb == Verb::revise);
    CHECK(history[1].author_name == "Dara");
    CHECK(history[1].time > history[0].time);
    stored.require_sound();
}

TEST_CASE("store finds a record by code, by full id and by any unique beginning",
          "[vault][store]") {
    Stored stored;
    const RecordId id = stored.add(Kind::incident, incident("One"));
    const std::string code = code_of(stored.vault, id);
    const std::string full = to_text(id);
    for (std::size_t size = 3; size <= full.size(); ++size) {
        REQUIRE(resolve(stored.vault, full.substr(0, size)) == id);
    }
    CHECK(code.size() == 7);
    CHECK(resolve(stored.vault, code) == id);
    std::string lower = code;
    for (char& c : lower) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    CHECK(resolve(stored.vault, lower) == id);
    CHECK(failure_of([&] { (void)resolve(stored.vault, "nothing"); }) == ErrorCode::usage);
    CHECK(failure_of([&] { (void)resolve(stored.vault, "T-" + code.substr(2)); }) ==
          ErrorCode::not_found);
}

TEST_CASE("store keeps a code when a later record begins alike, and asks which of them is meant",
          "[vault][store]") {
    Stored stored;
    RecordId first = random_id(Kind::person);
    RecordId second = first;
    second.bytes[15] ^= 0xff;
    stored.change([&](Change& change) {
        create_record(change, Kind::person, {{"aliases", {"Heron"}}}, first);
        create_record(change, Kind::person, {{"aliases", {"Egret"}}}, second);
    });
    const std::string code = code_of(stored.vault, first);
    CHECK(code.size() == 7);
    CHECK(code_of(stored.vault, second).size() > 7);
    CHECK(resolve(stored.vault, code) == first);
    CHECK(failure_of([&] { (void)resolve(stored.vault, code.substr(0, 5)); }) == ErrorCode::usage);
    stored.require_sound();
}

TEST_CASE("store shows references as codes and stores them as full ids", "[vault][store]") {
    Stored stored;
    const RecordId of_case = stored.add(Kind::case_, {{"title", "Pressure abroad"}});
    json fields = incident("One");
    fields["case"] = code_of(stored.vault, of_case);
    const RecordId id = stored.add(Kind::incident, fields);

    const Record record = get_record(stored.vault, id);
    CHECK(record.fields["case"] == to_text(of_case));
    CHECK(record_json(stored.vault, record)["fields"]["case"] == code_of(stored.vault, of_case));
    CHECK(referrers_of(stored.vault, of_case) == std::vector<RecordId>{id});
}

TEST_CASE(
    "store refuses unknown fields, kinds of reference and missing records, and stores nothing",
    "[vault][store]") {
    Stored stored;
    const Head before = stored.vault.log().head();
    const RecordId none = random_id(Kind::case_);
    json unknown = incident("One");
    unknown["colour"] = "red";
    json dangling = incident("One");
    dangling["case"] = to_text(none);
    CHECK(failure_of([&] { stored.add(Kind::incident, unknown); }) == ErrorCode::usage);
    CHECK(failure_of([&] { stored.add(Kind::incident, dangling); }) == ErrorCode::usage);
    CHECK(stored.vault.log().head() == before);
}

TEST_CASE("store links, refuses the same link twice, and unlinks", "[vault][store]") {
    Stored stored;
    const RecordId a = stored.add(Kind::incident, incident("One"));
    const RecordId b = stored.add(Kind::incident, incident("Two"));
    stored.change([&](Change& change) { link_records(change, a, "part_of", b); });
    const auto again = [&] {
        stored.change([&](Change& change) { link_records(change, a, "part_of", b); });
    };
    CHECK(failure_of(again) == ErrorCode::conflict);
    CHECK(failure_of([&] {
              stored.change([&](Change& change) { link_records(change, a, "part-off", b); });
          }) == ErrorCode::usage);
    const json links = record_json(stored.vault, get_record(stored.vault, a))["links"];
    REQUIRE(links.size() == 1);
    CHECK(links[0] == json{{"role", "part_of"}, {"to", code_of(stored.vault, b)}});
    stored.require_sound();

    stored.change([&](Change& change) { unlink_records(change, a, "part_of", b); });
    CHECK(get_record(stored.vault, a).links.empty());
    stored.require_sound();
}

TEST_CASE("store takes a record to the trash and back", "[vault][store]") {
    Stored stored;
    const RecordId id = stored.add(Kind::incident, incident("Findable"));
    const auto hits = [&] {
        return search_records(stored.vault, {"findable", {}, {}, "", "", "", "", 20, 0}).total;
    };
    CHECK(hits() == 1);
    stored.change([&](Change& change) { trash_record(change, id); });
    CHECK(hits() == 0);
    CHECK(list_records(stored.vault, {Kind::incident, {}, "", 0, 0, State::live}).total == 0);
    CHECK(list_records(stored.vault, {Kind::incident, {}, "", 0, 0, State::trashed}).total == 1);
    CHECK(failure_of([&] { stored.revise(id, incident("x")); }) == ErrorCode::refused);
    stored.change([&](Change& change) { restore_record(change, id); });
    CHECK(hits() == 1);
    stored.require_sound();
}

TEST_CASE("store purges for good: no body is left, and the log still verifies", "[vault][store]") {
    Stored stored;
    const RecordId id = stored.add(Kind::incident, incident("Secret heron meeting"));
    stored.revise(id, incident("Secret egret meeting"));
    const RecordId other = stored.add(Kind::incident, incident("Other"));
    stored.change([&](Change& change) { link_records(change, other, "part_of", id); });
    const auto purge = [&](const char* reason) {
        stored.change([&](Change& change) { purge_record(change, id, reason); });
    };
    CHECK(failure_of([&] { purge("  "); }) == ErrorCode::usage);
    purge("consent withdrawn");

    CHECK(get_record(stored.vault, id).state == State::purged);
    CHECK(get_record(stored.vault, id).fields.is_null());
    CHECK(search_records(stored.vault, {"heron", {}, {}, "", "", "", "", 20, 0}).total == 0);
    for (const HistoryItem& item : history_of(stored.vault, id)) {
        CHECK(item.body.is_null() == (item.verb != Verb::purge));
    }
    CHECK(failure_of([&] { purge("again"); }) == ErrorCode::conflict);
    stored.require_sound();
}

TEST_CASE("store filters, sorts and pages a list", "[vault][store]") {
    Stored stored;
    for (const char* date : {"2019-11-09", "2019-12-22", "2018"}) {
        json fields = incident(std::string("On ") + date);
        fields["date"] = date;
        fields["tags"] = {"van", date};
        stored.add(Kind::incident, fields);
    }
    const auto titles = [&](const ListQuery& query) {
        std::vector<std::string> out;
        for (const Record& record : list_records(stored.vault, query).items) {
            out.push_back(record.fields["title"]);
        }
        return out;
    };
    using Titles = std::vector<std::string>;
    CHECK(titles({Kind::incident, {"date>=2019-11-10"}, "", 0, 0, State::live}) ==
          Titles{"On 2019-12-22"});
    CHECK(titles({Kind::incident, {"tags=2018"}, "", 0, 0, State::live}) == Titles{"On 2018"});
    CHECK(titles({Kind::incident, {"place.country!=TH"}, "", 0, 0, State::live}).empty());
    CHECK(titles({Kind::incident, {"title~ON 2019"}, "-date", 0, 1, State::live}) ==
          Titles{"On 2019-12-22"});
    CHECK(titles({Kind::incident, {}, "date", 1, 1, State::live}) == Titles{"On 2019-11-09"});
    CHECK(titles({Kind::incident, {}, "", 2, 5, State::live}) == Titles{"On 2018"});
    CHECK(failure_of([&] {
              titles({Kind::incident, {"titel=x"}, "", 0, 0, State::live});
          }) == ErrorCode::usage);
}

TEST_CASE("store filters by words as people write them, broader ones and codes", "[vault][store]") {
    Stored stored;
    for (const char* type : {"abduction", "arrest", "forced_return"}) {
        stored.add(Kind::act, {{"type", type}, {"methods", {"binding", "threats"}}});
    }
    stored.add(Kind::incident, incident("One"));
    const auto count = [&](Kind kind, const char* where) {
        ListQuery query;
        query.kind = kind;
        query.where = {where};
        return list_records(stored.vault, query).total;
    };
    const auto refused = [&](Kind kind, const char* where) {
        return failure_of([&] { (void)count(kind, where); }) == ErrorCode::usage;
    };

    CHECK(count(Kind::act, "type=abduction") == 1);
    CHECK(count(Kind::act, "type=Forced Return") == 1);
    CHECK(count(Kind::act, "type=deprivation_of_liberty") == 2);
    CHECK(count(Kind::act, "type!=deprivation_of_liberty") == 1);
    CHECK(count(Kind::act, "methods=restraint") == 3);
    CHECK(count(Kind::act, "methods=beating") == 0);
    CHECK(count(Kind::incident, "place.country=th") == 1);
    CHECK(count(Kind::incident, "place.country!=TH") == 0);
    CHECK(count(Kind::incident, "place.text~bang") == 1);
    CHECK(refused(Kind::act, "type=abducton"));
    CHECK(refused(Kind::incident, "place.country=Thailand"));
    CHECK(refused(Kind::incident, "place.contry=TH"));
    CHECK(refused(Kind::incident, "title.x=y"));
    CHECK(count(Kind::consent, "scopes.publish_named=refused") == 0);
    CHECK(refused(Kind::consent, "scopes.publish_named=maybe"));
}

TEST_CASE("store searches by kind, case, country, language and date", "[vault][store]") {
    Stored stored;
    const RecordId of_case = stored.add(Kind::case_, {{"title", "Van"}});
    json fields = incident("White van in Bangkok");
    fields["case"] = to_text(of_case);
    const RecordId id = stored.add(Kind::incident, fields);
    const RecordId testimony =
        stored.add(Kind::testimony, {{"incident", to_text(id)},
                                     {"language", "km"},
                                     {"paragraphs", {{{"text", "រថយន្តសមួយ van"}}}}});
    stored.add(Kind::incident, {{"title", "Another van"}, {"date", "2018"}});

    const auto found = [&](RecordSearch search) {
        std::vector<RecordId> ids;
        for (const FoundRecord& hit : search_records(stored.vault, search).hits)
            ids.push_back(hit.id);
        std::sort(ids.begin(), ids.end());
        return ids;
    };
    RecordSearch search;
    search.text = "van";
    CHECK(found(search).size() == 4);
    search.about_case = of_case;
    CHECK(found(search) == std::vector<RecordId>{of_case, id, testimony});
    search.kind = Kind::testimony;
    CHECK(found(search) == std::vector<RecordId>{testimony});
    search = {};
    search.text = "van";
    search.country = "th";
    CHECK(found(search) == std::vector<RecordId>{id});
    search.country.clear();
    search.language = "km";
    CHECK(found(search) == std::vector<RecordId>{testimony});
    search.language.clear();
    search.from = "2019-12";
    search.to = "2019-12";
    CHECK(found(search) == std::vector<RecordId>{id});
    search = {};
    search.text = "យន្ត";
    CHECK(found(search) == std::vector<RecordId>{testimony});
}

TEST_CASE("store: any sequence of changes, replayed from the log, gives the same state",
          "[vault][store]") {
    Stored stored;
    std::vector<RecordId> ids;
    for (int step = 0; step < 300; ++step) {
        const auto pick = [&] {
            return ids[crypto::random_below(static_cast<std::uint32_t>(ids.size()))];
        };
        try {
            Change change(stored.vault);
            const auto number = ids.empty() ? 0 : crypto::random_below(8);
            switch (number) {
                case 0:
                case 1: {
                    const RecordId id = create_record(change, Kind::incident,
                                                      incident("Step " + std::to_string(step)));
                    change.commit();
                    ids.push_back(id);
                    continue;
                }
                case 2:
                    revise_record(change, pick(), incident("Again " + std::to_string(step)));
                    break;
                case 3: link_records(change, pick(), "part_of", pick()); break;
                case 4: unlink_records(change, pick(), "part_of", pick()); break;
                case 5: trash_record(change, pick()); break;
                case 6: restore_record(change, pick()); break;
                default:
                    if (crypto::random_below(4) == 0) purge_record(change, pick(), "test");
                    break;
            }
            change.commit();
        } catch (const Error&) {
            // A refused change is part of the sequence.
        }
    }
    stored.require_sound();
}

TEST_CASE("check of the log names every changed row", "[vault][store]") {
    Stored stored;
    const RecordId id = stored.add(Kind::incident, incident("One"));
    stored.add(Kind::incident, incident("Two"));
    Database& database = stored.vault.database();
    const std::vector<const char*> attacks = {
        "UPDATE log_entry SET body = CAST(replace(CAST(body AS TEXT), 'One', 'Won') AS BLOB)",
        "UPDATE log_entry SET salt = zeroblob(16) WHERE idx = 3",
        "UPDATE log_entry SET salt = NULL, body = NULL WHERE idx = 3",
        "UPDATE log_entry SET entry = CAST(replace(CAST(entry AS TEXT), 'create', 'revise') AS "
        "BLOB) WHERE idx = 3",
        "DELETE FROM log_entry WHERE idx = 3",
        "UPDATE record SET code = 'I-AAAAA' WHERE row = 1",
        "UPDATE record SET head = 2",
        "DELETE FROM value_rows WHERE path = 1",
        "UPDATE value_rows SET rows = x'0300' WHERE rows = x'0100'",
        "DELETE FROM row_values WHERE row = 1",
        "DELETE FROM event WHERE row = 1",
        "UPDATE author SET name = 'Mallory'",
        "INSERT INTO link VALUES (1, 'part_of', zeroblob(17), 1)",
        "DELETE FROM record_text WHERE rowid = 1",
        "INSERT INTO record_text (rowid, title, text) VALUES (77, 'x', 'y')",
    };
    for (const char* attack : attacks) {
        INFO(attack);
        database.execute("SAVEPOINT attack");
        database.execute(attack);
        std::size_t findings = 0;
        const crypto::Digest root =
            verify_log(database, stored.vault.header().id, [&](const LogFinding&) { ++findings; });
        if (root != stored.vault.log().head().root) ++findings;
        if (findings == 0) {
            Database rebuilt = empty_index();
            replay(stored.vault.log(), rebuilt);
            findings = compare_indexes(database, rebuilt).size();
        }
        CHECK(findings > 0);
        database.execute("ROLLBACK TO attack; RELEASE attack");
    }
    (void)id;
    stored.require_sound();
}

}  // namespace custos::vault
