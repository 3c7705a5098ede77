// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/fold.h"

#include <catch2/catch_test_macros.hpp>

namespace custos::vault::publish {
namespace {

std::string folded(std::string_view text, Reading reading = Reading::letters) {
    Folder folder;
    Folded out;
    folder.fold(text, reading, out);
    return out.letters.substr(0, out.size());
}

}  // namespace

TEST_CASE("fold gives one form to letters that readers take for one", "[publish][fold]") {
    CHECK(folded("S. o-k  CHÁN") == "sokchan");
    CHECK(folded("Ｓｏｋ") == "sok");  // full width
    CHECK(folded("ﬁnd Æsir Straße Łódź Øre") == "findaesirstrasselodzore");
    CHECK(folded("so\u200Bk\u00ADc\u2060han") == "sokchan");  // invisible
    CHECK(folded("Sоk") == "sok");                            // Cyrillic o
    CHECK(folded("Sok\u0301") == "sok");                      // combining mark
    CHECK(folded("٠١٢ ០១២ ๐๑๒ ०१२") == "012012012012");       // digits of four scripts
    CHECK(folded("ИЙЁ") == folded("иие"));
    CHECK(folded("Ελένη") == folded("ΕΛΕΝΗ"));
    CHECK(folded("مُحَمَّد") == folded("محمد"));
    CHECK(folded("علی") == folded("علي"));
    CHECK(folded("İıI") == "iii");
}

TEST_CASE("fold keeps the vowels of scripts that write them as marks", "[publish][fold]") {
    CHECK(folded("សុខ") != folded("សខ"));
    CHECK(folded("ชาติ") != folded("ชาต"));
}

TEST_CASE("fold by shape sees the letter that a reader sees", "[publish][fold]") {
    CHECK(folded("ΕΛΕNΗ", Reading::shapes).find('h') != std::string::npos);
    CHECK(folded("Ηope", Reading::shapes) == "hope");  // begins with a Greek capital eta
}

TEST_CASE("fold marks where words begin", "[publish][fold]") {
    Folder folder;
    Folded out;
    folder.fold("Ab cD-9x", Reading::letters, out);

    REQUIRE(out.letters.substr(0, out.size()) == "abcd9x");
    CHECK(out.edge(0) == Edge::hard);
    CHECK(out.edge(1) == Edge::none);
    CHECK(out.edge(2) == Edge::hard);
    CHECK(out.edge(3) == Edge::soft);
    CHECK(out.edge(4) == Edge::hard);
    CHECK(out.edge(5) == Edge::soft);
    CHECK(out.edge(6) == Edge::hard);
    CHECK(out.source_of(4) == 6);
}

TEST_CASE("fold takes every character of a script without spaces for a beginning",
          "[publish][fold]") {
    Folder folder;
    Folded out;
    folder.fold("王明村", Reading::letters, out);

    CHECK(out.starts.size() == 3);
    for (const Folded::Start& start : out.starts) CHECK(out.edge(start.letter) == Edge::hard);
}

TEST_CASE("fold passes bytes that are no UTF-8", "[publish][fold]") {
    CHECK(folded("a\xFF\xC3z") == "az");
    CHECK(folded(std::string_view("a\0b", 3)) == "ab");
    CHECK(folded("") == "");
}

}  // namespace custos::vault::publish
