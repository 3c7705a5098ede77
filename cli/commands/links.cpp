// SPDX-License-Identifier: GPL-3.0-or-later
// custos link, custos unlink: typed, directed links between records.
#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

enum class Way { link, unlink };

int change_link(Context& context, const Arguments& arguments, Way way) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId from = vault::resolve(vault, arguments.word(0));
    const vault::RecordId to = vault::resolve(vault, arguments.word(2));
    vault::Change change(vault);
    if (way == Way::link) {
        vault::link_records(change, from, arguments.word(1), to);
    } else {
        vault::unlink_records(change, from, arguments.word(1), to);
    }
    change.commit();
    answer_with_record(context, vault, from);
    return 0;
}

int link(Context& context, const Arguments& arguments) {
    return change_link(context, arguments, Way::link);
}
int unlink(Context& context, const Arguments& arguments) {
    return change_link(context, arguments, Way::unlink);
}

}  // namespace

const Body kLink = {
    link,
    {},
    3,
    3,
    "The roles are listed by \"custos schema link_role\".\n"
    "\n"
    "    custos link T-4D2KM about I-2M9XA\n"
    "    custos link P-7K3QD spouse_of P-1AB2C",
};

const Body kUnlink = {unlink, {}, 3, 3, "    custos unlink T-4D2KM about I-2M9XA"};

}  // namespace custos::cli
