// SPDX-License-Identifier: GPL-3.0-or-later
// What happens to a database whose file somebody changed: opening fails or findings() tells.
#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "tests/vault/db/scratch.h"

namespace custos::vault {

namespace {

// A small file with a table and free pages.
Bytes sample(const Scratch& scratch) {
    Database database = scratch.create();
    database.execute(
        "CREATE TABLE t(a TEXT PRIMARY KEY, b BLOB) STRICT, WITHOUT ROWID;"
        "CREATE TABLE gone(a); INSERT INTO gone VALUES (zeroblob(6000)); DROP TABLE gone;");
    database.run("INSERT INTO t VALUES (?, ?)", "somebody's words", Bytes(200, 7));
    database.close();
    return read_file(scratch.path, 1 << 20);
}

void replace(const Path& path, ByteView bytes) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    REQUIRE(::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
    ::close(descriptor);
}

bool is_noticed(const Scratch& scratch) {
    try {
        return !scratch.open(Database::Mode::read_only).findings().empty();
    } catch (const Error& error) {
        return error.code() == ErrorCode::integrity;
    }
}

}  // namespace

TEST_CASE("database notices every byte that was changed", "[vault][db]") {
    const Scratch scratch;
    Bytes bytes = sample(scratch);
    REQUIRE_FALSE(is_noticed(scratch));
    const int descriptor = ::open(scratch.path.c_str(), O_WRONLY | O_CLOEXEC);

    std::size_t noticed = 0;
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        const std::uint8_t changed = bytes[place] ^ static_cast<std::uint8_t>(1U << (place % 8));
        const auto offset = static_cast<off_t>(place);
        REQUIRE(::pwrite(descriptor, &changed, 1, offset) == 1);
        noticed += is_noticed(scratch) ? 1U : 0U;
        REQUIRE(::pwrite(descriptor, &bytes[place], 1, offset) == 1);
    }
    ::close(descriptor);
    WARN("changed bytes of a database noticed: " << noticed << " of " << bytes.size());
    CHECK(noticed == bytes.size());
    CHECK_FALSE(is_noticed(scratch));
}

TEST_CASE("database notices pages that are gone, swapped, doubled or added", "[vault][db]") {
    const Scratch scratch;
    const Bytes bytes = sample(scratch);
    const std::size_t pages = bytes.size() / kPageSize;
    const auto page = [&](const Bytes& of, std::size_t number) {
        return ByteView(of).subspan(number * kPageSize, kPageSize);
    };
    std::size_t tried = 0;
    std::size_t noticed = 0;
    const auto try_it = [&](ByteView changed) {
        replace(scratch.path, changed);
        ++tried;
        const bool found = is_noticed(scratch);
        CHECK(found);
        noticed += found ? 1U : 0U;
    };

    for (std::size_t size = 0; size < bytes.size(); size += 256)
        try_it(ByteView(bytes).first(size));
    for (std::size_t first = 0; first < pages; ++first) {
        Bytes without;
        for (std::size_t other = 0; other < pages; ++other) {
            if (other != first) append(without, page(bytes, other));
        }
        try_it(without);
        for (std::size_t second = 0; second < pages; ++second) {
            if (first == second) continue;
            Bytes doubled = bytes;
            std::ranges::copy(page(bytes, first),
                              doubled.begin() + static_cast<std::ptrdiff_t>(second * kPageSize));
            try_it(doubled);
        }
    }
    Bytes longer = bytes;
    append(longer, page(bytes, pages - 1));
    try_it(longer);
    longer.resize(bytes.size() + 1);
    try_it(longer);
    Bytes zeroed = bytes;
    std::fill(zeroed.end() - kPageSize, zeroed.end(), std::uint8_t{0});
    try_it(zeroed);
    WARN("truncated, missing, doubled and added pages noticed: " << noticed << " of " << tried);
    CHECK(noticed == tried);
}

TEST_CASE("database notices a page of another one with the same salt", "[vault][db]") {
    const Scratch scratch;
    Bytes bytes = sample(scratch);
    Scratch other;
    other.salt = scratch.salt;
    const Bytes foreign = sample(other);
    REQUIRE(foreign.size() == bytes.size());
    std::ranges::copy(ByteView(foreign).subspan(kPageSize, kPageSize), bytes.begin() + kPageSize);
    replace(scratch.path, bytes);
    CHECK(is_noticed(scratch));
}

}  // namespace custos::vault
