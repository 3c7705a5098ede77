// SPDX-License-Identifier: GPL-3.0-or-later
// A vault in a scratch directory, for tests. The passphrase costs little here and nowhere else.
#pragma once

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/vault.h"

namespace custos::vault {

inline constexpr crypto::Argon2Policy kCheapArgon2 = {{64, 1}, {64, 1}, {4'194'304, 16}};

struct ScratchDirectory {
    Path path =
        std::filesystem::temp_directory_path() / ("custos-" + crypto::hex(crypto::random_bytes(8)));
    ScratchDirectory() { make_directory(path); }
    ScratchDirectory(const ScratchDirectory&) = delete;
    ScratchDirectory& operator=(const ScratchDirectory&) = delete;
    ~ScratchDirectory() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

// A clock that goes on by one second a look, from 2019-12-27T00:00:00Z.
inline Clock ticking_clock() {
    return [time = Milliseconds{1'577'404'800'000}]() mutable { return time += 1000; };
}

struct VaultFixture {
    ScratchDirectory scratch;
    Path directory = scratch.path / "vault";
    Surroundings surroundings{kCheapArgon2, ticking_clock(), scratch.path / "state", {}};
    SecretBytes passphrase{bytes_of("north wind over paper")};

    Vault create() { return Vault::create(directory, passphrase, {"Dara", ""}, surroundings); }
    Vault open(Access access = Access::write) {
        return Vault::open(directory, passphrase, access, surroundings);
    }
};

template <class Act>
ErrorCode failure_of(Act&& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::interrupted;  // did not fail
}

}  // namespace custos::vault
