// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/script/words.h"

#include <cctype>
#include <stdexcept>

namespace custos::script {
namespace {

using ValueOf = std::function<std::string(const std::string&)>;

class Splitter {
public:
    Splitter(std::string_view line, const ValueOf& value_of) : line_(line), value_of_(value_of) {}

    std::vector<std::string> split() {
        while (skip_spaces()) read_word();
        return words_;
    }

private:
    bool at_end() const { return at_ == line_.size(); }
    char next() {
        if (at_end()) throw std::runtime_error("the line ends inside a quote or an escape");
        return line_[at_++];
    }

    // False at the end of the line or at a comment.
    bool skip_spaces() {
        while (!at_end() && line_[at_] == ' ') ++at_;
        return !at_end() && line_[at_] != '#';
    }

    void read_word() {
        std::string word;
        while (!at_end() && line_[at_] != ' ') {
            const char c = next();
            if (c == '\'') {
                for (char q = next(); q != '\''; q = next()) word += q;
            } else if (c == '"') {
                read_double_quoted(word);
            } else if (c == '\\') {
                word += next();
            } else if (c == '$') {
                word += read_variable();
            } else {
                word += c;
            }
        }
        words_.push_back(word);
    }

    void read_double_quoted(std::string& word) {
        for (char c = next(); c != '"'; c = next()) {
            if (c == '\\') {
                word += read_escape();
            } else if (c == '$') {
                word += read_variable();
            } else {
                word += c;
            }
        }
    }

    char read_escape() {
        const char c = next();
        switch (c) {
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'x': {
                const std::string digits = {next(), next()};
                std::size_t used = 0;
                const unsigned long value = std::stoul(digits, &used, 16);
                if (used != 2) throw std::runtime_error("\\x takes two digits");
                return static_cast<char>(value);
            }
            default: return c;  // \" \\ \$
        }
    }

    std::string read_variable() {
        std::string name;
        const bool braces = !at_end() && line_[at_] == '{';
        if (braces) ++at_;
        const auto is_letter = [](char c) {
            return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        };
        while (!at_end() && is_letter(line_[at_])) name += line_[at_++];
        if (braces && next() != '}') throw std::runtime_error("${ without }");
        return name.empty() ? "$" : value_of_(name);
    }

    std::string_view line_;
    const ValueOf& value_of_;
    std::size_t at_ = 0;
    std::vector<std::string> words_;
};

}  // namespace

std::vector<std::string> split_words(std::string_view line, const ValueOf& value_of) {
    return Splitter(line, value_of).split();
}

}  // namespace custos::script
