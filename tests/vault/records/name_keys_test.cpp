// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/name_keys.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

namespace custos::vault {
namespace {

using nlohmann::json;
using Parts = std::vector<std::string>;

json person(const std::string& name) { return {{"names", {{{"text", name}}}}}; }

// Whether a record with the second name is found when one with the first is added.
bool finds(const std::string& added, const std::string& known) {
    NameReader reader;
    const auto near = likenesses_near(reader, Kind::person, person(added));
    const auto own = likenesses_of(reader, Kind::person, person(known));
    return std::any_of(own.begin(), own.end(), [&](const std::string& key) {
        return std::find(near.begin(), near.end(), key) != near.end();
    });
}

}  // namespace

TEST_CASE("NameReader writes names of every script in plain letters", "[records][names]") {
    NameReader reader;
    CHECK(reader.parts_of("Sok DARĀ") == Parts{"sok", "dara"});
    CHECK(reader.parts_of("O'Brien-Smith") == Parts{"obrien", "smith"});
    CHECK(reader.parts_of("王 伟") == Parts{"wang", "wei"});
    CHECK(reader.parts_of("Владимир") == Parts{"vladimir"});
    CHECK(reader.parts_of("សុខ ដារា") == Parts{"sk", "tr"});
    CHECK(reader.parts_of("สมศักดิ์") == Parts{"smskd"});
    CHECK(reader.parts_of("ສົມສັກ") == Parts{"smsk"});
    CHECK(reader.parts_of("အောင်ဆန်း").front().substr(0, 2) == "an");
    CHECK(reader.parts_of("...").empty());
    CHECK(reader.parts_of("").empty());
}

TEST_CASE("sound_of is the same for spellings of one name", "[records][names]") {
    CHECK(sound_of("sok") == sound_of("sokh"));
    CHECK(sound_of("dara") == sound_of("tara"));
    CHECK(sound_of("muhammad") == sound_of("mohamed"));
    CHECK(sound_of("vuthy") == sound_of("wuthi"));
    CHECK(sound_of("chea") == sound_of("jea"));
    CHECK(sound_of("anna") != sound_of("maria"));
    CHECK(sound_of(Parts{"sok", "dara"}) == sound_of(Parts{"dara", "sok"}));
}

TEST_CASE("a person is found by another spelling, order or script", "[records][names]") {
    CHECK(finds("Sok Dara", "Dara Sok"));
    CHECK(finds("Sok Dara", "Sokh Tara"));
    CHECK(finds("Sok Dara", "សុខ ដារា"));
    CHECK(finds("សុខ ដារា", "Sok Dara"));
    CHECK(finds("Mohamed Ali", "محمد علي"));
    CHECK(finds("Wang Wei", "王 伟"));
    CHECK(finds("Sok Dara", "Sok Dana"));       // a letter mistyped
    CHECK(finds("Sok Dara", "Sok Chan Dara"));  // a part left out
    CHECK(finds("Sok Chan Dara", "Sok Dara"));
    CHECK(finds("Somchai", "Somchay"));  // one part alone
    CHECK_FALSE(finds("Sok Dara", "Chea Vannak"));
    CHECK_FALSE(finds("Dara", "Sok Chan Vannak"));
}

TEST_CASE("numbers and contacts are keys however they are written", "[records][names]") {
    NameReader reader;
    const auto keys = [&](const json& fields) {
        return likenesses_of(reader, Kind::person, fields);
    };
    CHECK(keys({{"identifiers", {{{"number", "N 123-456"}}}}}) ==
          keys({{"identifiers", {{{"number", "n123456"}}}}}));
    CHECK(keys({{"contacts", {{{"value", "+855 12 345 678"}}}}}) ==
          keys({{"contacts", {{{"value", "012345678"}}}}}));
    CHECK(keys({{"contacts", {{{"value", "A@Example.org"}}}}}) ==
          keys({{"contacts", {{{"value", "a@example.org"}}}}}));
    CHECK(keys({{"role", "witness"}}).empty());
}

TEST_CASE("incidents are near by days, and by months where no more is known", "[records][names]") {
    NameReader reader;
    const auto meet = [&](const char* added, const char* known) {
        const auto near = likenesses_near(reader, Kind::incident, {{"date", added}});
        const auto own = likenesses_of(reader, Kind::incident, {{"date", known}});
        return std::any_of(own.begin(), own.end(), [&](const std::string& key) {
            return std::find(near.begin(), near.end(), key) != near.end();
        });
    };
    CHECK(meet("2019-12-22", "2019-12-24"));
    CHECK_FALSE(meet("2019-12-22", "2019-12-29"));
    CHECK(meet("2019-12-22", "2019-12"));
    CHECK(meet("2019-12", "2019-12-22"));
    CHECK(meet("2019-12", "2019-12"));
    CHECK_FALSE(meet("2019-12-22", "2018"));
    CHECK_FALSE(meet("2019", "2017/2020"));
}

TEST_CASE("a record has a bounded number of keys", "[records][names]") {
    NameReader reader;
    json fields = {{"names", json::array()}};
    for (int i = 0; i < 500; ++i) {
        const auto letter = [&](int n) { return std::string(1, static_cast<char>('a' + n % 26)); };
        fields["names"].push_back({{"text", letter(i) + letter(i / 3) + "k " + letter(i / 7) +
                                                "t " + letter(i / 11) + "m"}});
    }
    CHECK(likenesses_of(reader, Kind::person, fields).size() <= kLikenessesMax);
    CHECK(likenesses_near(reader, Kind::person, fields).size() <= kLikenessesMax * 64);
}

}  // namespace custos::vault
