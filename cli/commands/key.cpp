// SPDX-License-Identifier: GPL-3.0-or-later
// custos key list, key passphrase, key export: who can open the vault, and what it signs with.
#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/harmless.h"
#include "cli/open_vault.h"
#include "cli/passphrase.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/minisign.h"
#include "vault/publication_key.h"

namespace custos::cli {
namespace {

using nlohmann::json;

std::string recovery_recipient(const vault::Vault& vault) {
    const auto recovery = vault.setting(vault::Verb::recovery);
    return recovery ? recovery->value("recipient", std::string()) : std::string();
}

std::string slot_text(std::size_t slot) {
    return std::to_string(slot + 1) + " of " + std::to_string(vault::kSlotCount);
}

json persons_json(const vault::Vault& vault) {
    json persons = json::array();
    for (const vault::Holder& holder : vault.holders()) {
        persons.push_back({{"name", holder.author.name},
                           {"id", crypto::hex(holder.author.id)},
                           {"key", crypto::base64(holder.author.key.bytes)},
                           {"slot", holder.slot}});
    }
    return persons;
}

int key_list(Context& context, const Arguments&) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::Author author = vault.author();
    const crypto::minisign::PublicKey publication = vault::publication_key(vault);
    const std::string recovery = recovery_recipient(vault);
    if (context.globals.machine()) {
        context.out.document({
            {"schema", "custos.key.list/1"},
            {"author",
             {{"name", author.name},
              {"id", crypto::hex(author.id)},
              {"key", crypto::base64(author.key.bytes)},
              {"slot", vault.slot()}}},
            {"publication",
             {{"id", crypto::minisign::key_id_text(publication.id)},
              {"key", crypto::minisign::public_key_line(publication)}}},
            {"persons", persons_json(vault)},
            {"recovery", recovery},
            {"argon2id",
             {{"memory_kib", vault.header().argon2.memory_kib},
              {"passes", vault.header().argon2.passes}}},
        });
        return 0;
    }
    context.out.line("author", Style::strong);
    context.out.fields({{"name", author.name},
                        {"id", crypto::hex(author.id)},
                        {"key", crypto::base64(author.key.bytes)},
                        {"slot", slot_text(vault.slot())}},
                       2);
    for (const vault::Holder& holder : vault.holders()) {
        if (holder.slot == vault.slot()) continue;
        context.out.line("another person", Style::strong);
        context.out.fields({{"name", holder.author.name},
                            {"id", crypto::hex(holder.author.id)},
                            {"slot", slot_text(holder.slot)}},
                           2);
    }
    context.out.line("publication", Style::strong);
    context.out.fields({{"id", crypto::minisign::key_id_text(publication.id)},
                        {"key", crypto::minisign::public_key_line(publication)}},
                       2);
    context.out.line("recovery", Style::strong);
    context.out.fields({{"recipient", recovery.empty() ? "none" : shortened(recovery, 70)}}, 2);
    return 0;
}

int key_passphrase(Context& context, const Arguments&) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const SecretBytes passphrase =
        new_passphrase(context, name_of_vault(vault.directory()), FallBack::no);
    vault.change_passphrase(passphrase);
    context.talk.note("the passphrase is changed; backups made before open with the old one");
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.key.passphrase/1"}, {"slot", vault.slot()}});
    }
    return 0;
}

int key_export(Context& context, const Arguments& arguments) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const crypto::minisign::PublicKey key = vault::publication_key(vault);
    const std::string text = crypto::minisign::write_public_key(key);
    const std::string& file = arguments.word(0);
    if (file == "-") {
        context.out.raw(text);
        return 0;
    }
    vault::write_new_file(file, bytes_of(text));
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.key/1"},
                              {"id", crypto::minisign::key_id_text(key.id)},
                              {"key", crypto::minisign::public_key_line(key)}});
    } else {
        context.out.line(crypto::minisign::public_key_line(key));
    }
    return 0;
}

}  // namespace

const Body kKeyList = {
    key_list,
    {},
    0,
    0,
    "    custos key list\n"
    "    custos key list --json",
};

const Body kKeyPassphrase = {
    key_passphrase,
    {},
    0,
    0,
    "Asks for the passphrase that the vault has, then twice for the one that it shall\n"
    "have. Backups made before open with the passphrase that they were made with.\n"
    "\n"
    "    custos key passphrase\n"
    "    custos key passphrase --passphrase-file old --new-passphrase-file new",
};

const Body kKeyExport = {
    key_export,
    {},
    1,
    1,
    "Writes the organisation's public key as minisign does, and prints its line. Readers\n"
    "need it to verify publications: give it to them by another way than those.\n"
    "\n"
    "    custos key export organisation.pub\n"
    "    custos key export - | qrencode -o key.png",
};

}  // namespace custos::cli
