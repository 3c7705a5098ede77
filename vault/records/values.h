// SPDX-License-Identifier: GPL-3.0-or-later
// The values of a record that lists filter, sort and count by: which ones, and in what form. Pure.
//
//   terms, countries, languages, zones, times    text, as stored
//   one line of text, URLs, and long texts
//   that are in no list                          text, folded (vault/search/fold_text.h)
//   integers, true and false, decimals           number; decimals times 10^7
//   dates                                        numbers at four paths, see DatePaths
//   references, other long texts                 only that there is one
//
// Paths have dots and leave out the numbers of list items: "paragraphs.basis". Fields of the
// vault's own (x_...) are taken by what they are, since the index must follow from the log alone.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "vault/records/date.h"
#include "vault/records/schema.h"
#include "vault/search/fold_text.h"

namespace custos::vault {

// One value at one path. `set` alone says that there is something.
struct FieldValue {
    enum class Is : std::uint8_t { number, text, set };
    std::string_view path;  // lives as long as the ValueReader that gave it
    Is is = Is::set;
    std::int64_t number = 0;
    std::string text;
};

// What searches narrow down by, wherever in a record it stands.
inline constexpr std::string_view kAnyCountry = "@country";
inline constexpr std::string_view kAnyLanguage = "@language";
inline constexpr std::string_view kAnyTerm = "@term";

// A date is a span of days. Beside its first day lies the block of 32 days that this falls into, so
// that a search over years reads blocks; its last day and block only when it is another day.
struct DatePaths {
    std::string first, first_block, last, last_block;
    explicit DatePaths(std::string_view path);
};
[[nodiscard]] std::int64_t block_of_day(std::int64_t day);
[[nodiscard]] std::int64_t first_day_of(std::int64_t block);

// Of longer texts the beginning is kept, with a digest of the whole, so that equality stays exact.
inline constexpr std::size_t kValueTextMax = 96;  // bytes
inline constexpr char kCutMark = '\x01';          // never in stored text
[[nodiscard]] std::string value_text(std::string folded);

// Seven digits behind the point: a centimetre of longitude. Nothing if it is no decimal.
[[nodiscard]] std::optional<std::int64_t> decimal_value(std::string_view text);

class ValueReader {
public:
    ValueReader();
    ValueReader(const ValueReader&) = delete;
    ValueReader& operator=(const ValueReader&) = delete;
    ~ValueReader();

    // Every value once, by path.
    [[nodiscard]] std::vector<FieldValue> read(Kind kind, const nlohmann::json& fields);
    TextFolder& folder() noexcept { return folder_; }

private:
    struct Node;
    class Walk;
    const std::vector<Node>& nodes_of(Kind kind);
    std::string_view kept(std::string path);

    TextFolder folder_;
    std::vector<std::unique_ptr<std::vector<Node>>> kinds_;
    std::set<std::string, std::less<>> own_paths_;
};

}  // namespace custos::vault
