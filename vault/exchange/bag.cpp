// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/bag.h"

#include <array>
#include <filesystem>
#include <system_error>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/exchange/tar.h"
#include "vault/objects/age_file.h"
#include "vault/objects/attach.h"
#include "vault/objects/object.h"
#include "vault/os/storage.h"
#include "vault/records/describe.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr const char* kRoot = "custos-bag/";
constexpr const char* kReadMe =
    "What this is\n"
    "============\n"
    "\n"
    "Records of an evidence vault, as the program Custos wrote them down, in a bag (BagIt,\n"
    "RFC 8493). No special program is needed to read them.\n"
    "\n"
    "data/records.jsonl  one record a line, as JSON (RFC 8259), UTF-8: its kind, its id, its\n"
    "                    fields, its links to other records by their ids\n"
    "data/schema.json    what each kind of record can hold, and what its fields and words mean\n"
    "data/exhibits/      the files of exhibits, called by the short ids of their records,\n"
    "                    as they were when they came into the vault\n"
    "manifest-sha256.txt the SHA-256 of every file in data: sha256sum -c manifest-sha256.txt\n"
    "\n"
    "It may name people who would be in danger if they were found. Keep it encrypted.\n"
    "Custos reads it back with: custos import jsonl data/records.jsonl\n";

// The end of a file's name, if it is harmless: ".jpg".
std::string ending_of(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos || name.size() - dot > 9) return {};
    std::string ending;
    for (const char c : name.substr(dot)) {
        const bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || (c == '.' && ending.empty());
        if (!fine) return {};
        ending += c;
    }
    return ending.size() > 1 ? ending : std::string();
}

struct Attachment {
    RecordId id;
    std::string name;
    std::uint64_t size = 0;
};

class Bag {
public:
    Bag(Vault& vault, const std::function<void(std::uint64_t)>& tick,
        std::function<void(ByteView)> sink)
        : vault_(vault), tick_(tick), tar_([this, sink](ByteView bytes) {
              sink(bytes);
              tick_(at_ += bytes.size());
          }) {}

    Bagged write() {
        look();
        const std::string schema = schema_json(vault_.schema(), std::nullopt).dump(1) + "\n";
        bagged_.bytes = records_size_ + schema.size() + std::string_view(kReadMe).size();
        for (const Attachment& one : attachments_) bagged_.bytes += one.size;

        tag("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
        tag("bag-info.txt",
            "Bagging-Date: " + utc_text(vault_.surroundings().clock()).substr(0, 10) +
                "\nBag-Software-Agent: Custos\nExternal-Identifier: " + vault_.log().origin() +
                "\nPayload-Oxum: " + std::to_string(bagged_.bytes) + "." +
                std::to_string(attachments_.size() + 3) + "\n");
        payload("data/README.txt", kReadMe);
        payload("data/schema.json", schema);
        write_records();
        for (const Attachment& one : attachments_) write_file(one);
        tag("manifest-sha256.txt", manifest_);
        tar_.add(kRoot + std::string("tagmanifest-sha256.txt"), tags_);
        tar_.finish();
        return std::move(bagged_);
    }

private:
    // How long everything is, which a tar says before it.
    void look() {
        bagged_.count = export_jsonl(
            vault_, {}, [&](std::string_view piece) { records_size_ += piece.size(); });
        each_chosen(vault_, {Kind::exhibit, {}}, [&](const Record& record) {
            const auto object = object_from(record.object);
            if (!object) return;
            const auto name = record.fields.find("file_name");
            const std::string ending = name != record.fields.end() && name->is_string()
                                           ? ending_of(name->get<std::string>())
                                           : std::string();
            attachments_.push_back(
                {record.id, "data/exhibits/" + record.code + ending, object->size});
        });
        bagged_.files = attachments_.size();
    }

    static std::string line_for(const crypto::Digest& digest, const std::string& name) {
        return crypto::hex(digest.view()) + "  " + name + "\n";
    }

    void tag(const std::string& name, const std::string& text) {
        tar_.add(kRoot + name, text);
        tags_ += line_for(crypto::sha256(bytes_of(text)), name);
    }

    void payload(const std::string& name, const std::string& text) {
        tar_.add(kRoot + name, text);
        manifest_ += line_for(crypto::sha256(bytes_of(text)), name);
    }

    void write_records() {
        const std::string name = "data/records.jsonl";
        crypto::Sha256 digest;
        tar_.begin(kRoot + name, records_size_);
        (void)export_jsonl(vault_, {}, [&](std::string_view piece) {
            digest.update(bytes_of(piece));
            tar_.write(bytes_of(piece));
        });
        tar_.end();
        manifest_ += line_for(digest.finish(), name);
    }

    void write_file(const Attachment& one) {
        tar_.begin(kRoot + one.name, one.size);
        const Extracted extracted =
            extract_to(vault_, one.id, [&](ByteView piece) { tar_.write(piece); });
        tar_.end();
        manifest_ += line_for(extracted.sha256, one.name);
    }

    Vault& vault_;
    const std::function<void(std::uint64_t)>& tick_;
    TarWriter tar_;
    std::uint64_t at_ = 0;
    std::uint64_t records_size_ = 0;
    std::vector<Attachment> attachments_;
    std::string manifest_;
    std::string tags_;
    Bagged bagged_;
};

crypto::Digest digest_of(const Path& path) {
    File file = File::open(path);
    crypto::Sha256 digest;
    std::array<std::uint8_t, 65536> piece{};
    while (const std::size_t got = file.read(piece)) digest.update(ByteView(piece).first(got));
    return digest.finish();
}

// Takes the file away again unless it was kept.
struct Unfinished {
    Path path;
    bool kept = false;
    ~Unfinished() {
        std::error_code ignored;
        if (!kept) std::filesystem::remove(path, ignored);
    }
};

}  // namespace

Bagged export_bag(Vault& vault, const Path& path,
                  std::span<const crypto::age::Recipient> recipients,
                  const std::function<void(std::uint64_t)>& tick) {
    if (std::filesystem::exists(std::filesystem::symlink_status(path))) {
        throw Error{ErrorCode::conflict,
                    "cannot write " + path.filename().string() + ": it is there already",
                    "give another name"};
    }
    const Path temporary = path.parent_path() / (".custos-" + crypto::hex(crypto::random_bytes(8)));
    Unfinished unfinished{temporary};
    AgeWriter writer(File::create(temporary), recipients);
    Bagged bagged = Bag(vault, tick, [&](ByteView bytes) { writer.write(bytes); }).write();
    File file = writer.finish();
    file.sync();
    file.close();
    bagged.digest = digest_of(temporary);

    Change change(vault);
    log_export(change, "bag", bagged.count, bagged.digest);
    change.commit();
    rename_to_new(temporary, path);
    unfinished.kept = true;
    sync_directory(path.parent_path().empty() ? Path(".") : path.parent_path());
    return bagged;
}

}  // namespace custos::vault
