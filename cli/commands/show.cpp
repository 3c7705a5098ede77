// SPDX-License-Identifier: GPL-3.0-or-later
// custos show: one record, as it is or as it was.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

constexpr std::array kOptions = {
    Option{"revision", 'r', Takes::value, "N", "as it was in this revision; the first is 1"},
};

constexpr std::uint64_t kRevisionMax = 1'000'000'000;

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
    if (record.links.empty()) return;
    out.blank();
    TextPairs links;
    for (const vault::Link& link : record.links)
        links.emplace_back(link.role, code_and_title(vault, link.to));
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
