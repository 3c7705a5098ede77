// SPDX-License-Identifier: GPL-3.0-or-later
// custos key add, key remove, key rotate, key revoke: more than one person, more than one key.
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/confirm.h"
#include "cli/open_vault.h"
#include "cli/passphrase.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/publish/render.h"
#include "vault/publish/rotate.h"

namespace custos::cli {
namespace {

using nlohmann::json;
namespace publish = vault::publish;
namespace minisign = crypto::minisign;

constexpr std::array kAddOptions = {
    Option{"author", '\0', Takes::value, "NAME", "whose passphrase it is; needed"},
};

constexpr std::array kRotateOptions = {
    Option{"output", 'o', Takes::value, "FILE", "write keys.json, for readers, there"},
};

constexpr std::array kRevokeOptions = {
    Option{"reason", '\0', Takes::value, "TEXT", "why; readers will see it; needed"},
    Option{"output", 'o', Takes::value, "FILE", "write keys.json, for readers, there"},
};

json as_json(const vault::Holder& holder, const char* schema) {
    return {{"schema", schema},
            {"name", holder.author.name},
            {"id", crypto::hex(holder.author.id)},
            {"key", crypto::base64(holder.author.key.bytes)},
            {"slot", holder.slot}};
}

int key_add(Context& context, const Arguments& arguments) {
    const std::string name = arguments.text("author");
    if (name.empty()) {
        throw Error{ErrorCode::usage, "cannot add a person without a name",
                    "say who it is with --author NAME"};
    }
    vault::Vault vault = open_vault(context, vault::Access::write);
    const SecretBytes passphrase =
        new_passphrase(context, name + " in " + name_of_vault(vault.directory()), FallBack::no);
    const vault::Holder holder = vault.add_holder(name, passphrase);
    if (context.globals.machine()) {
        context.out.document(as_json(holder, "custos.key.add/1"));
        return 0;
    }
    context.out.fields({{"name", holder.author.name},
                        {"id", crypto::hex(holder.author.id)},
                        {"slot", std::to_string(holder.slot + 1)}});
    context.talk.note(
        "this person opens the vault with the new passphrase, and signs with a key of "
        "their own");
    return 0;
}

// A name, an id, or the beginning of one.
vault::Holder holder_named(const vault::Vault& vault, const std::string& text) {
    std::vector<vault::Holder> found;
    for (const vault::Holder& holder : vault.holders()) {
        if (holder.author.name == text || crypto::hex(holder.author.id).starts_with(text))
            found.push_back(holder);
    }
    if (found.size() == 1) return found.front();
    throw Error{found.empty() ? ErrorCode::not_found : ErrorCode::usage,
                found.empty() ? "nobody of this name or id can open the vault"
                              : "this could mean more than one person",
                "see who can with: custos key list"};
}

int key_remove(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::Holder holder = holder_named(vault, arguments.word(0));
    confirm_by_typing(context, "This takes the passphrase of " + holder.author.name + " away.",
                      holder.author.name);
    vault.remove_holder(holder.author.id);
    context.talk.warning(
        "the master key stays what it is: whoever kept a copy of vault.hdr from before, and knows "
        "that passphrase, can open any copy of the vault with it, and backups made before");
    if (context.globals.machine()) context.out.document(as_json(holder, "custos.key.remove/1"));
    return 0;
}

void tell_key(Context& context, const vault::Vault& vault, const minisign::PublicKey& key,
              const std::string& output, const char* schema) {
    const publish::KeyHistory history = publish::key_history(vault);
    if (!output.empty())
        vault::write_file_atomically(output, bytes_of(publish::write_key_history(history)));
    if (context.globals.machine()) {
        json out = {{"schema", schema},
                    {"id", minisign::key_id_text(key.id)},
                    {"key", minisign::public_key_line(key)},
                    {"fingerprint", publish::fingerprint_of(key)},
                    {"file", output.empty() ? json() : json(output)}};
        publish::add_key_history(out, history);
        context.out.document(out);
        return;
    }
    context.out.fields({{"key", minisign::public_key_line(key)},
                        {"fingerprint", publish::fingerprint_of(key)},
                        {"file", output}});
}

int key_rotate(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const minisign::PublicKey key = publish::rotate_publication_key(vault);
    tell_key(context, vault, key, arguments.text("output"), "custos.key.rotate/1");
    context.talk.note(
        "the old key vouches for the new one, in every package from now on; make a backup, which "
        "holds the new key");
    return 0;
}

int key_revoke(Context& context, const Arguments& arguments) {
    const std::string reason = arguments.text("reason");
    if (reason.empty()) {
        throw Error{ErrorCode::usage, "cannot revoke the key without a reason",
                    "say why with --reason TEXT; readers will see it"};
    }
    vault::Vault vault = open_vault(context, vault::Access::write);
    confirm_by_typing(context,
                      "This revokes the publication key: everything it signed will verify as "
                      "revoked.",
                      "revoke");
    const minisign::PublicKey key = publish::revoke_publication_key(vault, reason);
    tell_key(context, vault, key, arguments.text("output"), "custos.key.revoke/1");
    context.talk.warning(
        "nothing vouches for the new key: give it to readers by another way, with keys.json and a "
        "new register, and publish again what shall stay");
    return 0;
}

}  // namespace

const Body kKeyAdd = {
    key_add,
    kAddOptions,
    0,
    0,
    "Gives another person a way into the vault: a passphrase of their own, asked for twice\n"
    "after yours, and a signing key of their own. A second person can approve statements.\n"
    "\n"
    "    custos key add --author Sophea\n"
    "    custos key add --author Sophea --passphrase-file mine --new-passphrase-file theirs",
};

const Body kKeyRemove = {
    key_remove,
    {},
    1,
    1,
    "Makes a person's slot useless, by name or id. The master key does not change, since the\n"
    "others' passphrases would be needed to give it to them: whoever kept an older vault.hdr\n"
    "and knows the passphrase can still open a copy of the vault. If that is to be feared,\n"
    "make a new vault and import into it.\n"
    "\n"
    "    custos key remove Sophea",
};

const Body kKeyRotate = {
    key_rotate,
    kRotateOptions,
    0,
    0,
    "Makes a new publication key and has the old one vouch for it. Readers who have the old\n"
    "key are led to the new one by every package and register from then on.\n"
    "\n"
    "    custos key rotate --output keys.json\n"
    "    custos key export organisation-2027.pub",
};

const Body kKeyRevoke = {
    key_revoke,
    kRevokeOptions,
    0,
    0,
    "For a publication key that may have come into other hands. The key itself signs that it\n"
    "is not to be believed any more, and a new one is made that nothing vouches for. Whoever\n"
    "has the register or keys.json from then on sees what the old key signed as revoked.\n"
    "\n"
    "    custos key revoke --reason 'a laptop was seized' --output keys.json\n"
    "    custos verify package --key organisation.pub --key-history keys.json",
};

}  // namespace custos::cli
