// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing of what was stored or read is left in this process after a database was closed.
#include <cstdio>
#include <cstring>
#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "crypto/secret.h"
#include "tests/vault/db/scratch.h"

namespace custos::vault {

namespace {

constexpr std::size_t kCanarySize = 48;
constexpr std::uint8_t kMask = 0x5a;

// Never whole in memory except in `into`, which the caller wipes: kept under a mask.
std::array<std::uint8_t, kCanarySize> masked_canary() {
    auto canary = crypto::random_array<kCanarySize>();
    for (std::uint8_t& byte : canary) byte = static_cast<std::uint8_t>((byte % 26 + 'a') ^ kMask);
    return canary;
}

void unmask(const std::array<std::uint8_t, kCanarySize>& masked, MutableByteView into) {
    for (std::size_t place = 0; place < masked.size(); ++place) into[place] = masked[place] ^ kMask;
}

// Counts the places in readable memory where all but the first 8 bytes stand (a freed block loses
// its beginning to the allocator). Compares under the mask, so that the search does not find
// itself.
std::size_t copies_in_memory(const std::array<std::uint8_t, kCanarySize>& masked) {
    constexpr std::size_t kSkipped = 8;
    std::size_t copies = 0;
    std::ifstream maps("/proc/self/maps");
    for (std::string line; std::getline(maps, line);) {
        unsigned long from = 0;
        unsigned long to = 0;
        char access[5] = {};
        if (std::sscanf(line.c_str(), "%lx-%lx %4s", &from, &to, access) != 3 || access[0] != 'r')
            continue;
        if (line.find("[v") != std::string::npos) continue;  // vvar, vsyscall
        const auto* const begin = reinterpret_cast<const std::uint8_t*>(from);
        const auto* const end =
            reinterpret_cast<const std::uint8_t*>(to) - (kCanarySize - kSkipped) + 1;
        const std::uint8_t first = masked[kSkipped] ^ kMask;
        for (const std::uint8_t* at = begin; at < end; ++at) {
            at = static_cast<const std::uint8_t*>(
                std::memchr(at, first, static_cast<std::size_t>(end - at)));
            if (at == nullptr) break;
            std::size_t same = 1;
            while (kSkipped + same < kCanarySize && (at[same] ^ kMask) == masked[kSkipped + same])
                ++same;
            copies += kSkipped + same == kCanarySize ? 1 : 0;
        }
    }
    return copies;
}

}  // namespace

TEST_CASE("database leaves no stored text in memory after it was closed", "[vault][db]") {
    const Scratch scratch;
    const auto canary = masked_canary();
    {
        SecretBytes text(kCanarySize);
        unmask(canary, text.reveal());
        CHECK(copies_in_memory(canary) == 1);  // the search works

        Database database = scratch.create();
        database.execute(
            "CREATE TABLE t(a); CREATE INDEX i ON t(a); CREATE VIRTUAL TABLE f USING fts5(a)");
        Transaction transaction(database);
        for (int row = 0; row < 200; ++row) {
            database.run("INSERT INTO t VALUES (?)", text.reveal());
            Query query(database, "INSERT INTO f VALUES (CAST(? AS TEXT))");
            query.bind(text.reveal()).step();
        }
        transaction.commit();
        database.execute("UPDATE t SET a = a || a");
    }
    {
        Database database = scratch.reopen();
        Query query(database, "SELECT a || a, group_concat(a) OVER () FROM t ORDER BY hex(a)");
        while (query.step()) CHECK(query.blob(0).size() == 4 * kCanarySize);
        CHECK(copies_in_memory(canary) > 0);
    }
    CHECK(copies_in_memory(canary) == 0);
}

TEST_CASE("database leaves no key in memory after it was closed", "[vault][db]") {
    const auto canary = masked_canary();
    std::array<std::uint8_t, kCanarySize> hex_tail{};
    {
        Scratch scratch;
        SecretBytes text(kCanarySize);
        unmask(canary, text.reveal());
        std::memcpy(scratch.key.reveal().data(), text.reveal().data(), crypto::DerivedKey::kSize);
        // The key as SQLCipher is given it: hexadecimal.
        std::string hex = crypto::hex(scratch.key.reveal());
        for (std::size_t place = 0; place < kCanarySize; ++place) {
            hex_tail[place] =
                static_cast<std::uint8_t>(hex[hex.size() - kCanarySize + place]) ^ kMask;
        }
        wipe(hex);
        Database database = scratch.create();
        database.execute("CREATE TABLE t(a)");
        database.close();
        scratch.reopen();
    }
    CHECK(copies_in_memory(hex_tail) == 0);
}

}  // namespace custos::vault
