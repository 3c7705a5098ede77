// SPDX-License-Identifier: GPL-3.0-or-later
// custos link, custos unlink: typed, directed links between records.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "vault/records/link_fields.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

constexpr std::array kLinkOptions = {
    Option{"set", 's', Takes::values, "NAME=VALUE", "say something of the link: reliability=B"},
    Option{"note", '\0', Takes::value, "TEXT", "the same as --set note=TEXT"},
};

enum class Way { link, unlink };

int change_link(Context& context, const Arguments& arguments, Way way) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId from = vault::resolve(vault, arguments.word(0));
    const vault::RecordId to = vault::resolve(vault, arguments.word(2));
    vault::Change change(vault);
    if (way == Way::link) {
        nlohmann::json about = nlohmann::json::object();
        for (const std::string& assignment : arguments.texts("set"))
            vault::assign_link_field(vault.schema(), about, assignment);
        if (const auto note = arguments.maybe("note"))
            vault::assign_link_field(vault.schema(), about, "note=" + *note);
        vault::link_records(change, from, arguments.word(1), to, nullptr, about);
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
    kLinkOptions,
    3,
    3,
    "The roles are listed by \"custos schema link_role\". What can be said of a link:\n"
    "field (of the other record, that it is about), reliability (A to F), credibility\n"
    "(1 to 6), reliability_huridocs, connection, paragraph, locator, date, confidence,\n"
    "note. With --set, a link that is there already is kept and gets these instead of\n"
    "what was said of it.\n"
    "\n"
    "    custos link D-4D2KM supports I-2M9XA --set field=date --set reliability=B \\\n"
    "        --set credibility=2 --set locator='page 3'\n"
    "    custos link T-4D2KM about I-2M9XA\n"
    "    custos link P-7K3QD spouse_of P-1AB2C",
};

const Body kUnlink = {unlink, {}, 3, 3, "    custos unlink T-4D2KM about I-2M9XA"};

}  // namespace custos::cli
