// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/follow.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/error.h"

namespace custos::vault {

using nlohmann::json;

namespace {

Error does_not_fit(std::uint64_t index, const std::string& why) {
    return Error{ErrorCode::integrity,
                 "log entry " + std::to_string(index) + " in the backup " + why,
                 "use another backup; keep this one, it may be evidence of tampering"};
}

std::string text_in(const json& body, const char* key) {
    const auto at = body.find(key);
    return at != body.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<crypto::VerifyKey> key_in(const json& body) {
    const auto bytes = crypto::from_base64(text_in(body, "key"));
    crypto::VerifyKey key;
    if (!bytes || bytes->size() != key.bytes.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), key.bytes.begin());
    return key;
}

// Covers what it is, for which vault, and for whom.
std::string succession_text(const VaultId& vault, const crypto::VerifyKey& key) {
    return "custos/v1/succession\n" + crypto::hex(vault) + "\n" + crypto::base64(key.bytes) + "\n";
}

}  // namespace

LogFollower::LogFollower(const VaultId& vault)
    : vault_(vault), origin_("custos/" + crypto::hex(vault)) {}

void LogFollower::entry(const Entry& entry, const StoredEntry& stored) {
    if (entry.index != tree_.size() || entry.log != vault_)
        throw does_not_fit(entry.index, "is out of place");
    tree_.append(crypto::leaf_hash(stored.entry));
    last_author_ = entry.author;

    const bool is_read = entry.verb == Verb::author || entry.verb == Verb::succession ||
                         entry.verb == Verb::publication_key || entry.verb == Verb::attach;
    if (!stored.body) {
        without_body_.insert(entry.subject);
    } else if (is_read) {
        const json body = json::parse(stored.body->begin(), stored.body->end(), nullptr, false);
        if (!body.is_object()) throw does_not_fit(entry.index, "is no JSON object");
        if (entry.verb == Verb::attach) {
            attach(entry, body);
        } else {
            introduce(entry, body);
        }
    }
    if (entry.verb == Verb::purge) purge(entry);
    if (!authors_.contains(entry.author))
        throw does_not_fit(entry.index, "has an author that nobody introduced");
}

void LogFollower::introduce(const Entry& entry, const json& body) {
    const auto key = key_in(body);
    if (!key) throw does_not_fit(entry.index, "holds no key");
    if (entry.verb == Verb::publication_key) {
        publication_key_ = key;
        return;
    }
    // The first author makes the log; the next ones are introduced by one who is known, or succeed.
    const bool may = entry.index == 0 || authors_.contains(entry.author) ||
                     (entry.verb == Verb::succession && publication_key_ &&
                      is_genuine_succession(vault_, body, *publication_key_));
    if (!may) throw does_not_fit(entry.index, "introduces an author without the right to");
    authors_.emplace(author_id_of(*key), *key);
}

void LogFollower::attach(const Entry& entry, const json& body) {
    const auto object = body.contains("object") ? object_from(body.at("object")) : std::nullopt;
    if (!object) throw does_not_fit(entry.index, "attaches no file");
    if (!object_of_.emplace(entry.subject, object->name).second) {
        throw does_not_fit(entry.index, "attaches a file for the second time");
    }
    Held& held = held_[object->name];
    if (held.exhibits++ == 0) held.object = *object;
}

void LogFollower::purge(const Entry& entry) {
    purged_.insert(entry.subject);
    const auto at = object_of_.find(entry.subject);
    if (at == object_of_.end()) return;
    const auto held = held_.find(at->second);
    if (--held->second.exhibits == 0) held_.erase(held);
    object_of_.erase(at);
}

void LogFollower::checkpoint(std::uint64_t size, const std::string& note) {
    const std::string the_checkpoint =
        "the checkpoint of " + std::to_string(size) + " entries in the backup ";
    const auto author = authors_.find(last_author_);
    std::vector<crypto::NoteKey> keys;
    if (author != authors_.end()) keys.push_back({origin_, author->second});
    const auto checkpoint = crypto::open_checkpoint(note, keys);
    if (!checkpoint || checkpoint->origin != origin_) {
        throw Error{ErrorCode::integrity, the_checkpoint + "is not signed by its author"};
    }
    if (!(checkpoint->head() == head()) || checkpoint->size != size) {
        throw Error{ErrorCode::integrity, the_checkpoint + "does not fit the entries"};
    }
    sealed_to_ = size;
}

void LogFollower::finish() const {
    if (tree_.size() == 0 || sealed_to_ != tree_.size()) {
        throw Error{ErrorCode::integrity,
                    "the log in the backup does not end in a signed checkpoint"};
    }
    for (const std::string& subject : without_body_) {
        if (!purged_.contains(subject)) {
            throw Error{ErrorCode::integrity,
                        "a body is gone from the log in the backup, and no purge accounts for it"};
        }
    }
}

std::vector<crypto::NoteKey> LogFollower::signers() const {
    std::vector<crypto::NoteKey> keys;
    for (const auto& [id, key] : authors_) keys.push_back({origin_, key});
    return keys;
}

std::vector<Object> LogFollower::objects() const {
    std::vector<Object> all;
    all.reserve(held_.size());
    for (const auto& [name, held] : held_) all.push_back(held.object);
    return all;
}

// ---- succession
// ----------------------------------------------------------------------------------

json succession_body(const VaultId& vault, const crypto::VerifyKey& key, const std::string& name,
                     const crypto::SigningSeed& organisation) {
    const crypto::Signature proof =
        crypto::sign(organisation, bytes_of(succession_text(vault, key)));
    return {{"key", crypto::base64(key.bytes)}, {"name", name}, {"proof", crypto::base64(proof)}};
}

bool is_genuine_succession(const VaultId& vault, const json& body,
                           const crypto::VerifyKey& organisation) {
    const auto key = key_in(body);
    const auto proof = crypto::from_base64(text_in(body, "proof"));
    return key && proof && proof->size() == crypto::Signature{}.size() &&
           crypto::verify(organisation, bytes_of(succession_text(vault, *key)), *proof);
}

}  // namespace custos::vault
