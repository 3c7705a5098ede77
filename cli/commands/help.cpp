// SPDX-License-Identifier: GPL-3.0-or-later
// custos help: explains a command, a group of commands, or a topic.
#include "cli/help.h"

#include "cli/commands/bodies.h"

namespace custos::cli {
namespace {

int help(Context& context, const Arguments& arguments) {
    std::string about;
    for (const std::string& word : arguments.words()) about += (about.empty() ? "" : " ") + word;
    print_help(context, about);
    return 0;
}

}  // namespace

const Body kHelp = {
    help,
    {},
    0,
    3,
    "Without a word it lists all commands and topics. With --json it describes every\n"
    "command and option as one document.\n"
    "\n"
    "    custos help\n"
    "    custos help backup create\n"
    "    custos help passphrases",
};

}  // namespace custos::cli
