// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/anchor.h"

#include <charconv>

#include "crypto/encoding.h"
#include "crypto/error.h"

namespace custos::vault {
namespace {

// The file: this line, "generation N", an empty line, the checkpoint.
constexpr std::string_view kFirstLine = "custos anchor 1\n";
constexpr std::string_view kGeneration = "generation ";
constexpr std::size_t kAnchorSizeMax = 64 * 1024;

Path anchor_path(const Path& state_directory, const VaultId& id) {
    return state_directory / (crypto::hex(id) + ".anchor");
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

}  // namespace

std::optional<Anchor> read_anchor(const Path& state_directory, const VaultId& id) {
    if (state_directory.empty()) return std::nullopt;
    Bytes bytes;
    try {
        bytes = read_file(anchor_path(state_directory, id), kAnchorSizeMax);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::not_found) return std::nullopt;
        throw;
    }
    std::string_view text = text_of(bytes);
    Anchor anchor;
    if (take(text, kFirstLine) && take(text, kGeneration)) {
        const auto [end, failure] =
            std::from_chars(text.data(), text.data() + text.size(), anchor.generation);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (failure == std::errc() && take(text, "\n\n")) {
            anchor.checkpoint = text;
            return anchor;
        }
    }
    throw Error{ErrorCode::integrity,
                "cannot compare the vault with this device's memory of it: the "
                "anchor file is damaged",
                "remove the file " + crypto::hex(id) +
                    ".anchor from the state directory to go on without it"};
}

void write_anchor(const Path& state_directory, const VaultId& id, const Anchor& anchor) {
    if (state_directory.empty()) return;
    make_directory(state_directory);
    const std::string text = std::string(kFirstLine) + std::string(kGeneration) +
                             std::to_string(anchor.generation) + "\n\n" + anchor.checkpoint;
    write_file_atomically(anchor_path(state_directory, id), bytes_of(text));
}

}  // namespace custos::vault
