// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/id.h"

#include <vector>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

constexpr bool rows_are_in_order() {
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        if (kKinds[i].kind != static_cast<Kind>(i)) return false;
        for (std::size_t j = 0; j < i; ++j) {
            if (kKinds[j].prefix == kKinds[i].prefix || kKinds[j].name == kKinds[i].name)
                return false;
        }
    }
    return true;
}
static_assert(rows_are_in_order());
static_assert(kIdDigits == (kIdSize * 8 + 4) / 5);

constexpr std::string_view kDigits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

}  // namespace

std::optional<Kind> kind_named(std::string_view name) {
    for (const KindRow& row : kKinds) {
        if (row.name == name || row.plural == name) return row.kind;
    }
    return std::nullopt;
}

Kind require_kind(std::string_view name) {
    if (const auto kind = kind_named(name)) return *kind;
    std::vector<std::string_view> names;
    names.reserve(kKinds.size());
    for (const KindRow& row : kKinds) names.push_back(row.name);
    std::vector<std::string> near = nearest(name, names);
    if (near.empty()) near.assign(names.begin(), names.end());
    throw Error{ErrorCode::usage,
                "there is no kind of record called \"" + harmless_excerpt(name) + "\"",
                "did you mean " + either(near) + "?"};
}

std::optional<Kind> kind_with_prefix(char prefix) {
    const char upper =
        prefix >= 'a' && prefix <= 'z' ? static_cast<char>(prefix - 'a' + 'A') : prefix;
    for (const KindRow& row : kKinds) {
        if (row.prefix == upper) return row.kind;
    }
    return std::nullopt;
}

std::string to_text(KindSet kinds) {
    if (kinds == KindSet::all()) return "record";
    std::vector<std::string> names;
    for (const KindRow& row : kKinds) {
        if (kinds.contains(row.kind)) names.emplace_back(row.name);
    }
    return either(names);
}

RecordId random_id(Kind kind) { return RecordId{kind, crypto::random_array<kIdSize>()}; }

std::string digits_of(const RecordId& id) { return crypto::crockford(id.bytes); }

std::string to_text(const RecordId& id) {
    std::string text;
    text.reserve(kIdDigits + 2);
    text += prefix_of(id.kind);
    text += '-';
    text += digits_of(id);
    return text;
}

std::optional<RecordId> parse_id(std::string_view text) {
    if (text.size() != kIdDigits + 2 || text[1] != '-') return std::nullopt;
    const std::optional<Kind> kind = kind_with_prefix(text[0]);
    if (!kind || prefix_of(*kind) != text[0]) return std::nullopt;

    RecordId id{*kind, {}};
    std::uint32_t bits = 0;
    int held = 0;
    std::size_t at = 0;
    for (const char digit : text.substr(2)) {
        const std::size_t value = kDigits.find(digit);
        if (value == std::string_view::npos) return std::nullopt;
        bits = (bits << 5 | static_cast<std::uint32_t>(value)) & 0xFFFF;
        held += 5;
        if (held >= 8 && at < kIdSize) {
            held -= 8;
            id.bytes[at++] = static_cast<std::uint8_t>(bits >> held & 0xFF);
        }
    }
    // 26 digits hold two bits more than the id has: both must be zero, so that an id has one text.
    if ((bits & 3) != 0) return std::nullopt;
    return id;
}

std::string code_text(const RecordId& id, std::size_t digits) {
    return to_text(id).substr(0, digits + 2);
}

bool IdQuery::matches(const RecordId& id) const {
    return id.kind == kind && digits_of(id).compare(0, digits.size(), digits) == 0;
}

std::optional<IdQuery> parse_id_query(std::string_view text) {
    if (text.size() < 3 || text.size() > kIdDigits + 2 || text[1] != '-') return std::nullopt;
    const std::optional<Kind> kind = kind_with_prefix(text[0]);
    if (!kind) return std::nullopt;
    std::optional<std::string> digits = crypto::canonical_crockford(text.substr(2));
    if (!digits) return std::nullopt;
    return IdQuery{*kind, std::move(*digits)};
}

}  // namespace custos::vault
