// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/globals.h"

#include <array>
#include <cstdlib>

#include "cli/suggest.h"
#include "crypto/error.h"
#include "vault/records/id.h"

namespace custos::cli {
namespace {

constexpr std::array kGlobalOptions = {
    Option{"vault", '\0', Takes::value, "DIR", "the vault (or CUSTOS_VAULT)"},
    Option{"json", '\0', Takes::nothing, "",
           "one JSON document on stdout, errors as JSON on stderr"},
    Option{"jsonl", '\0', Takes::nothing, "", "one JSON object a line, where there is a list"},
    Option{"quiet", 'q', Takes::nothing, "", "no notes and no progress on stderr"},
    Option{"no-input", '\0', Takes::nothing, "", "never ask: fail instead"},
    Option{"color", '\0', Takes::value, "WHEN", "auto, always or never (NO_COLOR is honoured)"},
    Option{"passphrase-fd", '\0', Takes::value, "N", "read the passphrase from descriptor N"},
    Option{"passphrase-file", '\0', Takes::value, "FILE", "read the passphrase from a file"},
    Option{"new-passphrase-fd", '\0', Takes::value, "N", "read a new passphrase from descriptor N"},
    Option{"new-passphrase-file", '\0', Takes::value, "FILE", "read a new passphrase from a file"},
    Option{"help", 'h', Takes::nothing, "", "help on the command"},
    Option{"version", '\0', Takes::nothing, "", "the version of custos"},
};

constexpr std::uint64_t kDescriptorMax = 1'000'000;

const Option* find_option(std::span<const Option> options, const std::string& token) {
    const bool is_long = token.starts_with("--");
    const std::string name = is_long ? token.substr(2, token.find('=') - 2) : std::string();
    for (const Option& option : options) {
        if (is_long && option.name == name) return &option;
        if (!is_long && option.letter != '\0' && option.letter == token.back()) return &option;
    }
    return nullptr;
}

bool is_option(const std::string& token) { return token.size() > 1 && token[0] == '-'; }

// "--json" is a switch everywhere, and takes a file after the words of `add` and `edit`.
bool takes_file_by_json(const Command* command) {
    if (command == nullptr) return false;
    for (const Option& option : command->body->options) {
        if (option.name == "json") return true;
    }
    return false;
}

// Takes one token after the other; knows what has been understood so far.
class Cutter {
public:
    explicit Cutter(const std::vector<std::string>& tokens) : tokens_(tokens) {}

    void cut() {
        while (at_ < tokens_.size()) {
            const std::string& token = tokens_[at_];
            if (token == "--") return take_rest();
            if (is_option(token)) {
                take_option(token);
            } else {
                take_word(token);
            }
        }
    }

    // What there is of a command: "backup", "backup create", "".
    std::string words() const {
        return command_ == nullptr ? group_ : std::string(command_->words);
    }
    const Command* command() const {
        if (command_ == nullptr && !group_.empty()) {
            throw Error{ErrorCode::usage, "incomplete command: " + group_,
                        "the commands that begin so: " + members_of(group_)};
        }
        return command_;
    }
    const std::vector<std::string>& given() const { return given_; }
    const std::vector<std::string>& global() const { return global_; }

    static std::string members_of(const std::string& group) {
        std::string names;
        for (const Command& command : all_commands()) {
            if (!command.words.starts_with(group + " ")) continue;
            names += (names.empty() ? "" : ", ") + std::string(command.words);
        }
        return names;
    }

private:
    // From "--" on there are plain words only.
    void take_rest() {
        if (command_ == nullptr) {
            throw Error{ErrorCode::usage, "no command before --",
                        "all commands are listed by: custos help"};
        }
        given_.insert(given_.end(), tokens_.begin() + static_cast<std::ptrdiff_t>(at_),
                      tokens_.end());
        at_ = tokens_.size();
    }

    // The option and, if it takes one, its value, whatever that looks like.
    void take(std::vector<std::string>& to, const Option& option) {
        const bool separate =
            option.takes != Takes::nothing && tokens_[at_].find('=') == std::string::npos;
        to.push_back(tokens_[at_++]);
        if (!separate) return;
        if (at_ == tokens_.size()) {
            throw Error{ErrorCode::usage, "option " + to.back() + " needs a value",
                        to.back() + " " + std::string(option.value)};
        }
        to.push_back(tokens_[at_++]);
    }

    void take_option(const std::string& token) {
        if (token == "--json" && takes_file_by_json(command_)) {
            const bool file_follows = at_ + 1 < tokens_.size() && !is_option(tokens_[at_ + 1]);
            if (!file_follows) {
                global_.push_back(tokens_[at_++]);
                return;
            }
        }
        const Option* own =
            command_ == nullptr ? nullptr : find_option(command_->body->options, token);
        const Option* global = find_option(kGlobalOptions, token);
        if (own != nullptr) {
            take(given_, *own);
        } else if (global != nullptr && (token.starts_with("--") || token.size() == 2)) {
            take(global_, *global);
        } else {
            refuse(token);
        }
    }

    [[noreturn]] void refuse(const std::string& token) const {
        const std::string name = token.substr(0, token.find('='));
        std::vector<std::string> known;
        for (const Option& option : kGlobalOptions)
            known.push_back("--" + std::string(option.name));
        if (command_ != nullptr) {
            for (const Option& option : command_->body->options) {
                known.push_back("--" + std::string(option.name));
            }
        }
        std::string hint = did_you_mean(name, known);
        if (hint.empty()) {
            hint = command_ == nullptr
                       ? "options of a command stand after its words"
                       : "the options are listed by: custos help " + std::string(command_->words);
        }
        throw Error{ErrorCode::usage, "unknown option " + name, hint};
    }

    void take_word(const std::string& token) {
        ++at_;
        if (command_ != nullptr) {
            given_.push_back(token);
            return;
        }
        const std::string words = group_.empty() ? token : group_ + " " + token;
        command_ = find_command(words);
        if (command_ != nullptr) return;
        if (group_.empty() && is_command_group(token)) {
            group_ = token;
            return;
        }
        std::vector<std::string> known;
        for (const Command& command : all_commands()) known.emplace_back(command.words);
        std::string hint = did_you_mean(words, known);
        if (const auto kind = vault::kind_named(token); kind && group_.empty()) {
            const std::string name(vault::name_of(*kind));
            hint = "did you mean custos add " + name + ", or custos list " + name + "?";
        }
        if (hint.empty() && !group_.empty()) {
            hint = "the commands that begin so: " + members_of(group_);
        }
        throw Error{ErrorCode::usage, "unknown command " + words,
                    hint.empty() ? "all commands are listed by: custos help" : hint};
    }

    const std::vector<std::string>& tokens_;
    std::size_t at_ = 0;
    std::string group_;
    const Command* command_ = nullptr;
    std::vector<std::string> given_;
    std::vector<std::string> global_;
};

PassphraseSource source_of(const Arguments& arguments, const std::string& prefix) {
    PassphraseSource source;
    if (arguments.has(prefix + "-fd")) {
        source.descriptor = static_cast<int>(arguments.number(prefix + "-fd", 0, kDescriptorMax));
    }
    if (const auto file = arguments.maybe(prefix + "-file")) source.file = *file;
    if (source.descriptor && source.file) {
        throw Error{ErrorCode::usage, "cannot take a passphrase from two places",
                    "give --" + prefix + "-fd or --" + prefix + "-file"};
    }
    return source;
}

Color color_of(const std::string& text) {
    if (text == "auto") return Color::automatic;
    if (text == "always") return Color::always;
    if (text == "never") return Color::never;
    throw Error{ErrorCode::usage, "cannot use --color " + text, "it takes auto, always or never"};
}

Globals globals_of(const Arguments& arguments) {
    Globals globals;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread yet, and nothing sets variables
    if (const char* directory = std::getenv("CUSTOS_VAULT");
        directory != nullptr && *directory != '\0') {
        globals.vault = directory;
    }
    if (const auto directory = arguments.maybe("vault")) {
        if (directory->empty()) throw Error{ErrorCode::usage, "--vault needs a directory"};
        globals.vault = *directory;
    }
    globals.json = arguments.has("json");
    globals.jsonl = arguments.has("jsonl");
    globals.quiet = arguments.has("quiet");
    globals.no_input = arguments.has("no-input");
    globals.color = color_of(arguments.text("color", "auto"));
    globals.passphrase = source_of(arguments, "passphrase");
    globals.new_passphrase = source_of(arguments, "new-passphrase");
    return globals;
}

}  // namespace

std::span<const Option> global_options() { return kGlobalOptions; }

CommandLine cut_command_line(const std::vector<std::string>& tokens) {
    Cutter cutter(tokens);
    cutter.cut();
    const Arguments global = Arguments::parse(kGlobalOptions, cutter.global());

    CommandLine line;
    line.globals = globals_of(global);
    if (global.has("help")) {
        line.asked = Asked::help;
        line.help_topic = cutter.words();
    } else if (global.has("version")) {
        line.asked = Asked::version;
    } else {
        line.command = cutter.command();
        if (line.command == nullptr) {
            throw Error{ErrorCode::usage, "no command given",
                        "begin with: custos init casework --author \"Your name\"; all commands are "
                        "listed by: custos help"};
        }
        line.given = cutter.given();
    }
    return line;
}

bool wants_json(const std::vector<std::string>& tokens) {
    bool file_may_follow = false;
    for (std::size_t i = 0; i < tokens.size() && tokens[i] != "--"; ++i) {
        const bool word_follows = i + 1 < tokens.size() && !is_option(tokens[i + 1]);
        if (tokens[i] == "--jsonl") return true;
        if (tokens[i] == "--json" && !(file_may_follow && word_follows)) return true;
        file_may_follow |= takes_file_by_json(find_command(tokens[i]));
    }
    return false;
}

}  // namespace custos::cli
