// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/query.h"

#include <algorithm>
#include <optional>

#include "crypto/error.h"
#include "crypto/utf8.h"

namespace custos::vault {

namespace {

// What the text is made of. `text` of a word or phrase is the user's, without quotes and star.
struct Piece {
    enum class Kind { word, phrase, all, any, without, open, close, end };
    Kind kind = Kind::end;
    std::string_view text;
    bool prefix = false;
    std::size_t place = 0;  // byte in the query
};

// A part of the query that is understood: its expression for FTS5, and whether anything is left of
// it once punctuation is gone.
struct Part {
    std::string match;
    bool empty() const { return match.empty(); }
};

constexpr std::string_view kOpeningQuotes[] = {"\"", "\u201c", "\u201d", "\u201e"};

std::size_t quote_at(std::string_view text) {
    for (const std::string_view quote : kOpeningQuotes) {
        if (text.starts_with(quote)) return quote.size();
    }
    return 0;
}

// The size of the white space character that `text` begins with, or 0.
std::size_t space_at(std::string_view text) {
    std::string_view rest = text;
    const auto point = crypto::take_code_point(rest);
    return point && crypto::is_white_space(*point) ? text.size() - rest.size() : 0;
}

class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) { advance(); }

    const Piece& piece() const { return piece_; }

    void advance() {
        while (place_ < text_.size()) {
            const std::size_t space = space_at(text_.substr(place_));
            if (space == 0) break;
            place_ += space;
        }
        piece_ = Piece{};
        piece_.place = place_;
        if (place_ == text_.size()) return;
        const std::string_view rest = text_.substr(place_);
        if (rest.front() == '(' || rest.front() == ')') {
            piece_.kind = rest.front() == '(' ? Piece::Kind::open : Piece::Kind::close;
            ++place_;
        } else if (rest.front() == '-' && rest.size() > 1 && space_at(rest.substr(1)) == 0) {
            piece_.kind = Piece::Kind::without;
            ++place_;
        } else if (const std::size_t quote = quote_at(rest); quote > 0) {
            read_phrase(quote);
        } else {
            read_word();
        }
    }

    [[noreturn]] void fail(std::size_t place, const std::string& why) const {
        const auto before = text_.substr(0, place);
        const auto characters = std::ranges::count_if(
            before, [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80; });
        throw Error{
            ErrorCode::usage,
            "cannot read the search at character " + std::to_string(characters + 1) + ": " + why,
            "see how to search with: custos help search"};
    }

private:
    void read_phrase(std::size_t quote) {
        const std::size_t begin = place_ + quote;
        for (std::size_t end = begin; end < text_.size(); ++end) {
            const std::size_t closing = quote_at(text_.substr(end));
            if (closing == 0) continue;
            piece_.kind = Piece::Kind::phrase;
            piece_.text = text_.substr(begin, end - begin);
            place_ = end + closing;
            if (place_ < text_.size() && text_[place_] == '*') {
                piece_.prefix = true;
                ++place_;
            }
            return;
        }
        fail(place_, "this quotation has no end");
    }

    void read_word() {
        const std::size_t begin = place_;
        while (place_ < text_.size()) {
            const std::string_view rest = text_.substr(place_);
            if (rest.front() == '(' || rest.front() == ')' || quote_at(rest) > 0 ||
                space_at(rest) > 0)
                break;
            ++place_;
        }
        std::string_view word = text_.substr(begin, place_ - begin);
        if (word == "AND") {
            piece_.kind = Piece::Kind::all;
        } else if (word == "OR") {
            piece_.kind = Piece::Kind::any;
        } else if (word == "NOT") {
            piece_.kind = Piece::Kind::without;
        } else {
            piece_.kind = Piece::Kind::word;
            while (word.ends_with('*')) {
                word.remove_suffix(1);
                piece_.prefix = true;
            }
            piece_.text = word;
        }
    }

    std::string_view text_;
    std::size_t place_ = 0;
    Piece piece_;
};

using Kind = Piece::Kind;

// A parser that goes down as many levels as there are parentheses, which are counted.
class Parser {
public:
    Parser(Tokenizer& tokenizer, std::string_view text) : tokenizer_(tokenizer), reader_(text) {}

    SearchQuery parse() {
        SearchQuery query;
        if (reader_.piece().kind != Kind::end) query.match = any_of(0).match;
        if (reader_.piece().kind == Kind::close) {
            reader_.fail(reader_.piece().place, "this parenthesis was not opened");
        }
        if (query.match.empty()) {
            throw Error{ErrorCode::usage, "cannot search: there is no word in the search",
                        "write a word, a part of one with *, or a phrase in quotation marks"};
        }
        query.phrases = std::move(phrases_);
        return query;
    }

private:
    Part any_of(int depth) {
        std::vector<std::string> parts;
        for (;;) {
            if (Part part = all_of(depth); !part.empty()) parts.push_back(std::move(part.match));
            if (reader_.piece().kind != Kind::any) break;
            reader_.advance();
        }
        return {joined(parts, " OR ")};
    }

    Part all_of(int depth) {
        const std::size_t begin = reader_.piece().place;
        std::vector<std::string> wanted;
        std::vector<std::string> unwanted;
        bool needs_term = true;  // at the beginning and behind AND
        bool only_unwanted = true;
        for (;;) {
            const Piece piece = reader_.piece();
            if (piece.kind == Kind::end || piece.kind == Kind::close || piece.kind == Kind::any)
                break;
            if (piece.kind == Kind::all) {
                if (needs_term) reader_.fail(piece.place, "AND needs a word before it");
                needs_term = true;
                reader_.advance();
                continue;
            }
            needs_term = false;
            if (piece.kind == Kind::without) {
                reader_.advance();
                exclude(depth, piece.place, unwanted);
            } else {
                only_unwanted = false;
                if (Part part = term(depth); !part.empty()) wanted.push_back(std::move(part.match));
            }
        }
        if (needs_term) reader_.fail(reader_.piece().place, "a word is missing");
        if (wanted.empty() && only_unwanted && !unwanted.empty()) {
            reader_.fail(begin, "this says only what to leave out");
        }
        if (wanted.empty()) return {};
        std::string match = joined(wanted, " AND ");
        if (!unwanted.empty()) match = "(" + match + " NOT " + joined(unwanted, " OR ") + ")";
        return {std::move(match)};
    }

    // What is left out is not looked for in snippets.
    void exclude(int depth, std::size_t place, std::vector<std::string>& unwanted) {
        const Kind kind = reader_.piece().kind;
        if (kind != Kind::word && kind != Kind::phrase && kind != Kind::open) {
            reader_.fail(place, "a word to leave out is missing");
        }
        const std::size_t known = phrases_.size();
        if (Part part = term(depth); !part.empty()) unwanted.push_back(std::move(part.match));
        phrases_.resize(known);
    }

    Part term(int depth) {
        const Piece piece = reader_.piece();
        reader_.advance();
        if (piece.kind != Kind::open) return phrase(piece);
        if (depth >= kQueryDepthMax) reader_.fail(piece.place, "there are too many parentheses");
        Part inner = any_of(depth + 1);
        if (reader_.piece().kind != Kind::close)
            reader_.fail(piece.place, "this parenthesis is not closed");
        reader_.advance();
        return inner;
    }

    Part phrase(const Piece& piece) {
        if (++terms_ > kQueryTermsMax) reader_.fail(piece.place, "there are too many words");
        SearchPhrase phrase;
        phrase.prefix = piece.prefix;
        tokenizer_.tokenize(piece.text, TextPurpose::query,
                            [&](std::string_view token, std::size_t, std::size_t) {
                                phrase.tokens.emplace_back(token);
                                return true;
                            });
        if (phrase.tokens.empty()) return {};
        if (tokenizer_.begins_pair(phrase.tokens.back())) phrase.prefix = true;
        std::string match;
        // Tokens hold letters, digits and marks only, and are tokens of themselves.
        for (const std::string& token : phrase.tokens) {
            match += (match.empty() ? "\"" : " + \"") + token + "\"";
        }
        if (phrase.prefix) match += " *";
        phrases_.push_back(std::move(phrase));
        return {std::move(match)};
    }

    static std::string joined(const std::vector<std::string>& parts, std::string_view between) {
        if (parts.empty()) return {};
        if (parts.size() == 1) return parts.front();
        std::string all = "(" + parts.front();
        for (std::size_t place = 1; place < parts.size(); ++place)
            all.append(between).append(parts[place]);
        return all + ")";
    }

    Tokenizer& tokenizer_;
    Reader reader_;
    std::size_t terms_ = 0;
    std::vector<SearchPhrase> phrases_;
};

}  // namespace

SearchQuery parse_search(Tokenizer& tokenizer, std::string_view text) {
    if (text.size() > kQueryBytesMax) {
        throw Error{ErrorCode::usage, "cannot read the search: it is longer than " +
                                          std::to_string(kQueryBytesMax) + " bytes"};
    }
    return Parser(tokenizer, text).parse();
}

}  // namespace custos::vault
