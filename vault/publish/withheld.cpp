// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/withheld.h"

#include <algorithm>

namespace custos::vault::publish {
namespace {

constexpr std::string_view kBegin = "{withheld}";
constexpr std::string_view kEnd = "{/withheld}";

std::string_view trimmed(std::string_view line) {
    constexpr std::string_view kSpaces = " \t\r\n";
    line.remove_prefix(std::min(line.find_first_not_of(kSpaces), line.size()));
    return line.substr(0, line.find_last_not_of(kSpaces) + 1);
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

class Separator {
public:
    explicit Separator(std::string_view marker) : marker_(marker) {}

    WithheldPassages separate(std::string_view body) {
        while (!body.empty()) {
            const std::size_t end = std::min(body.find('\n'), body.size() - 1) + 1;
            take(body.substr(0, end));
            body.remove_prefix(end);
        }
        if (inside_) {
            problem(began_, "a withheld passage has no end");
            close();
        }
        return std::move(out_);
    }

private:
    void take(std::string_view line) {
        ++line_;
        const std::string_view words = trimmed(line);
        if (words == kBegin) {
            if (inside_) problem(line_, "a withheld passage begins within another");
            if (!inside_) began_ = line_;
            inside_ = true;
            out_.open += '\n';
        } else if (words == kEnd) {
            if (inside_) {
                close();
            } else {
                problem(line_, "a withheld passage ends that did not begin");
            }
            out_.open += '\n';
        } else if (inside_) {
            inside_text_ += line;
            // The first line becomes the marker, the others stay empty: lines keep their numbers.
            if (!marked_) out_.open += marker_;
            marked_ = true;
            out_.open += '\n';
        } else {
            check_open(line);
            out_.open += line;
        }
    }

    void check_open(std::string_view line) {
        if (line.find(kBegin) != std::string_view::npos ||
            line.find(kEnd) != std::string_view::npos) {
            problem(line_, "the mark of a withheld passage shares its line");
        }
        if (line.find(marker_) != std::string_view::npos)
            problem(line_, "the text reads like a withheld passage, and is none");
    }

    void close() {
        if (is_blank(inside_text_)) problem(began_, "a withheld passage is empty");
        out_.texts.push_back(std::move(inside_text_));
        inside_text_.clear();
        inside_ = false;
        marked_ = false;
    }

    void problem(std::size_t line, const char* what) {
        out_.problems.push_back({"withheld",
                                 {},
                                 line,
                                 what,
                                 "write {withheld} and {/withheld} on lines of their own, around "
                                 "what is to be signed but not published"});
    }

    std::string_view marker_;
    WithheldPassages out_;
    std::string inside_text_;
    std::size_t line_ = 0;
    std::size_t began_ = 0;
    bool inside_ = false;
    bool marked_ = false;
};

}  // namespace

WithheldPassages take_out_withheld(std::string_view body, std::string_view marker) {
    return Separator(marker).separate(body);
}

}  // namespace custos::vault::publish
