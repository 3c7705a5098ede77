// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/judge.h"

#include <algorithm>

namespace custos::vault::publish {
namespace {

bool forbids(ConsentState state) {
    return state == ConsentState::refused || state == ConsentState::withdrawn ||
           state == ConsentState::expired;
}

std::string says(ConsentState state, std::string_view scope) {
    const std::string what(scope);
    switch (state) {
        case ConsentState::none: return "no consent to " + what + " is recorded";
        case ConsentState::not_asked: return "consent to " + what + " was not asked for";
        case ConsentState::refused: return "consent to " + what + " was refused";
        case ConsentState::withdrawn: return "consent to " + what + " was withdrawn";
        case ConsentState::expired: return "consent to " + what + " has ended";
        case ConsentState::granted: return "consent to " + what + " is granted";
    }
    return what;
}

}  // namespace

bool allows(const Verdict& verdict, Appearance wanted) {
    if (wanted == Appearance::withheld) return true;
    return wanted == Appearance::named ? verdict.most == Appearance::named
                                       : verdict.most != Appearance::withheld;
}

Verdict Judge::judge(const Person& person) const {
    const ConsentState named = state(person, kScopeNamed);
    const ConsentState anonymous = anonymous_state(person, named);
    const std::string level(text_of(person.protection));
    Verdict verdict;
    if (person.protection == Protection::extreme) {
        verdict.reason = level + ": never shown";
        verdict.missing = "persons of level P4 never appear in a publication";
        return verdict;
    }
    if (named == ConsentState::granted ||
        (person.protection == Protection::open && !forbids(named))) {
        verdict.most = Appearance::named;
    } else {
        verdict.missing = says(named, kScopeNamed);
        const bool is_open = person.protection == Protection::open && !forbids(anonymous);
        const bool allowed = is_open || anonymous == ConsentState::granted;
        verdict.most = allowed ? Appearance::pseudonym : Appearance::withheld;
        if (!allowed)
            verdict.missing = says(anonymous, kScopeAnonymous) + ", and " + verdict.missing;
    }
    // Only who is public or internal is named without the editor's word, and without a consent
    // nobody appears but by it.
    const bool named_by_itself = person.protection <= Protection::internal;
    if (named_by_itself && verdict.most == Appearance::named) {
        verdict.usual = Appearance::named;
    } else if (anonymous == ConsentState::granted) {
        verdict.usual = std::min(verdict.most, Appearance::pseudonym);
    }
    verdict.reason = level;
    if (verdict.usual != Appearance::named) {
        verdict.reason += ": " + says(anonymous, kScopeAnonymous);
    } else if (person.protection != Protection::open) {
        verdict.reason += ": " + says(named, kScopeNamed);
    }
    if (verdict.usual == Appearance::withheld && verdict.most != Appearance::withheld)
        verdict.reason += "; the plan may show more";
    return verdict;
}

ConsentState Judge::state(const Person& person, std::string_view scope) const {
    return consent_state(material_.consents,
                         {person.code, scope, material_.statement.code, material_.today});
}

// Consent to a pseudonym is asked for under either name, and follows from consent to the name.
ConsentState Judge::anonymous_state(const Person& person, ConsentState named) const {
    const ConsentState a = state(person, kScopeAnonymous);
    const ConsentState b = state(person, kScopePseudonym);
    if (forbids(a)) return a;
    if (forbids(b)) return b;
    if (named == ConsentState::granted) return named;
    return std::max(a, b);
}

}  // namespace custos::vault::publish
