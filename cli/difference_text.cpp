// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/difference_text.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "cli/record_text.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::FieldType;
using vault::Schema;
using vault::analysis::Edit;
using vault::analysis::FieldDifference;
using vault::analysis::TextPiece;

bool is_text(const FieldDifference& difference) {
    const bool kind = difference.field == nullptr || difference.field->type == FieldType::text ||
                      difference.field->type == FieldType::long_text;
    return kind && difference.before.is_string() && difference.after.is_string();
}

std::vector<TextPiece> words_of(const FieldDifference& difference) {
    return vault::analysis::word_difference(difference.before.get_ref<const std::string&>(),
                                            difference.after.get_ref<const std::string&>());
}

// Each item of a list on its own; what both lists have is kept.
std::vector<TextPiece> item_pieces(const Schema& schema, const FieldDifference& difference) {
    const json& before = difference.before;
    const json& after = difference.after;
    const auto script = vault::analysis::edit_script(
        before.size(), after.size(),
        [&](std::size_t i, std::size_t j) { return before[i] == after[j]; });
    std::vector<TextPiece> pieces;
    std::size_t i = 0;
    std::size_t j = 0;
    for (const Edit edit : script) {
        if (!pieces.empty()) pieces.push_back({Edit::keep, " "});
        pieces.push_back(
            {edit, value_text(schema, difference.field, edit == Edit::add ? after[j] : before[i])});
        if (edit != Edit::add) ++i;
        if (edit != Edit::remove) ++j;
    }
    return pieces;
}

std::vector<TextPiece> pieces_of(const Schema& schema, const FieldDifference& difference) {
    if (is_text(difference)) return words_of(difference);
    if (difference.before.is_array() && difference.after.is_array())
        return item_pieces(schema, difference);
    std::vector<TextPiece> pieces;
    if (!difference.before.is_null())
        pieces.push_back({Edit::remove, value_text(schema, difference.field, difference.before)});
    if (!difference.after.is_null())
        pieces.push_back({Edit::add, value_text(schema, difference.field, difference.after)});
    return pieces;
}

enum class Place { first, middle, last };

// The words next to the changes, and a mark for those left out.
std::string shortened_kept(const std::string& text, Place place) {
    const auto words = vault::analysis::words_of(text);
    const std::size_t sides = place == Place::middle ? 2 : 1;
    if (words.size() <= sides * kWordsAround + 1) return text;
    std::string out;
    if (place != Place::first) {
        for (std::size_t i = 0; i < kWordsAround; ++i) out += words[i];
        out += " …";
    }
    if (place != Place::last) {
        out += "… ";
        for (std::size_t i = words.size() - kWordsAround; i < words.size(); ++i) out += words[i];
    }
    return out;
}

StyledText styled_piece(const TextPiece& piece, Place place) {
    switch (piece.edit) {
        case Edit::keep: return {shortened_kept(piece.text, place), Style::plain};
        case Edit::remove: return {"[-" + piece.text + "-]", Style::bad};
        case Edit::add: return {"{+" + piece.text + "+}", Style::good};
    }
    return {};
}

}  // namespace

std::vector<std::vector<StyledText>> difference_lines(const Schema& schema,
                                                      const FieldDifference& difference) {
    std::vector<std::vector<StyledText>> lines(1);
    lines.back().push_back({difference.path + ": ", Style::faint});
    const std::vector<TextPiece> pieces = pieces_of(schema, difference);
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const Place place = i == 0                   ? Place::first
                            : i + 1 == pieces.size() ? Place::last
                                                     : Place::middle;
        const StyledText styled = styled_piece(pieces[i], place);
        std::string_view rest = styled.text;
        for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
            lines.back().push_back({std::string(rest.substr(0, end)), styled.style});
            lines.emplace_back();
            rest.remove_prefix(end + 1);
        }
        lines.back().push_back({std::string(rest), styled.style});
    }
    return lines;
}

json difference_json(const FieldDifference& difference) {
    json object = {
        {"field", difference.path}, {"before", difference.before}, {"after", difference.after}};
    if (!is_text(difference)) return object;
    json words = json::array();
    for (const TextPiece& piece : words_of(difference)) {
        const char* edit = piece.edit == Edit::keep     ? "keep"
                           : piece.edit == Edit::remove ? "remove"
                                                        : "add";
        words.push_back({{"edit", edit}, {"text", piece.text}});
    }
    object["words"] = std::move(words);
    return object;
}

}  // namespace custos::cli
