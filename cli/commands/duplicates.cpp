// SPDX-License-Identifier: GPL-3.0-or-later
// custos duplicates: records that could be one.
#include "vault/analysis/duplicates.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/lookalikes.h"
#include "cli/open_vault.h"
#include "crypto/error.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::analysis::LookalikePair;

constexpr std::array kOptions = {
    Option{"limit", 'n', Takes::value, "N", "at most N pairs of a kind (50)"},
};

constexpr std::uint64_t kPairsDefault = 50;
constexpr std::uint64_t kPairsMax = 1'000'000;

std::vector<vault::Kind> kinds_in(const Arguments& arguments) {
    if (arguments.words().empty()) return {vault::Kind::person, vault::Kind::incident};
    const vault::Kind kind = vault::require_kind(arguments.word(0));
    if (!vault::analysis::can_have_duplicates(kind))
        throw Error{ErrorCode::usage,
                    "only persons and incidents are looked through for duplicates"};
    return {kind};
}

int duplicates(Context& context, const Arguments& arguments) {
    const auto kinds = kinds_in(arguments);
    const std::uint64_t limit = arguments.number("limit", kPairsDefault, kPairsMax);
    const vault::Vault vault = open_vault(context, vault::Access::read);
    json pairs = json::array();
    std::size_t unseen = 0;
    for (const vault::Kind kind : kinds) {
        const auto found = vault::analysis::all_lookalikes(vault, kind, limit);
        unseen += found.unseen;
        for (const LookalikePair& pair : found.pairs) {
            if (context.globals.machine()) {
                json item = json_of(pair.second);
                item["of"] = pair.code;
                item["of_title"] = pair.title;
                item["kind"] = name_of(kind);
                pairs.push_back(std::move(item));
                continue;
            }
            context.out.line(pair.code + "  " + pair.title, Style::strong);
            context.out.line(pair.second.code + "  " + pair.second.title, Style::strong);
            context.out.line("    " + reasons_of(pair.second));
        }
        if (found.pairs.empty() && !context.globals.machine())
            context.talk.note("no " + std::string(name_of(kind)) + "s look alike");
    }
    if (context.globals.jsonl) {
        for (const json& pair : pairs) context.out.json_line(pair);
    } else if (context.globals.json) {
        context.out.document(
            {{"schema", "custos.duplicates/1"}, {"pairs", pairs}, {"not_compared", unseen}});
    }
    if (unseen > 0)
        context.talk.note(std::to_string(unseen) +
                          " were not compared: too many share what they have in common");
    return 0;
}

}  // namespace

const Body kDuplicates = {
    duplicates,
    kOptions,
    0,
    1,
    "Persons by numbers, contacts, and names as they sound, across scripts and whatever\n"
    "the order of their parts; incidents by near dates, place and words. Records that\n"
    "are linked to each other are left out. It is for you to decide: many people have\n"
    "one name.\n"
    "\n"
    "    custos duplicates person\n"
    "    custos merge P-7K3QD P-4D2KM --dry-run\n"
    "    custos link P-7K3QD related_to P-4D2KM",
};

}  // namespace custos::cli
