// SPDX-License-Identifier: GPL-3.0-or-later
// Cleaned exhibits, and whether exhibits are still what the log says.
#pragma once

#include <string>
#include <vector>

#include "crypto/hash.h"
#include "vault/exhibits/exhibits.h"

namespace custos::vault::exhibits {

// What a cleaning took out, by part of the file.
struct Removed {
    std::string where;       // "EXIF"
    std::size_t values = 0;  // how many things it told
};

struct CleanedExhibit {
    RecordId id;
    std::string code;
    std::string original;  // code
    std::string media_type;
    crypto::Digest original_sha256;
    crypto::Digest sha256;
    std::uint64_t original_size = 0;
    std::uint64_t size = 0;
    std::vector<Removed> removed;  // empty: the original had nothing to remove
    std::string profile;           // name of the colour profile that is gone; may be empty
};

// Makes a new exhibit of the pixels of `original` alone, linked to it as derived_from; the original
// stays as it is. An empty `title` gives one from the original's number or title. Error: refused
// (not a kind of picture that can be cleaned, damaged, purged, in the trash), conflict (it was
// cleaned before, and that exhibit is there), otherwise as object_of(); nothing is changed then.
CleanedExhibit clean_exhibit(Vault& vault, const RecordId& original, const std::string& title);

// Whether a record is an exhibit that clean_exhibit() made, by its fields.
[[nodiscard]] bool is_cleaned(const nlohmann::json& fields);

struct VerifiedExhibit {
    std::string code;
    std::uint64_t size = 0;
    crypto::Digest sha256;      // as the log has it
    std::string original;       // code, if it is a cleaned one; else empty
    bool was_compared = false;  // the original was cleaned again, and the bytes compared
    std::string differs;        // why it is not what the log says; empty: it is
    std::string why_not_compared;
};

// Opens the sealed file, compares digest and size with the log and the record's fields; where it is
// a cleaned one, cleans the original again and compares every byte. Error as object_of().
[[nodiscard]] VerifiedExhibit verify_exhibit(const Vault& vault, const RecordId& exhibit);

}  // namespace custos::vault::exhibits
