// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/log/entry.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr std::array<std::pair<Verb, std::string_view>, 25> kVerbs = {{
    {Verb::author, "author"},
    {Verb::recovery, "recovery"},
    {Verb::publication_key, "publication_key"},
    {Verb::create, "create"},
    {Verb::revise, "revise"},
    {Verb::attach, "attach"},
    {Verb::link, "link"},
    {Verb::unlink, "unlink"},
    {Verb::trash, "trash"},
    {Verb::restore, "restore"},
    {Verb::purge, "purge"},
    {Verb::extract, "extract"},
    {Verb::export_, "export"},
    {Verb::publish, "publish"},
    {Verb::backup, "backup"},
    {Verb::succession, "succession"},
    {Verb::unlock_policy, "unlock_policy"},
    {Verb::define, "define"},
    {Verb::disclose, "disclose"},
    {Verb::approve, "approve"},
    {Verb::retract, "retract"},
    {Verb::revoke, "revoke"},
    {Verb::decide, "decide"},
    {Verb::merge, "merge"},
    {Verb::unmerge, "unmerge"},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < kVerbs.size(); ++i) {
        if (kVerbs[i].first != static_cast<Verb>(i)) return false;
    }
    return kVerbs.size() == static_cast<std::size_t>(Verb::unmerge) + 1;
}
static_assert(in_order(), "one row for each verb, in the order of the enum");

// Fields come out in the order of their names, which is what sorted JSON is.
std::string quoted(std::string_view name, std::string_view value) {
    std::string text = "\"";
    text.append(name).append("\":\"").append(value).append("\"");
    return text;
}

std::string number(std::string_view name, std::uint64_t value) {
    return "\"" + std::string(name) + "\":" + std::to_string(value);
}

template <std::size_t N>
bool read_hex(const json& object, const char* name, std::array<std::uint8_t, N>& out) {
    const auto bytes = crypto::from_hex(object.at(name).get_ref<const std::string&>());
    if (!bytes || bytes->size() != N) return false;
    std::copy(bytes->begin(), bytes->end(), out.begin());
    return true;
}

// The entry that the object seems to be. That it is one is decided by writing it again.
std::optional<Entry> from_object(const json& object) {
    Entry entry;
    entry.index = object.at("index").get<std::uint64_t>();
    entry.subject = object.at("subject").get<std::string>();
    const auto verb = verb_named(object.at("verb").get_ref<const std::string&>());
    const auto time = from_utc_text(object.at("time").get_ref<const std::string&>());
    if (!verb || !time || !read_hex(object, "log", entry.log) ||
        !read_hex(object, "author", entry.author) || !read_hex(object, "body", entry.body.bytes)) {
        return std::nullopt;
    }
    entry.verb = *verb;
    entry.time = *time;
    for (const json& parent : object.at("parents")) {
        if (entry.parents.size() == kParentsMax) return std::nullopt;
        entry.parents.push_back(parent.get<std::uint64_t>());
    }
    return entry;
}

}  // namespace

std::string_view name_of(Verb verb) { return kVerbs.at(static_cast<std::size_t>(verb)).second; }

std::optional<Verb> verb_named(std::string_view text) {
    for (const auto& [verb, name] : kVerbs) {
        if (name == text) return verb;
    }
    return std::nullopt;
}

AuthorId author_id_of(const crypto::VerifyKey& key) {
    const crypto::Digest digest = crypto::sha256(key.bytes);
    AuthorId id;
    std::copy_n(digest.bytes.begin(), id.size(), id.begin());
    return id;
}

std::string encode(const Entry& entry) {
    std::string parents;
    for (const std::uint64_t parent : entry.parents) {
        if (!parents.empty()) parents += ',';
        parents += std::to_string(parent);
    }
    return "{" + quoted("author", crypto::hex(entry.author)) + "," +
           quoted("body", crypto::hex(entry.body.view())) + "," + number("format", kEntryFormat) +
           "," + number("index", entry.index) + "," + quoted("log", crypto::hex(entry.log)) +
           ",\"parents\":[" + parents + "]," + quoted("subject", entry.subject) + "," +
           quoted("time", utc_text(entry.time)) + "," + quoted("verb", name_of(entry.verb)) + "}";
}

std::optional<Entry> decode_entry(ByteView bytes) {
    if (bytes.size() > kEntrySizeMax) return std::nullopt;
    const json object =
        json::parse(bytes.begin(), bytes.end(), nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) return std::nullopt;
    try {
        auto entry = from_object(object);
        if (!entry || !std::all_of(entry->subject.begin(), entry->subject.end(), [](char c) {
                return c > ' ' && c < '\x7f' && c != '"' && c != '\\';
            })) {
            return std::nullopt;
        }
        if (encode(*entry) != text_of(bytes)) return std::nullopt;
        return entry;
    } catch (const json::exception&) {
        return std::nullopt;  // a field is missing or of another type
    }
}

crypto::Digest body_digest(ByteView salt, ByteView body) {
    return crypto::Sha256{}.update(salt).update(body).finish();
}

}  // namespace custos::vault
