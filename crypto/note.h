// SPDX-License-Identifier: GPL-3.0-or-later
// Signed notes (https://c2sp.org/signed-note, docs/formats/log-proofs.md): a text with lines of
// signatures below it. Ed25519 keys only; lines of other keys are kept and ignored.
//
// The text of a note that has not been verified must not be used for anything.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/ed25519.h"

namespace custos::crypto {

inline constexpr std::size_t kNoteSizeMax = 1024 * 1024;
inline constexpr std::size_t kNoteSignaturesMax = 64;  // the specification asks for 16 or more
inline constexpr std::size_t kNoteNameMax = 255;

// The first 4 bytes of SHA-256(name || 0x0A || type || public key).
using NoteKeyId = std::array<std::uint8_t, 4>;

// A public key with the name that it signs under. Name and id together say which key it is.
struct NoteKey {
    std::string name;
    VerifyKey key;
    auto operator<=>(const NoteKey&) const = default;
};
[[nodiscard]] NoteKeyId id_of(const NoteKey& key);

// Not empty, valid UTF-8, no white space, no '+', no control characters, at most kNoteNameMax
// bytes.
[[nodiscard]] bool is_note_name(std::string_view name);

// The one-line text of a public key: name+8 hex digits+base64.
[[nodiscard]] std::string write_vkey(const NoteKey& key);
// Throws Error{usage}.
[[nodiscard]] NoteKey read_vkey(std::string_view text);

struct NoteSignature {
    std::string name;
    NoteKeyId id{};
    Bytes signature;  // by the rules of its key, 64 bytes for Ed25519
};

struct Note {
    std::string text;  // ends in a line feed
    std::vector<NoteSignature> signatures;
};

// Signs `text` (which must end in a line feed, be valid UTF-8 and hold no other control character:
// else Error{usage}) under `name`, which must be a note name.
[[nodiscard]] NoteSignature sign_text(std::string_view text, std::string_view name,
                                      const SigningSeed& seed);
[[nodiscard]] std::string write_note(const Note& note);

// The parts of a note; nothing if it is malformed or over a limit. Verifies no signature.
[[nodiscard]] std::optional<Note> parse_note(std::string_view file);

// Whether at least one of the `known` keys signed the note, and no line of a known key is wrong.
[[nodiscard]] bool verify_note(const Note& note, std::span<const NoteKey> known);

// parse_note() and verify_note(): the text of a note that may be used.
[[nodiscard]] std::optional<std::string> open_note(std::string_view file,
                                                   std::span<const NoteKey> known);

}  // namespace custos::crypto
