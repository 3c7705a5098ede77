// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <array>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

using namespace custos;
using namespace custos::cli;

namespace {

constexpr std::array kOptions = {
    Option{"dry-run", 'n', Takes::nothing, "", "do nothing"},
    Option{"limit", '\0', Takes::value, "N", "at most N"},
    Option{"set", 's', Takes::values, "FIELD=VALUE", "a field"},
};

Arguments parsed(const std::vector<std::string>& given) {
    return Arguments::parse(kOptions, given);
}

std::string message_of(const std::vector<std::string>& given) {
    try {
        (void)parsed(given);
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::usage);
        return error.what();
    }
    return "no error";
}

}  // namespace

TEST_CASE("arguments keep options and words apart in any order", "[cli][arguments]") {
    const Arguments arguments =
        parsed({"one", "--limit", "5", "two", "--dry-run", "--set=a=1", "-s", "b=2"});

    CHECK(arguments.words() == std::vector<std::string>{"one", "two"});
    CHECK(arguments.has("dry-run"));
    CHECK(arguments.number("limit", 0, 100) == 5);
    CHECK(arguments.texts("set") == std::vector<std::string>{"a=1", "b=2"});
    CHECK_FALSE(arguments.maybe("nothing").has_value());
}

TEST_CASE("arguments never split a value at a comma", "[cli][arguments]") {
    const Arguments arguments = parsed({"--set", "name=Sok, Chan", "--set", ""});

    CHECK(arguments.texts("set") == std::vector<std::string>{"name=Sok, Chan", ""});
}

TEST_CASE("arguments take the next word as the value, whatever it looks like", "[cli][arguments]") {
    CHECK(parsed({"--set", "--limit"}).texts("set") == std::vector<std::string>{"--limit"});
    CHECK(parsed({"--limit", "-"}).text("limit") == "-");
    CHECK(parsed({"-s", "-x"}).texts("set") == std::vector<std::string>{"-x"});
    CHECK(parsed({"-"}).words() == std::vector<std::string>{"-"});
}

TEST_CASE("arguments take everything behind -- as words", "[cli][arguments]") {
    const Arguments arguments = parsed({"--limit", "1", "--", "--set", "-n"});

    CHECK(arguments.words() == std::vector<std::string>{"--set", "-n"});
    CHECK_FALSE(arguments.has("dry-run"));
}

TEST_CASE("arguments refuse what they do not know, by name", "[cli][arguments]") {
    CHECK(message_of({"--limits", "5"}) == "unknown option --limits");
    CHECK(message_of({"--limits=5"}) == "unknown option --limits");
    CHECK(message_of({"--limit"}).find("limit") != std::string::npos);
    CHECK(message_of({"--dry-run=perhaps"}).find("perhaps") != std::string::npos);
    CHECK(message_of({"-x"}).find("x") != std::string::npos);
}

TEST_CASE("arguments take the last of a value given twice", "[cli][arguments]") {
    CHECK(parsed({"--limit", "1", "--limit", "2"}).text("limit") == "2");
    CHECK(parsed({}).text("limit", "otherwise") == "otherwise");
}

TEST_CASE("decimal takes digits only, up to the limit and not beyond", "[cli][arguments]") {
    CHECK(decimal("0", 10) == 0U);
    CHECK(decimal("10", 10) == 10U);
    CHECK_FALSE(decimal("11", 10).has_value());
    CHECK(decimal("18446744073709551615", UINT64_MAX) == UINT64_MAX);
    CHECK_FALSE(decimal("18446744073709551616", UINT64_MAX).has_value());
    for (const char* text :
         {"", "-1", "+1", " 1", "1 ", "1e3", "0x1", "1.0", "999999999999999999999"}) {
        CHECK_FALSE(decimal(text, UINT64_MAX).has_value());
    }
    CHECK_THROWS_AS(parsed({"--limit", "x"}).number("limit", 0, 9), Error);
}
