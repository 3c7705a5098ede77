// SPDX-License-Identifier: GPL-3.0-or-later
// Every way to mistype a name, against a distance that is worked out the long way.
#include "vault/publish/near_names.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "sample.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/utf8.h"

namespace custos::vault::publish {
namespace {

std::u32string letters_of(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) out += next_character(text, at);
    return out;
}

std::string text_of(std::u32string_view letters) {
    std::string out;
    for (const char32_t c : letters) append_utf8(out, c);
    return out;
}

// Everything that one error makes of the letters.
std::set<std::u32string> mistyped(const std::u32string& letters, char32_t wrong) {
    std::set<std::u32string> all;
    for (std::size_t i = 0; i <= letters.size(); ++i) {
        all.insert(letters.substr(0, i) + wrong + letters.substr(i));
        if (i == letters.size()) break;
        all.insert(letters.substr(0, i) + letters.substr(i + 1));
        all.insert(letters.substr(0, i) + wrong + letters.substr(i + 1));
        if (i + 1 == letters.size()) break;
        std::u32string swapped = letters;
        std::swap(swapped[i], swapped[i + 1]);
        all.insert(swapped);
    }
    return all;
}

// How many insertions, deletions, substitutions and swaps, none within another, make one of the
// other: the whole table.
std::size_t errors_between(const std::u32string& a, const std::u32string& b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            std::size_t least = table[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            least = std::min({least, table[i - 1][j] + 1, table[i][j - 1] + 1});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                least = std::min(least, table[i - 2][j - 2] + 1);
            table[i][j] = least;
        }
    }
    return table[a.size()][b.size()];
}

struct Name {
    const char* letters;  // small
    char32_t capital;
    char32_t wrong;  // a letter that it does not have
};

bool is_found(LeakScan& scan, const std::u32string& word) {
    return !scan.scan_text("It was " + text_of(word) + " who left.", "f").empty();
}

LeakScan scan_for(const Name& name) {
    return LeakScan({test::person("P-AAAAA", "P3", "Ab " + std::string(name.letters))}, {});
}

}  // namespace

TEST_CASE("every two typing errors in a long name are found", "[publish][leak]") {
    for (const Name& name : {Name{"katherine", U'K', U'q'}, Name{"chanthavong", U'C', U'q'},
                             Name{"александров", U'А', U'ц'}}) {
        const std::u32string own = letters_of(name.letters);
        REQUIRE(own.size() >= kTwiceMistypedMin);
        LeakScan scan = scan_for(name);
        std::size_t tried = 0;
        for (const std::u32string& once : mistyped(own, name.wrong)) {
            for (std::u32string twice : mistyped(once, name.wrong)) {
                if (errors_between(own, twice) > 2) continue;  // one error within the other
                if (twice[0] != own[0]) continue;  // a capital for every letter is not worth it
                twice[0] = name.capital;
                ++tried;
                INFO(text_of(twice));
                CHECK(is_found(scan, twice));
            }
        }
        CHECK(tried > 400);
    }
}

TEST_CASE("every typing error in a name of five letters is found that leaves it five or more",
          "[publish][leak]") {
    const Name name{"sokha", U'S', U'q'};
    const std::u32string own = letters_of(name.letters);
    LeakScan scan = scan_for(name);
    for (std::u32string once : mistyped(own, name.wrong)) {
        if (once.size() < own.size()) continue;
        once[0] = once[0] - U'a' + U'A';
        INFO(text_of(once));
        CHECK(is_found(scan, once));
    }
}

TEST_CASE("what is further from a name than its length allows is no typing error of it",
          "[publish][leak]") {
    LeakScan scan({test::person("P-AAAAA", "P3", "Ab Katherine"),
                   test::person("P-BBBBB", "P3", "Ab Sovannra")},
                  {});
    for (const char* text : {"Kaqherqne", "Sovannqa"}) CHECK(is_found(scan, letters_of(text)));
    // Three errors; two in a name of eight letters; two in a word that begins small.
    for (const char* text : {"Kaqhqrqne", "Sqvannqa", "kaqherqne"})
        CHECK_FALSE(is_found(scan, letters_of(text)));
}

}  // namespace custos::vault::publish
