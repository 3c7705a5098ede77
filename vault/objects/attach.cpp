// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/attach.h"

#include <map>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/objects/catalog.h"
#include "vault/objects/media_type.h"
#include "vault/objects/padding.h"
#include "vault/objects/workers.h"
#include "vault/os/storage.h"
#include "vault/records/store.h"
#include "vault/records/text.h"

namespace custos::vault {

using nlohmann::json;

namespace {

// More files than this are made durable together: one by one, each would wait for the disk.
constexpr std::size_t kSyncTogetherFrom = 8;

struct Prepared {
    std::string file_name;
    SealedFile sealed;
    bool was_stored = false;
};

// A file name is bytes; a field is text. What is no UTF-8, or would be refused, is written as \xNN.
std::string as_text(const std::string& name) {
    if (!text_refusal(name, Lines::one)) return name;
    std::string text;
    for (const char c : name) {
        const auto byte = static_cast<std::uint8_t>(c);
        if (byte >= 0x20 && byte < 0x7f) {
            text += c;
        } else {
            text += "\\x" + crypto::hex({&byte, 1});
        }
    }
    return text;
}

// Everything that can be wrong is looked at before the first byte is sealed.
void check_request(const Vault& vault, const AttachRequest& request,
                   const std::vector<Path>& files) {
    const Record record = get_record(vault, request.about);
    if (record.state != State::live) {
        throw Error{ErrorCode::refused,
                    "cannot attach to " + record.code + ": it is " +
                        (record.state == State::purged ? "purged" : "in the trash")};
    }
    for (const char* filled_in : {"file_name", "media_type", "sha256", "size"}) {
        if (request.fields.contains(filled_in)) {
            throw Error{ErrorCode::usage, std::string("the field ") + filled_in +
                                              " is filled in from the file and cannot be set"};
        }
    }
    std::uint64_t sum = 0;
    for (const Path& path : files)
        sum += padded_size(std::min(open_regular(path).size(), kObjectSizeMax));
    if (sum > free_bytes(vault.objects_directory())) {
        throw Error{ErrorCode::no_space,
                    "cannot attach: the files need " + std::to_string(sum >> 20U) +
                        " MiB, and less is free where the vault is",
                    "free some space and try again; nothing was changed"};
    }
}

void forget(const Path& objects, const std::vector<Prepared>& prepared) noexcept {
    std::error_code ignored;
    for (const Prepared& one : prepared) {
        if (one.sealed.object.name.empty() || one.was_stored) continue;
        std::filesystem::remove(incoming_path(objects, one.sealed.object.name), ignored);
    }
}

void make_durable(const Path& objects, const std::vector<Prepared>& prepared,
                  FileSystem& together) {
    if (prepared.size() >= kSyncTogetherFrom) {
        together.sync();
        return;
    }
    for (const Prepared& one : prepared) {
        if (!one.was_stored) File::open(incoming_path(objects, one.sealed.object.name)).sync();
    }
    sync_directory(objects / kIncomingDirectory);
}

// Equal files are kept once: the second exhibit gets the object of the first.
void share_equal(const Vault& vault, std::vector<Prepared>& prepared) {
    const Path objects = vault.objects_directory();
    std::map<std::pair<crypto::Digest, std::uint64_t>, Object> new_ones;
    for (Prepared& one : prepared) {
        Object& object = one.sealed.object;
        auto equal = find_equal(vault, object.sha256, object.size);
        if (!equal) {
            const auto [at, is_new] = new_ones.try_emplace({object.sha256, object.size}, object);
            if (is_new) continue;
            equal = at->second;
        }
        remove_file(incoming_path(objects, object.name));
        object = std::move(*equal);
        one.was_stored = true;
    }
}

Attached add_exhibit(Change& change, const AttachRequest& request, const Prepared& prepared) {
    const Object& object = prepared.sealed.object;
    Attached attached;
    attached.file_name = prepared.file_name;
    attached.media_type = media_type_of(prepared.sealed.beginning);
    attached.sha256 = object.sha256;
    attached.size = object.size;
    attached.was_stored = prepared.was_stored;

    json fields = request.fields;
    if (!attached.file_name.empty()) fields["file_name"] = attached.file_name;
    fields["media_type"] = attached.media_type;
    fields["sha256"] = crypto::hex(object.sha256.view());
    fields["size"] = object.size;
    attached.id = create_exhibit(change, fields, to_json(object));
    link_records(change, attached.id, request.role, request.about);
    attached.code = code_of(change.vault(), attached.id);
    return attached;
}

std::vector<Attached> add_exhibits(Vault& vault, const AttachRequest& request,
                                   const std::vector<Prepared>& prepared) {
    std::vector<Attached> attached;
    attached.reserve(prepared.size());
    Change change(vault);
    for (const Prepared& one : prepared) attached.push_back(add_exhibit(change, request, one));
    change.commit();
    return attached;
}

// What `seal` prepares becomes exhibits, all of it or nothing.
std::vector<Attached> store(Vault& vault, const AttachRequest& request,
                            std::vector<Prepared>& prepared, const std::function<void()>& seal) {
    finish_incoming(vault);
    const Path objects = vault.objects_directory();
    FileSystem together(objects);
    std::vector<Attached> attached;
    try {
        seal();
        share_equal(vault, prepared);
        make_durable(objects, prepared, together);
        attached = add_exhibits(vault, request, prepared);
    } catch (const std::exception&) {
        forget(objects, prepared);
        throw;
    }
    std::vector<std::string> names;
    for (const Prepared& one : prepared) {
        if (!one.was_stored) names.push_back(one.sealed.object.name);
    }
    put_in_place(objects, names);
    return attached;
}

void note_extract(Vault& vault, const RecordId& exhibit, const char* to) {
    Change change(vault);
    change.append(
        {Verb::extract, to_text(exhibit), {}, to_bytes(bytes_of(json{{"to", to}}.dump()))});
    change.commit();
}

Extracted facts_of(const Vault& vault, const RecordId& exhibit, const Object& object) {
    const Record record = get_record(vault, exhibit);
    return {record.fields.value("file_name", std::string()), object.size, object.sha256};
}

}  // namespace

std::vector<Attached> attach_files(Vault& vault, const AttachRequest& request,
                                   const std::vector<Path>& files, const Tick& tick) {
    check_request(vault, request, files);
    const Path objects = vault.objects_directory();
    std::vector<Prepared> prepared(files.size());
    return store(vault, request, prepared, [&] {
        share_out(files.size(), [&] {
            return [&](std::uint64_t index) {
                Prepared& one = prepared[index];
                one.file_name = as_text(files[index].filename().string());
                one.sealed = seal_file(objects, open_regular(files[index]), tick);
            };
        });
    });
}

Attached attach_derived(Vault& vault, const RecordId& original, const json& fields, ByteView file) {
    std::vector<Prepared> prepared(1);
    return store(vault, {original, std::string(kDerivedFrom), fields}, prepared,
                 [&] { prepared.front().sealed = seal_bytes(vault.objects_directory(), file); })
        .front();
}

Extracted extract_to_file(Vault& vault, const RecordId& exhibit, const Path& target,
                          const Tick& tick) {
    const Object object = object_of(vault, exhibit);
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(target, ignored))) {
        throw Error{ErrorCode::conflict,
                    "cannot extract to " + target.filename().string() + ": it exists already",
                    "name another file with --output; nothing is ever overwritten"};
    }
    const ObjectFile file = ObjectFile::in(vault.objects_directory(), object);
    const Path directory = target.has_parent_path() ? target.parent_path() : Path(".");
    const Path temporary =
        directory / ("." + target.filename().string() + "." + random_object_name() + ".part");
    try {
        File out = File::create(temporary);
        open_object(file, [&](ByteView piece) {
            out.write(piece);
            tick(piece.size());
        });
        out.sync();
        out.close();
        note_extract(vault, exhibit, "file");
        rename_to_new(temporary, target);
    } catch (const std::exception&) {
        std::filesystem::remove(temporary, ignored);
        throw;
    }
    sync_directory(directory);
    return facts_of(vault, exhibit, object);
}

Extracted extract_to(Vault& vault, const RecordId& exhibit,
                     const std::function<void(ByteView)>& sink) {
    const Object object = object_of(vault, exhibit);
    const ObjectFile file = ObjectFile::in(vault.objects_directory(), object);
    note_extract(vault, exhibit, "stream");
    open_object(file, sink);
    return facts_of(vault, exhibit, object);
}

}  // namespace custos::vault
