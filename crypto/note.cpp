// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/note.h"

#include <algorithm>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/hash.h"
#include "crypto/utf8.h"

namespace custos::crypto {
namespace {

constexpr std::uint8_t kEd25519Type = 0x01;
constexpr std::string_view kDash = "\u2014 ";  // starts a signature line
constexpr std::size_t kIdSize = std::tuple_size_v<NoteKeyId>;

bool is_note_text(std::string_view text) {
    return !text.empty() && text.back() == '\n' &&
           all_code_points(text, [](char32_t point) { return point == U'\n' || point >= 0x20; });
}

std::optional<NoteSignature> parse_signature_line(std::string_view line) {
    if (line.substr(0, kDash.size()) != kDash) return std::nullopt;
    line.remove_prefix(kDash.size());
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return std::nullopt;
    const std::string_view name = line.substr(0, space);
    const auto blob = from_base64(line.substr(space + 1));
    if (!is_note_name(name) || !blob || blob->size() <= kIdSize) return std::nullopt;

    NoteSignature signature;
    signature.name = name;
    std::copy_n(blob->begin(), kIdSize, signature.id.begin());
    signature.signature = to_bytes(ByteView(*blob).subspan(kIdSize));
    return signature;
}

bool is_by(const NoteSignature& signature, const NoteKey& key) {
    return signature.name == key.name && signature.id == id_of(key);
}

}  // namespace

NoteKeyId id_of(const NoteKey& key) {
    Bytes message = to_bytes(bytes_of(key.name));
    message.push_back('\n');
    message.push_back(kEd25519Type);
    append(message, key.key.bytes);
    const Digest digest = sha256(message);
    NoteKeyId id{};
    std::copy_n(digest.bytes.begin(), kIdSize, id.begin());
    return id;
}

bool is_note_name(std::string_view name) {
    return !name.empty() && name.size() <= kNoteNameMax &&
           all_code_points(name, [](char32_t point) {
               return point != U'+' && !is_white_space(point) && !is_control(point);
           });
}

std::string write_vkey(const NoteKey& key) {
    Bytes typed = {kEd25519Type};
    append(typed, key.key.bytes);
    return key.name + "+" + hex(id_of(key)) + "+" + base64(typed);
}

NoteKey read_vkey(std::string_view text) {
    // The name has no '+', the base64 text may.
    const std::size_t first = text.find('+');
    const std::size_t second = first == std::string_view::npos ? first : text.find('+', first + 1);
    if (second != std::string_view::npos) {
        const auto typed = from_base64(text.substr(second + 1));
        NoteKey key;
        key.name = text.substr(0, first);
        if (is_note_name(key.name) && typed && typed->size() == 1 + key.key.bytes.size() &&
            typed->front() == kEd25519Type) {
            std::copy(typed->begin() + 1, typed->end(), key.key.bytes.begin());
            if (hex(id_of(key)) == text.substr(first + 1, second - first - 1)) return key;
        }
    }
    throw Error{ErrorCode::usage,
                "cannot read the log's public key: it is no Ed25519 key of a signed note",
                "it looks like name+01234567+base64"};
}

NoteSignature sign_text(std::string_view text, std::string_view name, const SigningSeed& seed) {
    if (!is_note_text(text) || text.size() > kNoteSizeMax) {
        throw Error{ErrorCode::usage,
                    "cannot sign the note: its text is not made of lines of UTF-8"};
    }
    if (!is_note_name(name)) {
        throw Error{ErrorCode::usage,
                    "cannot sign the note: the name of the key has white space, a plus "
                    "sign or nothing in it"};
    }
    const NoteKey key{std::string(name), verify_key_of(seed)};
    const Signature signature = sign(seed, bytes_of(text));
    return {key.name, id_of(key), to_bytes(signature)};
}

std::string write_note(const Note& note) {
    std::string file = note.text + "\n";
    for (const NoteSignature& signature : note.signatures) {
        Bytes blob = to_bytes(signature.id);
        append(blob, signature.signature);
        file.append(kDash).append(signature.name).append(" ").append(base64(blob)).append("\n");
    }
    return file;
}

std::optional<Note> parse_note(std::string_view file) {
    if (file.size() > kNoteSizeMax || !is_note_text(file)) return std::nullopt;
    const std::size_t split = file.rfind("\n\n");
    if (split == std::string_view::npos) return std::nullopt;

    Note note;
    note.text = file.substr(0, split + 1);
    std::string_view rest = file.substr(split + 2);
    while (!rest.empty()) {
        if (note.signatures.size() == kNoteSignaturesMax) return std::nullopt;
        const std::size_t end = rest.find('\n');  // there is one: the file ends in it
        auto signature = parse_signature_line(rest.substr(0, end));
        if (!signature) return std::nullopt;
        note.signatures.push_back(std::move(*signature));
        rest.remove_prefix(end + 1);
    }
    if (note.signatures.empty()) return std::nullopt;
    return note;
}

bool verify_note(const Note& note, std::span<const NoteKey> known) {
    bool signed_by_known = false;
    for (const NoteSignature& signature : note.signatures) {
        for (const NoteKey& key : known) {
            if (!is_by(signature, key)) continue;
            if (!verify(key.key, bytes_of(note.text), signature.signature)) return false;
            signed_by_known = true;
        }
    }
    return signed_by_known;
}

std::optional<std::string> open_note(std::string_view file, std::span<const NoteKey> known) {
    auto note = parse_note(file);
    if (!note || !verify_note(*note, known)) return std::nullopt;
    return std::move(note->text);
}

}  // namespace custos::crypto
