// SPDX-License-Identifier: GPL-3.0-or-later
// How one publication key follows another (docs/formats/register.md): rotations, signed by the old
// key and the new one, and revocations, signed by the key that is not to be believed any more. Each
// is a C2SP signed note, and says what it says to whoever trusts the key that it begins with.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/bytes.h"
#include "crypto/minisign.h"

namespace custos::vault::publish {

inline constexpr std::string_view kKeyHistorySchema = "custos.key-history/1";
inline constexpr std::size_t kKeyHistoryMax = 64;  // notes of each sort
inline constexpr std::size_t kKeyHistorySizeMax = 1024 * 1024;
inline constexpr std::size_t kRevocationReasonMax = 1000;  // bytes

struct KeyHistory {
    std::vector<std::string> rotations;    // notes
    std::vector<std::string> revocations;  // notes
    [[nodiscard]] bool empty() const { return rotations.empty() && revocations.empty(); }
    void add(const KeyHistory& more);
};

struct Rotation {
    crypto::minisign::PublicKey from, to;
    std::string date;  // YYYY-MM-DD
};
[[nodiscard]] std::string sign_rotation(const crypto::minisign::SecretKey& from,
                                        const crypto::minisign::SecretKey& to,
                                        const std::string& date);
// Nothing unless both keys that it names signed it.
[[nodiscard]] std::optional<Rotation> open_rotation(std::string_view note);

struct Revocation {
    crypto::minisign::PublicKey key;
    std::string date;
    std::string reason;  // one line; may be empty
};
// Error{usage} if the reason is too long, or more than a line.
[[nodiscard]] std::string sign_revocation(const crypto::minisign::SecretKey& key,
                                          const std::string& date, const std::string& reason);
// Nothing unless the key that it names signed it.
[[nodiscard]] std::optional<Revocation> open_revocation(std::string_view note);

// The file keys.json.
[[nodiscard]] std::string write_key_history(const KeyHistory& history);
[[nodiscard]] std::optional<KeyHistory> read_key_history(ByteView bytes);
// The same within another JSON object, by its members "rotations" and "revocations".
void add_key_history(nlohmann::json& object, const KeyHistory& history);
[[nodiscard]] std::optional<KeyHistory> key_history_in(const nlohmann::json& object);

// The keys that whoever trusts `first` may trust for its sake, `first` included. What a revoked key
// says of its successor is not believed.
struct TrustedKeys {
    std::vector<crypto::minisign::PublicKey> keys;
    std::vector<Revocation> revoked;  // of keys among them

    [[nodiscard]] const Revocation* revocation_of(const crypto::minisign::PublicKey& key) const;
};
[[nodiscard]] TrustedKeys follow_keys(const crypto::minisign::PublicKey& first,
                                      const KeyHistory& history);

}  // namespace custos::vault::publish
