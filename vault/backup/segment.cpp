// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/segment.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"

namespace custos::vault {

using nlohmann::json;

namespace {

Error malformed(const std::string& what) {
    return Error{
        ErrorCode::integrity, "the backup segment " + what,
        "make a new backup into another directory, and keep this one until that is verified"};
}

std::string seal_text(const SegmentFacts& facts, const crypto::Digest& lines) {
    return std::string(kSegmentKind) + "/" + std::to_string(kSegmentFormat) + "\n" +
           crypto::hex(facts.vault) + "\n" + std::to_string(facts.sequence) + "\n" +
           crypto::hex(lines.view()) + "\n";
}

json text_or_null(const std::optional<Bytes>& bytes) {
    return bytes ? json(to_string(*bytes)) : json(nullptr);
}

// What nlohmann refuses to write is no UTF-8, which no body or entry of ours is.
std::string dumped(const json& object) {
    try {
        return object.dump();
    } catch (const json::exception&) {
        throw Error{ErrorCode::integrity, "cannot back up: an entry of the log is no text",
                    "run custos check"};
    }
}

const std::string* text_at(const json& object, const char* key) {
    const auto at = object.find(key);
    return at != object.end() && at->is_string() ? at->get_ptr<const std::string*>() : nullptr;
}

std::optional<std::uint64_t> number_at(const json& object, const char* key) {
    const auto at = object.find(key);
    if (at == object.end() || !at->is_number_unsigned()) return std::nullopt;
    const auto number = at->get<std::uint64_t>();
    return number <= kEntryIndexMax ? std::optional(number) : std::nullopt;
}

std::optional<crypto::Digest> digest_at(const json& object, const char* key) {
    const std::string* text = text_at(object, key);
    const auto bytes = text != nullptr ? crypto::from_hex(*text) : std::nullopt;
    if (!bytes || bytes->size() != crypto::Digest::kSize) return std::nullopt;
    return crypto::Digest::from(*bytes);
}

}  // namespace

std::string encode(const SegmentFacts& facts) {
    return json{{"end", facts.end},
                {"first", facts.first},
                {"format", kSegmentFormat},
                {"header_sha256", crypto::hex(facts.header.view())},
                {"kind", kSegmentKind},
                {"previous", facts.previous ? json(*facts.previous) : json(nullptr)},
                {"root", crypto::hex(facts.root.view())},
                {"sequence", facts.sequence},
                {"time", utc_text(facts.time)},
                {"vault", crypto::hex(facts.vault)}}
        .dump();
}

std::optional<SegmentFacts> decode_segment_facts(std::string_view line) {
    const json object = json::parse(line, nullptr, /*allow_exceptions=*/false);
    if (!object.is_object()) return std::nullopt;
    const auto first = number_at(object, "first");
    const auto end = number_at(object, "end");
    const auto sequence = number_at(object, "sequence");
    const auto header = digest_at(object, "header_sha256");
    const auto root = digest_at(object, "root");
    const std::string* time_text = text_at(object, "time");
    const std::string* vault_text = text_at(object, "vault");
    if (!first || !end || !sequence || !header || !root || time_text == nullptr ||
        vault_text == nullptr) {
        return std::nullopt;
    }
    const auto time = from_utc_text(*time_text);
    const auto vault = crypto::from_hex(*vault_text);
    SegmentFacts facts;
    if (!time || !vault || vault->size() != facts.vault.size() || *first >= *end)
        return std::nullopt;
    facts.first = *first;
    facts.end = *end;
    facts.sequence = *sequence;
    facts.header = *header;
    facts.root = *root;
    facts.time = *time;
    std::copy(vault->begin(), vault->end(), facts.vault.begin());
    if (const std::string* previous = text_at(object, "previous")) facts.previous = *previous;
    if (encode(facts) != line) return std::nullopt;
    return facts;
}

// ---- writing -----------------------------------------------------------------------------------

SegmentWriter::SegmentWriter(const SegmentFacts& facts, Sink sink)
    : facts_(facts), sink_(std::move(sink)) {
    put(encode(facts));
}

void SegmentWriter::put(std::string line) {
    line += '\n';
    digest_.update(bytes_of(line));
    sink_(bytes_of(line));
    wipe(line);
}

void SegmentWriter::entry(const StoredEntry& stored) {
    const json salt = stored.salt ? json(crypto::base64(*stored.salt)) : json(nullptr);
    put(dumped(
        {{"body", text_or_null(stored.body)}, {"entry", to_string(stored.entry)}, {"salt", salt}}));
}

void SegmentWriter::checkpoint(std::uint64_t size, const std::string& note) {
    put(dumped({{"checkpoint", note}, {"size", size}}));
}

void SegmentWriter::seal(const std::string& origin, const crypto::SigningSeed& author) {
    const std::string text = seal_text(facts_, digest_.finish());
    const std::string note = crypto::write_note({text, {crypto::sign_text(text, origin, author)}});
    const std::string line = dumped({{"seal", note}}) + "\n";
    sink_(bytes_of(line));
}

// ---- reading -----------------------------------------------------------------------------------

void SegmentParser::feed(ByteView bytes) {
    std::string_view rest = text_of(bytes);
    while (!rest.empty()) {
        const std::size_t at = rest.find('\n');
        const std::string_view piece = rest.substr(0, at);
        if (waiting_.size() + piece.size() > kSegmentLineMax)
            throw malformed("has a line that is too long");
        if (at == std::string_view::npos) {
            waiting_.append(piece);
            return;
        }
        if (waiting_.empty()) {
            line(piece);
        } else {
            waiting_.append(piece);
            line(waiting_);
            waiting_.clear();
        }
        rest.remove_prefix(at + 1);
    }
}

void SegmentParser::line(std::string_view text) {
    if (expects_ == Expects::nothing) throw malformed("goes on behind its seal");
    if (expects_ == Expects::facts) {
        const auto facts = decode_segment_facts(text);
        if (!facts) throw malformed("does not begin as one");
        facts_ = *facts;
        next_ = facts_.first;
        sealed_to_ = facts_.first;
        expects_ = Expects::entries;
        visitor_.facts(facts_);
    } else {
        const json object = json::parse(text, nullptr, /*allow_exceptions=*/false);
        if (!object.is_object()) throw malformed("holds a line that is no JSON object");
        if (object.contains("entry")) {
            entry_line(object);
        } else if (object.contains("checkpoint")) {
            checkpoint_line(object);
        } else {
            const std::string* seal = text_at(object, "seal");
            if (seal == nullptr || object.size() != 1)
                throw malformed("holds a line of an unknown kind");
            if (sealed_to_ != facts_.end) throw malformed("ends before its last checkpoint");
            seal_ = *seal;
            seal_text_ = seal_text(facts_, digest_.finish());
            expects_ = Expects::nothing;
            return;
        }
    }
    digest_.update(bytes_of(text)).update(bytes_of("\n"));
}

void SegmentParser::entry_line(const json& object) {
    const std::string* text = text_at(object, "entry");
    if (text == nullptr || object.size() != 3 || !object.contains("body") ||
        !object.contains("salt")) {
        throw malformed("holds an entry in another form");
    }
    const auto entry = decode_entry(bytes_of(*text));
    if (!entry || next_ >= facts_.end || entry->index != next_ || entry->log != facts_.vault) {
        throw malformed("holds an entry that does not belong there");
    }
    StoredEntry stored;
    stored.entry = to_bytes(bytes_of(*text));
    if (!object.at("body").is_null() || !object.at("salt").is_null()) {
        const std::string* body = text_at(object, "body");
        const std::string* salt_text = text_at(object, "salt");
        const auto salt = salt_text != nullptr ? crypto::from_base64(*salt_text) : std::nullopt;
        if (body == nullptr || !salt || salt->size() != kSaltSize || body->size() > kBodySizeMax ||
            body_digest(*salt, bytes_of(*body)) != entry->body) {
            throw malformed("holds a body that is not the one of its entry");
        }
        stored.body = to_bytes(bytes_of(*body));
        stored.salt = *salt;
    }
    ++next_;
    visitor_.entry(*entry, stored);
}

void SegmentParser::checkpoint_line(const json& object) {
    const std::string* note = text_at(object, "checkpoint");
    const auto size = number_at(object, "size");
    if (note == nullptr || !size || object.size() != 2 || *size != next_ || *size == sealed_to_) {
        throw malformed("holds a checkpoint that does not belong there");
    }
    sealed_to_ = *size;
    visitor_.checkpoint(*size, *note);
}

void SegmentParser::finish() {
    if (expects_ != Expects::nothing || !waiting_.empty()) throw malformed("is cut off");
}

bool SegmentParser::is_signed_by(std::span<const crypto::NoteKey> keys) const {
    const auto text = crypto::open_note(seal_, keys);
    return text && *text == seal_text_;
}

}  // namespace custos::vault
