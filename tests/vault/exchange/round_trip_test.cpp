// SPDX-License-Identifier: GPL-3.0-or-later
// Random vaults go out and come back: into an empty vault, and into the one that they came from.
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"
#include "vault/exchange/export.h"
#include "vault/exchange/table.h"
#include "vault/records/schema.h"
#include "vault/records/vocabulary.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr int kRecords = 60;
constexpr int kRounds = 8;

// Texts that somebody could write, and that formats trip over.
constexpr std::array<const char*, 24> kPieces = {"Sok Dara",
                                                 "ខ្មែរ\u200Bភាសា",
                                                 "=1+1",
                                                 "+66 81",
                                                 "-5",
                                                 "@x",
                                                 "'",
                                                 "''=",
                                                 "\"",
                                                 ",",
                                                 ";",
                                                 "\\u{202E}",
                                                 "\u202Eabc\u202C",
                                                 "می\u200Cخواهم",
                                                 "{P-7K3QD}",
                                                 "[1]",
                                                 "null",
                                                 "true",
                                                 "007",
                                                 "\u00A0",
                                                 "\uFEFF",
                                                 "<b>&",
                                                 "a b",
                                                 "𝒜"};

class Sample {
public:
    explicit Sample(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
    }
    bool rarely(std::size_t n) { return below(n) == 0; }

    json fields(Kind kind) { return object(builtin_schema().fields(kind), 3); }

    std::map<Kind, std::vector<std::string>> ids;

private:
    std::string text(bool lines) {
        std::string text = rarely(3) ? "" : "x";
        for (std::size_t n = 1 + below(4); n > 0; --n) text += kPieces.at(below(kPieces.size()));
        if (lines && rarely(2)) text += "\n=2\n\tend";
        return text;
    }
    json term(VocabularyId id) {
        const auto terms = builtin_vocabulary(id).terms;
        return std::string(terms[below(terms.size())].key);
    }
    json single(const Field& field, FieldType type) {
        switch (type) {
            case FieldType::text:
            case FieldType::text_list: return text(false);
            case FieldType::long_text: return text(true);
            case FieldType::edtf_date: {
                static constexpr std::array<const char*, 5> kDates = {
                    "2019-12-22", "2019-11", "2019-11-29~", "2019-11-09/2019-11-23", "../2019"};
                return kDates.at(below(kDates.size()));
            }
            case FieldType::time_of_day: return "21:30";
            case FieldType::timezone: return "Asia/Bangkok";
            case FieldType::country:
            case FieldType::country_list: return rarely(2) ? "TH" : "KH";
            case FieldType::language:
            case FieldType::language_list: return rarely(2) ? "km" : "th";
            case FieldType::url: return "https://news.example/a?b=1;c,d";
            case FieldType::decimal_text: return rarely(2) ? "-13.750" : "0.5";
            case FieldType::integer: return std::max<std::int64_t>(field.min, 1);
            case FieldType::boolean: return rarely(2);
            case FieldType::term:
            case FieldType::term_list: return term(field.vocabulary);
            case FieldType::reference:
            case FieldType::reference_list: return reference(field);
            case FieldType::object:
            case FieldType::object_list:
            case FieldType::term_map:
            case FieldType::reference_map: return nullptr;
        }
        return nullptr;
    }
    json reference(const Field& field) {
        std::vector<std::string> known;
        for (const auto& [kind, some] : ids) {
            if (field.kinds.contains(kind)) known.insert(known.end(), some.begin(), some.end());
        }
        return known.empty() ? json() : json(known[below(known.size())]);
    }
    json value(const Field& field, std::size_t more) {
        if (field.type == FieldType::object) return object(field.children, more);
        if (field.type == FieldType::term_map)
            return {{term(field.key_vocabulary).get<std::string>(), term(field.vocabulary)}};
        if (field.type == FieldType::reference_map) {
            const json to = reference(field);
            return to.is_null() ? json() : json{{to.get<std::string>(), term(field.vocabulary)}};
        }
        if (!is_list(field.type)) return single(field, field.type);
        json items = json::array();
        for (std::size_t n = rarely(20) ? 25 : below(4); n > 0; --n) {
            json item = field.type == FieldType::object_list ? object(field.children, more)
                                                             : single(field, field.type);
            if (!item.is_null()) items.push_back(std::move(item));
        }
        return items;
    }
    json object(FieldList fields, std::size_t one_in) {
        json made = json::object();
        for (const Field& field : fields) {
            if (!field.required && !rarely(one_in)) continue;
            json given = value(field, 4);
            if (!given.is_null()) made[std::string(field.name)] = std::move(given);
        }
        return made;
    }

    std::mt19937 random_;
};

struct RoundTrip : VaultFixture {
    ScratchDirectory other_place;
    Vault vault = create();
    Vault other =
        Vault::create(other_place.path / "vault", passphrase, {"Dara", ""},
                      Surroundings{kCheapArgon2, ticking_clock(), other_place.path / "state", {}});
    std::string problems;

    void fill(unsigned seed, bool graded) {
        Sample sample(seed);
        Change change(vault);
        std::vector<RecordId> all;
        while (all.size() < kRecords) {
            const Kind kind = kKinds[sample.below(kKinds.size())].kind;
            try {
                all.push_back(create_record(change, kind, sample.fields(kind)));
            } catch (const Error& error) {
                REQUIRE(error.code() == ErrorCode::usage);
                continue;  // rules beyond the types: another try
            }
            sample.ids[kind].push_back(to_text(all.back()));
        }
        const auto roles = builtin_vocabulary(VocabularyId::link_role).terms;
        for (int i = 0; i < kRecords; ++i) {
            try {
                link_records(
                    change, all[sample.below(all.size())], roles[sample.below(roles.size())].key,
                    all[sample.below(all.size())], nullptr,
                    graded && sample.rarely(2) ? json{{"reliability", "B"}} : json::object());
            } catch (const Error&) {
                continue;  // there already
            }
        }
        change.commit();
    }

    std::string lines(const Vault& from) {
        std::string text;
        (void)export_jsonl(from, {}, [&](std::string_view piece) { text += piece; });
        return text;
    }
    std::string table(const Vault& from, std::optional<Kind> kind, char delimiter) {
        std::string text;
        (void)export_csv(from, {kind, {}}, delimiter,
                         [&](std::string_view piece) { text += piece; });
        return text;
    }
    ImportCount import(Vault& to, RecordSource& source) {
        problems.clear();
        return import_records(
            to, source, {},
            [&](const Prepared& record) {
                for (const Problem& problem : record.problems)
                    problems += std::to_string(record.line) + ": " + to_text(problem) + "\n";
            },
            [](std::uint64_t) {});
    }
    // Without revisions: a new vault counts from 1.
    static std::map<std::string, json> contents(const Vault& vault) {
        std::map<std::string, json> all;
        each_record(vault, std::nullopt, [&](const Record& record) {
            json line = line_of(vault, record);
            line.erase("revision");
            std::sort(line["links"].begin(), line["links"].end());
            all[to_text(record.id)] = std::move(line);
        });
        return all;
    }
};

}  // namespace

TEST_CASE("a vault that goes out as lines comes back the same", "[exchange][round_trip]") {
    for (unsigned seed = 1; seed <= kRounds; ++seed) {
        RoundTrip trip;
        trip.fill(seed, true);
        const std::string lines = trip.lines(trip.vault);

        const auto source = jsonl_records(Source(lines));
        const ImportCount count = trip.import(trip.other, *source);
        INFO("seed " << seed << "\n" << trip.problems);
        REQUIRE(count.created == kRecords);
        CHECK(trip.contents(trip.other) == trip.contents(trip.vault));
        CHECK(trip.import(trip.vault, *source).unchanged == kRecords);
        for (const char* steering : {"\u202E", "\u202C", "\uFEFF"})
            CHECK(lines.find(steering) == std::string::npos);
    }
}

TEST_CASE("a vault that goes out as a table comes back the same", "[exchange][round_trip]") {
    for (unsigned seed = 101; seed <= 100 + kRounds; ++seed) {
        RoundTrip trip;
        trip.fill(seed, false);
        const char delimiter = ",;\t"[seed % 3];
        const auto source =
            table_records(builtin_schema(), Source(trip.table(trip.vault, {}, delimiter)), {});
        const ImportCount count = trip.import(trip.other, *source);
        INFO("seed " << seed << "\n" << trip.problems);
        REQUIRE(count.created == kRecords);
        CHECK(trip.contents(trip.other) == trip.contents(trip.vault));
    }
}

TEST_CASE("a table of each kind changes nothing where it came from", "[exchange][round_trip]") {
    RoundTrip trip;
    trip.fill(1'000, true);
    const auto before = trip.contents(trip.vault);
    std::size_t unchanged = 0;
    for (const KindRow& row : kKinds) {
        Mapping mapping;
        mapping.kind = row.kind;
        const std::string text = trip.table(trip.vault, row.kind, ';');
        const auto source = table_records(builtin_schema(), Source(text), mapping);
        const ImportCount count = trip.import(trip.vault, *source);
        INFO(row.name << "\n" << trip.problems << "\n" << text);
        CHECK(count.refused == 0);
        CHECK(count.updated == 0);
        unchanged += count.unchanged;
    }
    CHECK(unchanged == kRecords);
    CHECK(trip.contents(trip.vault) == before);
}

}  // namespace custos::vault
