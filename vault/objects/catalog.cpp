// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/catalog.h"

#include <system_error>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/os/storage.h"
#include "vault/records/store.h"

namespace custos::vault {
namespace {

bool is_named(const Vault& vault, const std::string& name) {
    Query query(vault.database(), "SELECT 1 FROM object WHERE name = ?");
    return query.bind(name).step();
}

Object checked_object(const Record& record) {
    if (auto object = object_from(record.object)) return std::move(*object);
    throw Error{ErrorCode::integrity,
                "what the log says of the file of " + record.code + " is damaged",
                "run custos check, then restore from a backup"};
}

}  // namespace

Object object_of(const Vault& vault, const RecordId& exhibit) {
    const Record record = get_record(vault, exhibit);
    if (exhibit.kind != Kind::exhibit) {
        throw Error{ErrorCode::usage, record.code + " is no exhibit, so it has no file",
                    "custos show " + record.code + " shows what it has"};
    }
    if (record.state == State::purged) {
        throw Error{ErrorCode::refused, "the file of " + record.code + " was destroyed by a purge"};
    }
    if (record.object.is_null()) {
        throw Error{ErrorCode::not_found, record.code + " has no file",
                    "attach one as another exhibit: custos attach ID FILE"};
    }
    return checked_object(record);
}

void each_object(const Vault& vault,
                 const std::function<void(const Object&, const std::string&)>& visit) {
    std::set<std::string> seen;
    each_record(vault, Kind::exhibit, [&](const Record& record) {
        if (record.object.is_null()) return;
        const Object object = checked_object(record);
        if (seen.insert(object.name).second) visit(object, record.code);
    });
}

std::set<std::string> object_names(const Vault& vault) {
    std::set<std::string> names;
    Query query(vault.database(), "SELECT name FROM object");
    query.bind();
    while (query.step()) names.emplace(query.text(0));
    return names;
}

std::optional<Object> find_equal(const Vault& vault, const crypto::Digest& sha256,
                                 std::uint64_t size) {
    std::vector<std::string> codes;
    {
        Query query(vault.database(),
                    "SELECT record.code FROM object JOIN record ON record.row = object.row "
                    "WHERE object.sha256 = ? ORDER BY object.row LIMIT 1");
        query.bind(crypto::hex(sha256.view()));
        while (query.step()) codes.emplace_back(query.text(0));
    }
    for (const std::string& code : codes) {
        Object object = checked_object(get_record(vault, resolve(vault, code)));
        std::error_code ignored;
        const Path objects = vault.objects_directory();
        // A file that is not there any more is no reason not to store this one.
        if (object.size == size &&
            (std::filesystem::exists(object_path(objects, object.name), ignored) ||
             std::filesystem::exists(incoming_path(objects, object.name), ignored))) {
            return object;
        }
    }
    return std::nullopt;
}

void finish_incoming(const Vault& vault) {
    const Path objects = vault.objects_directory();
    make_directory(objects / kIncomingDirectory);
    std::vector<std::string> named;
    for (const std::string& name : names_in(objects / kIncomingDirectory)) {
        if (!is_object_name(name)) continue;
        if (is_named(vault, name)) {
            named.push_back(name);
        } else {
            remove_file(incoming_path(objects, name));
        }
    }
    put_in_place(objects, named);
}

void put_in_place(const Path& objects, const std::vector<std::string>& names) {
    std::set<Path> directories;
    for (const std::string& name : names) {
        const Path place = object_path(objects, name);
        if (directories.insert(place.parent_path()).second) make_directory(place.parent_path());
        rename_quickly(incoming_path(objects, name), place);
    }
    if (names.empty()) return;
    // A crash in between loses nothing: each file is in one place or the other.
    for (const Path& directory : directories) sync_directory(directory);
    sync_directory(objects / kIncomingDirectory);
}

void remove_objects(const Vault& vault, const std::vector<std::string>& names) {
    const Path objects = vault.objects_directory();
    for (const std::string& name : names) {
        if (!is_object_name(name) || is_named(vault, name)) continue;
        remove_file(object_path(objects, name));
        remove_file(incoming_path(objects, name));
    }
}

}  // namespace custos::vault
