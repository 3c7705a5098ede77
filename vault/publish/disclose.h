// SPDX-License-Identifier: GPL-3.0-or-later
// Withheld parts of a publication, copied out for somebody who may see them: a court, say.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vault/os/file.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault::publish {

struct DisclosureRequest {
    std::string index;                    // of the publication; empty: the newest
    std::vector<std::size_t> paragraphs;  // their numbers
    std::string language;                 // in which they are meant; empty: the statement's own
    std::vector<std::string> facts;       // handles without braces: "P-7K3QD", "I-2M9XA:date"
    std::string reason;                   // for the log; may be empty
};

struct DisclosedParts {
    std::string index;
    std::string sd_jwt;  // the signed part with what was asked for, and nothing else
};

// Logs it, durably, then writes the file. Error: not_found (never published under this index, no
// such paragraph or fact, or purged since), conflict (the file is there already), usage.
DisclosedParts disclose(Vault& vault, const RecordId& statement, const DisclosureRequest& request,
                        const Path& to);

}  // namespace custos::vault::publish
