// SPDX-License-Identifier: GPL-3.0-or-later
// One change of a vault, from its first entry to the signed checkpoint.
#include <algorithm>
#include <string>
#include <utility>

#include "crypto/error.h"
#include "vault/records/content.h"
#include "vault/vault_parts.h"

namespace custos::vault {

using nlohmann::json;

namespace {

Database& writable(Vault& vault) {
    if (vault.access() == Access::write) return vault.database();
    throw Error{ErrorCode::usage, "cannot change a vault that was opened for reading"};
}

}  // namespace

Change::Change(Vault& vault)
    : vault_(vault), author_(author_id_of(crypto::verify_key_of(vault.author_seed()))) {
    transaction_.emplace(writable(vault));
}

Change::~Change() {
    if (committed_) return;
    transaction_.reset();  // rolls back
    vault_.log().forget_unsaved();
    vault_.parts_->schema.reset();
    vault_.index().forget_unsaved();
}

Entry Change::append(Draft draft) {
    const std::optional<Bytes> body = draft.body;
    const Entry entry = append_to_log(std::move(draft));
    vault_.index().apply(*transaction_, entry, body);
    return entry;
}

Entry Change::append(Draft draft, const json& body) {
    draft.body = body_of(body);
    const Entry entry = append_to_log(std::move(draft));
    vault_.index().apply(*transaction_, entry, body);
    return entry;
}

Entry Change::append(Draft draft, const Content& content) {
    const Entry entry = append_to_log(std::move(draft));
    vault_.index().apply(*transaction_, entry, content);
    return entry;
}

Entry Change::append_to_log(Draft draft) {
    appended_ = true;
    if (draft.verb == Verb::define) vault_.parts_->schema.reset();
    return vault_.log().append(*transaction_, author_, vault_.surroundings().clock(),
                               std::move(draft));
}

void Change::note(std::string text) {
    const bool known = std::find(notes_.begin(), notes_.end(), text) != notes_.end();
    if (!known && notes_.size() < kNotesMax) notes_.push_back(std::move(text));
}

void Change::erase_body(std::uint64_t index) { vault_.log().erase_body(*transaction_, index); }

Head Change::commit() {
    Log& log = vault_.log();
    if (!appended_) return log.head();  // nothing to sign; the destructor rolls back
    vault_.index().flush();
    log.seal(*transaction_, vault_.author_seed());
    transaction_->commit();
    committed_ = true;
    note_head(vault_);
    return log.head();
}

}  // namespace custos::vault
