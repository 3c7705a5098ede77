// SPDX-License-Identifier: GPL-3.0-or-later
// The few words that Custos itself puts into a statement, in the statement's language where we have
// them and in English where we do not.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace custos::vault::publish {

struct Phrases {
    std::string_view language;  // primary subtag
    std::string_view person;    // before the letter of a pseudonym
    std::string_view name_withheld;
    std::string_view date_withheld;
    std::string_view place_withheld;
    std::string_view exhibit;  // before its number
    std::string_view public_statement;
    std::string_view index;
    std::string_view date;
    std::string_view sources;
    std::string_view authenticity;
    std::string_view how_to_verify;
    std::string_view key;
    std::string_view fingerprint;
    std::string_view fingerprint_words;
    std::string_view notes;       // heading of the footnotes, for a reader's voice
    std::string_view qr_label;    // what the QR code holds
    std::string_view check_good;  // what the page says of itself
    std::string_view check_bad;
    std::string_view check_cannot;
    std::string_view check_warning;
    std::string_view marker_withheld;
};

// English first. Each has every phrase.
[[nodiscard]] std::span<const Phrases> all_phrases();
[[nodiscard]] const Phrases& phrases_for(std::string_view language);

// 0: "A", 25: "Z", 26: "AA".
[[nodiscard]] std::string letter_of(std::size_t number);

// "22 December 2019", "December 2019", "about 2019", "9 November 2019 to 23 November 2019" in
// English. In other languages as that language writes days, months and years of the Gregorian
// calendar, with the signs of EDTF for what is uncertain (~ ?) and a dash for an interval.
[[nodiscard]] std::string date_phrase(std::string_view edtf, std::string_view language);

// "Thailand" for TH, in `language`; the code itself if there is no such country.
[[nodiscard]] std::string country_name(std::string_view code, std::string_view language);

// Whether a language is written from right to left.
[[nodiscard]] bool is_right_to_left(std::string_view language);

}  // namespace custos::vault::publish
