// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of the index of values (value_index.h): path (4 bytes), type (1), value. They sort as
// the table does.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "crypto/error.h"
#include "vault/records/values.h"

namespace custos::vault {

inline constexpr std::size_t kKeyHead = 5;  // path and type
inline constexpr std::size_t kKeyMax = 0xffff;

// Behind what `key` holds already.
void put_value(std::string& key, std::int64_t path, FieldValue::Is is, std::int64_t number,
               std::string_view text);

// `key` has kKeyHead bytes or more; `text` is a part of it.
struct ReadKey {
    std::int64_t path = 0;
    FieldValue::Is is = FieldValue::Is::set;
    std::int64_t number = 0;
    std::string_view text;
};
[[nodiscard]] ReadKey read_key(std::string_view key);

[[nodiscard]] Error damaged_values();

// The length of the first key of a row, which stands before it in two bytes. Error{integrity} if it
// is none, or reaches too far.
[[nodiscard]] std::size_t first_key_size(std::string_view keys);

// Calls use(key) for each of a row's.
template <class Use>
void each_key(std::string_view keys, Use use) {
    while (!keys.empty()) {
        const std::size_t size = first_key_size(keys);
        use(keys.substr(2, size));
        keys.remove_prefix(2 + size);
    }
}

}  // namespace custos::vault
