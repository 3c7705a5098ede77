// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/rotate.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/publication_key.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

std::string today(const Vault& vault) {
    return utc_text(vault.surroundings().clock()).substr(0, 10);
}

// Each such entry names the one before it. `visit` gets the bodies, the newest first.
template <class Visit>
void each_link(const Vault& vault, Verb verb, Visit&& visit) {
    std::optional<std::uint64_t> at = vault.setting_index(verb);
    while (at) {
        const StoredEntry stored = vault.log().at(*at);
        if (!stored.body) return;
        json body = json::parse(stored.body->begin(), stored.body->end());
        visit(body);
        const std::uint64_t before = body.value("previous", *at);
        if (before >= *at) return;
        at = before;
    }
}

void append_key(Change& change, const crypto::SigningSeed& seed, const std::string& rotation) {
    std::string text = crypto::base64(seed.reveal());
    json body = {{"key", crypto::base64(crypto::verify_key_of(seed).bytes)},
                 {"key_number", crypto::hex(crypto::random_bytes(8))},
                 {"seed", text}};
    if (!rotation.empty()) body["rotation"] = rotation;
    const auto before = change.vault().setting_index(Verb::publication_key);
    if (before) body["previous"] = *before;
    change.append(
        {Verb::publication_key, std::string(kVaultSubject), {}, to_bytes(bytes_of(body.dump()))});
    wipe(body["seed"].get_ref<std::string&>());
    wipe(text);
}

}  // namespace

KeyHistory key_history(const Vault& vault) {
    KeyHistory out;
    each_link(vault, Verb::publication_key, [&](json& body) {
        if (body.contains("rotation")) out.rotations.push_back(body["rotation"]);
        if (body.contains("seed")) wipe(body["seed"].get_ref<std::string&>());
    });
    each_link(vault, Verb::revoke,
              [&](const json& body) { out.revocations.push_back(body.at("note")); });
    std::reverse(out.rotations.begin(), out.rotations.end());
    std::reverse(out.revocations.begin(), out.revocations.end());
    return out;
}

crypto::minisign::PublicKey rotate_publication_key(Vault& vault) {
    if (key_history(vault).rotations.size() >= kKeyHistoryMax) {
        throw Error{ErrorCode::refused, "cannot rotate the publication key: it was rotated " +
                                            std::to_string(kKeyHistoryMax) + " times already"};
    }
    const auto seed = crypto::SigningSeed::random();
    const auto fresh = crypto::minisign::secret_key_of(seed);
    const std::string note = sign_rotation(publication_secret_key(vault), fresh, today(vault));
    Change change(vault);
    append_key(change, seed, note);
    change.commit();
    return crypto::minisign::public_key_of(fresh);
}

crypto::minisign::PublicKey revoke_publication_key(Vault& vault, const std::string& reason) {
    if (key_history(vault).revocations.size() >= kKeyHistoryMax) {
        throw Error{ErrorCode::refused,
                    "cannot revoke the publication key: " + std::to_string(kKeyHistoryMax) +
                        " were revoked already, and readers take no more",
                    "tell readers by another way, and publish from a new vault"};
    }
    const auto old = publication_secret_key(vault);
    const std::string note = sign_revocation(old, today(vault), reason);
    json body = {{"key", crypto::minisign::public_key_line(crypto::minisign::public_key_of(old))},
                 {"note", note}};
    const auto before = vault.setting_index(Verb::revoke);
    if (before) body["previous"] = *before;
    const auto seed = crypto::SigningSeed::random();
    Change change(vault);
    change.append({Verb::revoke, std::string(kVaultSubject), {}, to_bytes(bytes_of(body.dump()))});
    append_key(change, seed, {});
    change.commit();
    return crypto::minisign::public_key_of(crypto::minisign::secret_key_of(seed));
}

}  // namespace custos::vault::publish
