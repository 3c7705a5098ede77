// SPDX-License-Identifier: GPL-3.0-or-later
// The kinds of record and the ids of records.
//
// An id is a kind and 16 random bytes; its text is the kind's prefix, a hyphen and 26 Crockford
// digits: "T-7K3QD8…". People type the beginning of it in any case ("t-7k3qd"); the store says
// which record that means.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace custos::vault {

enum class Kind : std::uint8_t {
    case_,
    person,
    incident,
    act,
    involvement,
    testimony,
    source,
    intervention,
    exhibit,
    consent,
    statement,
};

// Names and prefixes are in ids, logs and scripts: they may be added to, never changed.
struct KindRow {
    Kind kind;
    std::string_view name;
    char prefix;
    std::string_view plural;
};

inline constexpr std::array<KindRow, 11> kKinds = {{
    {Kind::case_, "case", 'C', "cases"},
    {Kind::person, "person", 'P', "persons"},
    {Kind::incident, "incident", 'I', "incidents"},
    {Kind::act, "act", 'A', "acts"},
    {Kind::involvement, "involvement", 'V', "involvements"},
    {Kind::testimony, "testimony", 'T', "testimonies"},
    {Kind::source, "source", 'D', "sources"},
    {Kind::intervention, "intervention", 'N', "interventions"},
    {Kind::exhibit, "exhibit", 'E', "exhibits"},
    {Kind::consent, "consent", 'K', "consents"},
    {Kind::statement, "statement", 'S', "statements"},
}};

constexpr const KindRow& row_of(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
constexpr std::string_view name_of(Kind kind) { return row_of(kind).name; }
constexpr char prefix_of(Kind kind) { return row_of(kind).prefix; }

// Exactly the name; plurals are taken too, so that `custos list incidents` works.
[[nodiscard]] std::optional<Kind> kind_named(std::string_view name);
// The kind called `name`, or Error{usage} with the nearest names.
[[nodiscard]] Kind require_kind(std::string_view name);
// Either case.
[[nodiscard]] std::optional<Kind> kind_with_prefix(char prefix);

// A set of kinds: what a reference may point at.
class KindSet {
public:
    constexpr KindSet() = default;
    constexpr KindSet(std::initializer_list<Kind> kinds) {
        for (const Kind kind : kinds) bits_ |= bit(kind);
    }
    static constexpr KindSet all() {
        KindSet set;
        for (const KindRow& row : kKinds) set.bits_ |= bit(row.kind);
        return set;
    }
    constexpr bool contains(Kind kind) const { return (bits_ & bit(kind)) != 0; }
    constexpr bool empty() const { return bits_ == 0; }
    constexpr void insert(Kind kind) { bits_ |= bit(kind); }
    constexpr bool operator==(const KindSet&) const = default;

private:
    static constexpr std::uint32_t bit(Kind kind) {
        return std::uint32_t{1} << static_cast<unsigned>(kind);
    }
    std::uint32_t bits_ = 0;
};

// "incident", "person or exhibit", "record" for all of them.
[[nodiscard]] std::string to_text(KindSet kinds);

inline constexpr std::size_t kIdSize = 16;
inline constexpr std::size_t kIdDigits = 26;
// A code, the short form that people see, never has fewer digits than this.
inline constexpr std::size_t kCodeDigitsMin = 5;

struct RecordId {
    Kind kind = Kind::case_;
    std::array<std::uint8_t, kIdSize> bytes{};

    auto operator<=>(const RecordId&) const = default;
};

[[nodiscard]] RecordId random_id(Kind kind);

// The 26 digits alone, and the whole text with its prefix.
[[nodiscard]] std::string digits_of(const RecordId& id);
[[nodiscard]] std::string to_text(const RecordId& id);
// Exactly what to_text() writes, nothing else: for stored bytes.
[[nodiscard]] std::optional<RecordId> parse_id(std::string_view text);

// The first `digits` digits of an id with its prefix: "T-7K3QD". digits is 1 to 26.
[[nodiscard]] std::string code_text(const RecordId& id, std::size_t digits);

// What a person typed for a record: a code, a full id, or the beginning of one.
struct IdQuery {
    Kind kind = Kind::case_;
    std::string digits;  // canonical, 1 to 26

    bool operator==(const IdQuery&) const = default;
    [[nodiscard]] bool matches(const RecordId& id) const;
};

// Prefix letter, hyphen, 1 to 26 digits, in either case, with O for 0 and I or L for 1. Nothing for
// anything else.
[[nodiscard]] std::optional<IdQuery> parse_id_query(std::string_view text);

}  // namespace custos::vault
