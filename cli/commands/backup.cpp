// SPDX-License-Identifier: GPL-3.0-or-later
// custos backup create, verify, list, restore.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/passphrase.h"
#include "cli/record_text.h"
#include "cli/shared_progress.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/backup/keys.h"
#include "vault/backup/restore.h"
#include "vault/backup/verify.h"

namespace custos::cli {
namespace {

namespace age = crypto::age;
using nlohmann::json;

constexpr Option kIdentityOption = {"identity", 'i', Takes::value, "FILE",
                                    "the recovery identity, instead of a passphrase"};

constexpr std::array kVerifyOptions = {
    kIdentityOption,
    Option{"without-keys", '\0', Takes::nothing, "", "look only at what shows without a key"},
};

constexpr std::array kListOptions = {kIdentityOption};

constexpr std::array kRestoreOptions = {
    kIdentityOption,
    Option{"author", 'a', Takes::value, "NAME",
           "with --identity: who writes in the vault from now on"},
    Option{"accept-other-history", '\0', Takes::nothing, "",
           "though this device has seen another one"},
    Option{"without-lost", '\0', Takes::nothing, "",
           "leave out attachments that the backup has lost"},
};

// Stages of the log are counted in bytes or entries; what is read of files is bytes.
vault::BackupProgress watch(SharedProgress& progress, Unit unit) {
    vault::BackupProgress watched;
    watched.begin = [&progress, unit](const std::string& part, std::uint64_t total) {
        progress.begin(part, total, part == "writing the log" ? Unit::items : unit);
    };
    watched.done = [&progress](std::uint64_t more) { progress.add(more); };
    return watched;
}

json head_json(const vault::Head& head) {
    return {{"size", head.size}, {"root", crypto::base64(head.root.view())}};
}

// ---- keys
// ----------------------------------------------------------------------------------------

struct Opened {
    std::vector<age::Identity> identities;
    std::optional<vault::Vault> vault;              // if one was named
    std::optional<vault::UnlockedTarget> unlocked;  // else, if a passphrase was asked for
};

std::vector<age::Identity> read_identities(const std::string& file) {
    Bytes bytes = vault::read_file(file, age::kIdentityFileSizeMax);
    const SecretBytes secret{ByteView(bytes)};
    wipe(bytes);
    return age::parse_identity_file(secret);
}

vault::UnlockedTarget unlock_by_passphrase(Context& context, const vault::Target& target) {
    std::optional<vault::UnlockedTarget> unlocked;
    unlock_with_passphrase(context, "the backup", [&](const SecretBytes& passphrase) {
        try {
            unlocked = vault::unlock_target(target, passphrase, context.setup.argon2);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::wrong_passphrase) throw;
        }
        return unlocked.has_value();
    });
    return std::move(*unlocked);
}

bool has_vault(Context& context) {
    if (!context.globals.vault) return false;
    std::error_code ignored;
    if (std::filesystem::exists(*context.globals.vault / vault::kHeaderFile, ignored)) return true;
    context.talk.note("there is no vault in " + name_of_vault(*context.globals.vault) +
                      ": the backup is looked at by its own header");
    return false;
}

// The recovery identity if one is named; else the vault if one is named and its backup is this;
// else a passphrase for the header in the target, so that no vault is needed.
Opened open_keys(Context& context, const Arguments& arguments, const vault::Target& target) {
    Opened opened;
    if (const auto file = arguments.maybe("identity")) {
        opened.identities = read_identities(*file);
    } else if (has_vault(context)) {
        opened.vault = open_vault(context, vault::Access::read);
        if (opened.vault->header().id != target.vault()) {
            throw Error{ErrorCode::usage, "the backup is not one of this vault",
                        "leave --vault and CUSTOS_VAULT out to look at it by its own passphrase"};
        }
        opened.identities = vault::backup_identities(opened.vault->master_key(), target.vault());
    } else {
        opened.unlocked = unlock_by_passphrase(context, target);
        opened.identities = vault::backup_identities(opened.unlocked->keys.master, target.vault());
    }
    return opened;
}

vault::Target target_of(const Arguments& arguments) {
    return vault::Target::find(arguments.word(0));
}

std::string counted(std::uint64_t count, const std::string& thing) {
    if (count == 1) return "1 " + thing;
    return std::to_string(count) + (thing.ends_with('y')
                                        ? " " + thing.substr(0, thing.size() - 1) + "ies"
                                        : " " + thing + "s");
}

// ---- create
// --------------------------------------------------------------------------------------

int create(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    SharedProgress progress(context);
    const vault::BackupResult result =
        vault::create_backup(vault, arguments.word(0), watch(progress, Unit::bytes));
    progress.end();
    const bool nothing = result.segment.empty() && result.objects == 0;
    if (context.globals.machine()) {
        context.out.document(
            {{"schema", "custos.backup.create/1"},
             {"segment", result.segment.empty() ? json(nullptr) : json(result.segment)},
             {"entries", result.end - result.first},
             {"objects", result.objects},
             {"bytes", result.bytes},
             {"segments", result.segments},
             {"head", head_json(result.head)}});
    } else if (nothing) {
        context.out.line("nothing new since the last backup");
    } else {
        context.out.line(counted(result.end - result.first, "log entry") + " and " +
                         counted(result.objects, "attachment") + " backed up, " +
                         amount_text(result.bytes, Unit::bytes));
    }
    return 0;
}

// ---- verify
// --------------------------------------------------------------------------------------

json report_json(const vault::TargetReport& report) {
    json findings = json::array();
    for (const vault::Finding& finding : report.findings) {
        findings.push_back({{"severity", name_of(finding.severity)},
                            {"what", finding.what},
                            {"where", finding.where},
                            {"next", finding.next}});
    }
    return {{"schema", "custos.backup.verify/1"},
            {"segments", report.segments},
            {"objects", report.objects},
            {"bytes", report.bytes},
            {"head", report.head ? head_json(*report.head) : json(nullptr)},
            {"time", report.time ? json(vault::utc_text(*report.time)) : json(nullptr)},
            {"findings", findings}};
}

void print(Context& context, const vault::TargetReport& report) {
    for (const vault::Finding& finding : report.findings) {
        const Style style = finding.severity == vault::Severity::error     ? Style::bad
                            : finding.severity == vault::Severity::warning ? Style::warning
                                                                           : Style::faint;
        context.out.line_of({{std::string(name_of(finding.severity)), style},
                             {": " + finding.where + ": " + finding.what, Style::plain}});
        if (!finding.next.empty()) context.out.line_of({{finding.next, Style::plain}}, 4);
    }
    context.out.fields(
        {{"segments", std::to_string(report.segments)},
         {"attachments", std::to_string(report.objects)},
         {"size", amount_text(report.bytes, Unit::bytes)},
         {"newest", report.time ? time_text(*report.time) : std::string()},
         {"log entries", report.head ? std::to_string(report.head->size) : std::string()},
         {"log root", report.head ? crypto::base64(report.head->root.view()) : std::string()}});
}

// A note asks for nothing; anything above it does.
bool is_well(const vault::TargetReport& report) {
    for (const vault::Finding& finding : report.findings) {
        if (finding.severity != vault::Severity::note) return false;
    }
    return true;
}

int verify(Context& context, const Arguments& arguments) {
    const vault::Target target = target_of(arguments);
    vault::TargetReport report;
    if (arguments.has("without-keys")) {
        report = vault::look_at_target(target);
    } else {
        const Opened opened = open_keys(context, arguments, target);
        SharedProgress progress(context);
        report =
            vault::verify_target(target, opened.identities, opened.vault ? &*opened.vault : nullptr,
                                 watch(progress, Unit::bytes));
    }
    if (context.globals.machine()) {
        context.out.document(report_json(report));
    } else {
        print(context, report);
        if (is_well(report)) {
            context.out.line(report.head ? "the backup is whole and authentic"
                                         : "nothing is wrong that shows without a key",
                             Style::good);
        }
    }
    return is_well(report) ? 0 : static_cast<int>(ErrorCode::integrity);
}

// ---- list
// ----------------------------------------------------------------------------------------

int list(Context& context, const Arguments& arguments) {
    const vault::Target target = target_of(arguments);
    const Opened opened = open_keys(context, arguments, target);
    const vault::Chain chain = vault::read_chain(target, opened.identities);
    if (context.globals.machine()) {
        json segments = json::array();
        for (const vault::SegmentFile& segment : chain.segments) {
            segments.push_back({{"name", segment.name},
                                {"sequence", segment.facts.sequence},
                                {"first", segment.facts.first},
                                {"end", segment.facts.end},
                                {"size", segment.size},
                                {"time", vault::utc_text(segment.facts.time)}});
        }
        context.out.document({{"schema", "custos.backup.list/1"},
                              {"vault", crypto::hex(target.vault())},
                              {"segments", segments},
                              {"others", chain.others.size()},
                              {"unreadable", chain.unreadable.size()},
                              {"missing", chain.missing}});
    } else {
        Table table{{"no.", "time", "entries", "size", "name"}, {}};
        for (const vault::SegmentFile& segment : chain.segments) {
            table.rows.push_back({std::to_string(segment.facts.sequence),
                                  time_text(segment.facts.time),
                                  std::to_string(segment.facts.end - segment.facts.first),
                                  amount_text(segment.size, Unit::bytes), segment.name});
        }
        context.out.table(table);
    }
    if (chain.missing.empty() && chain.unreadable.empty()) return 0;
    context.talk.warning("the backup is not whole: custos backup verify tells what is wrong");
    return static_cast<int>(ErrorCode::integrity);
}

// ---- restore
// -------------------------------------------------------------------------------------

vault::Restored restore_from(Context& context, const Arguments& arguments,
                             const vault::Target& target, const vault::RestoreOptions& options) {
    const vault::Path directory = arguments.word(1);
    SharedProgress progress(context);
    const vault::BackupProgress watched = watch(progress, Unit::bytes);
    const auto file = arguments.maybe("identity");
    if (!file) {
        const vault::UnlockedTarget unlocked = unlock_by_passphrase(context, target);
        return vault::restore_by_passphrase(target, unlocked, directory, surroundings(context),
                                            options, watched);
    }
    const auto identities = read_identities(*file);
    const SecretBytes passphrase = new_passphrase(context, "the restored vault", FallBack::no);
    return vault::restore_by_identity(target, identities, directory, passphrase,
                                      arguments.text("author", "restored by recovery identity"),
                                      surroundings(context), options, watched);
}

int restore(Context& context, const Arguments& arguments) {
    const vault::Target target = target_of(arguments);
    vault::RestoreOptions options;
    options.accept_other_history = arguments.has("accept-other-history");
    options.without_lost_objects = arguments.has("without-lost");
    const vault::Restored restored = restore_from(context, arguments, target, options);

    for (const std::string& note : restored.notes) context.talk.warning(note);
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.backup.restore/1"},
                              {"segments", restored.segments},
                              {"objects", restored.objects},
                              {"lost", restored.lost},
                              {"backed_up", head_json(restored.backed_up)},
                              {"head", head_json(restored.head)}});
    } else {
        context.out.line("restored " + counted(restored.backed_up.size, "log entry") + " and " +
                         counted(restored.objects, "attachment") +
                         "; the log root is the one that was signed");
        context.out.fields({{"log root", crypto::base64(restored.backed_up.root.view())}});
    }
    if (restored.lost.empty()) return 0;
    context.talk.warning(counted(restored.lost.size(), "attachment") + " lost");
    return static_cast<int>(ErrorCode::partly_done);
}

}  // namespace

const Body kBackupCreate = {
    create,
    {},
    1,
    1,
    "TARGET is a directory: a stick, a disk, a folder that another program sends away.\n"
    "What it lacks is added; what is there is never changed. Everything in it is\n"
    "encrypted but for a copy of the header, so it may lie where nobody is trusted.\n"
    "\n"
    "    custos backup create /media/stick/backup\n"
    "\n"
    "Copy the target as it is, with any program. \"custos backup verify\" reads all of it.",
};

const Body kBackupVerify = {
    verify,
    kVerifyOptions,
    1,
    1,
    "Decrypts and reads everything, follows the log to its signed head, and names every\n"
    "part that is missing, damaged, too many or from elsewhere. With --vault it also\n"
    "compares the backup with the vault; without, the backup's own header and passphrase\n"
    "do, or the recovery identity. Exit status 5 if anything is wrong.\n"
    "\n"
    "    custos backup verify /media/stick/backup\n"
    "    custos backup verify /media/stick/backup --identity recovery.txt\n"
    "    custos backup verify /media/stick/backup --without-keys",
};

const Body kBackupList = {
    list,
    kListOptions,
    1,
    1,
    "One line for each backup run that left a segment.\n"
    "\n"
    "    custos backup list /media/stick/backup\n"
    "    custos backup list /media/stick/backup --json",
};

const Body kBackupRestore = {
    restore,
    kRestoreOptions,
    2,
    2,
    "Makes NEWDIR, which must not exist, from a target. The passphrase of the vault\n"
    "brings back everything, and the log is the same to its last entry. With --identity\n"
    "the recovery identity does: records, attachments, log and the organisation's key,\n"
    "under a new passphrase and a new author, and the log says so.\n"
    "\n"
    "    custos backup restore /media/stick/backup ~/evidence-again\n"
    "    custos backup restore /media/stick/backup ~/evidence-again --identity recovery.txt\n"
    "\n"
    "Everything is verified before NEWDIR appears. Exit status 3 if attachments were left\n"
    "out by --without-lost.",
};

}  // namespace custos::cli
