// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/pieces.h"

#include <algorithm>
#include <map>
#include <random>
#include <string>

#include <catch2/catch_test_macros.hpp>

namespace custos::vault::publish {
namespace {

constexpr std::size_t kBehind = 40;

// Words of several scripts, of which none, few or very many stand together.
std::string long_text() {
    static constexpr std::array<std::string_view, 9> kWords = {
        "the ", "Sorithea", "สมชาย", "Марина ", "aB1", "0142\n", "\xFF", "  \n\n ", "e\u0301"};
    std::mt19937 random(7);
    std::string text;
    while (text.size() < 400'000) text += kWords.at(random() % kWords.size());
    text += std::string(150'000, 'x') + std::string(150'000, ' ') + "Vann";
    text += std::string(70'000, '\n') + "Sorithea";
    return text;
}

// The letters that stand behind each place of a text.
using Seen = std::map<std::size_t, std::string>;

std::string behind(const Folded& folded, std::size_t letter) {
    return folded.letters.substr(letter, std::min(kBehind, folded.size() - letter));
}

void look_through(std::string_view text, Range span, Seen& seen) {
    Folder folder;
    Folded folded;
    Pieces pieces(folder, folded, text, span, Reading::letters, kBehind);
    while (pieces.next()) {
        const Stretch stretch = pieces.stretch();
        REQUIRE(stretch.first < stretch.last);
        REQUIRE(folded.edge(folded.starts[stretch.first].letter) == Edge::hard);
        for (std::size_t i = stretch.first; i < stretch.last; ++i) {
            const Folded::Start& start = folded.starts[i];
            REQUIRE(seen.emplace(start.source, behind(folded, start.letter)).second);
        }
    }
}

}  // namespace

TEST_CASE("pieces show each place of a text once, with what stands behind it",
          "[publish][pieces]") {
    const std::string text = long_text();
    Folder folder;
    Folded whole;
    folder.fold(text, Reading::letters, whole);
    Seen wanted;
    for (const Folded::Start& start : whole.starts)
        wanted.emplace(start.source, behind(whole, start.letter));

    for (const std::size_t cut :
         {std::size_t{0}, next_gap(text, text.size() / 3), next_gap(text, 450'000), text.size()}) {
        INFO("cut at " << cut);
        Seen seen;
        look_through(text, {0, cut}, seen);
        look_through(text, {cut, text.size()}, seen);
        CHECK(seen == wanted);
    }
}

TEST_CASE("pieces of nothing are none", "[publish][pieces]") {
    for (const std::string_view text : {"", "   ", "\n"}) {
        Seen seen;
        look_through(text, {0, text.size()}, seen);
        CHECK(seen.empty());
    }
}

}  // namespace custos::vault::publish
