// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/armor.h"

#include <string>

#include <catch2/catch_test_macros.hpp>

#include "crypto/random.h"

using namespace custos;
using namespace custos::crypto::age;

namespace {

std::string with_crlf(const std::string& text) {
    std::string changed;
    for (const char c : text) changed += c == '\n' ? std::string("\r\n") : std::string(1, c);
    return changed;
}

}  // namespace

TEST_CASE("dearmor reads what armor wrote, for every length of the last line",
          "[crypto][age][armor]") {
    for (std::size_t size = 0; size < 150; ++size) {
        const Bytes file = crypto::random_bytes(size);
        const std::string text = armor(file);
        CHECK(dearmor(text) == file);
        CHECK(dearmor(with_crlf(text)) == file);
        CHECK(dearmor(text.substr(0, text.size() - 1)) == file);
        CHECK(looks_armored(bytes_of(text)));
    }
}

TEST_CASE("armor breaks lines after 64 characters", "[crypto][age][armor]") {
    CHECK(armor(Bytes(49, 0)) == "-----BEGIN AGE ENCRYPTED FILE-----\n" + std::string(64, 'A') +
                                     "\nAA==\n-----END AGE ENCRYPTED FILE-----\n");
}

TEST_CASE("dearmor takes white space around armor, up to its limit", "[crypto][age][armor]") {
    const Bytes file = crypto::random_bytes(40);
    const std::string text = armor(file);
    const std::string margin(kArmorMarginMax, ' ');
    CHECK(dearmor(margin + text) == file);
    CHECK(looks_armored(bytes_of(margin + text)));
    CHECK(dearmor(text.substr(0, text.size() - 1) + margin) == file);

    CHECK_FALSE(dearmor(" " + margin + text));
    CHECK_FALSE(looks_armored(bytes_of(" " + margin + text)));
    CHECK_FALSE(dearmor(text + margin));
    CHECK_FALSE(dearmor(""));
    CHECK_FALSE(dearmor(margin));
}

TEST_CASE("dearmor refuses every truncation", "[crypto][age][armor]") {
    const std::string text = armor(crypto::random_bytes(100));
    for (std::size_t size = 0; size + 1 < text.size(); ++size) {
        INFO(size);
        CHECK_FALSE(dearmor(text.substr(0, size)));
    }
}

TEST_CASE("dearmor never reads a changed text as the same file", "[crypto][age][armor]") {
    const Bytes file = crypto::random_bytes(100);
    const std::string text = armor(file);
    for (std::size_t at = 0; at < text.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string changed = text;
            changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
            // The last line feed is white space around, and may be other white space.
            if (at + 1 == text.size()) continue;
            INFO(at << " " << bit);
            CHECK(dearmor(changed) != file);
        }
    }
}

TEST_CASE("dearmor refuses two, and text between", "[crypto][age][armor]") {
    const std::string text = armor(crypto::random_bytes(100));
    CHECK_FALSE(dearmor(text + text));
    CHECK_FALSE(dearmor(text + "more"));
    CHECK_FALSE(dearmor("more\n" + text));
}

TEST_CASE("dearmor refuses lines of more, and of fewer, than 64 characters",
          "[crypto][age][armor]") {
    const auto with_lines = [](const std::string& lines) {
        return dearmor("-----BEGIN AGE ENCRYPTED FILE-----\n" + lines +
                       "\n-----END AGE ENCRYPTED FILE-----\n");
    };
    CHECK(with_lines(std::string(64, 'A') + "\nAAAA"));
    CHECK_FALSE(with_lines(std::string(68, 'A')));
    CHECK_FALSE(with_lines(std::string(60, 'A') + "\nAAAA"));
}
