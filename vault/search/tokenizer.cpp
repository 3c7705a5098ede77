// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/tokenizer.h"

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>

#include "crypto/utf8.h"
#include "vault/search/fold_table.h"

namespace custos::vault {

namespace {

// 0 for what separates, else the lower-case letter or digit.
constexpr std::array<char, 128> make_ascii() {
    std::array<char, 128> table{};
    for (std::size_t place = 0; place < 128; ++place) {
        const char character = static_cast<char>(place);
        if ((character >= '0' && character <= '9') || (character >= 'a' && character <= 'z'))
            table[place] = character;
        if (character >= 'A' && character <= 'Z')
            table[place] = static_cast<char>(character - 'A' + 'a');
    }
    return table;
}
constexpr std::array<char, 128> kAscii = make_ascii();

// One pass over one text.
class Cutter {
public:
    Cutter(FoldTable& table, std::string_view text, TextPurpose purpose, const TokenSink& sink)
        : table_(table), text_(text), purpose_(purpose), sink_(sink) {}

    void run() {
        std::size_t place = 0;
        while (place < text_.size() && !stopped_) {
            const auto byte = static_cast<std::uint8_t>(text_[place]);
            if (byte < 0x80) {
                place = take_ascii(place);
                continue;
            }
            std::string_view rest = text_.substr(place);
            const std::optional<char32_t> point = crypto::take_code_point(rest);
            const std::size_t next = point ? text_.size() - rest.size() : place + 1;
            if (point) {
                take(table_[*point], place, next);
            } else {
                end_all();
            }
            place = next;
        }
        end_all();
    }

private:
    struct Unspaced {
        Folded folded;
        std::size_t begin = 0;
        std::size_t end = 0;
    };

    // Takes ASCII characters as long as there are some; most text in the Latin script is nothing
    // else.
    std::size_t take_ascii(std::size_t place) {
        while (place < text_.size()) {
            const auto byte = static_cast<std::uint8_t>(text_[place]);
            if (byte >= 0x80) break;
            const char folded = kAscii[byte];
            if (folded == 0) {
                end_all();
                if (stopped_) break;
            } else {
                if (pairs_ > 0) end_run();
                if (word_size_ == 0) word_begin_ = place;
                if (!word_full_ && word_size_ < kTokenBytesMax) word_[word_size_++] = folded;
                word_end_ = place + 1;
            }
            ++place;
        }
        return place;
    }

    void take(const Folded& folded, std::size_t begin, std::size_t end) {
        switch (folded.kind) {
            case CharClass::separator: end_all(); break;
            case CharClass::ignored: break;
            case CharClass::mark: extend(end); break;
            case CharClass::word: add_to_word(folded, begin, end); break;
            case CharClass::unspaced: add_to_run(folded, begin, end); break;
            case CharClass::voicing: add_voicing(folded, begin, end); break;
            case CharClass::several:
                for (const Folded& part : table_.parts(folded)) take(part, begin, end);
                break;
        }
    }

    void extend(std::size_t end) {
        if (word_size_ > 0) word_end_ = end;
        if (pairs_ > 0) newest_.end = end;
    }

    void add_to_word(const Folded& folded, std::size_t begin, std::size_t end) {
        if (pairs_ > 0) end_run();
        if (word_size_ == 0) word_begin_ = begin;
        word_end_ = end;
        if (word_full_ || word_size_ + folded.size > kTokenBytesMax) {
            word_full_ = true;  // nothing shorter may follow into the gap
            return;
        }
        std::memcpy(word_.data() + word_size_, folded.bytes.data(), folded.size);
        word_size_ += folded.size;
    }

    void add_to_run(const Folded& folded, std::size_t begin, std::size_t end) {
        if (word_size_ > 0) end_word();
        if (pairs_ > 1) emit_pair();
        if (pairs_ > 0) older_ = newest_;
        newest_ = {folded, begin, end};
        if (pairs_ < 2) ++pairs_;
    }

    void add_voicing(const Folded& mark, std::size_t begin, std::size_t end) {
        const Folded whole = pairs_ > 0 ? FoldTable::composed(newest_.folded, mark) : Folded{};
        if (whole.kind == CharClass::unspaced) {
            newest_.folded = whole;
            newest_.end = end;
        } else {
            add_to_run(mark, begin, end);
        }
    }

    void end_all() {
        if (word_size_ > 0) end_word();
        if (pairs_ > 0) end_run();
    }

    void end_word() {
        emit({word_.data(), word_size_}, word_begin_, word_end_);
        word_size_ = 0;
        word_full_ = false;
    }

    void end_run() {
        const bool single = pairs_ == 1;
        if (!single) emit_pair();
        pairs_ = 0;
        if (purpose_ == TextPurpose::document || single) {
            emit(newest_.folded.text(), newest_.begin, newest_.end);
        } else {
            last_ = newest_;  // only if something follows: see emit()
            last_waits_ = true;
        }
    }

    void emit_pair() {
        std::array<char, 8> pair{};
        const std::string_view first = older_.folded.text();
        const std::string_view second = newest_.folded.text();
        std::memcpy(pair.data(), first.data(), first.size());
        std::memcpy(pair.data() + first.size(), second.data(), second.size());
        emit({pair.data(), first.size() + second.size()}, older_.begin, newest_.end);
    }

    void emit(std::string_view token, std::size_t begin, std::size_t end) {
        if (last_waits_) {
            last_waits_ = false;
            emit(last_.folded.text(), last_.begin, last_.end);
        }
        if (!stopped_) stopped_ = !sink_(token, begin, end);
    }

    FoldTable& table_;
    std::string_view text_;
    TextPurpose purpose_;
    const TokenSink& sink_;
    bool stopped_ = false;

    std::array<char, kTokenBytesMax> word_{};
    std::size_t word_size_ = 0;
    bool word_full_ = false;
    std::size_t word_begin_ = 0;
    std::size_t word_end_ = 0;

    int pairs_ = 0;  // characters held of a run: none, `newest_`, or both
    Unspaced older_;
    Unspaced newest_;
    Unspaced last_;  // of a run before, in a query
    bool last_waits_ = false;
};

}  // namespace

Tokenizer::Tokenizer() : table_(std::make_unique<FoldTable>()) {}
Tokenizer::Tokenizer(Tokenizer&&) noexcept = default;
Tokenizer& Tokenizer::operator=(Tokenizer&&) noexcept = default;
Tokenizer::~Tokenizer() = default;

void Tokenizer::tokenize(std::string_view text, TextPurpose purpose, const TokenSink& sink) {
    Cutter(*table_, text, purpose, sink).run();
}

bool Tokenizer::begins_pair(std::string_view token) {
    if (token.empty()) return false;
    const std::optional<char32_t> point = crypto::take_code_point(token);
    if (!point || !token.empty()) return false;
    const CharClass kind = (*table_)[*point].kind;
    return kind == CharClass::unspaced || kind == CharClass::voicing;
}

}  // namespace custos::vault
