// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/fingerprint.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "sample.h"

namespace custos::vault::publish {

// The example of the article on the PGP word list in Wikipedia.
TEST_CASE("fingerprint words are those of the PGP word list", "[publish][fingerprint]") {
    CHECK(pgp_words(*crypto::from_hex("e58294f2e9a227486e8b061b31cc528fd7fa3f19")) ==
          "topmost Istanbul Pluto vagabond treadmill Pacific brackish dictator goldfish Medusa "
          "afflict bravado chatter revolver Dupont midsummer stopwatch whimsical cowbell "
          "bottomless");
    CHECK(pgp_words({}).empty());
}

TEST_CASE("fingerprint words are of the first half of the fingerprint", "[publish][fingerprint]") {
    const auto key = crypto::minisign::public_key_of(test::sample_key());
    std::string digits = fingerprint_of(key).substr(0, 39);
    std::erase(digits, ' ');
    CHECK(fingerprint_words(key) == pgp_words(*crypto::from_hex(digits)));
}

TEST_CASE("the words of a key stand out of a text where they are the key's, and nowhere else",
          "[publish][fingerprint]") {
    const auto key = crypto::minisign::public_key_of(test::sample_key());
    const std::string words = fingerprint_words(key);
    std::string broken = words;
    broken.replace(broken.find(' '), 1, "\n  ");
    for (const std::string& text : {words, broken}) {
        const std::string rest = without_fingerprint_words("a\n<dd>" + text + "</dd>b", key);
        CHECK(rest.find_first_not_of(". \n", 6) == text.size() + 6);
        CHECK(rest.size() == text.size() + 12);
    }
    const std::string word = words.substr(0, words.find(' '));
    const std::size_t last = words.rfind(' ');
    for (const std::string& text :
         {word, word + " " + word, words.substr(word.size() + 1), words.substr(0, last),
          words.substr(0, last) + " x", "x" + words, words + "x",
          words.substr(0, last) + "," + words.substr(last), "An" + words.substr(word.size())}) {
        INFO(text);
        CHECK(without_fingerprint_words(text, key) == text);
    }
    CHECK(without_fingerprint_words(word + " " + words + " " + word, key).find(word, 1) ==
          word.size() + words.size() + 2);
}

}  // namespace custos::vault::publish
