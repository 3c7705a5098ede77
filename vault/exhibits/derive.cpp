// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/derive.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/exhibits/clean.h"
#include "vault/objects/attach.h"
#include "vault/objects/catalog.h"
#include "vault/objects/sealed_file.h"
#include "vault/records/store.h"

namespace custos::vault::exhibits {
namespace {

using nlohmann::json;

// What is as true of the cleaned picture as of the original.
constexpr std::array<const char*, 8> kCarriedOver = {
    "type", "incident", "case", "protection", "persons", "description", "language", "tags"};

constexpr const char* kToolBegins = "custos ";

std::string tool() {
    return std::string(kToolBegins) + CUSTOS_VERSION + ", " + std::string(kCleanRules);
}

std::string text_in(const json& fields, const char* name) {
    const auto found = fields.find(name);
    return found != fields.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string title_of(const Record& original, const std::string& wanted) {
    if (!wanted.empty()) return wanted;
    for (const char* name : {"title", "number"}) {
        const std::string text = text_in(original.fields, name);
        if (!text.empty()) return text + ", cleaned";
    }
    return original.code + ", cleaned";
}

std::vector<Removed> removed_from(const Metadata& metadata) {
    std::vector<Removed> removed;
    for (const MetadataItem& item : metadata.items) {
        const auto known = std::find_if(removed.begin(), removed.end(), [&](const Removed& each) {
            return each.where == item.where;
        });
        if (known == removed.end()) {
            removed.push_back({item.where, 1});
        } else {
            ++known->values;
        }
    }
    return removed;
}

std::string derivation_of(const std::vector<Removed>& removed) {
    std::string text = "metadata removed";
    for (const Removed& each : removed)
        text += (&each == &removed.front() ? ": " : ", ") + each.where;
    return text;
}

std::string profile_in(const Metadata& metadata) {
    const auto profile =
        std::find_if(metadata.items.begin(), metadata.items.end(), [](const MetadataItem& item) {
            return item.where == "ICC" && item.what == "colour profile";
        });
    return profile == metadata.items.end() ? std::string() : profile->value;
}

Error refused(const std::string& code, const std::string& why, const std::string& next) {
    return Error{ErrorCode::refused, "cannot clean " + code + ": " + why, next};
}

// The live exhibit that was made of `original` before, with the same bytes.
std::string cleaned_before(const Vault& vault, const RecordId& original,
                           const crypto::Digest& sha256) {
    for (const RecordId& referrer : referrers_of(vault, original)) {
        if (referrer.kind != Kind::exhibit) continue;
        const Record record = get_record(vault, referrer);
        if (is_cleaned(record.fields) &&
            text_in(record.fields, "derived_from") == to_text(original) &&
            text_in(record.fields, "sha256") == crypto::hex(sha256.view()))
            return record.code;
    }
    return {};
}

Record cleanable(const Vault& vault, const RecordId& original) {
    Record record = get_record(vault, original);
    if (original.kind == Kind::exhibit && record.state == State::trashed)
        throw refused(record.code, "it is in the trash", "bring it back with: custos restore");
    if (is_cleaned(record.fields))
        throw refused(record.code, "it is a cleaned exhibit already", "use it as it is");
    return record;
}

}  // namespace

bool is_cleaned(const json& fields) {
    if (!fields.is_object()) return false;
    const std::string by = text_in(fields, "tool");
    return text_in(fields, "copy_status") == "derived" && fields.contains("derived_from") &&
           by.starts_with(kToolBegins) && by.ends_with(", " + std::string(kCleanRules));
}

CleanedExhibit clean_exhibit(Vault& vault, const RecordId& original, const std::string& title) {
    const Record record = cleanable(vault, original);
    const Object object = object_of(vault, original);
    const Bytes file = file_of(vault, object);
    const Cleaned cleaned = clean_picture(file);
    if (!cleaned.refused.empty()) {
        throw refused(record.code, cleaned.refused,
                      "JPEG and PNG can be cleaned: extract it, make one of it with a program that "
                      "you trust, and attach that with --set derived_from=" +
                          record.code);
    }
    const crypto::Digest sha256 = crypto::sha256(cleaned.bytes);
    if (const std::string before = cleaned_before(vault, original, sha256); !before.empty()) {
        throw Error{ErrorCode::conflict, record.code + " was cleaned before: it is " + before,
                    "use that one: custos show " + before};
    }
    const Metadata metadata = read_metadata(file);
    CleanedExhibit out;
    out.removed = removed_from(metadata);
    out.profile = profile_in(metadata);

    json fields = json::object();
    for (const char* name : kCarriedOver) {
        if (record.fields.contains(name)) fields[name] = record.fields.at(name);
    }
    fields["title"] = title_of(record, title);
    fields["copy_status"] = "derived";
    fields["derived_from"] = to_text(original);
    fields["derived_from_sha256"] = crypto::hex(object.sha256.view());
    fields["root"] = record.fields.value("root", to_text(original));
    fields["derivation"] = derivation_of(out.removed);
    fields["tool"] = tool();
    const Attached attached = attach_derived(vault, original, fields, cleaned.bytes);
    out.id = attached.id;
    out.code = attached.code;
    out.original = record.code;
    out.media_type = attached.media_type;
    out.original_sha256 = object.sha256;
    out.sha256 = attached.sha256;
    out.original_size = object.size;
    out.size = attached.size;
    return out;
}

namespace {

// Cleans the original again; what stops that is said, and is no difference.
void compare_with_original(const Vault& vault, const Record& record, const Bytes& file,
                           VerifiedExhibit& out) {
    const auto id = parse_id(text_in(record.fields, "derived_from"));
    if (!id) return;
    const Record original = get_record(vault, *id);
    out.original = original.code;
    if (original.state == State::purged) {
        out.why_not_compared = "the original was purged";
        return;
    }
    const Object object = object_of(vault, *id);
    if (text_in(record.fields, "derived_from_sha256") != crypto::hex(object.sha256.view())) {
        out.differs = "it was made of another file than " + original.code + " holds";
        return;
    }
    const Cleaned again = clean_picture(file_of(vault, object));
    out.was_compared = true;
    if (again.bytes != file) out.differs = "cleaning " + original.code + " again gives other bytes";
}

}  // namespace

VerifiedExhibit verify_exhibit(const Vault& vault, const RecordId& exhibit) {
    const Object object = object_of(vault, exhibit);
    const Record record = get_record(vault, exhibit);
    VerifiedExhibit out;
    out.code = record.code;
    out.size = object.size;
    out.sha256 = object.sha256;
    const bool derived = is_cleaned(record.fields);
    Bytes file;
    try {
        // Of a film nothing is kept, however long it is.
        open_object(ObjectFile::in(vault.objects_directory(), object), [&](ByteView piece) {
            if (derived && object.size <= kPictureSizeMax) append(file, piece);
        });
        const std::string digest = text_in(record.fields, "sha256");
        if (!digest.empty() && digest != crypto::hex(object.sha256.view())) {
            out.differs = "its field sha256 is not the digest of its file";
        } else if (record.fields.contains("size") && record.fields.at("size") != object.size) {
            out.differs = "its field size is not the size of its file";
        } else if (derived) {
            compare_with_original(vault, record, file, out);
        }
    } catch (const Error& error) {
        if (error.code() != ErrorCode::integrity) throw;
        out.differs = error.what();
    }
    return out;
}

}  // namespace custos::vault::exhibits
