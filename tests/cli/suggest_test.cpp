// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/suggest.h"

#include <catch2/catch_test_macros.hpp>

using namespace custos::cli;

namespace {
const std::vector<std::string> kWords = {"add",    "attach", "backup create",
                                         "search", "status", "statement check"};
}

TEST_CASE("nearest finds a word behind one typing error", "[cli][suggest]") {
    for (const char* typed : {"serach", "searc", "seaarch", "zearch"}) {
        CHECK(nearest(typed, kWords).at(0) == "search");
    }
    CHECK(nearest("stat", kWords).size() == 2);
    CHECK(nearest("ad", kWords) == std::vector<std::string>{"add"});
}

TEST_CASE("nearest offers nothing for what is far from everything", "[cli][suggest]") {
    CHECK(nearest("xyzzy", kWords).empty());
    CHECK(nearest("", kWords).empty());
    CHECK(nearest(std::string(100'000, 's'), kWords).empty());
}

TEST_CASE("did_you_mean is a question", "[cli][suggest]") {
    CHECK(did_you_mean("serach", kWords) == "did you mean search?");
    CHECK(did_you_mean("stat", kWords) == "did you mean statement check, or status?");
    CHECK(did_you_mean("xyzzy", kWords).empty());
}
