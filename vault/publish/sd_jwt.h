// SPDX-License-Identifier: GPL-3.0-or-later
// SD-JWT (RFC 9901, docs/formats/sd-jwt.md): claims that one signature covers, each of which can be
// shown or kept back. What is kept back stands in the signed part as a salted digest.
//
// Verification is stricter than the common libraries: a disclosure that nothing refers to, or that
// is there twice, is an error and not passed over.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/ed25519.h"
#include "crypto/sd_jwt.h"

namespace custos::vault::publish {

inline constexpr std::size_t kSdJwtDepthMax = 16;  // objects and arrays, those in disclosures too

// ---- issuing -----------------------------------------------------------------------------------

// Turns claims into digests, innermost ones first. A salt must never be used for two values and
// never be known to who may not see the value: `salt` gives 16 bytes for each text, which holds the
// `what` and the value that it is for.
class SdJwtIssuer {
public:
    using SaltSource = std::function<Bytes(std::string_view what)>;
    explicit SdJwtIssuer(SaltSource salt) : salt_(std::move(salt)) {}

    // Both return the disclosure as it is written. `what` names it for the salt.
    // Appends an element that can be shown or kept back.
    std::string add_element(nlohmann::json& array, const nlohmann::json& value,
                            std::string_view what);
    // Adds a property likewise; `name` must be none of "_sd", "..." and "_sd_alg".
    std::string add_property(nlohmann::json& object, const std::string& name,
                             const nlohmann::json& value, std::string_view what);
    // Adds digests of nothing until the object has a multiple of `step`, and at least one step: how
    // many claims are kept back cannot be counted.
    void add_decoys(nlohmann::json& object, std::size_t step, std::string_view what);

private:
    std::string salt_for(std::string_view what, const nlohmann::json& value) const;

    SaltSource salt_;
};

// Signs. `type` is the header's "typ", `key_id` its "kid".
[[nodiscard]] std::string issue_sd_jwt(nlohmann::json claims, std::string_view type,
                                       std::string_view key_id, const crypto::SigningSeed& seed);

// ---- verifying ---------------------------------------------------------------------------------

enum class SdJwtVerdict {
    authentic,
    malformed,        // no SD-JWT that is accepted here
    wrong_algorithm,  // not Ed25519 and SHA-256
    not_signed,       // by this key
    bad_disclosure,   // signed, but a disclosure is not part of what was signed
};

struct OpenedSdJwt {
    SdJwtVerdict verdict = SdJwtVerdict::malformed;
    std::string what;       // why, in plain words, unless authentic
    nlohmann::json header;  // only when authentic
    nlohmann::json claims;  // only when authentic: what is disclosed, without digests
};

[[nodiscard]] OpenedSdJwt open_sd_jwt(std::string_view text, const crypto::VerifyKey& key);

// The rest of it, for one whose signature was checked already.
[[nodiscard]] OpenedSdJwt open_signed_sd_jwt(const crypto::SdJwt& sd_jwt);

// A disclosure taken apart; nothing if it is none. `name` is empty for array elements.
struct Disclosure {
    std::string salt;
    std::string name;
    bool is_property = false;
    nlohmann::json value;
};
[[nodiscard]] std::optional<Disclosure> read_disclosure(std::string_view written);

}  // namespace custos::vault::publish
