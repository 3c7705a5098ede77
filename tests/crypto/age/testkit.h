// SPDX-License-Identifier: GPL-3.0-or-later
// The public age test vectors (C2SP/CCTV, npm package cctv-age): read from the package itself,
// which is one JavaScript module with the vectors in it as base64. It is looked for in CUSTOS_NPM,
// or in .deps/npm.
#pragma once

#include <string>
#include <vector>

#include "crypto/age/age.h"

namespace custos::test {

struct AgeVector {
    std::string name;
    std::string expect;        // as name_of(Verdict) says it
    std::string payload_hash;  // SHA-256 of all plaintext released, in hexadecimal; may be empty
    crypto::age::FileKey file_key;
    std::vector<crypto::age::Identity> identities;
    std::vector<SecretBytes> passphrases;
    bool is_armored = false;
    Bytes file;  // inflated where the vector is compressed
};

inline constexpr int kAgeVectors = 143;

// Read once. Skips the running test if the package is not there.
const std::vector<AgeVector>& age_vectors_or_skip();

}  // namespace custos::test
