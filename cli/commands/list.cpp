// SPDX-License-Identifier: GPL-3.0-or-later
// custos list: the records of a kind, chosen and ordered by their fields.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/error.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

constexpr std::array kOptions = {
    Option{"where", 'w', Takes::values, "EXPR", "only those where EXPR holds; all of several"},
    Option{"sort", '\0', Takes::value, "FIELD",
           "by a field, created, updated, date or code; -FIELD reverses"},
    Option{"limit", 'n', Takes::value, "N", "at most N"},
    Option{"offset", '\0', Takes::value, "N", "leave out the first N"},
    Option{"trashed", '\0', Takes::nothing, "", "those in the trash instead"},
    Option{"merged", '\0', Takes::nothing, "", "those that were merged into others instead"},
    Option{"purged", '\0', Takes::nothing, "", "those that were purged instead"},
};

constexpr std::uint64_t kRowsMax = 1'000'000'000;

vault::ListQuery parse(const Arguments& arguments) {
    vault::ListQuery query;
    if (!arguments.words().empty()) query.kind = vault::require_kind(arguments.word(0));
    query.where = arguments.texts("where");
    query.sort = arguments.text("sort");
    query.offset = arguments.number("offset", 0, kRowsMax);
    query.limit = arguments.number("limit", 0, kRowsMax);
    if (arguments.has("trashed") + arguments.has("purged") + arguments.has("merged") > 1) {
        throw Error{ErrorCode::usage, "only one of --trashed, --purged and --merged can be given"};
    }
    if (arguments.has("trashed")) query.state = vault::State::trashed;
    if (arguments.has("merged")) query.state = vault::State::merged;
    if (arguments.has("purged")) query.state = vault::State::purged;
    return query;
}

void print_table(Context& context, const vault::Schema& schema, const vault::ListResult& result) {
    Table table{{"ID", "DATE", "TITLE"}, {}};
    for (const vault::Record& record : result.items) {
        const bool gone = record.fields.is_null();
        table.rows.push_back(
            {record.code, date_text(record.id.kind, record.fields),
             gone ? "(purged)" : vault::title_of(schema, record.id.kind, record.fields)});
    }
    if (!table.rows.empty()) context.out.table(table);
    if (result.items.size() < result.total) {
        context.talk.note(std::to_string(result.items.size()) + " of " +
                          std::to_string(result.total) + " are shown");
    }
}

int list(Context& context, const Arguments& arguments) {
    const vault::ListQuery query = parse(arguments);
    const vault::Vault vault = open_vault(context, vault::Access::read);
    if (context.globals.jsonl) {
        (void)vault::each_listed(vault, query, [&](const vault::Record& record) {
            context.out.json_line(vault::record_json(vault, record));
        });
        return 0;
    }
    const vault::ListResult result = vault::list_records(vault, query);
    if (context.globals.json) {
        nlohmann::json items = nlohmann::json::array();
        for (const vault::Record& record : result.items)
            items.push_back(vault::record_json(vault, record));
        context.out.document(
            {{"schema", "custos.list/1"}, {"total", result.total}, {"items", items}});
    } else {
        print_table(context, vault.schema(), result);
    }
    return 0;
}

}  // namespace

const Body kList = {
    list,
    kOptions,
    0,
    1,
    "EXPR is FIELD=VALUE, or with != < <= > >= ~ (contains) ^= (begins with), or FIELD in\n"
    "(A,B), FIELD is set, FIELD is not set; a field of a part is written as\n"
    "place.country. Several --where must all hold. custos help filters tells the rest.\n"
    "\n"
    "    custos list incident\n"
    "    custos list incident --where place.country=TH --sort -date --limit 20\n"
    "    custos list act --where completion=attempted --where 'date<2020' --json\n"
    "    custos list act --where victim=P-7K3QD\n"
    "    custos list person --jsonl\n"
    "    custos list --trashed",
};

}  // namespace custos::cli
