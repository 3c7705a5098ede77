// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the leak scan: what a finding is called, and what to do about it.
#pragma once

#include <cstdint>
#include <string_view>

#include "vault/publish/leak_scan.h"

namespace custos::vault::publish {

enum class Rule : std::uint8_t {
    name,                 // the whole name, parts in any order, or two parts of three
    alias,                // a listed alias or code name
    name_part,            // one part of a name, alone or after a title
    near_name,            // one letter away from a part of a name
    inflected_name,       // a part of a name with an ending or a particle
    transliterated_name,  // what sounds like a name, in whichever script
    identifier,           // the number of a document
    contact,              // phone, address, handle
    record_code,          // the vault's own code for the person
    phone_number,         // of nobody in the vault, as are the next ones
    email_address,
    coordinates,
    bank_account,  // IBAN
    payment_card,
    national_identity,  // of Thailand
    travel_document,    // a line that machines read
    network_address,    // IP, MAC
    tracking_link,
    file_name,  // of an exhibit
    date,       // a day that an incident keeps back
    place,      // an address or coordinates that an incident keeps back
    released,   // the name of somebody who may be named: no finding
};
// As findings and the log say it: never changed.
[[nodiscard]] std::string_view text_of(Rule rule);
// What an editor can do.
[[nodiscard]] std::string_view advice_for(Rule rule, Severity severity);

}  // namespace custos::vault::publish
