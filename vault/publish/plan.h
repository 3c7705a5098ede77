// SPDX-License-Identifier: GPL-3.0-or-later
// The disclosure plan: how each person, date, place and exhibit that a statement mentions appears.
//
// A person's default follows from protection and consent (docs/publishing.md has the table). The
// statement's own `plan` may always show less; to show more it needs a granted consent that has not
// ended, and nobody shows a person of level P4. What a plan may not do is a problem, and a
// statement with problems is not published.
//
// Pseudonyms are a series of the publication: "Person A" by order of mention, in the words of the
// statement's language, the same letter in all its languages. They are never made from a name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vault/publish/statement.h"

namespace custos::vault::publish {

// In order of what they tell.
enum class Appearance { withheld, role, pseudonym, named };
[[nodiscard]] std::string_view text_of(Appearance appearance);

// Scopes of a consent that publication asks for.
inline constexpr std::string_view kScopeNamed = "publish_named";
inline constexpr std::string_view kScopeAnonymous = "publish_anonymous";
inline constexpr std::string_view kScopePseudonym = "publish_pseudonym";

// A PlanRow::reason.
inline constexpr const char* kAsTheStatementSays = "as the statement says";

// What one mention becomes; a line of the table that an editor looks through.
struct PlanRow {
    std::string handle;      // "P-7K3QD", "I-2M9XA:date"
    std::string record;      // code
    std::string appearance;  // named, pseudonym, role, withheld, generalised, as_recorded
    std::string shown;       // the words that replace the handle
    std::string reason;
};

struct Problem {
    std::string rule;      // handle, consent, plan, source, markup, exhibit: stable
    std::string record;    // code, or what was written
    std::size_t line = 0;  // of the body; 0: elsewhere
    std::string message;
    std::string next;
};

struct Plan {
    std::vector<PlanRow> rows;                    // by first mention
    std::map<std::string, std::size_t> letters;   // of pseudonyms, by code
    std::map<std::string, std::size_t> exhibits;  // numbers from 0, by code
    std::map<std::string, std::string> shown;     // by Handle::key()
    std::vector<std::string> named;     // codes of persons whose names this statement prints
    std::vector<std::string> pictures;  // codes of exhibits that it shows, by first mention
    std::vector<Problem> problems;
};

// With `first`, the plan of a translation: who is Person A there is Person A here, and what only
// the translation mentions comes behind.
[[nodiscard]] Plan make_plan(const Material& material, const Plan* first = nullptr);

}  // namespace custos::vault::publish
