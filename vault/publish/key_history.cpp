// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/key_history.h"

#include <algorithm>
#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "crypto/note.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;
namespace minisign = crypto::minisign;

constexpr std::string_view kSigner = "custos-publication";
constexpr std::string_view kRotationSchema = "custos.key-rotation/1";
constexpr std::string_view kRevocationSchema = "custos.key-revocation/1";

crypto::NoteKey note_key(const minisign::PublicKey& key) { return {std::string(kSigner), key.key}; }

// What follows `name` on the first line, which `text` is moved past.
std::optional<std::string> take_line(std::string_view& text, std::string_view name) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || text.substr(0, name.size()) != name) return std::nullopt;
    std::string taken(text.substr(name.size(), end - name.size()));
    text.remove_prefix(end + 1);
    return taken;
}

std::optional<minisign::PublicKey> take_key(std::string_view& text, std::string_view name) {
    const auto line = take_line(text, name);
    if (!line) return std::nullopt;
    try {
        const minisign::PublicKey key = minisign::read_public_key(*line);
        if (minisign::public_key_line(key) == *line) return key;
    } catch (const Error&) {
        // no key
    }
    return std::nullopt;
}

std::optional<crypto::Note> parsed(std::string_view note, std::size_t signatures) {
    if (note.size() > kKeyHistorySizeMax) return std::nullopt;
    auto out = crypto::parse_note(note);
    if (!out || out->signatures.size() != signatures) return std::nullopt;
    return out;
}

bool is_signed_by(const crypto::Note& note, const minisign::PublicKey& key) {
    const std::array<crypto::NoteKey, 1> known = {{note_key(key)}};
    return crypto::verify_note(note, known);
}

std::optional<std::vector<std::string>> notes_in(const json& object, const char* name) {
    std::vector<std::string> notes;
    const auto found = object.find(name);
    if (found == object.end()) return notes;
    if (!found->is_array() || found->size() > kKeyHistoryMax) return std::nullopt;
    for (const json& note : *found) {
        if (!note.is_string()) return std::nullopt;
        notes.push_back(note.get<std::string>());
    }
    return notes;
}

}  // namespace

void KeyHistory::add(const KeyHistory& more) {
    rotations.insert(rotations.end(), more.rotations.begin(), more.rotations.end());
    revocations.insert(revocations.end(), more.revocations.begin(), more.revocations.end());
}

std::string sign_rotation(const minisign::SecretKey& from, const minisign::SecretKey& to,
                          const std::string& date) {
    const std::string text = std::string(kRotationSchema) + "\nold " +
                             minisign::public_key_line(minisign::public_key_of(from)) + "\nnew " +
                             minisign::public_key_line(minisign::public_key_of(to)) + "\ndate " +
                             date + "\n";
    return crypto::write_note(
        {text,
         {crypto::sign_text(text, kSigner, from.seed), crypto::sign_text(text, kSigner, to.seed)}});
}

std::optional<Rotation> open_rotation(std::string_view text) {
    const auto note = parsed(text, 2);
    if (!note) return std::nullopt;
    std::string_view rest = note->text;
    const auto schema = take_line(rest, "");
    const auto from = take_key(rest, "old ");
    const auto to = take_key(rest, "new ");
    const auto date = take_line(rest, "date ");
    if (schema != kRotationSchema || !from || !to || !date || !rest.empty() || *from == *to)
        return std::nullopt;
    if (!is_signed_by(*note, *from) || !is_signed_by(*note, *to)) return std::nullopt;
    return Rotation{*from, *to, *date};
}

std::string sign_revocation(const minisign::SecretKey& key, const std::string& date,
                            const std::string& reason) {
    if (reason.size() > kRevocationReasonMax || reason.find('\n') != std::string::npos) {
        throw Error{ErrorCode::usage,
                    "cannot revoke the key: the reason is more than a short line"};
    }
    const std::string text = std::string(kRevocationSchema) + "\nkey " +
                             minisign::public_key_line(minisign::public_key_of(key)) + "\ndate " +
                             date + "\nreason " + reason + "\n";
    return crypto::write_note({text, {crypto::sign_text(text, kSigner, key.seed)}});
}

std::optional<Revocation> open_revocation(std::string_view text) {
    const auto note = parsed(text, 1);
    if (!note) return std::nullopt;
    std::string_view rest = note->text;
    const auto schema = take_line(rest, "");
    const auto key = take_key(rest, "key ");
    const auto date = take_line(rest, "date ");
    const auto reason = take_line(rest, "reason ");
    if (schema != kRevocationSchema || !key || !date || !reason || !rest.empty() ||
        reason->size() > kRevocationReasonMax || !is_signed_by(*note, *key)) {
        return std::nullopt;
    }
    return Revocation{*key, *date, *reason};
}

void add_key_history(json& object, const KeyHistory& history) {
    object["rotations"] = history.rotations;
    object["revocations"] = history.revocations;
}

std::optional<KeyHistory> key_history_in(const json& object) {
    auto rotations = notes_in(object, "rotations");
    auto revocations = notes_in(object, "revocations");
    if (!rotations || !revocations) return std::nullopt;
    return KeyHistory{std::move(*rotations), std::move(*revocations)};
}

std::string write_key_history(const KeyHistory& history) {
    json out = {{"schema", kKeyHistorySchema}};
    add_key_history(out, history);
    return out.dump(2) + "\n";
}

std::optional<KeyHistory> read_key_history(ByteView bytes) {
    if (bytes.size() > kKeyHistorySizeMax) return std::nullopt;
    const json parsed = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!parsed.is_object() || parsed.value("schema", json()) != kKeyHistorySchema)
        return std::nullopt;
    return key_history_in(parsed);
}

const Revocation* TrustedKeys::revocation_of(const minisign::PublicKey& key) const {
    const auto found = std::find_if(revoked.begin(), revoked.end(), [&](const Revocation& each) {
        return each.key.key == key.key;
    });
    return found == revoked.end() ? nullptr : &*found;
}

TrustedKeys follow_keys(const minisign::PublicKey& first, const KeyHistory& history) {
    std::vector<Rotation> rotations;
    for (const std::string& note : history.rotations) {
        if (auto rotation = open_rotation(note)) rotations.push_back(std::move(*rotation));
    }
    TrustedKeys out;
    for (const std::string& note : history.revocations) {
        if (auto revocation = open_revocation(note)) out.revoked.push_back(std::move(*revocation));
    }
    out.keys.push_back(first);
    for (std::size_t i = 0; i < out.keys.size(); ++i) {
        if (out.revocation_of(out.keys[i]) != nullptr) continue;
        for (const Rotation& rotation : rotations) {
            const bool leads_on = rotation.from.key == out.keys[i].key;
            if (leads_on &&
                std::find(out.keys.begin(), out.keys.end(), rotation.to) == out.keys.end())
                out.keys.push_back(rotation.to);
        }
    }
    return out;
}

}  // namespace custos::vault::publish
