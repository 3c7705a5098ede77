// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/likeness.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <set>

#include "vault/analysis/word_difference.h"
#include "vault/records/date.h"
#include "vault/records/describe.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;

constexpr std::size_t kNamesMax = 20;  // of each record: compared each with each

const json& part_of(const json& fields, const char* name) {
    static const json kNothing;
    const auto found = fields.find(name);
    return found == fields.end() ? kNothing : *found;
}

std::string text_in(const json& fields, const char* name) {
    const json& part = fields.is_object() ? part_of(fields, name) : fields;
    return part.is_string() ? part.get<std::string>() : std::string();
}

bool share(const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const auto& each) { return b.contains(each); });
}

// Whether each part of the shorter name is spelt nearly as some part of the longer one.
bool spelt_alike(std::vector<std::string> shorter, std::vector<std::string> longer) {
    if (shorter.size() > longer.size()) std::swap(shorter, longer);
    for (const std::string& part : shorter) {
        const std::size_t most = part.size() < 4 ? 0 : part.size() < 8 ? 1 : 2;
        const auto found = std::find_if(longer.begin(), longer.end(), [&](const auto& other) {
            return letters_apart(part, other, most) <= most;
        });
        if (found == longer.end()) return false;
        longer.erase(found);
    }
    return true;
}

struct NameLikeness {
    double score = 0;
    const char* why = "";
};

NameLikeness compared(const PersonSigns::Name& a, const PersonSigns::Name& b) {
    // One part, or few letters, say little: half the country is called so.
    const std::size_t parts = std::min(a.parts.size(), b.parts.size());
    const bool little = parts < 2 || std::min(a.letters, b.letters) < 4;
    if (a.parts == b.parts) return {little ? 0.6 : 0.9, "same name"};
    if (a.sound == b.sound) {
        const bool enough = a.sound.size() >= 3;
        return {little ? (enough ? 0.55 : 0.3) : 0.75, "names sound alike"};
    }
    if (a.parts.size() != b.parts.size()) {
        if (parts >= 2 && spelt_alike(a.parts, b.parts)) return {0.6, "one name has a part more"};
        return {};
    }
    if (spelt_alike(a.parts, b.parts)) return {little ? 0.5 : 0.7, "names are spelt alike"};
    return {};
}

NameLikeness best_names(const PersonSigns& a, const PersonSigns& b) {
    NameLikeness best;
    for (const auto& own : a.names) {
        for (const auto& other : b.names) {
            const NameLikeness found = compared(own, other);
            if (found.score > best.score) best = found;
        }
    }
    return best;
}

bool apart(const std::string& a, const std::string& b) {
    const auto left = bounds_of(a);
    const auto right = bounds_of(b);
    constexpr std::int64_t kTwoYears = 730;  // years of birth are often guessed
    return left && right &&
           (left->min > right->max + kTwoYears || right->min > left->max + kTwoYears);
}

bool differ(const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && a != b;
}

// Kilometres between two places with coordinates.
std::optional<double> distance_km(const json& a, const json& b) {
    const auto radians = [](const json& place, const char* name) -> std::optional<double> {
        const std::string text = text_in(place, name);
        const json number = json::parse(text, nullptr, /*allow_exceptions=*/false);
        if (!number.is_number()) return std::nullopt;
        return number.get<double>() * std::numbers::pi / 180;
    };
    const auto a_lat = radians(a, "lat");
    const auto a_lon = radians(a, "lon");
    const auto b_lat = radians(b, "lat");
    const auto b_lon = radians(b, "lon");
    if (!a_lat || !a_lon || !b_lat || !b_lon) return std::nullopt;
    const double x = (*b_lon - *a_lon) * std::cos((*a_lat + *b_lat) / 2);
    return 6371 * std::hypot(x, *b_lat - *a_lat);
}

std::set<std::string> words_in(NameReader& reader, const json& fields) {
    std::set<std::string> words;
    for (const char* name : {"title", "summary"}) {
        const std::string text = text_in(fields, name).substr(0, 2000);
        for (const std::string_view word : words_of(text)) {
            for (std::string& part : reader.parts_of(word)) {
                if (part.size() >= 3) words.insert(std::move(part));
            }
        }
    }
    return words;
}

// The part of the smaller set of words that both have.
double shared_words(const std::set<std::string>& a, const std::set<std::string>& b) {
    std::size_t both = 0;
    for (const std::string& word : a) both += b.contains(word) ? 1U : 0U;
    const std::size_t least = std::min(a.size(), b.size());
    return least < 2 ? 0 : static_cast<double>(both) / static_cast<double>(least);
}

}  // namespace

std::size_t letters_apart(std::string_view a, std::string_view b, std::size_t most) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > most) return most + 1;
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1, 0));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
            table[i][j] =
                std::min({table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + change});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[i][j] = std::min(table[i][j], table[i - 2][j - 2] + 1);
        }
    }
    return std::min(table[a.size()][b.size()], most + 1);
}

PersonSigns signs_of(NameReader& reader, const json& fields) {
    PersonSigns signs;
    for (std::string& key : likenesses_of(reader, Kind::person, fields)) {
        if (key.starts_with("i:"))
            signs.numbers.insert(std::move(key));
        else if (key.starts_with("c:"))
            signs.contacts.insert(std::move(key));
    }
    for (const std::string& name : names_in(fields)) {
        auto parts = reader.parts_of(name);
        if (parts.empty() || signs.names.size() >= kNamesMax) continue;
        std::sort(parts.begin(), parts.end());
        std::size_t letters = 0;
        for (const std::string& part : parts) letters += part.size();
        std::string sound = sound_of(parts);
        signs.names.push_back({std::move(parts), std::move(sound), letters});
    }
    signs.born = text_in(fields, "born");
    signs.sex = text_in(fields, "sex");
    signs.gender = text_in(fields, "gender");
    return signs;
}

Likeness likeness_of(const PersonSigns& a, const PersonSigns& b) {
    Likeness likeness;
    const auto add = [&](double score, const char* why) {
        likeness.score = 1 - (1 - likeness.score) * (1 - score);  // one sign beside the other
        likeness.why.emplace_back(why);
    };
    if (share(a.numbers, b.numbers)) add(0.95, "same number");
    if (share(a.contacts, b.contacts)) add(0.7, "same contact");
    const NameLikeness names = best_names(a, b);
    if (names.score > 0) add(names.score, names.why);
    if (likeness.why.empty()) return likeness;
    if (!a.born.empty() && a.born == b.born) add(0.3, "same date of birth");
    if (apart(a.born, b.born)) likeness.score -= 0.4;
    if (differ(a.sex, b.sex) || differ(a.gender, b.gender)) likeness.score -= 0.2;
    return likeness;
}

Likeness likeness_of_incidents(NameReader& reader, const json& a, const json& b) {
    Likeness likeness;
    const auto left = sort_dates(Kind::incident, a);
    const auto right = sort_dates(Kind::incident, b);
    constexpr std::int64_t kDaysAround = 2;
    if (!left || !right || left->min > right->max + kDaysAround ||
        right->min > left->max + kDaysAround) {
        return likeness;
    }
    const json& here = part_of(a, "place");
    const json& there = part_of(b, "place");
    if (differ(text_in(here, "country"), text_in(there, "country"))) return likeness;

    const bool exact =
        left->max - left->min <= kDaysAround && right->max - right->min <= kDaysAround;
    likeness.score = exact ? 0.3 : 0.1;
    likeness.why.emplace_back(*left == *right ? "same date" : "near dates");
    const auto far = distance_km(here, there);
    const std::string place = sound_of(reader.parts_of(text_in(here, "text")));
    const bool same_text =
        !place.empty() && place == sound_of(reader.parts_of(text_in(there, "text")));
    constexpr double kNearKm = 5;
    if (same_text || (far && *far <= kNearKm)) {
        likeness.score += 0.3;
        likeness.why.emplace_back("same place");
    } else if (far && *far > kNearKm * 10) {
        return {};
    }
    const double shared = shared_words(words_in(reader, a), words_in(reader, b));
    if (shared >= 0.4) {
        likeness.score += 0.4 * shared;
        likeness.why.emplace_back("same words");
    }
    return likeness;
}

}  // namespace custos::vault::analysis
