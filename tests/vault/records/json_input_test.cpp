// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/json_input.h"

#include <string>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/check.h"

namespace custos::vault {
namespace {

std::string refusal_of(std::string_view text, std::size_t first_line = 1) {
    try {
        (void)parse_json(text, first_line);
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::usage);
        return error.what();
    }
    return "taken";
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

std::string array_of(std::size_t items) {
    std::string text = "[";
    for (std::size_t i = 0; i < items; ++i) text += i == 0 ? "0" : ",0";
    return text + "]";
}

std::string object_of(std::size_t entries) {
    std::string text = "{";
    for (std::size_t i = 0; i < entries; ++i)
        text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":0";
    return text + "}";
}

}  // namespace

TEST_CASE("json input is read as it is written", "[records][json]") {
    const std::string text = R"({"a":[1,-2,true,null,"x\ny","\u1781"],"b":{"c":{}}})";
    CHECK(parse_json(text) == nlohmann::json::parse(text));
    CHECK(parse_json(" \n 7 ") == 7);
    CHECK(parse_json("\"\xE1\x9E\x81\"") == "\u1781");
}

TEST_CASE("json input refuses a key that is there twice, at its place", "[records][json]") {
    CHECK(refusal_of("{\"date\":1,\n \"date\":2}") ==
          "not valid JSON at line 2, column 2: the key \"date\" is there twice");
    CHECK(refusal_of("{\"a\":{\"b\":1,\"b\":1}}") != "taken");
    CHECK(refusal_of("{\"a\":1,\"\\u0061\":1}") != "taken");  // the same key, escaped
    CHECK(refusal_of("{\"a\":{\"b\":1},\"b\":1}") == "taken");
}

TEST_CASE("json input refuses numbers that readers take differently", "[records][json]") {
    CHECK(refusal_of("[1.5]").find("write it as text") != std::string::npos);
    CHECK(refusal_of("[1e3]").find("write it as text") != std::string::npos);
    CHECK(refusal_of("[1.0]") != "taken");
    CHECK(refusal_of("[-0.0]") != "taken");
    CHECK(parse_json("[9007199254740991]")[0] == kIntegerMax);
    CHECK(parse_json("[-9007199254740991]")[0] == -kIntegerMax);
    for (const char* text : {"[9007199254740992]", "[-9007199254740992]", "[18446744073709551615]",
                             "[18446744073709551616]", "[99999999999999999999999999]",
                             "[-99999999999999999999999999]"}) {
        CHECK(refusal_of(text).find("beyond 2^53") != std::string::npos);
    }
    for (const char* text :
         {"[01]", "[+1]", "[.5]", "[1.]", "[NaN]", "[Infinity]", "[0x10]", "[-]"})
        CHECK(refusal_of(text) != "taken");
}

TEST_CASE("json input stops one past each limit", "[records][json]") {
    CHECK(refusal_of(nested(kJsonDepthMax)) == "taken");
    CHECK(refusal_of(nested(kJsonDepthMax + 1)).find("nested more than 16 deep") !=
          std::string::npos);
    CHECK(refusal_of(std::string(1'000'000, '[')).find("nested") != std::string::npos);
    CHECK(refusal_of(array_of(kJsonItemsMax)) == "taken");
    CHECK(refusal_of(array_of(kJsonItemsMax + 1)) != "taken");
    CHECK(refusal_of(object_of(kJsonItemsMax)) == "taken");
    CHECK(refusal_of(object_of(kJsonItemsMax + 1)) != "taken");
    CHECK(refusal_of("\"" + std::string(kTextSizeMax, 'x') + "\"") == "taken");
    CHECK(refusal_of("\"" + std::string(kTextSizeMax + 1, 'x') + "\"") != "taken");
    const std::string padded = std::string(kJsonSizeMax - 2, ' ') + "[]";
    CHECK(refusal_of(padded) == "taken");
    CHECK(refusal_of(" " + padded).find("longer than 8 MiB") != std::string::npos);
}

TEST_CASE("json input refuses what is no JSON without repeating it", "[records][json]") {
    const std::string secret = "Sokhara";
    for (const std::string& text :
         {std::string(), std::string("{"), "{\"" + secret, "[" + secret + "]", "{" + secret + ":1}",
          "[\"" + secret + "\",]", "[1] \"" + secret + "\"", "'" + secret + "'",
          "// " + secret + "\n1", "\"" + secret + "\xFF\"", "\"" + secret + "\n\"",
          std::string("\"\\ud800\""), std::string("\"\xED\xA0\x80\""), std::string("\"\\x\""),
          std::string("[1,2") + '\0' + "]", "[1." + secret + "]", "[-" + secret,
          "\"; expected " + secret, "{\"a\":1 \"; expected " + secret + "\""}) {
        const std::string refusal = refusal_of(text);
        INFO(text);
        CHECK(refusal.rfind("not valid JSON at line ", 0) == 0);
        CHECK(refusal.find(secret) == std::string::npos);
    }
    CHECK(refusal_of("{\"a\":1", 41).rfind("not valid JSON at line 41, column ", 0) == 0);
    CHECK(refusal_of("\"\xFF\"").find("UTF-8") != std::string::npos);
}

TEST_CASE("json input reads every escape as the library does", "[records][json]") {
    for (int unit = 0; unit < 0x10000; ++unit) {
        if (unit >= 0xD800 && unit <= 0xDFFF) continue;
        constexpr const char* kHex = "0123456789aBcDeF";
        const std::string text = std::string("\"\\u") + kHex[unit >> 12] + kHex[unit >> 8 & 15] +
                                 kHex[unit >> 4 & 15] + kHex[unit & 15] + "\"";
        REQUIRE(parse_json(text) == nlohmann::json::parse(text));
    }
    for (const char* text : {R"("\ud83d\ude00")", R"("\udbff\udfff")", R"("\"\\\/\b\f\n\r\t")"})
        CHECK(parse_json(text) == nlohmann::json::parse(text));
    for (const char* text :
         {R"("\ude00\ud83d")", R"("\ud83d")", R"("\ud83dx")", R"("\ud83d\n")", R"("\ud83d\ud83d")",
          R"("\u12")", R"("\u12g4")", R"("\U0041")", R"("\a")", R"("\)"}) {
        CHECK(refusal_of(text) != "taken");
    }
}

TEST_CASE("json input takes and refuses each text of four of these characters as the library does",
          "[records][json]") {
    const std::string alphabet = "[]{}\",:\\ 0-1nu\n";
    std::string text(4, ' ');
    std::size_t taken = 0;
    for (const char a : alphabet) {
        for (const char b : alphabet) {
            for (const char c : alphabet) {
                for (const char d : alphabet) {
                    text = {a, b, c, d};
                    const bool ours = refusal_of(text) == "taken";
                    REQUIRE(ours == nlohmann::json::accept(text));
                    if (ours) REQUIRE(parse_json(text) == nlohmann::json::parse(text));
                    taken += ours ? 1 : 0;
                }
            }
        }
    }
    CHECK(taken > 100);
}

TEST_CASE("json input truncated anywhere is refused", "[records][json]") {
    const std::string text = R"({"a":[1,-2,true,null,"x\ny","ខ"],"b":{"c":{}}})";
    for (std::size_t size = 0; size < text.size(); ++size)
        REQUIRE(refusal_of(text.substr(0, size)) != "taken");
}

}  // namespace custos::vault
