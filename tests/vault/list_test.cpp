// SPDX-License-Identifier: GPL-3.0-or-later
// Lists, filters, orders and timelines against the truth, which is a look into every body.
#include <algorithm>
#include <functional>
#include <random>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "tests/vault/open_vault.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"
#include "vault/records/timeline.h"
#include "vault/records/values.h"
#include "vault/replay.h"

namespace custos::vault {

namespace {

using nlohmann::json;
using Codes = std::vector<std::string>;

class Chance {
public:
    std::size_t below(std::size_t bound) { return engine_() % bound; }
    bool one_in(std::size_t bound) { return below(bound) == 0; }
    template <std::size_t N>
    const char* of(const char* const (&words)[N]) {
        return words[below(N)];
    }

private:
    std::mt19937 engine_{20191222};  // NOLINT(cert-msc51-cpp): the same every time
};

constexpr const char* kTitles[] = {
    "Van at the checkpoint", "van", "Café", "cafe", "ZOO", "ផ្ទះ", "ដុតផ្ទះ", "a, b", "Straße 5"};
constexpr const char* kDates[] = {"2019",       "2019-11",    "2019-12-22",      "2019-12-22~",
                                  "2017-01-01", "2018-XX-XX", "2018-11/2019-01", "1999-12-31",
                                  "2019-12",    "../2019-12", "2019-02-01/.."};
constexpr const char* kCountries[] = {"TH", "KH", "VN"};
constexpr const char* kTypes[] = {"abduction", "killing", "torture", "beating", "forced_return"};
constexpr const char* kNumbers[] = {"0", "5", "500", "5000"};
constexpr const char* kDegrees[] = {"13.75", "-0.5", "100.123456789", "13.7500"};

json incident(Chance& chance) {
    json fields = {{"title", chance.of(kTitles)}};
    if (!chance.one_in(4)) fields["date"] = chance.of(kDates);
    if (chance.one_in(2)) fields["place"]["country"] = chance.of(kCountries);
    if (chance.one_in(3)) fields["place"]["uncertainty_m"] = std::stoi(chance.of(kNumbers));
    if (chance.one_in(3)) fields["place"]["lat"] = chance.of(kDegrees);
    if (chance.one_in(4)) fields["summary"] = std::string(200, 'x') + chance.of(kTitles);
    if (chance.one_in(3)) fields["tags"] = {chance.of(kTitles), chance.of(kCountries)};
    return fields;
}

// The scalars that stand at a path, whatever lists are on the way.
void leaves(const json& value, std::string_view path, std::vector<json>& found) {
    if (value.is_array()) {
        for (const json& item : value) leaves(item, path, found);
    } else if (path.empty()) {
        found.push_back(value);
    } else if (value.is_object()) {
        const std::size_t dot = path.find('.');
        const auto member = value.find(std::string(path.substr(0, dot)));
        if (member == value.end()) return;
        leaves(*member, dot == std::string_view::npos ? "" : path.substr(dot + 1), found);
    }
}
std::vector<json> leaves(const json& fields, std::string_view path) {
    std::vector<json> found;
    leaves(fields, path, found);
    return found;
}

enum class Holds { text, number, decimal, date, word };
struct TestedField {
    const char* path;
    Holds holds;
};
constexpr TestedField kFields[] = {
    {"title", Holds::text},         {"summary", Holds::text},
    {"tags", Holds::text},          {"date", Holds::date},
    {"place.country", Holds::word}, {"place.uncertainty_m", Holds::number},
    {"place.lat", Holds::decimal},  {"x_unit", Holds::text},
};

// Written anew, and on purpose in another way than the filter: by bodies alone.
bool holds(const std::string& op, const json& leaf, Holds form, const std::string& operand) {
    static TextFolder folder;
    const auto compared = [&](const auto& a, const auto& b) {
        return op == "="    ? a == b
               : op == "<"  ? a < b
               : op == "<=" ? a <= b
               : op == ">"  ? a > b
                            : a >= b;
    };
    if (form == Holds::date) {
        const DateBounds a = *bounds_of(leaf.get<std::string>());
        const DateBounds b = *bounds_of(operand);
        const bool overlap = a.min <= b.max && b.min <= a.max;
        const bool before = a.max < b.min;
        const bool after = a.min > b.max;
        return op == "="    ? overlap
               : op == "<"  ? before
               : op == "<=" ? before || overlap
               : op == ">"  ? after
                            : after || overlap;
    }
    if (form == Holds::number) return compared(leaf.get<long>(), std::stol(operand));
    if (form == Holds::decimal)  // to seven digits
        return compared(std::llround(std::stod(leaf.get<std::string>().substr(0, 11)) * 1e7),
                        std::llround(std::stod(operand.substr(0, 11)) * 1e7));
    const std::string stored =
        form == Holds::text ? folder.fold(leaf.get<std::string>()) : leaf.get<std::string>();
    const std::string wanted = form == Holds::text ? folder.fold(operand) : operand;
    if (op == "~") return stored.find(wanted) != std::string::npos;
    if (op == "^=") return stored.compare(0, wanted.size(), wanted) == 0;
    return compared(stored, wanted);
}

struct Asked {
    std::string expression;
    std::function<bool(const json&)> truth;
};

Asked ask(Chance& chance) {
    const TestedField& field = kFields[chance.below(std::size(kFields))];
    const auto any = [path = std::string(field.path)](const json& fields, auto test) {
        const auto found = leaves(fields, path);
        return std::any_of(found.begin(), found.end(), test);
    };
    if (chance.one_in(8)) {
        const bool set = chance.one_in(2);
        return {std::string(field.path) + (set ? " is set" : " is not set"),
                [=](const json& fields) {
                    return any(fields, [](const json&) { return true; }) == set;
                }};
    }
    const auto operand = [&]() -> std::string {
        switch (field.holds) {
            case Holds::text: return chance.one_in(9) ? std::string(150, 'x') : chance.of(kTitles);
            case Holds::number: return chance.of(kNumbers);
            case Holds::decimal: return chance.of(kDegrees);
            case Holds::date: return chance.of(kDates);
            case Holds::word: return chance.of(kCountries);
        }
        return {};
    };
    constexpr const char* kOrdered[] = {"=", "!=", "<", "<=", ">", ">="};
    constexpr const char* kTexts[] = {"=", "!=", "~", "^=", "<", ">="};
    std::string op = field.holds == Holds::text ? chance.of(kTexts) : chance.of(kOrdered);
    if (chance.one_in(6)) {
        const std::vector<std::string> values = {operand(), operand()};
        const bool negated = chance.one_in(2);
        return {std::string(field.path) + (negated ? " not in (\"" : " in (\"") + values[0] +
                    "\", \"" + values[1] + "\")",
                [=, form = field.holds](const json& fields) {
                    return any(fields, [&](const json& leaf) {
                               return holds("=", leaf, form, values[0]) ||
                                      holds("=", leaf, form, values[1]);
                           }) != negated;
                }};
    }
    const std::string value = operand();
    const bool negated = op == "!=";
    return {field.path + op + value,
            [=, form = field.holds, plain = negated ? "=" : op](const json& fields) {
                return any(fields, [&](const json& leaf) {
                           return holds(plain, leaf, form, value);
                       }) != negated;
            }};
}

// More rows than one chunk has, and than are sorted by looking each of them up.
class Filled {
public:
    static constexpr std::size_t kRecords = 4700;

    Filled() {
        {
            Change change(vault);
            for (std::size_t i = 0; i < kRecords; ++i) {
                json fields = incident(chance);
                if (chance.one_in(5)) fields["x_unit"] = chance.of(kTitles);
                // As the log may hold it; the store would ask for a definition of x_unit.
                ids.push_back(random_id(Kind::incident));
                change.append({Verb::create,
                               to_text(ids.back()),
                               {},
                               to_bytes(bytes_of(json({{"fields", fields}}).dump()))});
            }
            change.commit();
        }
        for (int i = 0; i < 150; ++i) {
            Change change(vault);
            for (int j = 0; j < 5; ++j) act(change, ids[chance.below(ids.size())]);
            change.commit();
        }
        each_record(vault, Kind::incident, [&](const Record& record) {
            if (record.state == State::live) live.push_back(record);
        });
    }

    void act(Change& change, const RecordId& id) {
        try {
            switch (chance.below(4)) {
                case 0: trash_record(change, id); break;
                case 1: restore_record(change, id); break;
                default: (void)revise_record(change, id, incident(chance)); break;
            }
        } catch (const Error&) {
            // what cannot be done to it is part of the sequence
        }
    }

    Codes codes(const std::vector<const Record*>& records) const {
        Codes all;
        for (const Record* record : records) all.push_back(record->code);
        return all;
    }

    VaultFixture fixture;
    Vault vault = fixture.create();
    Chance chance;
    std::vector<RecordId> ids;
    std::vector<Record> live;
};

Codes codes_of(const ListResult& result) {
    Codes codes;
    for (const Record& record : result.items) codes.push_back(record.code);
    return codes;
}

// Least value first, or greatest; the rest behind, in the direction's order of creation.
using SortValue = std::pair<bool, json>;
SortValue sort_value(const Record& record, const std::string& by, bool reversed) {
    static TextFolder folder;
    std::vector<json> found = leaves(record.fields, by);
    for (json& value : found) {
        if (by == "date") value = bounds_of(value.get<std::string>())->min;
        if (by == "place.lat") value = *decimal_value(value.get<std::string>());
        if (value.is_string()) value = value_text(folder.fold(value.get<std::string>()));
    }
    if (found.empty()) return {true, json()};
    std::sort(found.begin(), found.end());
    return {false, reversed ? found.back() : found.front()};
}

}  // namespace

TEST_CASE("filters and orders give what a look into every body gives", "[vault][list]") {
    Filled filled;
    constexpr std::size_t kRounds = 60;
    std::size_t right = 0;
    std::size_t matched = 0;
    for (std::size_t round = 0; round < kRounds; ++round) {
        ListQuery query;
        query.kind = Kind::incident;
        std::vector<Asked> asked;
        for (std::size_t i = filled.chance.below(4); i > 0; --i) {
            asked.push_back(ask(filled.chance));
            query.where.push_back(asked.back().expression);
        }
        const std::string by =
            filled.chance.one_in(4) ? "" : kFields[filled.chance.below(std::size(kFields))].path;
        const bool reversed = filled.chance.one_in(2);
        query.sort = (reversed ? "-" : "") + by;

        std::vector<std::pair<SortValue, const Record*>> expected;
        for (const Record& record : filled.live) {
            const bool fits = std::all_of(asked.begin(), asked.end(), [&](const Asked& each) {
                return each.truth(record.fields);
            });
            if (fits) expected.emplace_back(sort_value(record, by, reversed), &record);
        }
        if (reversed) std::reverse(expected.begin(), expected.end());
        if (!by.empty()) {
            std::stable_sort(expected.begin(), expected.end(), [&](const auto& a, const auto& b) {
                if (a.first.first != b.first.first) return b.first.first;
                return reversed ? b.first.second < a.first.second : a.first.second < b.first.second;
            });
        }
        std::vector<const Record*> order;
        for (const auto& each : expected) order.push_back(each.second);

        INFO("where " << json(query.where).dump() << " sort " << query.sort);
        const ListResult all = list_records(filled.vault, query);
        CHECK(all.total == order.size());
        // Dates of one day are ordered by their last day as well: compared below, by the timeline.
        if (by != "date") CHECK(codes_of(all) == filled.codes(order));

        query.offset = filled.chance.below(order.size() + 2);
        query.limit = 1 + filled.chance.below(30);
        const ListResult page = list_records(filled.vault, query);
        const std::size_t first = std::min(query.offset, all.items.size());
        const std::size_t last = std::min(first + query.limit, all.items.size());
        Codes slice;
        for (std::size_t i = first; i < last; ++i) slice.push_back(all.items[i].code);
        CHECK(page.total == order.size());
        CHECK(codes_of(page) == slice);
        matched += order.size();
        ++right;
    }
    WARN("lists that equal a look into every body: " << right << " of " << kRounds << ", "
                                                     << matched << " records matched");
    CHECK(matched > kRounds * 100);
}

TEST_CASE("a timeline has what overlaps, in the order of its bounds", "[vault][list]") {
    Filled filled;
    for (const auto& [from, to] :
         std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                          {"2019-12-01", ""},
                                                          {"", "2019-11"},
                                                          {"2019-12", "2019-12"},
                                                          {"2019-02-02", ""}}) {
        std::vector<std::tuple<std::int64_t, std::int64_t, std::size_t, std::string>> expected;
        for (std::size_t i = 0; i < filled.live.size(); ++i) {
            const auto dates = sort_dates(Kind::incident, filled.live[i].fields);
            if (!dates || (!from.empty() && dates->max < bounds_of(from)->min) ||
                (!to.empty() && dates->min > bounds_of(to)->max))
                continue;
            expected.emplace_back(dates->min, dates->max, i, filled.live[i].code);
        }
        std::sort(expected.begin(), expected.end());
        Codes codes;
        for (const auto& each : expected) codes.push_back(std::get<3>(each));

        TimelineQuery query;
        query.from = from;
        query.to = to;
        const Timeline timeline = timeline_of(filled.vault, query);
        INFO("from " << from << " to " << to);
        CHECK(timeline.total == codes.size());
        CHECK(timeline.total > 100);
        Codes found;
        for (const TimelineItem& item : timeline.items) found.push_back(item.code);
        CHECK(found == codes);

        query.offset = 7;
        query.limit = 5;
        const Timeline page = timeline_of(filled.vault, query);
        CHECK(page.total == codes.size());
        REQUIRE(page.items.size() == 5);
        CHECK(page.items.front().code == codes[7]);
    }
}

TEST_CASE("filters know links, references, terms, parts of lists and own fields", "[vault][list]") {
    VaultFixture fixture;
    Vault vault = fixture.create();
    Change change(vault);
    const auto person = [&](const std::string& name, const json& contacts) {
        return create_record(
            change, Kind::person,
            {{"names", {{{"text", name}, {"kind", "common"}}}}, {"contacts", contacts}});
    };
    const RecordId first = person("Dara", {{{"type", "phone"}, {"value", "012 345"}},
                                           {{"type", "email"}, {"value", "d@example.org"}}});
    const RecordId second = person("Vanna", {{{"type", "email"}, {"value", "012@example.org"}}});
    const RecordId incident =
        create_record(change, Kind::incident, {{"title", "One"}, {"language", "km-Khmr"}});
    const RecordId act = create_record(change, Kind::act,
                                       {{"incident", to_text(incident)},
                                        {"victim", to_text(first)},
                                        {"type", "abduction"},
                                        {"methods", {"electric_shock"}}});
    link_records(change, incident, "related_to", second);
    change.commit();

    const auto count = [&](Kind kind, const std::string& where) {
        ListQuery query;
        query.kind = kind;
        query.where = {where};
        return list_records(vault, query).total;
    };
    CHECK(count(Kind::act, "victim=" + code_text(first, 5)) == 1);
    CHECK(count(Kind::act, "victim=" + to_text(second)) == 0);
    CHECK(count(Kind::act, "victim!=" + code_text(second, 5)) == 1);
    CHECK(count(Kind::act,
                "victim in (" + code_text(first, 5) + "," + code_text(second, 5) + ")") == 1);
    CHECK(count(Kind::act, "about=" + code_text(first, 5)) == 1);
    CHECK(count(Kind::act, "link:incident=" + code_text(incident, 5)) == 1);
    CHECK(count(Kind::incident, "link:related_to=" + code_text(second, 5)) == 1);
    CHECK(count(Kind::incident, "about=" + code_text(second, 5)) == 1);
    CHECK(count(Kind::incident, "about=" + code_text(act, 5)) == 0);
    CHECK(count(Kind::incident, "language=km") == 1);
    CHECK(count(Kind::incident, "language=en") == 0);
    CHECK(count(Kind::act, "methods=electric_shock") == 1);
    CHECK(count(Kind::act, "methods~shock") == 1);
    CHECK(count(Kind::act, "type^=abd") == 1);
    CHECK(count(Kind::person, "contacts[type=phone, value~012]") == 1);
    CHECK(count(Kind::person, "contacts[type=email, value~012]") == 1);
    CHECK(count(Kind::person, "contacts[type=phone, value~example]") == 0);
    CHECK(count(Kind::person, "contacts.value~012") == 2);
    CHECK(count(Kind::person, "contacts is set") == 2);
    for (const char* wrong :
         {"", "title", "=x", "title=", "titel=x", "title in x", "date=2562-01-01", "place=x",
          "contacts[type=phone", "tags[a=b]", "link:nonsense=P-00000", "date~2019",
          "place.uncertainty_m=far", "title not ~ x"}) {
        INFO(wrong);
        CHECK(failure_of([&] { (void)count(Kind::incident, wrong); }) == ErrorCode::usage);
    }
    const std::string long_one = "title=" + std::string(4096, 'x');
    CHECK(failure_of([&] { (void)count(Kind::incident, long_one); }) == ErrorCode::usage);
}

TEST_CASE("lists inside a change see what it has done", "[vault][list]") {
    VaultFixture fixture;
    Vault vault = fixture.create();
    ListQuery query;
    query.kind = Kind::incident;
    query.where = {"title=one"};
    {
        Change change(vault);
        create_record(change, Kind::incident, {{"title", "One"}});
        CHECK(list_records(vault, query).total == 1);
        CHECK(count_records(vault, Kind::incident, State::live) == 1);
    }
    CHECK(list_records(vault, query).total == 0);  // rolled back
    Change change(vault);
    const RecordId id = create_record(change, Kind::incident, {{"title", "One"}});
    change.commit();
    CHECK(list_records(vault, query).total == 1);
    Change second(vault);
    trash_record(second, id);
    CHECK(list_records(vault, query).total == 0);
    query.state = State::trashed;
    CHECK(list_records(vault, query).total == 1);
}

}  // namespace custos::vault
