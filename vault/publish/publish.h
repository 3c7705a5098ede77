// SPDX-License-Identifier: GPL-3.0-or-later
// A checked statement leaves: the package on the disk, and what is known of it in the log.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.h"
#include "vault/os/file.h"
#include "vault/publish/statements.h"

namespace custos::vault::publish {

struct Published {
    std::string index;
    crypto::Digest digest;  // of the manifest, as it is in the log
    std::vector<std::string> files;
    bool by_two_persons = false;
    std::string approval_void;  // as in Check
    std::string pdf_missing;    // as in Check
};
// Checks, writes the package to `directory` and logs that it left. Error{refused}, with nothing
// written, if there are findings, before an embargo ends, or where a second person has to approve
// and has not; Error{conflict} if the directory is not free. The log entry is durable before the
// directory appears: what is out is always known.
Published publish_statement(Vault& vault, const RecordId& id, const Path& directory,
                            const std::vector<Acceptance>& accepted, std::string_view reason,
                            WithPdf with_pdf = WithPdf::if_possible);

}  // namespace custos::vault::publish
