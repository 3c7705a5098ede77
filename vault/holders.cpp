// SPDX-License-Identifier: GPL-3.0-or-later
// Who can open a vault: its slots, and the entries of its log that speak of them.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/vault_parts.h"

namespace custos::vault {

using nlohmann::json;

namespace {

// Which author each slot in use belongs to: with every change of one, so that the newest tells all.
json slots_json(const std::vector<Holder>& holders) {
    json slots = json::array();
    for (const Holder& holder : holders)
        slots.push_back({{"slot", holder.slot}, {"author", crypto::hex(holder.author.id)}});
    return slots;
}

}  // namespace

void Vault::change_passphrase(const SecretBytes& passphrase) {
    Change change(*this);
    Header header = parts_->header;
    write_slot(header, slot(), passphrase, master_key(), author_seed());
    change.append(
        {Verb::unlock_policy,
         std::string(kVaultSubject),
         {},
         body_of({{"change", "passphrase"}, {"slot", slot()}, {"slots", slots_json(holders())}})});
    change.commit();
    put_header(header);
}

std::vector<Holder> Vault::holders() const {
    // A succession, or a vault of one person who never changed a slot: whoever unlocked it.
    const auto policy = setting(Verb::unlock_policy);
    std::vector<Holder> holders;
    if (policy && policy->contains("slots") &&
        setting_index(Verb::unlock_policy) > setting_index(Verb::succession)) {
        for (const json& slot : policy->at("slots")) {
            const auto id = crypto::from_hex(slot.at("author").get_ref<const std::string&>());
            if (!id || id->size() != AuthorId{}.size()) continue;
            AuthorId author_id{};
            std::copy(id->begin(), id->end(), author_id.begin());
            const auto known = author(author_id);
            if (known) holders.push_back({slot.at("slot").get<std::size_t>(), *known});
        }
    }
    if (holders.empty()) holders.push_back({slot(), author()});
    return holders;
}

Holder Vault::add_holder(const std::string& name, const SecretBytes& passphrase) {
    if (name.empty() || name.size() > kAuthorNameMax)
        throw Error{ErrorCode::usage, "cannot add a person without a name of 1 to 200 bytes"};
    std::vector<Holder> now = holders();
    std::size_t free = 0;
    const auto is_taken = [&](const Holder& holder) { return holder.slot == free; };
    while (std::any_of(now.begin(), now.end(), is_taken)) ++free;
    if (free >= kSlotCount)
        throw Error{ErrorCode::refused, "cannot add a person: every slot is in use",
                    "remove one with: custos key remove"};
    if (std::any_of(now.begin(), now.end(),
                    [&](const Holder& holder) { return holder.author.name == name; })) {
        throw Error{ErrorCode::conflict, "cannot add a person: one of this name is there already",
                    "see who is there with: custos key list"};
    }
    const auto seed = crypto::SigningSeed::random();
    const crypto::VerifyKey key = crypto::verify_key_of(seed);
    Header header = parts_->header;
    write_slot(header, free, passphrase, master_key(), seed);

    Change change(*this);
    const Entry entry =
        change.append({Verb::author,
                       std::string(kVaultSubject),
                       {},
                       body_of({{"key", crypto::base64(key.bytes)}, {"name", name}})});
    now.push_back({free, {author_id_of(key), key, name, entry.index}});
    change.append({Verb::unlock_policy,
                   std::string(kVaultSubject),
                   {},
                   body_of({{"change", "add"}, {"slot", free}, {"slots", slots_json(now)}})});
    change.commit();
    put_header(header);
    return now.back();
}

void Vault::remove_holder(const AuthorId& id) {
    std::vector<Holder> now = holders();
    const auto found = std::find_if(now.begin(), now.end(),
                                    [&](const Holder& each) { return each.author.id == id; });
    if (found == now.end())
        throw Error{ErrorCode::not_found, "cannot remove this person: they cannot open the vault",
                    "see who can with: custos key list"};
    const std::size_t removed = found->slot;
    if (removed == slot())
        throw Error{ErrorCode::refused, "cannot remove the person who opened the vault",
                    "somebody else must do it"};
    now.erase(found);
    Header header = parts_->header;
    clear_slot(header, removed, master_key());
    // The other way round from adding: if this is interrupted, the slot must not open.
    Change change(*this);
    put_header(header);
    change.append({Verb::unlock_policy,
                   std::string(kVaultSubject),
                   {},
                   body_of({{"change", "remove"},
                            {"slot", removed},
                            {"author", crypto::hex(id)},
                            {"slots", slots_json(now)}})});
    change.commit();
}

}  // namespace custos::vault
