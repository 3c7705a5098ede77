// SPDX-License-Identifier: GPL-3.0-or-later
// A statement about an attempted abduction and a forced return, with invented people.
#pragma once

#include <string>
#include <vector>

#include "crypto/minisign.h"
#include "vault/keys/header.h"
#include "vault/publish/claims.h"
#include "vault/publish/package.h"
#include "vault/publish/plan.h"
#include "vault/publish/statement.h"

namespace custos::test {

// Five persons who must not be found (P-AAAAA to P-EEEEE), and a public official (P-FFFFF).
std::vector<vault::publish::Person> sample_persons();

// The text as somebody wrote it who thought of no one's safety.
std::string careless_body();
// The same with handles.
std::string careful_body();

vault::publish::Material sample_material(const std::string& body);

crypto::minisign::SecretKey sample_key(std::uint8_t seed = 7);

// The careful body, with a passage that is signed but not published.
std::string body_with_withheld_passage();
vault::publish::Claims sample_claims(const vault::publish::Material& material,
                                     std::uint8_t key = 7);
std::string sample_proof(const crypto::Digest& package, const vault::VaultId& vault,
                         const crypto::SigningSeed& author);
// With everything that a package can hold: claims, approval, key history, proof.
vault::publish::Files package_of(const vault::publish::Material& material, std::uint8_t key = 7);
vault::publish::Files sample_package();

vault::publish::Person person(std::string code, std::string level, std::string name,
                              std::string language = "en");

}  // namespace custos::test
