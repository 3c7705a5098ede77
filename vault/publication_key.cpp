// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publication_key.h"

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"

namespace custos::vault {
namespace {

constexpr const char* kNext = "run custos check, then restore from a backup";

}  // namespace

crypto::minisign::SecretKey publication_secret_key(const Vault& vault) {
    auto body = vault.setting(Verb::publication_key);
    if (!body) throw Error{ErrorCode::not_found, "this vault has no publication key", kNext};
    const auto text = body->find("seed");
    if (text == body->end() || !text->is_string()) {
        throw Error{ErrorCode::integrity, "the publication key is damaged", kNext};
    }
    std::optional<Bytes> seed = crypto::from_base64(text->get_ref<const std::string&>());
    wipe(text->get_ref<std::string&>());
    if (!seed || seed->size() != crypto::SigningSeed::kSize) {
        throw Error{ErrorCode::integrity, "the publication key is damaged", kNext};
    }
    const crypto::SigningSeed signing(*seed);
    wipe(*seed);
    return crypto::minisign::secret_key_of(signing);
}

crypto::minisign::PublicKey publication_key(const Vault& vault) {
    return crypto::minisign::public_key_of(publication_secret_key(vault));
}

}  // namespace custos::vault
