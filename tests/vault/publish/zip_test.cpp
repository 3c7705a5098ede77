// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/zip.h"

#include <algorithm>
#include <functional>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "sample.h"
#include "tests/vault/open_vault.h"
#include "zip_sample.h"

namespace custos::vault::publish {
namespace {

using test::deflated;
using test::Member;
using test::stored;
using test::zip_of;

ZipReader reader_of(const Bytes& bytes) {
    return {{bytes.size(),
             [&bytes](std::uint64_t offset, MutableByteView out) {
                 std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), out.size(),
                             out.begin());
             }},
            "sample.zip"};
}

// Everything in it; nothing if it was refused, and then with a reason.
std::optional<Files> content(const Bytes& bytes) {
    try {
        const ZipReader reader = reader_of(bytes);
        Files files;
        for (const std::string& name : reader.names()) {
            files[name] = reader.read(name, 64 << 20).value();
            CHECK(reader.facts(name)->size == files[name].size());
        }
        return files;
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::integrity);
        CHECK_FALSE(error.hint().empty());
        return std::nullopt;
    }
}

}  // namespace

TEST_CASE("a package in a ZIP file is the package, and the same bytes each time",
          "[publish][zip]") {
    const ScratchDirectory scratch;
    const Files package = test::sample_package();
    StagedPackage staged(package, scratch.path / "package");
    staged.put_in_place();
    write_zip(scratch.path / "package", scratch.path / "one.zip");
    write_zip(scratch.path / "package", scratch.path / "two.zip");
    const Bytes bytes = read_file(scratch.path / "one.zip", 64 << 20);
    CHECK(bytes == read_file(scratch.path / "two.zip", 64 << 20));
    CHECK(content(bytes) == package);

    const Knowledge known{crypto::minisign::public_key_of(test::sample_key()), {}, {}};
    CHECK(verify_path(scratch.path / "one.zip", known).result == Result::authentic);
    CHECK(verify_path(scratch.path / "one.zip", {}).result == Result::unknown_key);
    CHECK(failure_of([&] { write_zip(scratch.path / "package", scratch.path / "one.zip"); }) ==
          ErrorCode::conflict);
    // Nothing is left lying about.
    CHECK(names_in(scratch.path) == std::vector<std::string>{"one.zip", "package", "two.zip"});
}

TEST_CASE("a package that another program compressed is read too", "[publish][zip]") {
    const Files package = test::sample_package();
    std::vector<Member> members;
    for (const auto& [name, bytes] : package) members.push_back(deflated(name, to_string(bytes)));
    const Bytes zip = zip_of(members);
    CHECK(content(zip) == package);
    const auto result =
        verify_package(reader_of(zip), crypto::minisign::public_key_of(test::sample_key()));
    CHECK(result.result == Result::authentic);
    // Not in order, by another system, with a mode, as a file.
    Member other = stored("b", "text");
    other.made_by = 0x0314;
    other.unix_type = 0100644;
    other.flags = 0x0806;
    CHECK(content(zip_of({other, deflated("a", "")})).has_value());
    CHECK(content(zip_of({})) == Files{});
}

TEST_CASE("what could be read in two ways, or leads elsewhere, or is too much, is refused",
          "[publish][zip]") {
    const auto hostile = test::hostile_zips();
    std::size_t refused = 0;
    for (const auto& [what, bytes] : hostile) {
        CAPTURE(what);
        const bool is_refused = !content(bytes);
        CHECK(is_refused);
        refused += is_refused ? 1U : 0U;
    }
    WARN("hostile ZIP files refused: " << refused << " of " << hostile.size());
}

TEST_CASE("a ZIP file up to its limits is read", "[publish][zip]") {
    std::vector<Member> many;
    for (std::size_t i = 0; i < kZipEntriesMax; ++i) many.push_back(stored(std::to_string(i), ""));
    CHECK(content(zip_of(many)).has_value());
    CHECK(content(zip_of({deflated("small", std::string(kZipSmall, '\0'))})).has_value());
    CHECK(content(zip_of({stored(std::string(kFileNameMax, 'a'), "")})).has_value());
}

TEST_CASE("a ZIP file that was cut off or changed gives what was in it, or nothing",
          "[publish][zip]") {
    const Bytes zip = zip_of({stored("a.txt", "one"), deflated("b.txt", "two, two, two, two")});
    const auto good = content(zip);
    REQUIRE(good.has_value());
    for (std::size_t size = 0; size < zip.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(content(Bytes(zip.begin(), zip.begin() + static_cast<std::ptrdiff_t>(size))));
    }
    for (std::size_t bit = 0; bit < zip.size() * 8; ++bit) {
        Bytes changed = zip;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        const auto read = content(changed);
        CAPTURE(bit);
        CHECK((!read || read == good));
    }
}

}  // namespace custos::vault::publish
