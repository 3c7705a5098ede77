// SPDX-License-Identifier: GPL-3.0-or-later
// What other records than persons hold of people: names of interviewers and interpreters, names of
// files, accounts, addresses, coordinates. And of the incidents that a statement mentions, the date
// and the place finer than its plan shows them.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "vault/publish/leak_scan.h"
#include "vault/publish/plan.h"
#include "vault/publish/statement.h"
#include "vault/records/schema.h"

namespace custos::vault::publish {

struct Guarded {
    std::vector<Person> persons;  // names in other records, under the code of the record
    std::vector<Term> terms;
};

// Adds what the identity fields of a record that is no person hold; `schema` lists the fields of
// its kind.
void guard_record(Guarded& guarded, const FieldList& schema, const std::string& code,
                  const nlohmann::json& fields);

// Adds to a person what the vault's own identity fields (x_...) of its record hold.
void guard_own_fields(Person& person, const FieldList& schema, const nlohmann::json& fields);

// Takes away those whose name this publication, or everybody, may print.
void release(Guarded& guarded, const std::vector<Person>& persons,
             const std::vector<std::string>& named);

// Dates and places of the incidents that are shown less finely than they are known.
void guard_incidents(Guarded& guarded, const Material& material, const Plan& plan);

// At least two words, each with a capital or in a script without: a name, and not "a brother".
[[nodiscard]] bool looks_like_name(std::string_view text);

// What a statement prints of its own and is not guarded: its contact as a whole, and each part of
// it ("Press: a@example.org, +44 20 ...").
[[nodiscard]] std::vector<std::string> contacts_in(const std::string& contact);

}  // namespace custos::vault::publish
