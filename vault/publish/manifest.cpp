// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "vault/publish/package.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

// A comment is one line: "file:NAME date:DATE index:INDEX", the index last because it may hold
// spaces.
std::string printable(std::string_view text, char space) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out.push_back(byte <= 0x20 || byte == 0x7F ? space : c);
    }
    return out.empty() ? "-" : out;
}

std::optional<std::string> text_in(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    std::string text = found->get<std::string>();
    if (text.size() > kPackageTextMax) return std::nullopt;
    return text;
}

// Absent stays empty; anything but a text is not read.
bool take_text(const json& object, const char* name, std::string& out) {
    if (!object.contains(name)) return true;
    auto text = text_in(object, name);
    if (!text) return false;
    out = std::move(*text);
    return true;
}

std::optional<ManifestFile> read_file_entry(const json& entry) {
    if (!entry.is_object()) return std::nullopt;
    const auto name = text_in(entry, "name");
    const auto sha256 = text_in(entry, "sha256");
    const auto size = entry.find("size");
    if (!name || !sha256 || !is_file_name(*name) || size == entry.end() ||
        !size->is_number_unsigned()) {
        return std::nullopt;
    }
    const auto digest = crypto::from_hex(*sha256);
    if (!digest || digest->size() != crypto::Digest::kSize) return std::nullopt;
    return ManifestFile{*name, size->get<std::uint64_t>(), crypto::Digest::from(*digest)};
}

// What follows `name` in `comment` up to the next space, which it moves past.
std::optional<std::string> take_word(std::string_view& comment, std::string_view name) {
    if (comment.substr(0, name.size()) != name) return std::nullopt;
    comment.remove_prefix(name.size());
    const std::size_t end = std::min(comment.find(' '), comment.size());
    std::string taken(comment.substr(0, end));
    comment.remove_prefix(std::min(end + 1, comment.size()));
    if (taken.empty()) return std::nullopt;
    return taken;
}

}  // namespace

bool is_file_name(std::string_view name) {
    if (name.empty() || name.size() > kFileNameMax || name.front() == '.') return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_' || c == '-';
    });
}

std::string write_manifest(const Manifest& manifest) {
    json files = json::array();
    for (const ManifestFile& file : manifest.files) {
        files.push_back({{"name", file.name},
                         {"size", file.size},
                         {"sha256", crypto::hex(file.sha256.view())}});
    }
    json out = {{"schema", kPackageSchema},
                {"index", manifest.index},
                {"title", manifest.title},
                {"date", manifest.date},
                {"language", manifest.language},
                {"public_key", manifest.public_key},
                // One person can publish; that it was one is said to every reader.
                {"approved_by", manifest.approver.empty() ? "one person" : "two persons"},
                {"checked_with", kScanRules},
                {"check_result", "no known term found"},
                {"files", std::move(files)}};
    if (!manifest.approver.empty()) out["approver"] = manifest.approver;
    if (!manifest.log_key.empty()) out["log_key"] = manifest.log_key;
    if (!manifest.replaces.empty()) out["replaces"] = manifest.replaces;
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<Manifest> read_manifest(ByteView bytes) {
    if (bytes.size() > kManifestMax) return std::nullopt;
    const json parsed = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!parsed.is_object()) return std::nullopt;
    const auto schema = text_in(parsed, "schema");
    const auto index = text_in(parsed, "index");
    const auto title = text_in(parsed, "title");
    const auto date = text_in(parsed, "date");
    const auto language = text_in(parsed, "language");
    const auto key = text_in(parsed, "public_key");
    const auto files = parsed.find("files");
    if (schema != kPackageSchema || !index || !title || !date || !language || !key ||
        files == parsed.end() || !files->is_array() || files->size() > kPackageFilesMax) {
        return std::nullopt;
    }
    Manifest manifest;
    manifest.index = *index;
    manifest.title = *title;
    manifest.date = *date;
    manifest.language = *language;
    manifest.public_key = *key;
    if (!take_text(parsed, "approver", manifest.approver) ||
        !take_text(parsed, "log_key", manifest.log_key) ||
        !take_text(parsed, "replaces", manifest.replaces)) {
        return std::nullopt;
    }
    for (const json& entry : *files) {
        auto file = read_file_entry(entry);
        if (!file || (!manifest.files.empty() && manifest.files.back().name >= file->name))
            return std::nullopt;
        manifest.files.push_back(std::move(*file));
    }
    return manifest;
}

std::string trusted_comment(const Manifest& manifest, std::string_view file) {
    return std::string(kPackageSchema) + " file:" + printable(file, '_') +
           " date:" + printable(manifest.date, '_') + " index:" + printable(manifest.index, ' ');
}

std::optional<Comment> read_comment(std::string_view comment) {
    const std::string_view schema = kPackageSchema;
    if (comment.substr(0, schema.size()) != schema || comment.substr(schema.size(), 1) != " ")
        return std::nullopt;
    comment.remove_prefix(schema.size() + 1);
    const auto file = take_word(comment, "file:");
    const auto date = take_word(comment, "date:");
    constexpr std::string_view kIndex = "index:";
    if (!file || !date || comment.substr(0, kIndex.size()) != kIndex ||
        comment.size() == kIndex.size()) {
        return std::nullopt;
    }
    return Comment{std::string(comment.substr(kIndex.size())), *date, *file};
}

}  // namespace custos::vault::publish
