// SPDX-License-Identifier: GPL-3.0-or-later
// What protection and consent allow a statement to show of a person: the table of
// docs/publishing.md. The plan asks it; nothing else decides.
#pragma once

#include <string>
#include <string_view>

#include "vault/publish/plan.h"

namespace custos::vault::publish {

// What is allowed for a person, and why.
struct Verdict {
    Appearance most = Appearance::withheld;
    Appearance usual = Appearance::withheld;  // when the statement does not say
    std::string reason;                       // for the usual
    std::string missing;                      // why not more
};

// A role tells no more of who it is than a pseudonym: both need the same.
[[nodiscard]] bool allows(const Verdict& verdict, Appearance wanted);

class Judge {
public:
    // `material` must outlive it.
    explicit Judge(const Material& material) : material_(material) {}
    [[nodiscard]] Verdict judge(const Person& person) const;

private:
    ConsentState state(const Person& person, std::string_view scope) const;
    ConsentState anonymous_state(const Person& person, ConsentState named) const;

    const Material& material_;
};

}  // namespace custos::vault::publish
