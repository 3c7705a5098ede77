// SPDX-License-Identifier: GPL-3.0-or-later
// How hard a passphrase is to guess, roughly and from below: what an attacker who tries words,
// digits, repetitions and rows of keys first would need. A hint for people, and never a refusal:
// nobody can see from a passphrase how it was chosen.
#pragma once

#include <string>

#include "crypto/bytes.h"

namespace custos::cli {

// With 256 MiB for each guess, 2^50 guesses cost some ten million core-years; that is little for a
// passphrase made of randomly drawn words, and much for one made up.
inline constexpr int kWeakBits = 50;

// In bits. `utf8` is a passphrase in NFC.
[[nodiscard]] int guessing_bits(ByteView utf8);

// What to tell the person, or nothing for one that is not weak.
[[nodiscard]] std::string advice_on(ByteView utf8);

}  // namespace custos::cli
