// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/fold_text.h"

#include <optional>

#include "crypto/utf8.h"
#include "vault/search/fold_table.h"

namespace custos::vault {

namespace {

class Folding {
public:
    Folding(FoldTable& table, std::string& out) : table_(table), out_(out) {}

    void take(const Folded& folded, std::string_view written) {
        switch (folded.kind) {
            case CharClass::separator:
                out_.append(written);
                newest_ = {};
                break;
            case CharClass::ignored:
            case CharClass::mark: break;
            case CharClass::word:
            case CharClass::unspaced: put(folded); break;
            case CharClass::voicing: {
                const Folded whole = newest_.kind == CharClass::unspaced
                                         ? FoldTable::composed(newest_, folded)
                                         : Folded{};
                if (whole.kind == CharClass::unspaced) {
                    out_.resize(out_.size() - newest_.size);
                    put(whole);
                } else {
                    put(folded);
                }
                break;
            }
            case CharClass::several:
                for (const Folded& part : table_.parts(folded)) take(part, part.text());
                break;
        }
    }

private:
    void put(const Folded& folded) {
        out_.append(folded.text());
        newest_ = folded;
    }

    FoldTable& table_;
    std::string& out_;
    Folded newest_;  // the character that a voicing mark would belong to
};

}  // namespace

TextFolder::TextFolder() : table_(std::make_unique<FoldTable>()) {}
TextFolder::TextFolder(TextFolder&&) noexcept = default;
TextFolder& TextFolder::operator=(TextFolder&&) noexcept = default;
TextFolder::~TextFolder() = default;

std::string TextFolder::fold(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    Folding folding(*table_, out);
    while (!text.empty()) {
        const std::string_view before = text;
        const std::optional<char32_t> point = crypto::take_code_point(text);
        if (!point) {
            out.push_back(before.front());
            text = before.substr(1);
            continue;
        }
        folding.take((*table_)[*point], before.substr(0, before.size() - text.size()));
    }
    return out;
}

}  // namespace custos::vault
