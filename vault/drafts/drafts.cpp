// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/drafts/drafts.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "crypto/seal.h"
#include "vault/drafts/draft_json.h"
#include "vault/objects/padding.h"

namespace custos::vault {
namespace {

// The file: salt || seal(length as u32 || JSON || zeros). docs/formats/draft.md
constexpr std::string_view kSealInfo = "custos/v1/draft";
constexpr std::size_t kLengthSize = 4;
constexpr const char* kDraftLockFile = "lock";
static_assert(kDraftSizeMax + kDraftSizeMax / 8 < kDraftFileSizeMax, "room for padding");

bool is_draft_name(std::string_view name) {
    return name.size() == kDraftNameDigits && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
           });
}

// Each draft has a byte of the lock file to itself.
std::uint64_t lock_offset(const std::string& name) {
    std::uint64_t offset = 0;
    std::from_chars(name.data(), name.data() + 14, offset, 16);  // 56 bits
    return offset;
}

Bytes context_of(const VaultId& vault, const std::string& name) {
    Bytes context(vault.begin(), vault.end());
    append(context, bytes_of(name));
    return context;
}

Error is_open_elsewhere() {
    return Error{ErrorCode::busy, "cannot open the draft: it is open in another terminal",
                 "go on there, or end it there first"};
}

Error no_such_draft(const std::string& text) {
    return Error{ErrorCode::not_found, "there is no draft " + text,
                 "custos drafts lists them; one that was saved has become a record"};
}

}  // namespace

Drafts::Drafts(const Vault& vault)
    : directory_(vault.directory() / kDraftsDirectory),
      vault_id_(vault.header().id),
      key_(crypto::derive_key(vault.master_key(), crypto::Purpose::drafts, vault.header().id)),
      clock_(vault.surroundings().clock) {}

// ---- one file ----------------------------------------------------------------------------------

std::optional<DraftContent> Drafts::read(const std::string& name) const {
    const Bytes file = read_file(directory_ / name, kDraftFileSizeMax);
    if (file.size() < crypto::kSealSaltSize + crypto::kSealOverhead + kLengthSize)
        return std::nullopt;
    std::array<std::uint8_t, crypto::kSealSaltSize> salt{};
    std::copy_n(file.begin(), salt.size(), salt.begin());
    const auto keys = crypto::derive_sealing_keys(key_.reveal(), salt, bytes_of(kSealInfo));
    const auto plain =
        crypto::open(keys, ByteView{file}.subspan(salt.size()), context_of(vault_id_, name));
    if (!plain || plain->size() < kLengthSize) return std::nullopt;
    const ByteView bytes = plain->reveal();
    std::size_t size = 0;
    for (std::size_t i = 0; i < kLengthSize; ++i) size = size << 8U | bytes[i];
    if (size > bytes.size() - kLengthSize) return std::nullopt;
    return draft_from_json(text_of(bytes.subspan(kLengthSize, size)));
}

void Drafts::write(const std::string& name, const DraftContent& content) const {
    std::string text = draft_json(content).dump();
    if (text.size() > kDraftSizeMax) {
        throw Error{ErrorCode::usage, "cannot keep the draft: it is larger than 24 MiB",
                    "save it as a record, and attach long documents as exhibits"};
    }
    const auto size = static_cast<std::uint32_t>(text.size());
    SecretBytes plain(padded_size(kLengthSize + text.size()));
    for (std::size_t i = 0; i < kLengthSize; ++i)
        plain.reveal()[i] = static_cast<std::uint8_t>(size >> (8 * (kLengthSize - 1 - i)));
    std::copy(text.begin(), text.end(), plain.reveal().begin() + kLengthSize);
    wipe(text);
    const auto salt = crypto::random_array<crypto::kSealSaltSize>();
    const auto keys = crypto::derive_sealing_keys(key_.reveal(), salt, bytes_of(kSealInfo));
    Bytes file(salt.begin(), salt.end());
    append(file, crypto::seal(keys, plain.reveal(), context_of(vault_id_, name)));
    write_file_atomically(directory_ / name, file);
}

// What write_file_atomically() was about to rename when its process was killed.
void Drafts::clear_leftovers(const std::string& name) const {
    const std::string begin = name + ".tmp.";
    std::error_code ignored;  // a read-only medium keeps them
    for (const std::string& other : names_in(directory_)) {
        if (other.starts_with(begin)) std::filesystem::remove(directory_ / other, ignored);
    }
}

// ---- all of them -------------------------------------------------------------------------------

std::vector<StoredDraft> Drafts::all() const {
    std::vector<StoredDraft> drafts;
    const std::vector<std::string> names = names_in(directory_);
    const Path lock_file = directory_ / kDraftLockFile;
    for (const std::string& name : names) {
        const std::string owner = name.substr(0, kDraftNameDigits);
        if (!is_draft_name(owner)) continue;
        if (name != owner) {
            // Of a draft that nobody holds, so nobody is writing it now.
            if (const auto lock = Lock::try_byte(lock_file, lock_offset(owner)))
                clear_leftovers(owner);
            continue;
        }
        StoredDraft draft{name, {}, false};
        try {
            draft.content = read(name);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::not_found) continue;  // removed meanwhile
            if (error.code() != ErrorCode::usage) throw;         // too long: not one of ours
        }
        draft.in_use = !Lock::try_byte(lock_file, lock_offset(name)).has_value();
        drafts.push_back(std::move(draft));
    }
    const auto key = [](const StoredDraft& draft) {
        return draft.content ? draft.content->changed : Milliseconds{-1};
    };
    std::stable_sort(drafts.begin(), drafts.end(),
                     [&](const auto& a, const auto& b) { return key(a) > key(b); });
    return drafts;
}

StoredDraft Drafts::find(const std::string& text) const {
    std::vector<StoredDraft> drafts = all();
    std::size_t number = 0;
    const char* end = text.data() + text.size();
    const bool is_number = !text.empty() && text.size() <= 3 &&
                           std::from_chars(text.data(), end, number).ptr == end && number > 0;
    if (is_number && number <= drafts.size()) return std::move(drafts[number - 1]);
    std::vector<StoredDraft*> fitting;
    for (StoredDraft& draft : drafts) {
        if (!text.empty() && draft.name.starts_with(text)) fitting.push_back(&draft);
    }
    if (fitting.empty()) throw no_such_draft(text);
    if (fitting.size() > 1) {
        throw Error{ErrorCode::usage, "several drafts begin with " + text,
                    "type more of its name, or its number in custos drafts"};
    }
    return std::move(*fitting.front());
}

OpenDraft Drafts::begin() const {
    make_directory(directory_);
    for (;;) {
        const std::string name = crypto::hex(crypto::random_bytes(kDraftNameDigits / 2));
        auto lock = Lock::try_byte(directory_ / kDraftLockFile, lock_offset(name));
        if (lock) return OpenDraft(*this, name, std::move(*lock), false);
    }
}

OpenDraft Drafts::take(const std::string& name) const {
    std::error_code ignored;
    if (!is_draft_name(name) || !std::filesystem::exists(directory_ / name, ignored))
        throw no_such_draft(name.substr(0, kDraftNameDigits));
    auto lock = Lock::try_byte(directory_ / kDraftLockFile, lock_offset(name));
    if (!lock) throw is_open_elsewhere();
    clear_leftovers(name);
    return OpenDraft(*this, name, std::move(*lock), true);
}

std::vector<std::string> Drafts::about(const RecordId& record) const {
    std::vector<std::string> names;
    for (const StoredDraft& draft : all()) {
        if (draft.content && draft.content->record == record) names.push_back(draft.name);
    }
    return names;
}

// ---- in this process's hands -------------------------------------------------------------------

void OpenDraft::save(DraftContent& content) {
    content.changed = drafts_->clock_();
    drafts_->write(name_, content);
    stored_ = true;
}

void OpenDraft::remove() {
    if (!stored_) return;
    remove_file(drafts_->directory_ / name_);
    sync_directory(drafts_->directory_);
    stored_ = false;
}

}  // namespace custos::vault
