// SPDX-License-Identifier: GPL-3.0-or-later
// A sealed object: what the log knows of it, and where it lies. docs/formats/sealed-objects.md.
//
// The identity is the object's key. It is in the body of the log entry that attached the file and
// nowhere else: who can read the log can open the object, and who destroys that body destroys it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "crypto/age/keys.h"
#include "crypto/hash.h"
#include "vault/os/file.h"

namespace custos::vault {

// Chosen by measurement: docs/decisions/0002-object-identities.md.
inline constexpr crypto::age::KeyKind kObjectKeyKind = crypto::age::KeyKind::x25519;

inline constexpr std::size_t kObjectNameSize = 32;  // hexadecimal digits of 16 random bytes
inline constexpr const char* kIncomingDirectory = "incoming";

struct Object {
    std::string name;
    // age's text of the identity. Ordinary memory, like the log body that it comes from and goes
    // to: there may be more objects at a time than guarded memory has room for.
    std::string identity;
    crypto::Digest sha256;          // of the user's file
    std::uint64_t size = 0;         // of the user's file
    std::uint64_t stored_size = 0;  // of the sealed one
};

[[nodiscard]] bool is_object_name(std::string_view name) noexcept;
[[nodiscard]] std::string random_object_name();

// "object" in the log body of an exhibit. Holds the identity: never to be printed.
[[nodiscard]] nlohmann::json to_json(const Object& object);
// Nothing unless it is exactly what to_json() makes, with sizes that fit each other.
[[nodiscard]] std::optional<Object> object_from(const nlohmann::json& facts);

// objects/ab/<name>, and objects/incoming/<name> before the entry that names it is known to be
// stored.
[[nodiscard]] Path object_path(const Path& objects, const std::string& name);
[[nodiscard]] Path incoming_path(const Path& objects, const std::string& name);
// Where it is. Error{integrity} if it is in neither place.
[[nodiscard]] Path find_object(const Path& objects, const std::string& name);

}  // namespace custos::vault
