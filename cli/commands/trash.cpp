// SPDX-License-Identifier: GPL-3.0-or-later
// custos trash, custos restore, custos purge: out of sight, back again, and gone for good.
#include <array>

#include "cli/commands/bodies.h"
#include "cli/confirm.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/error.h"
#include "vault/drafts/drafts.h"
#include "vault/objects/catalog.h"
#include "vault/records/merge.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

constexpr std::array kPurgeOptions = {
    Option{"reason", '\0', Takes::value, "TEXT", "why, for the log; needed"},
    Option{"yes", 'y', Takes::nothing, "", "do not ask for the id once more"},
};

int trash(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    vault::Change change(vault);
    vault::trash_record(change, id);
    change.commit();
    const std::string code = vault::code_of(vault, id);
    context.talk.note(code + " is in the trash; custos restore " + code + " brings it back");
    answer_with_record(context, vault, id);
    return 0;
}

int restore(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    vault::Change change(vault);
    vault::restore_record(change, id);
    change.commit();
    context.talk.note(vault::code_of(vault, id) + " is back");
    answer_with_record(context, vault, id);
    return 0;
}

// Drafts that change the record hold what is to be destroyed. They are taken first: one that is
// open in another terminal stops the purge, since it would be written again there.
std::vector<vault::OpenDraft> take_drafts(const vault::Drafts& drafts, const vault::RecordId& id) {
    std::vector<vault::OpenDraft> taken;
    for (const std::string& name : drafts.about(id)) taken.push_back(drafts.take(name));
    return taken;
}

int purge(Context& context, const Arguments& arguments) {
    const std::string reason = arguments.text("reason");
    if (reason.empty()) {
        throw Error{ErrorCode::usage, "cannot purge without a reason",
                    "say why with --reason TEXT; it stays in the log"};
    }
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const std::string code = vault::code_of(vault, id);
    if (!arguments.has("yes")) {
        confirm_by_typing(context, "This destroys " + code + " and its history for good.", code);
    }
    const auto merged = vault::merged_from(vault, id);
    const vault::Drafts drafts(vault);
    std::vector<vault::OpenDraft> holding = take_drafts(drafts, id);
    vault::Change change(vault);
    const std::vector<std::string> objects = vault::purge_record(change, id, reason);
    change.commit();
    vault::remove_objects(vault, objects);
    for (vault::OpenDraft& draft : holding) draft.remove();
    context.talk.note(code + " is gone; backups made before still hold it");
    for (const vault::RecordId& other : merged)
        context.talk.warning(
            vault::code_of(vault, other) +
            " was merged into it and still holds its own content: purge it as well");
    answer_with_record(context, vault, id);
    return 0;
}

}  // namespace

const Body kTrash = {
    trash,
    {},
    1,
    1,
    "The record is left out of lists and searches until it is restored.\n"
    "\n"
    "    custos trash T-4D2KM\n"
    "    custos list --trashed",
};

const Body kRestore = {
    restore,
    {},
    1,
    1,
    "    custos restore T-4D2KM\n"
    "\n"
    "A whole vault is restored from a backup by \"custos backup restore\".",
};

const Body kPurge = {
    purge,
    kPurgeOptions,
    1,
    1,
    "The only thing that cannot be undone: every revision of the record and its sealed\n"
    "file are destroyed, and drafts that would change it. The log keeps that there was\n"
    "something, when it was purged, by whom and why. Backups made before still hold what\n"
    "was purged.\n"
    "\n"
    "    custos purge T-4D2KM --reason \"consent withdrawn on 3 March 2020\"\n"
    "\n"
    "On a terminal the id has to be typed once more, unless --yes is given.",
};

}  // namespace custos::cli
