// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <cxxopts.hpp>

#include "cli/suggest.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

std::shared_ptr<cxxopts::Value> kind_of(const Option& option) {
    switch (option.takes) {
        case Takes::nothing: return cxxopts::value<bool>();
        case Takes::value: return cxxopts::value<std::string>();
        case Takes::values: return cxxopts::value<std::vector<std::string>>();
    }
    return cxxopts::value<bool>();
}

std::string names_of(const Option& option) {
    const std::string name(option.name);
    return option.letter == '\0' ? name : std::string(1, option.letter) + "," + name;
}

// Options that a command does not know, before cxxopts sees them: it cannot say which one was
// meant.
void refuse_unknown(std::span<const Option> options, const std::vector<std::string>& given) {
    std::vector<std::string> known;
    for (const Option& option : options) known.push_back("--" + std::string(option.name));
    bool value_follows = false;
    for (const std::string& token : given) {
        if (value_follows) {
            value_follows = false;
            continue;
        }
        if (token == "--") return;
        if (!token.starts_with("--")) {
            // The last letter of a cluster may take a value.
            for (const Option& option : options) {
                value_follows |= token.size() > 1 && token[0] == '-' &&
                                 option.letter == token.back() && option.takes != Takes::nothing;
            }
            continue;
        }
        const std::string name = token.substr(0, token.find('='));
        bool found = false;
        for (const Option& option : options) {
            if (name.substr(2) != option.name) continue;
            found = true;
            value_follows = option.takes != Takes::nothing && name == token;
        }
        if (!found) {
            throw Error{ErrorCode::usage, "unknown option " + name, did_you_mean(name, known)};
        }
    }
}

}  // namespace

Arguments Arguments::parse(std::span<const Option> options, const std::vector<std::string>& given) {
    refuse_unknown(options, given);
    cxxopts::Options parser("custos");
    for (const Option& option : options) {
        parser.add_options()(names_of(option), std::string(option.help), kind_of(option));
    }
    std::vector<const char*> argv = {"custos"};
    for (const std::string& token : given) argv.push_back(token.c_str());

    Arguments arguments;
    try {
        const cxxopts::ParseResult result =
            parser.parse(static_cast<int>(argv.size()), argv.data());
        for (const Option& option : options) {
            const std::string name(option.name);
            if (result.count(name) == 0) continue;
            std::vector<std::string>& values = arguments.values_[name];
            switch (option.takes) {
                case Takes::nothing:
                    if (!result[name].as<bool>()) arguments.values_.erase(name);  // --flag=false
                    break;
                case Takes::value: values.push_back(result[name].as<std::string>()); break;
                case Takes::values: values = result[name].as<std::vector<std::string>>(); break;
            }
        }
        arguments.words_ = result.unmatched();
    } catch (const cxxopts::exceptions::exception& exception) {
        std::string message = exception.what();  // "Option 'limit' is missing an argument"
        for (const std::string_view quote : {"\u2018", "\u2019"}) {
            for (std::size_t at = message.find(quote); at != std::string::npos;
                 at = message.find(quote)) {
                message.replace(at, quote.size(), "'");
            }
        }
        if (!message.empty() && message[0] == 'O') message[0] = 'o';
        throw Error{ErrorCode::usage, "cannot read the options: " + message};
    }
    return arguments;
}

bool Arguments::has(std::string_view option) const { return values_.find(option) != values_.end(); }

std::string Arguments::text(std::string_view option, std::string_view otherwise) const {
    return maybe(option).value_or(std::string(otherwise));
}

std::optional<std::string> Arguments::maybe(std::string_view option) const {
    const auto found = values_.find(option);
    if (found == values_.end() || found->second.empty()) return std::nullopt;
    return found->second.back();
}

std::vector<std::string> Arguments::texts(std::string_view option) const {
    const auto found = values_.find(option);
    return found == values_.end() ? std::vector<std::string>{} : found->second;
}

std::uint64_t Arguments::number(std::string_view option, std::uint64_t otherwise,
                                std::uint64_t most) const {
    const std::optional<std::string> given = maybe(option);
    if (!given) return otherwise;
    const std::optional<std::uint64_t> value = decimal(*given, most);
    if (!value) {
        throw Error{ErrorCode::usage, "cannot use --" + std::string(option) + " " + *given +
                                          ": it takes a whole number up to " +
                                          std::to_string(most)};
    }
    return *value;
}

std::optional<std::uint64_t> decimal(std::string_view text, std::uint64_t most) {
    if (text.empty() || text.size() > 20) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (value > (UINT64_MAX - digit) / 10) return std::nullopt;
        value = value * 10 + digit;
    }
    return value <= most ? std::optional(value) : std::nullopt;
}

}  // namespace custos::cli
