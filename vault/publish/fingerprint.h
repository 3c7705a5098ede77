// SPDX-License-Identifier: GPL-3.0-or-later
// What people compare to know whose key a statement was signed with.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "crypto/bytes.h"
#include "crypto/minisign.h"

namespace custos::vault::publish {

// SHA-256 of the 42 bytes that the second line of key.pub encodes, in groups of four hexadecimal
// digits. `tail -n 1 key.pub | base64 -d | sha256sum` gives the same digits.
[[nodiscard]] std::string fingerprint_of(const crypto::minisign::PublicKey& key);

// The first half of the fingerprint (128 bits) as sixteen words that can be read out over a
// telephone: the PGP word list, in which words of two and of three syllables take turns, so that a
// word left out or swapped is heard.
[[nodiscard]] std::string fingerprint_words(const crypto::minisign::PublicKey& key);
// `text` with dots in place of these very words in their order, whatever space is between them:
// they are the key's and nobody's name. Every other place of such a word stays.
[[nodiscard]] std::string without_fingerprint_words(std::string text,
                                                    const crypto::minisign::PublicKey& key);
[[nodiscard]] std::string pgp_words(ByteView bytes);
// The 256 words for bytes at even (0) or odd (1) places, with a space between.
[[nodiscard]] std::string_view pgp_word_list(std::size_t parity);

}  // namespace custos::vault::publish
