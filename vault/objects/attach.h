// SPDX-License-Identifier: GPL-3.0-or-later
// Files become exhibits, and come out again.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/objects/object.h"
#include "vault/objects/sealed_file.h"
#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::vault {

struct AttachRequest {
    RecordId about;                                    // a live record
    std::string role = "about";                        // of the link from each exhibit to it
    nlohmann::json fields = nlohmann::json::object();  // for each exhibit, beside what is filled in
};

struct Attached {
    RecordId id;
    std::string code;
    std::string file_name;
    std::string media_type;
    crypto::Digest sha256;
    std::uint64_t size = 0;
    bool was_stored = false;  // the vault had a file with the same content: it is kept once
};

// Seals the files and makes an exhibit of each, linked to the record: all of them in one change, or
// none. The fields file_name, media_type, size and sha256 are filled in. Error{usage} for what is
// not a regular file, no_space before anything is written if they cannot fit.
[[nodiscard]] std::vector<Attached> attach_files(Vault& vault, const AttachRequest& request,
                                                 const std::vector<Path>& files, const Tick& tick);

// The role of the link from what was made of an exhibit to that exhibit.
inline constexpr std::string_view kDerivedFrom = "derived_from";

// Seals a file that was made of the exhibit `original` as an exhibit of its own, linked to it; in
// one change. The fields media_type, size and sha256 are filled in.
[[nodiscard]] Attached attach_derived(Vault& vault, const RecordId& original,
                                      const nlohmann::json& fields, ByteView file);

struct Extracted {
    std::string file_name;  // as it came; untrusted
    std::uint64_t size = 0;
    crypto::Digest sha256;
};

// Writes the file of an exhibit to `target`, which must not exist: whole, compared with its digest,
// mode 0600, or not at all. The log notes that it was copied out.
Extracted extract_to_file(Vault& vault, const RecordId& exhibit, const Path& target,
                          const Tick& tick);

// Gives it to `sink` instead, piece by piece; noted in the log before the first one. An Error in
// the middle means that what was given out is incomplete or wrong.
Extracted extract_to(Vault& vault, const RecordId& exhibit,
                     const std::function<void(ByteView)>& sink);

}  // namespace custos::vault
