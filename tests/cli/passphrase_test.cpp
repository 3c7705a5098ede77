// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/passphrase.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

using namespace custos;
using namespace custos::cli;

namespace {

std::string from_line(std::string_view line) {
    start_crypto();
    const SecretBytes passphrase = passphrase_from_line(SecretBytes(bytes_of(line)), "passphrase");
    return to_string(passphrase.reveal());
}

ErrorCode refusal_of(std::string_view line) {
    try {
        (void)from_line(line);
    } catch (const Error& error) {
        if (line.size() > 2) CHECK(std::string(error.what()).find(line) == std::string::npos);
        return error.code();
    }
    return ErrorCode::failed;
}

}  // namespace

TEST_CASE("passphrase_from_line cuts exactly one line end", "[cli][passphrase]") {
    CHECK(from_line("four words\n") == "four words");
    CHECK(from_line("four words\r\n") == "four words");
    CHECK(from_line("four words") == "four words");
    CHECK(from_line(" spaces stay \n") == " spaces stay ");
    CHECK(refusal_of("four\n\n") == ErrorCode::usage);
    CHECK(refusal_of("four\r\r\n") == ErrorCode::usage);
}

TEST_CASE("passphrase_from_line gives the same bytes for the same letters", "[cli][passphrase]") {
    CHECK(from_line("caf\u00e9") == from_line("cafe\u0301"));
    CHECK(from_line("\u1112\u1161\u11ab") == "\ud55c");
    CHECK(from_line("ផ្ទះ") == "ផ្ទះ");
    // U+1D160 grows most of all: 4 bytes of UTF-8 become 12.
    std::string grows;
    for (int i = 0; i < 256; ++i) grows += "\U0001D160";
    CHECK(from_line(grows).size() == 3 * grows.size());
}

TEST_CASE("passphrase_from_line refuses what is no line of text", "[cli][passphrase]") {
    for (const std::string_view line :
         {std::string_view(""), std::string_view("\n"), std::string_view("\r\n"),
          std::string_view("first\nsecond\n"), std::string_view("a\0b", 3),
          std::string_view("caf\xe9"), std::string_view("\xed\xa0\x80 x")}) {
        CHECK(refusal_of(line) == ErrorCode::usage);
    }
}

TEST_CASE("passphrase_from_line takes 1024 bytes and not one more", "[cli][passphrase]") {
    CHECK(from_line(std::string(kPassphraseSizeMax, 'x')).size() == kPassphraseSizeMax);
    CHECK(from_line(std::string(kPassphraseSizeMax, 'x') + "\r\n").size() == kPassphraseSizeMax);
    CHECK(refusal_of(std::string(kPassphraseSizeMax + 1, 'x')) == ErrorCode::usage);
}
