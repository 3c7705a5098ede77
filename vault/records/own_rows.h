// SPDX-License-Identifier: GPL-3.0-or-later
// Fields and words that a vault adds to the program's, kept as definitions in its log
// (vault/records/definitions.h). They behave like built-in rows; one that is taken out of use is
// retired: records keep what they hold, and nobody is asked for it any more.
#pragma once

#include <string_view>

#include "vault/records/schema.h"
#include "vault/vault.h"

namespace custos::vault {

inline constexpr std::size_t kOwnNameMax = 40;   // bytes of a name or key
inline constexpr std::size_t kOwnTextMax = 500;  // bytes of a meaning, label or example
inline constexpr std::size_t kOwnFieldsMax = 1000;
inline constexpr std::size_t kOwnTermsMax = 10'000;

// What is damaged or was written by a later release is passed over: records keep it all the same.
[[nodiscard]] OwnRows read_own_rows(const Vault& vault);

// Whether terms of one's own may join: not where the program acts by the words (protection,
// consent_state, …).
[[nodiscard]] bool is_open(VocabularyId vocabulary);
// Whether a field of one's own may have the type.
[[nodiscard]] bool is_for_own(FieldType type);

// Error{usage} for a name that does not begin with x_, a type that needs what is missing, a text
// that is none; Error{conflict} if there is such a row in use, or one of another type that was
// retired. One that was retired comes back.
void add_own_field(Change& change, OwnField field);
void add_own_term(Change& change, OwnTerm term);
// Error{not_found} if there is no such row, Error{conflict} if it is retired already.
void retire_own_field(Change& change, Kind kind, std::string_view name);
void retire_own_term(Change& change, VocabularyId vocabulary, std::string_view key);

}  // namespace custos::vault
