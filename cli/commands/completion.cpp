// SPDX-License-Identifier: GPL-3.0-or-later
// custos completion: scripts for shells, made from the table of commands. They complete words,
// options and files; never anything stored, which would need the vault unlocked.
#include <set>

#include "cli/commands/bodies.h"
#include "cli/context.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

// 'text' for a shell; a quote inside becomes '\''.
std::string in_quotes(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return out + "'";
}

std::string first_word(const Command& command) {
    return std::string(command.words.substr(0, command.words.find(' ')));
}
std::string second_word(const Command& command) {
    const std::size_t space = command.words.find(' ');
    return space == std::string_view::npos ? std::string()
                                           : std::string(command.words.substr(space + 1));
}

std::string joined_options(std::span<const Option> options) {
    std::string text;
    for (const Option& option : options) text += " --" + std::string(option.name);
    return text.empty() ? text : text.substr(1);
}

std::set<std::string> first_words() {
    std::set<std::string> words;
    for (const Command& command : all_commands()) words.insert(first_word(command));
    return words;
}

std::string second_words(const std::string& group) {
    std::string text;
    for (const Command& command : all_commands()) {
        if (first_word(command) == group) text += " " + second_word(command);
    }
    return text.substr(1);
}

// Cases "backup create") of a shell's case statement, each setting `names`.
std::string option_cases() {
    std::string text;
    for (const Command& command : all_commands()) {
        text += "        " + in_quotes(command.words) + ") names=\"$names " +
                joined_options(command.body->options) + "\" ;;\n";
    }
    return text;
}

std::string bash_script() {
    std::string commands;
    std::string groups;
    for (const std::string& word : first_words()) {
        commands += (commands.empty() ? "" : " ") + word;
        if (is_command_group(word)) {
            groups +=
                "        " + in_quotes(word) + ") names=" + in_quotes(second_words(word)) + " ;;\n";
        }
    }
    return "# bash completion for custos\n"
           "_custos() {\n"
           "    local current=${COMP_WORDS[COMP_CWORD]} first='' second='' names='' i\n"
           "    for ((i = 1; i < COMP_CWORD; ++i)); do\n"
           "        [[ ${COMP_WORDS[i]} == -* ]] && continue\n"
           "        [[ ${COMP_WORDS[i-1]} == --vault || ${COMP_WORDS[i-1]} == --*passphrase-* ]] "
           "&& continue\n"
           "        if [[ -z $first ]]; then first=${COMP_WORDS[i]}; elif [[ -z $second ]]; then "
           "second=${COMP_WORDS[i]}; fi\n"
           "    done\n"
           "    if [[ $current == -* ]]; then\n"
           "        names='" +
           joined_options(global_options()) +
           "'\n"
           "        case \"$first\" in\n" +
           option_cases() +
           "        esac\n"
           "        case \"$first $second\" in\n" +
           option_cases() +
           "        esac\n"
           "    elif [[ -z $first ]]; then\n"
           "        names='" +
           commands +
           "'\n"
           "    elif [[ -z $second ]]; then\n"
           "        case \"$first\" in\n" +
           groups +
           "        esac\n"
           "    fi\n"
           "    COMPREPLY=($(compgen -W \"$names\" -- \"$current\"))\n"
           "}\n"
           "complete -o default -F _custos custos\n";
}

std::string zsh_script() {
    std::string text = "#compdef custos\n_custos() {\n    local -a commands\n    local names\n";
    text += "    if (( CURRENT == 2 )); then\n        commands=(\n";
    for (const std::string& word : first_words()) {
        const Command* command = find_command(word);
        const std::string summary =
            command == nullptr ? second_words(word) : std::string(command->summary);
        text += "            " + in_quotes(word + ":" + summary) + "\n";
    }
    text +=
        "        )\n        _describe 'command' commands\n        return\n    fi\n"
        "    if [[ $words[CURRENT] == -* ]]; then\n"
        "        names='" +
        joined_options(global_options()) +
        "'\n"
        "        case \"$words[2]\" in\n" +
        option_cases() +
        "        esac\n"
        "        case \"$words[2] $words[3]\" in\n" +
        option_cases() +
        "        esac\n"
        "        compadd -- ${=names}\n        return\n    fi\n"
        "    if (( CURRENT == 3 )); then\n        case \"$words[2]\" in\n";
    for (const std::string& word : first_words()) {
        if (!is_command_group(word)) continue;
        text +=
            "        " + in_quotes(word) + ") compadd -- " + second_words(word) + "; return ;;\n";
    }
    return text +
           "        esac\n    fi\n    _files\n}\n"
           "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _custos \"$@\"; else compdef "
           "_custos custos; fi\n";
}

std::string fish_option(const Option& option, const std::string& condition) {
    std::string text = "complete -c custos" + condition + " -l " + std::string(option.name);
    if (option.letter != '\0') text += std::string(" -s ") + option.letter;
    if (option.takes != Takes::nothing) text += " -r";
    return text + " -d " + in_quotes(option.help) + "\n";
}

std::string fish_script() {
    std::string text = "# fish completion for custos\n";
    for (const Option& option : global_options()) text += fish_option(option, "");
    for (const std::string& word : first_words()) {
        const Command* command = find_command(word);
        const std::string summary =
            command == nullptr ? second_words(word) : std::string(command->summary);
        text += "complete -c custos -f -n __fish_use_subcommand -a " + word + " -d " +
                in_quotes(summary) + "\n";
    }
    for (const Command& command : all_commands()) {
        const std::string first = first_word(command);
        const std::string second = second_word(command);
        std::string condition = " -n '__fish_seen_subcommand_from " + first;
        if (!second.empty()) {
            text += "complete -c custos -f -n '__fish_seen_subcommand_from " + first +
                    "; and not __fish_seen_subcommand_from " + second_words(first) + "' -a " +
                    second + " -d " + in_quotes(command.summary) + "\n";
            condition += "; and __fish_seen_subcommand_from " + second;
        }
        for (const Option& option : command.body->options)
            text += fish_option(option, condition + "'");
    }
    return text;
}

int completion(Context& context, const Arguments& arguments) {
    const std::string& shell = arguments.word(0);
    if (shell == "bash") {
        context.out.raw(bash_script());
    } else if (shell == "zsh") {
        context.out.raw(zsh_script());
    } else if (shell == "fish") {
        context.out.raw(fish_script());
    } else {
        throw Error{ErrorCode::usage, "cannot complete for " + shell,
                    "the shells are bash, zsh and fish"};
    }
    return 0;
}

}  // namespace

const Body kCompletion = {
    completion,
    {},
    1,
    1,
    "The script completes commands, options and file names. It knows nothing of what a\n"
    "vault holds.\n"
    "\n"
    "    custos completion bash > ~/.local/share/bash-completion/completions/custos\n"
    "    custos completion zsh > ~/.zfunc/_custos\n"
    "    custos completion fish > ~/.config/fish/completions/custos.fish",
};

}  // namespace custos::cli
