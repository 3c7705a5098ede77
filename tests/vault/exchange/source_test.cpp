// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/source.h"

#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/open_vault.h"

namespace custos::vault {
namespace {

std::vector<std::string> lines_of(const Source& source, std::size_t limit) {
    std::vector<std::string> lines;
    LineReader reader(source, limit);
    while (reader.next()) {
        const Line& line = reader.line();
        lines.push_back(std::to_string(line.number) + ":" +
                        (line.too_long ? "LONG" : std::string(line.text)));
    }
    CHECK(reader.at() == source.size());
    return lines;
}

Source file_with(const ScratchDirectory& scratch, const std::string& text) {
    const Path path = scratch.path / "input";
    write_new_file(path, bytes_of(text));
    return Source(File::open(path));
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("lines end with LF or CR LF and blank ones are counted", "[exchange][source]") {
    CHECK(lines_of(Source(""), 10).empty());
    CHECK(lines_of(Source("\n\n"), 10).empty());
    CHECK(lines_of(Source("a"), 10) == Lines{"1:a"});
    CHECK(lines_of(Source("a\nb\r\n \t\n\nc\rd\n"), 10) == Lines{"1:a", "2:b", "5:c\rd"});
}

TEST_CASE("a line one past the limit is passed over, whatever its length", "[exchange][source]") {
    for (const std::size_t limit :
         {std::size_t{10}, std::size_t{256 * 1024 - 1}, std::size_t{256 * 1024}}) {
        for (const std::size_t extra : {std::size_t{1}, std::size_t{2}, std::size_t{1'000'000}}) {
            const std::string fits(limit, 'x');
            const std::string text = fits + "\r\n" + std::string(limit + extra, 'y') + "\n" + fits;
            CHECK(lines_of(Source(text), limit) == Lines{"1:" + fits, "2:LONG", "3:" + fits});
        }
    }
}

TEST_CASE("lines are the same wherever the pieces of a file are cut", "[exchange][source]") {
    ScratchDirectory scratch;
    std::string text;
    Lines lines;
    for (std::size_t i = 1; text.size() < 1'000'000; ++i) {
        lines.push_back(std::to_string(i) + ":" + std::string(1 + i % 977, 'a'));
        text += std::string(1 + i % 977, 'a') + (i % 3 == 0 ? "\r\n" : "\n");
    }
    CHECK(lines_of(file_with(scratch, text), 1000) == lines);
}

TEST_CASE("a file that changes while it is read is noticed", "[exchange][source]") {
    ScratchDirectory scratch;
    const Source source = file_with(scratch, "one\n");
    source.must_be_unchanged();

    std::filesystem::resize_file(scratch.path / "input", 2);
    CHECK(failure_of([&] { source.must_be_unchanged(); }) == ErrorCode::conflict);
}

}  // namespace custos::vault
