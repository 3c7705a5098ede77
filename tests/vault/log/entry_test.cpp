// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/log/entry.h"

#include <catch2/catch_test_macros.hpp>

namespace custos::vault {
namespace {

Entry sample() {
    Entry entry;
    entry.index = 7;
    entry.log.fill(0xab);
    entry.time = 1'577'025'000'123;
    entry.author.fill(0x01);
    entry.verb = Verb::revise;
    entry.subject = "T-7K3QD0000000000000000000ZZ";
    entry.parents = {3, 5};
    entry.body = body_digest(bytes_of("0123456789abcdef"), bytes_of("{}"));
    return entry;
}

}  // namespace

TEST_CASE("entry has one text, sorted and without white space", "[vault][log]") {
    const std::string text = encode(sample());

    CHECK(text ==
          "{\"author\":\"01010101010101010101010101010101\",\"body\":"
          "\"3601f574200e4788f443bfeee30e4188fae7330554764a6388d31c0e497943cc\",\"format\":1,"
          "\"index\":7,"
          "\"log\":\"abababababababababababababababab\",\"parents\":[3,5],\"subject\":"
          "\"T-7K3QD0000000000000000000ZZ\",\"time\":\"2019-12-22T14:30:00.123Z\",\"verb\":"
          "\"revise\"}");
    const auto back = decode_entry(bytes_of(text));
    REQUIRE(back);
    CHECK(encode(*back) == text);
    CHECK(back->parents == std::vector<std::uint64_t>{3, 5});
}

TEST_CASE("entry refuses every other text of the same object", "[vault][log]") {
    const std::string text = encode(sample());
    for (std::size_t i = 0; i <= text.size(); ++i) {
        std::string spaced = text;
        spaced.insert(i, " ");
        REQUIRE_FALSE(decode_entry(bytes_of(spaced)));
        REQUIRE_FALSE(decode_entry(
            bytes_of(std::string_view(text).substr(0, i)).first(i == text.size() ? i - 1 : i)));
    }
    std::string twice = text;
    twice.insert(1, "\"format\":1,");
    CHECK_FALSE(decode_entry(bytes_of(twice)));
    CHECK_FALSE(decode_entry(bytes_of("[]")));
    CHECK_FALSE(decode_entry(bytes_of("")));
    std::string upper = text;
    upper[upper.find("abab")] = 'A';
    CHECK_FALSE(decode_entry(bytes_of(upper)));
}

TEST_CASE("entry refuses one parent more than the limit", "[vault][log]") {
    Entry entry = sample();
    entry.parents.assign(kParentsMax, 1);
    CHECK(decode_entry(bytes_of(encode(entry))));
    entry.parents.push_back(1);
    CHECK_FALSE(decode_entry(bytes_of(encode(entry))));
}

TEST_CASE("entry verbs have texts that lead back to them", "[vault][log]") {
    for (int i = 0; i <= static_cast<int>(Verb::unmerge); ++i) {
        const auto verb = static_cast<Verb>(i);
        CHECK(verb_named(name_of(verb)) == verb);
    }
    CHECK_FALSE(verb_named("delete"));
}

}  // namespace custos::vault
