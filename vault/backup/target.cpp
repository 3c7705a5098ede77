// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/target.h"

#include <algorithm>
#include <optional>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/objects/object.h"

namespace custos::vault {
namespace {

std::optional<VaultId> vault_id_from(std::string_view name) {
    const auto bytes = crypto::from_hex(name);
    VaultId id{};
    if (!bytes || bytes->size() != id.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), id.begin());
    return id;
}

}  // namespace

Target Target::of_vault(const Path& directory, const VaultId& vault) {
    return {directory / crypto::hex(vault), vault};
}

Target Target::find(const Path& directory) {
    std::error_code ignored;
    const Path itself = directory.filename().empty() ? directory.parent_path() : directory;
    if (const auto id = vault_id_from(itself.filename().string());
        id && std::filesystem::is_directory(itself / kSegmentsDirectory, ignored)) {
        return {itself, *id};
    }
    std::vector<VaultId> vaults;
    if (std::filesystem::is_directory(directory, ignored)) {
        for (const std::string& name : names_in(directory)) {
            if (const auto id = vault_id_from(name)) vaults.push_back(*id);
        }
    }
    if (vaults.size() == 1) return of_vault(directory, vaults.front());
    if (vaults.empty()) {
        throw Error{ErrorCode::not_found, "there is no backup in " + itself.filename().string(),
                    "make one with custos backup create, or name another directory"};
    }
    throw Error{
        ErrorCode::usage,
        "there are backups of " + std::to_string(vaults.size()) + " vaults in " +
            itself.filename().string(),
        "name the one you mean: " + itself.filename().string() + "/" + crypto::hex(vaults.front())};
}

Path Target::segment(const std::string& name) const {
    return segments() / (name + std::string(kSegmentSuffix));
}

std::vector<std::string> Target::segment_names() const {
    std::vector<std::string> names;
    for (const std::string& file : names_in(segments())) {
        if (file.size() != kObjectNameSize + kSegmentSuffix.size() ||
            !file.ends_with(kSegmentSuffix))
            continue;
        std::string name = file.substr(0, kObjectNameSize);
        if (is_object_name(name)) names.push_back(std::move(name));
    }
    return names;
}

std::vector<std::string> Target::header_names() const {
    std::vector<std::string> names;
    for (std::string& file : names_in(directory_)) {
        if (file.starts_with(kHeaderPrefix) && is_object_name(file.substr(kHeaderPrefix.size()))) {
            names.push_back(std::move(file));
        }
    }
    return names;
}

void Target::make() const {
    make_directory(segments());
    make_directory(objects());
}

std::vector<TargetHeader> headers_in(const Target& target) {
    std::vector<TargetHeader> headers;
    for (const std::string& name : target.header_names()) {
        try {
            Bytes bytes = read_file(target.directory() / name, kHeaderSize + 1);
            Header header = decode_header(bytes);
            if (header.id == target.vault()) headers.push_back({name, header, std::move(bytes)});
        } catch (const Error&) {
            continue;  // verify_target() reports it
        }
    }
    std::sort(headers.begin(), headers.end(), [](const TargetHeader& a, const TargetHeader& b) {
        return a.header.generation > b.header.generation;
    });
    return headers;
}

}  // namespace custos::vault
