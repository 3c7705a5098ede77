// SPDX-License-Identifier: GPL-3.0-or-later
// Exhibits and what their files say of themselves. The sealed file is opened in memory only: no
// byte of it is written anywhere but into the vault.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "crypto/hash.h"
#include "vault/exhibits/metadata.h"
#include "vault/objects/object.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault::exhibits {

struct ExhibitMetadata {
    std::string code;
    std::string media_type;  // by the file's first bytes
    std::uint64_t size = 0;
    Metadata metadata;  // without a format where the file is of a kind that is not read here
};

// Error as object_of(); refused for a picture of more than kPictureSizeMax; integrity if the sealed
// file is not what was attached.
[[nodiscard]] ExhibitMetadata metadata_of(const Vault& vault, const RecordId& exhibit);

// The file of an exhibit, compared with its digest. Error as above.
[[nodiscard]] Bytes file_of(const Vault& vault, const Object& object);

}  // namespace custos::vault::exhibits
