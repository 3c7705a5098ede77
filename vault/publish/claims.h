// SPDX-License-Identifier: GPL-3.0-or-later
// What a statement signs, claim by claim (statement.sd-jwt, docs/formats/sd-jwt.md): its
// paragraphs, which readers have; passages that are withheld; and facts, which say who or what
// stands behind the words that readers see instead. The last two are in the signed part as salted
// digests only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/minisign.h"
#include "vault/publish/plan.h"
#include "vault/publish/render.h"
#include "vault/publish/sd_jwt.h"

namespace custos::vault::publish {

inline constexpr std::string_view kClaimsType = "custos-statement+sd-jwt";
inline constexpr std::size_t kFactsStep = 8;  // digests of facts come in multiples of it

struct Claims {
    struct Paragraph {
        std::string language;    // of a translation; empty: the statement's own
        std::size_t number = 0;  // 0: headings and footnotes, which have none
        bool withheld = false;
        std::string disclosure;  // secret where it is withheld
    };
    struct Fact {
        std::size_t number = 0;
        std::string key;         // of the handle: "P-7K3QD", "I-2M9XA:date"
        std::string record;      // code
        std::string disclosure;  // secret
    };
    std::string jwt;  // the signed part
    std::vector<Paragraph> paragraphs;
    std::vector<Fact> facts;

    // What everyone may have: the signed part and the paragraphs that are not withheld.
    [[nodiscard]] std::string published() const;
};

// Deterministic, if `salt` is.
[[nodiscard]] Claims make_claims(const Material& material, const Plan& plan, const Edition& edition,
                                 const crypto::minisign::SecretKey& key,
                                 const SdJwtIssuer::SaltSource& salt);

// ---- reading -----------------------------------------------------------------------------------

// A disclosure beside the statement that it belongs to. `published` is its statement.sd-jwt, or
// empty where only the disclosure is there.
struct OpenedDisclosure {
    SdJwtVerdict verdict = SdJwtVerdict::malformed;
    std::string what;       // why, unless authentic
    nlohmann::json claims;  // only when authentic
};
[[nodiscard]] OpenedDisclosure open_disclosure(std::string_view disclosure,
                                               std::string_view published,
                                               const crypto::VerifyKey& key);

}  // namespace custos::vault::publish
