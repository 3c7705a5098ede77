// SPDX-License-Identifier: GPL-3.0-or-later
// Drafts: what somebody has typed that is no record yet. They are no part of the log, no backup
// holds them, and search does not see them.
//
// A draft is one file in <vault>/drafts, with a random name, replaced whole and durably at every
// answer, sealed with a key of its own purpose (docs/formats/draft.md). Reading and writing drafts
// needs neither the vault's lock nor its database, so that a person can type for an hour while
// others use the vault. Who has a draft open holds a lock on it, which dies with the process.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/os/lock.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault {

// Bytes of a draft before padding, and of its file. A record has 8 MiB of text at most, and JSON
// escapes little of it.
inline constexpr std::size_t kDraftSizeMax = std::size_t{24} << 20;
inline constexpr std::size_t kDraftFileSizeMax = std::size_t{32} << 20;
inline constexpr std::size_t kDraftNameDigits = 32;

struct DraftContent {
    Kind kind = Kind::case_;
    RecordId record;   // that it will be, or that it changes
    int revision = 0;  // that it began from; 0 for a new record
    Milliseconds begun = 0;
    Milliseconds changed = 0;
    nlohmann::json fields = nlohmann::json::object();
    std::string at;  // the question that was answered last
    // A long text that was being written: the field, and the lines so far.
    std::string open_path;
    std::string open_text;

    bool operator==(const DraftContent&) const = default;
};

struct StoredDraft {
    std::string name;                     // 32 hexadecimal digits, random
    std::optional<DraftContent> content;  // nothing: damaged, or sealed with another key
    bool in_use = false;                  // somebody has it open at this moment
};

class Drafts;

// A draft in this process's hands.
class OpenDraft {
public:
    const std::string& name() const { return name_; }
    // Durable when it returns. The first one makes the file.
    void save(DraftContent& content);  // sets `changed`
    // Removes the file. Nothing may follow but destruction.
    void remove();
    // Whether save() was ever called, or the draft was there before.
    bool is_stored() const { return stored_; }

private:
    friend class Drafts;
    OpenDraft(const Drafts& drafts, std::string name, Lock lock, bool stored)
        : drafts_(&drafts), name_(std::move(name)), lock_(std::move(lock)), stored_(stored) {}
    const Drafts* drafts_;
    std::string name_;
    Lock lock_;
    bool stored_;
};

class Drafts {
public:
    // Takes what it needs of the vault, which may be closed afterwards. Makes nothing on the disk.
    explicit Drafts(const Vault& vault);

    // Newest change first, unreadable ones last. Also removes what a killed process left half
    // written, which nobody was told of as saved.
    [[nodiscard]] std::vector<StoredDraft> all() const;
    // The one whose name begins with `text`, or the one with that number (1 to 999) in all().
    // Error{not_found} or Error{usage}.
    [[nodiscard]] StoredDraft find(const std::string& text) const;

    // A new draft. Nothing is on the disk before the first save().
    [[nodiscard]] OpenDraft begin() const;
    // One that is there. Error{busy} when another process has it open.
    [[nodiscard]] OpenDraft take(const std::string& name) const;

    // The names of drafts that would change this record: purge must not leave them behind.
    [[nodiscard]] std::vector<std::string> about(const RecordId& record) const;

private:
    friend class OpenDraft;
    std::optional<DraftContent> read(const std::string& name) const;
    void write(const std::string& name, const DraftContent& content) const;
    void clear_leftovers(const std::string& name) const;

    Path directory_;
    VaultId vault_id_{};
    crypto::DerivedKey key_;
    Clock clock_;
};

// Reads the JSON of a draft. Nothing if it is not one; a fuzz target.
[[nodiscard]] std::optional<DraftContent> draft_from_json(std::string_view text);

}  // namespace custos::vault
