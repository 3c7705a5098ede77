// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/words.h"

#include <string>
#include <string_view>
#include <vector>

#include <catch2/catch_test_macros.hpp>

namespace custos::vault::publish {
namespace {

std::uint64_t hash_of(std::uint64_t number) {
    return hash_of_bytes({reinterpret_cast<const char*>(&number), sizeof number});
}

}  // namespace

TEST_CASE("words of a text are what stands between hard edges", "[publish][words]") {
    Folder folder;
    Folded folded;
    folder.fold("Anna-Maria McDonald, 2nd ដល់", Reading::letters, folded);
    WordMemo memo;
    std::vector<std::string> words;
    std::vector<bool> whole;
    each_word(folded, {0, folded.starts.size()}, memo, [&](const Word& word) {
        words.push_back(folded.letters.substr(word.begin, word.size()));
        whole.push_back(word.is_whole());
    });
    CHECK(words == std::vector<std::string>{"anna", "maria", "mcdonald", "2nd", "ដ", "ល់"});
    CHECK(whole == std::vector<bool>{true, true, false, false, true, true});
}

TEST_CASE("a memo knows what it was told of each word, or nothing", "[publish][words]") {
    WordMemo memo;
    CHECK(memo.of(hash_of(1)) == 0);
    constexpr std::uint64_t kFew = 100'000;
    for (std::uint64_t i = 0; i < kFew; ++i)
        memo.set(hash_of(i), static_cast<WordMemo::Bits>(i % 255 + 1));
    for (std::uint64_t i = 0; i < kFew; ++i) REQUIRE(memo.of(hash_of(i)) == i % 255 + 1);
    for (std::uint64_t i = kFew; i < 2 * kFew; ++i) REQUIRE(memo.of(hash_of(i)) == 0);
    memo.set(hash_of(7), 9);
    CHECK(memo.of(hash_of(7)) == 9);
    memo.clear();
    CHECK(memo.of(hash_of(7)) == 0);

    // More than it may hold: it forgets, and says nothing wrong.
    constexpr std::uint64_t kMany = 6'000'000;
    for (std::uint64_t i = 0; i < kMany; ++i) memo.set(hash_of(i), 1);
    CHECK(memo.of(hash_of(0)) == 0);
    CHECK(memo.of(hash_of(kMany - 1)) == 1);
}

}  // namespace custos::vault::publish
