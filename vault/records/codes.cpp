// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/codes.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <unicode/localpointer.h>
#include <unicode/strenum.h>
#include <unicode/timezone.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include "vault/records/text.h"

namespace custos::vault {
namespace {

// Regions that CLDR names beside the countries of ISO 3166-1.
constexpr std::array<std::string_view, 7> kNotCountries = {"AC", "CP", "DG", "EA",
                                                           "IC", "TA", "QO"};

// Registered languages (ISO 639-3) that ICU has no name for, and that people who need this program
// speak.
// clang-format off
constexpr auto kMoreLanguages = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"ahk", "Akha"},          {"aii", "Assyrian Neo-Aramaic"}, {"apc", "Levantine Arabic"}, {"apd", "Sudanese Arabic"},
    {"bcc", "Southern Balochi"},   {"bft", "Balti"},          {"bgn", "Western Balochi"},
    {"blk", "Pa'o Karen"},    {"brb", "Brao"},               {"brh", "Brahui"},         {"cfm", "Falam Chin"},
    {"cja", "Western Cham"},  {"cjm", "Eastern Cham"},       {"cnh", "Hakha Chin"},     {"ctd", "Tedim Chin"},
    {"haz", "Hazaragi"},      {"hni", "Hani"},               {"hnj", "Hmong Njua"},     {"jra", "Jarai"},
    {"kdt", "Kuay"},          {"khb", "Lü"},                 {"kjp", "Eastern Pwo Karen"}, {"kpm", "Koho"},
    {"kxm", "Northern Khmer"}, {"ksw", "S'gaw Karen"},       {"kyu", "Western Kayah"},  {"lhu", "Lahu"},
    {"lis", "Lisu"},          {"mnw", "Mon"},                {"mrh", "Mara Chin"},      {"mww", "Hmong Daw"},
    {"nod", "Northern Thai"}, {"nst", "Tase Naga"},          {"pbt", "Southern Pashto"}, {"pbu", "Northern Pashto"},
    {"pes", "Iranian Persian"}, {"pll", "Shwe Palaung"},     {"prs", "Dari"},           {"pwo", "Western Pwo Karen"},
    {"rad", "Rade"},          {"rhg", "Rohingya"},           {"rki", "Rakhine"},        {"sou", "Southern Thai"},
    {"sti", "Bulo Stieng"},        {"swc", "Congo Swahili"},  {"tdd", "Tai Nüa"},
    {"tpu", "Tampuan"},       {"tts", "Isan"},               {"uzn", "Northern Uzbek"}, {"wbm", "Wa"},
});
// clang-format on

std::string upper(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return result;
}

std::string utf8(const icu::UnicodeString& text) {
    std::string result;
    text.toUTF8String(result);
    return result;
}

// ICU's C functions fill a buffer; a name never needs more than this.
template <class Fill>
std::string filled(Fill fill) {
    std::array<char16_t, 160> buffer{};
    UErrorCode status = U_ZERO_ERROR;
    const std::int32_t size =
        fill(buffer.data(), static_cast<std::int32_t>(buffer.size()), &status);
    if (U_FAILURE(status)) return {};
    return utf8(icu::UnicodeString(buffer.data(), size));
}

const std::vector<std::string>& language_codes() {
    static const std::vector<std::string> codes = [] {
        std::vector<std::string> all;
        for (const char* const* code = uloc_getISOLanguages(); *code != nullptr; ++code)
            all.emplace_back(*code);
        for (const auto& [code, name] : kMoreLanguages) all.emplace_back(code);
        std::sort(all.begin(), all.end());
        return all;
    }();
    return codes;
}

bool is_known_language(std::string_view code) {
    const auto& codes = language_codes();
    if (std::binary_search(codes.begin(), codes.end(), code)) return true;
    return code.size() == 3 && code >= "qaa" && code <= "qtz";  // for local use
}

const std::vector<std::string>& timezone_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        UErrorCode status = U_ZERO_ERROR;
        const std::unique_ptr<icu::StringEnumeration> zones(
            icu::TimeZone::createTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr,
                                                       status));
        while (U_SUCCESS(status)) {
            const icu::UnicodeString* zone = zones->snext(status);
            if (zone == nullptr) break;
            std::string name = utf8(*zone);
            if (name.find('/') != std::string::npos && name.compare(0, 8, "SystemV/") != 0) {
                all.push_back(std::move(name));
            }
        }
        all.emplace_back("UTC");
        std::sort(all.begin(), all.end());
        return all;
    }();
    return names;
}

std::vector<std::string_view> views(const std::vector<std::string>& texts) {
    return {texts.begin(), texts.end()};
}

// Codes whose name begins with the text come first, then codes like it.
template <class NameOf>
std::vector<std::string> nearest_codes(std::string_view text, const std::vector<std::string>& codes,
                                       NameOf name_of_code) {
    std::vector<std::string> names;
    names.reserve(codes.size());
    for (const std::string& code : codes) names.push_back(name_of_code(code));
    std::vector<std::string> found;
    if (text.size() > 3) {
        for (const std::string& name : nearest(text, views(names))) {
            const auto at = std::find(names.begin(), names.end(), name) - names.begin();
            found.push_back(codes[static_cast<std::size_t>(at)]);
        }
    }
    return found.empty() ? nearest(text, views(codes)) : found;
}

}  // namespace

const std::vector<std::string>& country_codes() {
    static const std::vector<std::string> codes = [] {
        std::vector<std::string> all;
        for (const char* const* code = uloc_getISOCountries(); *code != nullptr; ++code) {
            if (std::find(kNotCountries.begin(), kNotCountries.end(), *code) ==
                kNotCountries.end()) {
                all.emplace_back(*code);
            }
        }
        std::sort(all.begin(), all.end());
        return all;
    }();
    return codes;
}

std::optional<std::string> country_code(std::string_view text) {
    if (text.size() != 2) return std::nullopt;
    std::string code = upper(text);
    const auto& codes = country_codes();
    if (!std::binary_search(codes.begin(), codes.end(), code)) return std::nullopt;
    return code;
}

std::string country_name(std::string_view code) {
    const std::string locale = "und_" + std::string(code);
    return filled([&](char16_t* buffer, std::int32_t size, UErrorCode* status) {
        return uloc_getDisplayCountry(locale.c_str(), "en", buffer, size, status);
    });
}

std::vector<std::string> nearest_countries(std::string_view text) {
    const std::string wanted = upper(text);
    if (wanted.size() == 3) {
        for (const std::string& code : country_codes()) {
            if (uloc_getISO3Country(("und_" + code).c_str()) == wanted) return {code};
        }
    }
    return nearest_codes(text, country_codes(),
                         [](const std::string& code) { return country_name(code); });
}

std::optional<std::string> language_tag(std::string_view text) {
    if (text.size() < 2 || text.size() > 64 || text[1] == '-')
        return std::nullopt;  // "x-…" names no language
    if (text.size() <= 3 && is_known_language(text)) return std::string(text);

    const std::string wanted(text);
    std::array<char, 160> locale{};
    std::array<char, 160> tag{};
    const auto size = static_cast<std::int32_t>(locale.size());
    UErrorCode status = U_ZERO_ERROR;
    std::int32_t taken = 0;
    uloc_forLanguageTag(wanted.c_str(), locale.data(), size, &taken, &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING) return std::nullopt;
    if (static_cast<std::size_t>(taken) != text.size()) return std::nullopt;
    const std::int32_t written = uloc_toLanguageTag(locale.data(), tag.data(), size, 1, &status);
    if (U_FAILURE(status) || written >= size) return std::nullopt;

    std::string result(tag.data(), static_cast<std::size_t>(written));
    if (!is_known_language(std::string_view(result).substr(0, result.find('-'))))
        return std::nullopt;
    return result;
}

std::string language_name(std::string_view tag) {
    for (const auto& [code, name] : kMoreLanguages) {
        if (tag == code) return std::string(name);
    }
    const std::string locale(tag);
    return filled([&](char16_t* buffer, std::int32_t size, UErrorCode* status) {
        return uloc_getDisplayName(locale.c_str(), "en", buffer, size, status);
    });
}

std::vector<std::string> nearest_languages(std::string_view text) {
    std::string hyphenated(text);
    std::replace(hyphenated.begin(), hyphenated.end(), '_', '-');
    if (auto tag = language_tag(hyphenated)) return {*tag};
    return nearest_codes(text, language_codes(),
                         [](const std::string& code) { return language_name(code); });
}

std::optional<std::string> timezone_name(std::string_view text) {
    const auto& names = timezone_names();
    const auto same = [&](const std::string& name) { return upper(name) == upper(text); };
    if (std::binary_search(names.begin(), names.end(), text)) return std::string(text);
    const auto found = std::find_if(names.begin(), names.end(), same);
    if (found == names.end()) return std::nullopt;
    return *found;
}

std::vector<std::string> nearest_timezones(std::string_view text) {
    return nearest(text, views(timezone_names()));
}

}  // namespace custos::vault
