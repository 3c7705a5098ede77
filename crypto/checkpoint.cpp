// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/checkpoint.h"

#include <algorithm>
#include <vector>

#include "crypto/encoding.h"
#include "crypto/error.h"

namespace custos::crypto {
namespace {

// Sizes are signed 64-bit numbers in other implementations.
constexpr std::uint64_t kSizeMax = (std::uint64_t{1} << 63U) - 1;

// The first line of `rest`, which is moved behind it; nothing if it has no end or is empty.
std::optional<std::string_view> take_line(std::string_view& rest) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    return line;
}

}  // namespace

std::string checkpoint_text(const Checkpoint& checkpoint) {
    return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
           base64(checkpoint.root.bytes) + "\n";
}

std::optional<Checkpoint> parse_checkpoint_text(std::string_view text) {
    const auto origin = take_line(text);
    const auto size_line = origin ? take_line(text) : std::nullopt;
    const auto root_line = size_line ? take_line(text) : std::nullopt;
    if (!root_line) return std::nullopt;
    while (!text.empty()) {
        if (!take_line(text)) return std::nullopt;  // an extension line
    }
    const auto size = from_decimal(*size_line);
    const auto root = from_base64(*root_line);
    if (!size || *size > kSizeMax || !root || root->size() != Digest::kSize) return std::nullopt;
    return Checkpoint{std::string(*origin), *size, Digest::from(*root)};
}

std::string sign_checkpoint(const Checkpoint& checkpoint, const SigningSeed& seed) {
    Note note;
    note.text = checkpoint_text(checkpoint);
    note.signatures.push_back(sign_text(note.text, checkpoint.origin, seed));
    return write_note(note);
}

std::optional<Checkpoint> open_checkpoint(std::string_view file, std::span<const NoteKey> known) {
    const auto note = parse_note(file);
    if (!note || !verify_note(*note, known)) return std::nullopt;
    auto checkpoint = parse_checkpoint_text(note->text);
    if (!checkpoint) return std::nullopt;

    // A witness or another log may have signed too, but the log itself must have.
    std::vector<NoteKey> own;
    std::copy_if(known.begin(), known.end(), std::back_inserter(own),
                 [&](const NoteKey& key) { return key.name == checkpoint->origin; });
    if (!verify_note(*note, own)) return std::nullopt;
    return checkpoint;
}

std::optional<Checkpoint> peek_checkpoint(std::string_view file) {
    const auto note = parse_note(file);
    if (!note) return std::nullopt;
    return parse_checkpoint_text(note->text);
}

}  // namespace custos::crypto
