// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that prove themselves by their check digits: bank accounts (IBAN), payment cards,
// identity cards of Thailand, the lines of travel documents that machines read. Plain ASCII text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "vault/publish/utf8.h"

namespace custos::vault::publish {

// Each returns the place behind the number that begins at `at`, or 0 if none does. Single spaces
// and hyphens may stand within.

// Two letters for the country, two check digits (ISO 13616, modulo 97), and as many characters as
// accounts of that country have.
[[nodiscard]] std::size_t iban_end(std::string_view text, std::size_t at);
// As long as cards of its issuer are, with the check digit of ISO 7812 (Luhn).
[[nodiscard]] std::size_t payment_card_end(std::string_view text, std::size_t at);
// 1-2345-67890-12-1: thirteen digits, the last one modulo 11.
[[nodiscard]] std::size_t thai_identity_end(std::string_view text, std::size_t at);

// A line of ICAO 9303 around the `<` at `at`: one with the number of a document, or with the dates
// of birth and expiry, whose check digits are right, or one with the holder's name.
[[nodiscard]] std::optional<Range> travel_document_line(std::string_view text, std::size_t at);

}  // namespace custos::vault::publish
