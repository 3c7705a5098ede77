// SPDX-License-Identifier: GPL-3.0-or-later
// custos help: explains a command, a group of commands, or a topic.
#include "cli/help.h"

#include <array>

#include "cli/commands/bodies.h"
#include "cli/vocabulary.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

constexpr std::array kOptions = {
    Option{"search", '\0', Takes::value, "TEXT", "with vocabulary NAME: only words that have it"},
};

// vocabulary, vocabulary NAME, vocabulary NAME TEXT…
void show_words(Context& context, const Arguments& arguments) {
    const vault::Schema& schema = vault::builtin_schema();
    if (arguments.words().size() == 1) return show_vocabularies(context, schema);
    std::string search = arguments.text("search");
    for (std::size_t i = 2; i < arguments.words().size(); ++i)
        search += (search.empty() ? "" : " ") + arguments.word(i);
    show_vocabulary(context, require_vocabulary(schema, arguments.word(1)), search);
}

int help(Context& context, const Arguments& arguments) {
    if (!arguments.words().empty() && arguments.word(0) == "vocabulary") {
        show_words(context, arguments);
        return 0;
    }
    if (arguments.has("search"))
        throw Error{ErrorCode::usage, "--search goes with: custos help vocabulary NAME"};
    std::string about;
    for (const std::string& word : arguments.words()) about += (about.empty() ? "" : " ") + word;
    print_help(context, about);
    return 0;
}

}  // namespace

const Body kHelp = {
    help,
    kOptions,
    0,
    8,
    "Without a word it lists all commands and topics. With --json it describes every\n"
    "command and option as one document.\n"
    "\n"
    "    custos help\n"
    "    custos help backup create\n"
    "    custos help passphrases\n"
    "    custos help vocabulary                      which vocabularies there are\n"
    "    custos help vocabulary act_type             its words, as a tree, with numbers\n"
    "    custos help vocabulary act_type abduct      those that have \"abduct\"",
};

}  // namespace custos::cli
