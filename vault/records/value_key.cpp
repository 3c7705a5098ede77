// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/value_key.h"

namespace custos::vault {
namespace {

// Big-endian, with the sign turned round.
void put_number(std::string& out, std::uint64_t number, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out.push_back(static_cast<char>(number >> static_cast<unsigned>(shift) & 0xff));
}
std::uint64_t take_number(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char byte : bytes) number = number << 8U | static_cast<std::uint8_t>(byte);
    return number;
}
constexpr std::uint64_t kSign = std::uint64_t{1} << 63;

}  // namespace

void put_value(std::string& key, std::int64_t path, FieldValue::Is is, std::int64_t number,
               std::string_view text) {
    put_number(key, static_cast<std::uint64_t>(path), 4);
    key.push_back(static_cast<char>(is));
    if (is == FieldValue::Is::number)
        put_number(key, static_cast<std::uint64_t>(number) ^ kSign, 8);
    if (is == FieldValue::Is::text) key.append(text);
}

ReadKey read_key(std::string_view key) {
    ReadKey read;
    read.path = static_cast<std::int64_t>(take_number(key.substr(0, 4)));
    read.is = static_cast<FieldValue::Is>(key[4]);
    if (read.is == FieldValue::Is::number)
        read.number = static_cast<std::int64_t>(take_number(key.substr(kKeyHead)) ^ kSign);
    if (read.is == FieldValue::Is::text) read.text = key.substr(kKeyHead);
    return read;
}

Error damaged_values() {
    return Error{ErrorCode::integrity, "the index of values is damaged", "run custos check"};
}

std::size_t first_key_size(std::string_view keys) {
    const std::size_t size = keys.size() < 2 ? 0 : take_number(keys.substr(0, 2));
    if (size < kKeyHead || size > keys.size() - 2) throw damaged_values();
    return size;
}

}  // namespace custos::vault
