// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/spelled_numbers.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace custos::vault::publish {
namespace {

constexpr std::size_t kDigitsMax = 64;  // a longer row is a table

struct Word {
    std::string_view letters;
    char digit = 0;
};
constexpr std::array<Word, 14> kWords = {{{"zero", '0'},
                                          {"oh", '0'},
                                          {"o", '0'},
                                          {"nought", '0'},
                                          {"naught", '0'},
                                          {"one", '1'},
                                          {"two", '2'},
                                          {"three", '3'},
                                          {"four", '4'},
                                          {"five", '5'},
                                          {"six", '6'},
                                          {"seven", '7'},
                                          {"eight", '8'},
                                          {"nine", '9'}}};

std::optional<char> digit_of(std::string_view letters) {
    for (const Word& word : kWords) {
        if (word.letters == letters) return word.digit;
    }
    return std::nullopt;
}

bool is_repeated(std::string_view word) { return word == "double" || word == "triple"; }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Reads words one behind the other.
class Speller {
public:
    Speller(const Folded& text, std::size_t start, Folded& digits)
        : text_(text), at_(start), digits_(digits) {
        digits_.clear();
        digits_.letters.clear();
    }

    // Up to the first word that belongs to no number.
    void read() {
        std::size_t times = 1;
        while (at_ < text_.starts.size() && digits_.edges.size() < kDigitsMax) {
            const std::size_t next = next_word();
            const std::string_view word = letters_up_to(next);
            if (const auto digit = digit_of(word)) {
                for (; times > 0; --times) add(*digit);
                ++words_;
            } else if (!digits_.edges.empty() && std::all_of(word.begin(), word.end(), is_digit)) {
                for (const char c : word) add(c);
            } else if (is_repeated(word)) {
                times = word == "double" ? 2 : 3;
                at_ = next;
                continue;
            } else if (digits_.edges.empty() || (word != "dash" && word != "hyphen")) {
                break;
            }
            times = 1;
            at_ = next;
        }
        digits_.letters.append(kFoldedPadding, '\0');
    }

    bool is_number() const {
        return digits_.edges.size() >= kSpelledMin && words_ >= kSpelledWordsMin;
    }
    // The start behind what was read.
    std::size_t end() const { return at_; }

private:
    std::size_t next_word() const {
        std::size_t next = at_ + 1;
        while (next < text_.starts.size() && text_.edges[text_.starts[next].letter] != Edge::hard)
            ++next;
        return next;
    }

    std::string_view letters_up_to(std::size_t next) const {
        const std::size_t begin = text_.starts[at_].letter;
        const std::size_t end =
            next < text_.starts.size() ? text_.starts[next].letter : text_.size();
        return std::string_view(text_.letters).substr(begin, end - begin);
    }

    void add(char digit) {
        digits_.starts.push_back(
            {static_cast<std::uint32_t>(digits_.edges.size()), text_.starts[at_].source});
        digits_.edges.push_back(digits_.edges.empty() ? Edge::hard : Edge::none);
        digits_.letters.push_back(digit);
    }

    const Folded& text_;
    std::size_t at_;
    Folded& digits_;
    std::size_t words_ = 0;
};

}  // namespace

bool is_number_word(std::string_view word) { return digit_of(word) || is_repeated(word); }

std::size_t read_spelled_number(const Folded& text, std::size_t start, Folded& digits) {
    Speller speller(text, start, digits);
    speller.read();
    if (!speller.is_number()) digits.clear();
    return std::max(speller.end(), start + 1);
}

}  // namespace custos::vault::publish
