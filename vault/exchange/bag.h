// SPDX-License-Identifier: GPL-3.0-or-later
// Everything for somebody who has age and tar and no custos: a bag (BagIt, RFC 8493) in a tar in an
// age file. docs/formats/bag.md says what lies where.
#pragma once

#include <span>

#include "crypto/age/keys.h"
#include "vault/exchange/export.h"

namespace custos::vault {

struct Bagged {
    ExportCount count;
    std::size_t files = 0;    // of exhibits
    std::uint64_t bytes = 0;  // of the payload
    crypto::Digest digest;    // of the age file
};

// Writes `path`, which must not exist: whole or not at all. Each exhibit's file is compared with
// its digest on the way, and noted in the log like any copy; the bag itself is noted before it
// appears under its name.
Bagged export_bag(Vault& vault, const Path& path,
                  std::span<const crypto::age::Recipient> recipients,
                  const std::function<void(std::uint64_t)>& tick);

}  // namespace custos::vault
