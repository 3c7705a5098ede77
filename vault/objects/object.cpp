// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/object.h"

#include <algorithm>
#include <system_error>

#include <nlohmann/json.hpp>

#include "crypto/age/stream.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/objects/padding.h"

namespace custos::vault {

using nlohmann::json;

bool is_object_name(std::string_view name) noexcept {
    return name.size() == kObjectNameSize && std::all_of(name.begin(), name.end(), [](char digit) {
               return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
           });
}

std::string random_object_name() {
    return crypto::hex(crypto::random_array<kObjectNameSize / 2>());
}

json to_json(const Object& object) {
    return {{"identity", object.identity},
            {"name", object.name},
            {"sha256", crypto::hex(object.sha256.view())},
            {"size", object.size},
            {"stored_size", object.stored_size}};
}

std::optional<Object> object_from(const json& facts) {
    if (!facts.is_object() || facts.size() != 5) return std::nullopt;
    for (const char* key : {"identity", "name", "sha256"}) {
        if (!facts.contains(key) || !facts.at(key).is_string()) return std::nullopt;
    }
    for (const char* key : {"size", "stored_size"}) {
        if (!facts.contains(key) || !facts.at(key).is_number_unsigned()) return std::nullopt;
    }
    const auto digest = crypto::from_hex(facts.at("sha256").get_ref<const std::string&>());
    if (!digest || digest->size() != crypto::Digest::kSize) return std::nullopt;
    Object object;
    object.name = facts.at("name").get_ref<const std::string&>();
    object.identity = facts.at("identity").get_ref<const std::string&>();
    object.sha256 = crypto::Digest::from(*digest);
    object.size = facts.at("size").get<std::uint64_t>();
    object.stored_size = facts.at("stored_size").get<std::uint64_t>();
    const bool possible = is_object_name(object.name) && object.size <= kObjectSizeMax &&
                          object.stored_size > padded_size(object.size) &&
                          object.stored_size - padded_size(object.size) <= object.stored_size / 2;
    if (!possible || !crypto::age::Identity::parse(bytes_of(object.identity))) return std::nullopt;
    return object;
}

Path object_path(const Path& objects, const std::string& name) {
    return objects / name.substr(0, 2) / name;
}

Path incoming_path(const Path& objects, const std::string& name) {
    return objects / kIncomingDirectory / name;
}

Path find_object(const Path& objects, const std::string& name) {
    std::error_code ignored;
    for (const Path& path : {object_path(objects, name), incoming_path(objects, name)}) {
        if (std::filesystem::exists(path, ignored)) return path;
    }
    throw Error{ErrorCode::integrity, "the sealed object " + name + " is missing",
                "bring it back from a backup: custos backup restore into a new directory"};
}

}  // namespace custos::vault
