// SPDX-License-Identifier: GPL-3.0-or-later
// Names as they sound, for finding records of one person: across scripts, spellings and the order
// of the parts. Rough on purpose: what shares a key is worth a closer look, no more. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "vault/records/id.h"

namespace custos::vault {

inline constexpr std::size_t kNamePartsMax = 8;    // of one name; the rest is passed over
inline constexpr std::size_t kLikenessesMax = 64;  // keys of one record

// "sok dara" for "Sok DARĀ", "wang wei" for "王伟": lower-case ASCII letters and digits, parts with
// single spaces between. Khmer, Lao, Thai and Burmese give consonants; empty if nothing was left.
class NameReader {
public:
    NameReader();
    NameReader(NameReader&&) noexcept;
    NameReader& operator=(NameReader&&) noexcept;
    ~NameReader();

    [[nodiscard]] std::vector<std::string> parts_of(std::string_view name);

private:
    struct Rules;
    std::unique_ptr<Rules> rules_;  // made when a script needs them: they are slow to make
};

// Its consonants in eleven classes: "STK" for "Sothik" and "Sotik". Vowels count where they begin.
[[nodiscard]] std::string sound_of(std::string_view part);
// The sounds of the parts, sorted: one text whatever their order.
[[nodiscard]] std::string sound_of(const std::vector<std::string>& parts);
// `sound` itself and each that is one class longer, shorter or other.
[[nodiscard]] std::set<std::string> sounds_near(const std::vector<std::string>& parts);

// Every way in which the fields of a person say a name: text, transliteration, spellings, aliases.
[[nodiscard]] std::vector<std::string> names_in(const nlohmann::json& fields);

// Under which keys the index knows a record, sorted, each once, at most kLikenessesMax. Persons:
// the sounds of whole names ("n:SK TL"), of two parts of longer ones, numbers ("i:N123"), contacts
// ("c:..."). Incidents: the days ("d:18253") or months ("m:2019-11") on which they happened. Other
// kinds have none.
[[nodiscard]] std::vector<std::string> likenesses_of(NameReader& reader, Kind kind,
                                                     const nlohmann::json& fields);
// The keys of a day (a number since 1970-01-01) and of its month, and the day of such a key.
[[nodiscard]] std::string likeness_of_day(std::int64_t day);
[[nodiscard]] std::string likeness_of_month(std::int64_t day);
[[nodiscard]] std::optional<std::int64_t> day_of_likeness(std::string_view key);
// Days apart within which two incidents are near.
inline constexpr std::int64_t kDaysAround = 2;

// Under which keys those that could be the same are looked for.
[[nodiscard]] std::vector<std::string> likenesses_near(NameReader& reader, Kind kind,
                                                       const nlohmann::json& fields);

}  // namespace custos::vault
