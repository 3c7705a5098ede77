// SPDX-License-Identifier: GPL-3.0-or-later
// custos show: one record, as it is or as it was.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "vault/records/describe.h"
#include "vault/records/link_fields.h"
#include "vault/records/merge.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

constexpr std::array kOptions = {
    Option{"revision", 'r', Takes::value, "N", "as it was in this revision; the first is 1"},
};

constexpr std::uint64_t kRevisionMax = 1'000'000'000;

// "I-2M9XA  Night market", and on a second line what is said of the link.
std::string link_text(const vault::Vault& vault, const nlohmann::json& link) {
    const auto to = vault::parse_id(link.at("to").get_ref<const std::string&>());
    std::string text = to ? code_and_title(vault, *to) : std::string();
    std::string said;
    for (const vault::Field& field : vault::link_fields()) {
        const auto found = link.find(field.name);
        if (found == link.end()) continue;
        said += (said.empty() ? "" : ", ") + std::string(field.name) + " " +
                value_text(vault.schema(), &field, *found);
    }
    return said.empty() ? text : text + "\n  " + said;
}

void print(Context& context, const vault::Vault& vault, const vault::Record& record) {
    Printer& out = context.out;
    const vault::Kind kind = record.id.kind;
    const bool gone = record.fields.is_null();
    out.line(
        record.code + "  " +
            (gone ? std::string("(purged)") : vault::title_of(vault.schema(), kind, record.fields)),
        Style::strong);
    out.fields({
        {"kind", std::string(name_of(kind))},
        {"state",
         record.state == vault::State::live ? std::string() : std::string(name_of(record.state))},
        {"revision", std::to_string(record.revision)},
        {"created", time_text(record.created)},
        {"updated", record.revision > 1 ? time_text(record.updated) : std::string()},
    });
    if (!gone) {
        out.blank();
        out.fields(
            field_lines(vault.schema(), kind, vault::shown_fields(vault, kind, record.fields)));
    }
    TextPairs links;
    for (const nlohmann::json& link : vault::links_with_fields(vault, record.id))
        links.emplace_back(link.at("role").get<std::string>(), link_text(vault, link));
    if (const auto into = vault::merged_into(vault, record.id))
        links.emplace_back("merged into", code_and_title(vault, *into));
    for (const vault::RecordId& other : vault::merged_from(vault, record.id))
        links.emplace_back("merged from", code_and_title(vault, other));
    if (links.empty()) return;
    out.blank();
    out.fields(links);
}

int show(Context& context, const Arguments& arguments) {
    std::optional<int> revision;
    if (arguments.has("revision")) {
        revision = static_cast<int>(arguments.number("revision", 0, kRevisionMax));
    }
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::Record record =
        vault::get_record(vault, vault::resolve(vault, arguments.word(0)), revision);

    if (context.globals.machine()) {
        context.out.document(vault::record_json(vault, record));
    } else {
        print(context, vault, record);
    }
    return 0;
}

}  // namespace

const Body kShow = {
    show,
    kOptions,
    1,
    1,
    "The beginning of an id is enough, if no other begins so.\n"
    "\n"
    "    custos show I-2M9XA\n"
    "    custos show i-2m\n"
    "    custos show I-2M9XA --revision 1 --json",
};

}  // namespace custos::cli
