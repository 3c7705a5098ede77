// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/decode.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

namespace custos::vault::publish {
namespace {

bool some_view_holds(std::string_view bytes, std::string_view text) {
    const auto views = decoded_views(bytes);
    return std::any_of(views.begin(), views.end(),
                       [&](const View& view) { return view.text.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("decode reads entities, percent signs, escapes, base64, hexadecimal and UTF-16",
          "[publish][decode]") {
    CHECK(some_view_holds("&#83;or&#x69;thea", "Sorithea"));
    CHECK(some_view_holds("&#83or&#X0069thea", "Sorithea"));
    CHECK(some_view_holds("Sorith&eacute;a", "Sorithéa"));
    CHECK(some_view_holds("%53ori%74hea", "Sorithea"));
    CHECK(some_view_holds(R"(\u0053ori\x74hea)", "Sorithea"));
    CHECK(some_view_holds(R"(\ud83d\ude00 \u{53}orithea)", "\U0001F600 Sorithea"));
    CHECK(some_view_holds("data:text/plain;base64,TXIuIFNvcml0aGVh", "Sorithea"));
    CHECK(some_view_holds("536f726974686561", "Sorithea"));
    CHECK(some_view_holds(std::string_view("S\0o\0r\0i\0t\0h\0e\0a\0", 16), "Sorithea"));
    CHECK(some_view_holds(std::string_view("\0S\0o\0r\0i\0t\0h\0e\0a", 16), "Sorithea"));
    CHECK(
        some_view_holds("Sorith\xE9"
                        "a",
                        "Sorithéa"));
    CHECK(some_view_holds("So<b class='x'>ri</b>thea", "So ri thea"));
}

TEST_CASE("decode reads encodings within encodings", "[publish][decode]") {
    CHECK(some_view_holds("%26%2383%3Borithea", "Sorithea"));                // &#83;orithea
    CHECK(some_view_holds("UwBvAHIAaQB0AGgAZQBhAA==", "Sorithea"));          // UTF-16 in base64
    CHECK(some_view_holds("JTUzb3JpdGhlYSBpcyBoZXJl", "Sorithea is here"));  // percent in base64
}

TEST_CASE("decode reads base64 over the ends of its lines", "[publish][decode]") {
    CHECK(some_view_holds("VHdvIG1lbiBhcHByb2FjaGVkIHRoZSBhY3RpdmlzdCBhbmQgTXIu\r\nIFNvcml0aGVh",
                          "and Mr. Sorithea"));
}

TEST_CASE("decode says where in the file a text stands", "[publish][decode]") {
    const auto views = decoded_views("ab &#83;orithea");
    REQUIRE(views.size() == 1);
    CHECK(views.front().form == "entities");
    CHECK(views.front().text == "ab Sorithea");
    CHECK(views.front().source_of(0) == 0);
    CHECK(views.front().source_of(3) == 3);
    CHECK(views.front().source_of(4) == 8);
}

TEST_CASE("decode finds nothing in plain text", "[publish][decode]") {
    CHECK(decoded_views("Two men approached the activist at about half past nine.").empty());
    CHECK(decoded_views("").empty());
}

TEST_CASE("decode ends, whatever it is fed", "[publish][decode]") {
    std::string nested = "Sorithea";
    for (int i = 0; i < 50; ++i) nested = "%26amp;" + nested + "&lt;b&gt;";
    CHECK(decoded_views(nested).size() < 100);
    CHECK(decoded_views(std::string(100'000, '&')).empty());
    CHECK(decoded_views(std::string(100'000, '<')).empty());
}

}  // namespace custos::vault::publish
