// SPDX-License-Identifier: GPL-3.0-or-later
// custos query: questions that are asked again, kept in the vault.
#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "crypto/error.h"
#include "vault/records/definitions.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr const char* kWhat = "query";
// Commands that read, and answer by what the vault holds then.
constexpr std::array<std::string_view, 7> kQuestions = {
    "corroborate", "count", "duplicates", "list", "related", "search", "timeline"};

const Command& require_question(const std::string& name) {
    const Command* command = find_command(name);
    if (command != nullptr &&
        std::find(kQuestions.begin(), kQuestions.end(), name) != kQuestions.end())
        return *command;
    std::vector<std::string> names(kQuestions.begin(), kQuestions.end());
    throw Error{ErrorCode::usage,
                "cannot save \"" + vault::harmless_excerpt(name) + "\": it is no question",
                "what can be saved: " + vault::either(names)};
}

// The arguments as that command takes them; Error{usage} if it does not.
Arguments parsed(const Command& command, const std::vector<std::string>& given) {
    Arguments arguments = Arguments::parse(command.body->options, given);
    const std::size_t words = arguments.words().size();
    if (words < command.body->words_min || words > command.body->words_max)
        throw Error{ErrorCode::usage, "this is not how to ask", "usage: " + usage_of(command)};
    return arguments;
}

json require_query(const vault::Vault& vault, const std::string& name) {
    if (auto value = vault::find_definition(vault, kWhat, name)) return std::move(*value);
    std::vector<std::string> names;
    for (const auto& each : vault::definitions(vault, kWhat)) names.push_back(each.name);
    const auto near = vault::nearest(name, {names.begin(), names.end()});
    throw Error{ErrorCode::not_found,
                "there is no saved query \"" + vault::harmless_excerpt(name) + "\"",
                near.empty() ? "custos query list shows them"
                             : "did you mean " + vault::either(near) + "?"};
}

std::string quoted_for_shell(const std::string& word) {
    const bool plain = !word.empty() && word.find_first_not_of(
                                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789-_=.,:/+@%") == std::string::npos;
    if (plain) return word;
    std::string out = "'";
    for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string command_line(const json& query) {
    std::string text = query.at("command");
    for (const json& word : query.at("arguments")) text += " " + quoted_for_shell(word);
    return text;
}

json json_of(const std::string& name, const json& query) {
    return {{"name", name}, {"command", query.at("command")}, {"arguments", query.at("arguments")}};
}

int save(Context& context, const Arguments& arguments) {
    const std::string& name = arguments.word(0);
    const std::vector<std::string> given(arguments.words().begin() + 2, arguments.words().end());
    (void)parsed(require_question(arguments.word(1)), given);
    const json query = {{"command", arguments.word(1)}, {"arguments", given}};
    vault::Vault vault = open_vault(context, vault::Access::write);
    vault::Change change(vault);
    vault::define(change, kWhat, name, query);
    change.commit();
    if (context.globals.machine()) context.out.document(json_of(name, query));
    return 0;
}

int list(Context& context, const Arguments&) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const auto queries = vault::definitions(vault, kWhat);
    if (context.globals.machine()) {
        json items = json::array();
        for (const auto& query : queries) items.push_back(json_of(query.name, query.value));
        context.out.document({{"schema", "custos.queries/1"}, {"queries", items}});
        return 0;
    }
    Table table{{"NAME", "QUESTION"}, {}};
    for (const auto& query : queries) table.rows.push_back({query.name, command_line(query.value)});
    if (queries.empty()) {
        context.talk.note("no query is saved yet");
    } else {
        context.out.table(table);
    }
    return 0;
}

int run(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::read);
    const json query = require_query(vault, arguments.word(0));
    auto given = query.at("arguments").get<std::vector<std::string>>();
    given.insert(given.end(), arguments.words().begin() + 1, arguments.words().end());
    const Command& command = require_question(query.at("command"));
    const Arguments all = parsed(command, given);
    context.opened.emplace(std::move(vault));
    return command.body->run(context, all);
}

int remove(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const json query = require_query(vault, arguments.word(0));
    vault::Change change(vault);
    vault::define(change, kWhat, arguments.word(0), json());
    change.commit();
    if (context.globals.machine()) context.out.document(json_of(arguments.word(0), query));
    return 0;
}

}  // namespace

const Body kQuerySave = {
    save,
    {},
    2,
    kAnyNumber,
    "A question is one of list, search, count, timeline, related, corroborate and\n"
    "duplicates, as it would be typed behind \"custos\". It stands behind two dashes, so\n"
    "that its options are its own. A name that is there gets the new question. Queries\n"
    "are kept in the vault, encrypted like everything else, and each change is logged.\n"
    "\n"
    "    custos query save exiles -- list person --where tags=exile --sort -created\n"
    "    custos query save by-year -- count --of victims --by date.year\n"
    "    custos query run by-year --json",
};
const Body kQueryList = {list, {}, 0, 0, "    custos query list"};
const Body kQueryRun = {
    run,
    {},
    1,
    kAnyNumber,
    "What stands behind two dashes is added to the saved question.\n"
    "\n"
    "    custos query run exiles\n"
    "    custos query run exiles --json\n"
    "    custos query run exiles -- --limit 5",
};
const Body kQueryRemove = {remove, {}, 1, 1, "    custos query remove exiles"};

}  // namespace custos::cli
