// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/open_vault.h"

#include <filesystem>
#include <optional>

#include "cli/passphrase.h"
#include "crypto/error.h"
#include "vault/os/child.h"
#include "vault/publish/pdf.h"

namespace custos::cli {

vault::Path vault_directory(const Context& context) {
    std::error_code ignored;
    if (context.globals.vault) return *context.globals.vault;
    if (std::filesystem::exists(vault::kHeaderFile, ignored))
        return std::filesystem::current_path();
    throw Error{ErrorCode::no_vault, "no vault was named",
                "name one with --vault DIR or CUSTOS_VAULT; custos init DIR makes one"};
}

std::string name_of_vault(const vault::Path& directory) {
    const vault::Path plain = directory.lexically_normal();
    const std::string name =
        plain.has_filename() ? plain.filename() : plain.parent_path().filename();
    return name.empty() || name == "." ? "this vault" : name;
}

vault::Surroundings surroundings(const Context& context) {
    return {context.setup.argon2, context.setup.clock, context.state_directory,
            vault::program_folder() / vault::publish::kPdfProgram};
}

void warn_about_memory(Context& context) {
    if (context.globals.machine() || secrets_are_locked()) return;
    context.talk.warning(
        "this system lets custos lock no memory: secrets may reach the swap space");
}

vault::Vault open_vault(Context& context, vault::Access access) {
    if (context.opened && context.opened->access() == access) {
        vault::Vault vault = std::move(*context.opened);
        context.opened.reset();
        return vault;
    }
    const vault::Path directory = vault_directory(context);
    vault::Vault::require(directory);
    std::optional<vault::Vault> opened;
    unlock_with_passphrase(context, name_of_vault(directory), [&](const SecretBytes& passphrase) {
        try {
            opened = vault::Vault::open(directory, passphrase, access, surroundings(context));
        } catch (const Error& error) {
            if (error.code() != ErrorCode::wrong_passphrase) throw;
        }
        return opened.has_value();
    });
    warn_about_memory(context);
    return std::move(*opened);
}

}  // namespace custos::cli
