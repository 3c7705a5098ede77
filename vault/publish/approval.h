// SPDX-License-Identifier: GPL-3.0-or-later
// A second person's word for a publication: a C2SP signed note over the digests of its final bytes
// and of what was passed over, by that person's own key. docs/formats/package.md has the format.
// It travels in the package without the person's name.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/ed25519.h"
#include "crypto/hash.h"

namespace custos::vault::publish {

inline constexpr std::string_view kApprovalSchema = "custos.approval/1";
inline constexpr std::string_view kApproverName = "custos-approval";  // that the note is signed by
inline constexpr std::size_t kApprovalSizeMax = 16 * 1024;

struct Approval {
    std::string index;
    crypto::Digest sums;  // SHA-256 of SHA256SUMS: the final bytes of every file that readers read
    std::string rules;    // that the leak check used
    crypto::Digest passed_over;  // the fuzzy findings that somebody decided about

    bool operator==(const Approval&) const = default;
};

[[nodiscard]] std::string sign_approval(const Approval& approval, const crypto::SigningSeed& seed);
// Nothing unless it is exactly what sign_approval() writes, signed by this key.
[[nodiscard]] std::optional<Approval> open_approval(std::string_view note,
                                                    const crypto::VerifyKey& key);

// The key as the manifest names it, and back.
[[nodiscard]] std::string approver_text(const crypto::VerifyKey& key);
[[nodiscard]] std::optional<crypto::VerifyKey> read_approver(std::string_view text);

}  // namespace custos::vault::publish
