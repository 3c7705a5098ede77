// SPDX-License-Identifier: GPL-3.0-or-later
// Dates, times, and what people type for ids, countries, languages, zones and words.
#include <cstdint>

#include "crypto/bytes.h"
#include "vault/records/calendar.h"
#include "vault/records/codes.h"
#include "vault/records/coordinates.h"
#include "vault/records/date.h"
#include "vault/records/id.h"
#include "vault/records/text.h"
#include "vault/records/vocabulary.h"

namespace {

using namespace custos;
using namespace custos::vault;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void try_date(std::string_view text) {
    const ParsedDate parsed = parse_date(text);
    if (parsed.date) {
        require(parsed.date->text == text && parsed.date->bounds.min <= parsed.date->bounds.max);
        require(parsed.date->bounds.min >= kDayBeforeAll &&
                parsed.date->bounds.max <= kDayAfterAll);
    } else {
        require(!parsed.refusal.why.empty());
        require(parsed.refusal.instead.empty() ||
                parse_date(parsed.refusal.instead).date.has_value());
    }
    const auto seconds = parse_time(text);
    require(!seconds || (*seconds >= 0 && *seconds < 86400));
}

void try_calendar(std::string_view text) {
    if (const auto given = split_calendar(text)) {
        const ConvertedDate converted = parse_calendar_date(*given);
        if (converted.parsed.date) {
            const std::string& gregorian = converted.parsed.date->text;
            require(parse_date(gregorian).date == converted.parsed.date);
            // What was read is not read again.
            require(converted.calendar == "gregorian" ||
                    reading_of(converted.calendar, gregorian) != Reading::calendar);
        } else {
            require(!converted.parsed.refusal.why.empty());
        }
    }
    for (const char* calendar : {"thai_solar", "persian", "hijri", "ethiopian", "burmese"})
        (void)reading_of(calendar, text);
    for (const Axis axis : {Axis::latitude, Axis::longitude}) {
        const auto degrees = decimal_degrees(text, axis);
        require(!degrees || decimal_degrees(*degrees, axis) == degrees);
    }
    if (const auto both = parse_coordinates(text))
        require(parse_coordinates(both->lat + ", " + both->lon) == both);
}

void try_id(std::string_view text) {
    if (const auto id = parse_id(text)) {
        require(to_text(*id) == text);
        const auto query = parse_id_query(text);
        require(query && query->matches(*id));
    }
    if (const auto query = parse_id_query(text)) {
        const auto again =
            parse_id_query(std::string(1, prefix_of(query->kind)) + "-" + query->digits);
        require(again == query);
    }
}

void try_codes(std::string_view text) {
    if (const auto code = country_code(text)) require(country_code(*code) == code);
    if (const auto tag = language_tag(text)) require(language_tag(*tag) == tag);
    if (const auto zone = timezone_name(text)) require(timezone_name(*zone) == zone);
    if (const Term* term = find_written_term(builtin_vocabulary(VocabularyId::act_type), text)) {
        require(find_term(builtin_vocabulary(VocabularyId::act_type), term->key) == term);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of({data, size});
    try_date(text);
    try_calendar(text);
    try_id(text);
    try_codes(text);
    require(is_utf8(harmless_excerpt(text)));
    require(text_refusal(text, Lines::many).has_value() || is_utf8(text));
    return 0;
}
