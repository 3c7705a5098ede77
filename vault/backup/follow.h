// SPDX-License-Identifier: GPL-3.0-or-later
// Follows a log from its first entry and believes nothing that is not signed: the tree is computed
// again, each checkpoint compared with it and verified by its author's key, each author by the
// entry that introduced it. What the log then says of objects can be relied on.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/merkle.h"
#include "crypto/note.h"
#include "vault/log/log.h"
#include "vault/objects/object.h"

namespace custos::vault {

class LogFollower {
public:
    explicit LogFollower(const VaultId& vault);

    // Each in its order. Error{integrity} for what does not fit. The caller has compared the body
    // with the entry (SegmentParser does).
    void entry(const Entry& entry, const StoredEntry& stored);
    void checkpoint(std::uint64_t size, const std::string& note);
    // After the last one: the log ends in a checkpoint, and every missing body was purged.
    void finish() const;

    [[nodiscard]] Head head() const { return {tree_.size(), tree_.root()}; }
    // The keys of everyone who may have signed so far.
    [[nodiscard]] std::vector<crypto::NoteKey> signers() const;
    // Sealed objects that exhibits have; purged ones are not among them.
    [[nodiscard]] std::vector<Object> objects() const;

private:
    void introduce(const Entry& entry, const nlohmann::json& body);
    void attach(const Entry& entry, const nlohmann::json& body);
    void purge(const Entry& entry);

    struct Held {
        Object object;
        std::uint64_t exhibits = 0;
    };

    VaultId vault_;
    std::string origin_;
    crypto::MerkleFrontier tree_;
    std::uint64_t sealed_to_ = 0;
    AuthorId last_author_{};
    std::map<AuthorId, crypto::VerifyKey> authors_;
    std::optional<crypto::VerifyKey> publication_key_;
    std::map<std::string, Held> held_;              // by object name
    std::map<std::string, std::string> object_of_;  // by exhibit
    std::set<std::string> without_body_;            // subjects
    std::set<std::string> purged_;
};

// ---- succession
// ---------------------------------------------------------------------------------- Who restores
// by the recovery identity has none of the persons' keys and introduces a new one. That whoever did
// it could read the log shows in a signature by the organisation's key, which is in it.

[[nodiscard]] nlohmann::json succession_body(const VaultId& vault, const crypto::VerifyKey& key,
                                             const std::string& name,
                                             const crypto::SigningSeed& organisation);
[[nodiscard]] bool is_genuine_succession(const VaultId& vault, const nlohmann::json& body,
                                         const crypto::VerifyKey& organisation);

}  // namespace custos::vault
