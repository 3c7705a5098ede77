// SPDX-License-Identifier: GPL-3.0-or-later
// What lies in a backup target, and its names. Every file there is immutable: written under another
// name, made durable, renamed. Nothing is locked.
//
//   <target>/<vault id>/header-<32 hex>           a copy of vault.hdr
//                       segments/<32 hex>.age     vault/backup/segment.h
//                       objects/ab/<32 hex>       sealed objects, as they are in the vault
#pragma once

#include <string>
#include <vector>

#include "vault/keys/header.h"
#include "vault/os/file.h"

namespace custos::vault {

inline constexpr const char* kSegmentsDirectory = "segments";
inline constexpr std::string_view kSegmentSuffix = ".age";
inline constexpr std::string_view kHeaderPrefix = "header-";
inline constexpr std::string_view kTemporaryInfix = ".tmp.";

class Target {
public:
    // The part of `directory` that belongs to this vault, whether it is there or not.
    static Target of_vault(const Path& directory, const VaultId& vault);
    // The only vault's part in `directory`, or `directory` if it is such a part itself. Error:
    // not_found, or usage if there are several.
    static Target find(const Path& directory);

    const VaultId& vault() const noexcept { return vault_; }
    const Path& directory() const noexcept { return directory_; }
    Path objects() const { return directory_ / "objects"; }
    Path segments() const { return directory_ / kSegmentsDirectory; }
    Path segment(const std::string& name) const;

    // Names of segments without the suffix; and of header files. Sorted.
    std::vector<std::string> segment_names() const;
    std::vector<std::string> header_names() const;

    void make() const;

private:
    Target(Path directory, const VaultId& vault)
        : directory_(std::move(directory)), vault_(vault) {}
    Path directory_;
    VaultId vault_{};
};

// The headers in a target that belong to its vault, the newest generation first; damaged ones are
// left out. Some may be somebody else's work: only unlock() tells.
struct TargetHeader {
    std::string file;
    Header header;
    Bytes bytes;
};
[[nodiscard]] std::vector<TargetHeader> headers_in(const Target& target);

}  // namespace custos::vault
