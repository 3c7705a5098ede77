// SPDX-License-Identifier: GPL-3.0-or-later
// custos init: makes a vault, its keys and its recovery identity.
#include <array>
#include <filesystem>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/passphrase.h"
#include "crypto/age/keys.h"
#include "crypto/encoding.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

namespace age = crypto::age;

constexpr std::array kOptions = {
    Option{"author", 'a', Takes::value, "NAME", "who writes in this vault, for its log"},
    Option{"recovery-file", '\0', Takes::value, "FILE",
           "write the recovery identity there, instead of showing it"},
    Option{"recovery-type", '\0', Takes::value, "TYPE",
           "pq (post-quantum, the default) or x25519 (older age)"},
    Option{"no-recovery", '\0', Takes::nothing, "",
           "make none: without the passphrase all is lost"},
};

constexpr std::string_view kNote =
    "The recovery identity of a custos vault. It opens every backup of it, without the "
    "passphrase.\n"
    "Keep it on paper or on a stick, away from the computer, and remove this file.";

struct Options {
    vault::Path directory;
    std::string author;
    std::optional<vault::Path> recovery_file;
    age::KeyKind recovery_type = age::KeyKind::post_quantum;
    bool recovery = true;
};

vault::Path directory_of(const Context& context, const Arguments& arguments) {
    if (!arguments.words().empty()) return arguments.word(0);
    if (context.globals.vault) return *context.globals.vault;
    throw Error{ErrorCode::usage, "cannot make a vault without a place for it",
                "usage: custos init DIR"};
}

Options parse(const Context& context, const Arguments& arguments) {
    Options options;
    options.directory = directory_of(context, arguments);
    options.author = arguments.text("author", "unnamed author");
    if (options.author.empty()) throw Error{ErrorCode::usage, "the author's name is empty"};
    options.recovery = !arguments.has("no-recovery");
    if (const auto file = arguments.maybe("recovery-file")) options.recovery_file = *file;
    if (!options.recovery && options.recovery_file) {
        throw Error{ErrorCode::usage, "cannot write a recovery identity that is not to be made",
                    "give --recovery-file or --no-recovery"};
    }
    const std::string type = arguments.text("recovery-type", "pq");
    if (type != "pq" && type != "x25519") {
        throw Error{ErrorCode::usage, "cannot make a recovery identity of type " + type,
                    "it is pq or x25519"};
    }
    if (type == "x25519") options.recovery_type = age::KeyKind::x25519;
    return options;
}

// Before anything is made or asked for.
void check_places(const Options& options) {
    std::error_code ignored;
    if (options.recovery_file && std::filesystem::exists(*options.recovery_file, ignored)) {
        throw Error{ErrorCode::conflict, "cannot write the recovery identity: " +
                                             options.recovery_file->filename().string() +
                                             " exists already"};
    }
    if (std::filesystem::exists(options.directory / vault::kHeaderFile, ignored)) {
        throw Error{
            ErrorCode::conflict,
            "cannot make a vault in " + name_of_vault(options.directory) + ": there is one already",
            "name another directory"};
    }
}

// Where the identity is shown if it is not written: the terminal alone, never stdout.
int terminal_for_recovery(const Context& context, const Options& options) {
    if (!options.recovery || options.recovery_file) return -1;
    const int terminal =
        context.globals.no_input ? -1 : ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal >= 0) return terminal;
    throw Error{ErrorCode::usage, "there is no terminal to show the recovery identity on",
                "say where to write it with --recovery-file FILE, or --no-recovery"};
}

void show_identity(int terminal, const SecretBytes& text) {
    const auto say = [&](ByteView bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(terminal, bytes.data(), bytes.size());
            if (written <= 0) return;
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
    };
    say(bytes_of(
        "\nThe recovery identity opens every backup, without the passphrase. It is shown once.\n"
        "Write it down, and keep it away from this computer:\n\n    "));
    say(text.reveal());
    say(bytes_of("\n\n"));
}

int init(Context& context, const Arguments& arguments) {
    const Options options = parse(context, arguments);
    check_places(options);
    const int terminal = terminal_for_recovery(context, options);
    warn_about_memory(context);
    const SecretBytes passphrase =
        new_passphrase(context, name_of_vault(options.directory), FallBack::yes);

    vault::NewVault fresh{options.author, {}};
    std::optional<age::Identity> identity;
    if (options.recovery) {
        identity = age::Identity::random(options.recovery_type);
        fresh.recovery_recipient = identity->recipient().text();
        // First, so that no vault is there whose recovery was lost on the way.
        if (options.recovery_file) {
            vault::write_new_file(*options.recovery_file,
                                  age::write_identity_file(*identity, kNote).reveal());
        }
    }
    try {
        const vault::Vault vault =
            vault::Vault::create(options.directory, passphrase, fresh, surroundings(context));
        if (terminal >= 0) show_identity(terminal, identity->text());
        if (context.globals.machine()) {
            context.out.document({{"schema", "custos.init/1"},
                                  {"vault", crypto::hex(vault.header().id)},
                                  {"recovery", fresh.recovery_recipient}});
        } else {
            context.talk.note("the vault is ready; name it with --vault or CUSTOS_VAULT");
        }
    } catch (const std::exception&) {
        if (options.recovery_file) vault::remove_file(*options.recovery_file);
        throw;
    }
    return 0;
}

}  // namespace

const Body kInit = {
    init,
    kOptions,
    0,
    1,
    "Asks twice for a passphrase: six or more random words. Makes a recovery identity\n"
    "that opens the backups if the passphrase is lost, and shows it once on the\n"
    "terminal or writes it to a file of mode 0600.\n"
    "\n"
    "    custos init ~/evidence --author \"Your Name\"\n"
    "    custos init ~/evidence --author \"Your Name\" --recovery-file ~/recovery.txt\n"
    "\n"
    "The directory must not exist or be empty (else status 6). Programs give the\n"
    "passphrase by --new-passphrase-fd or --new-passphrase-file.",
};

}  // namespace custos::cli
