// SPDX-License-Identifier: GPL-3.0-or-later
// What a file says to programs that read it otherwise than as plain text: entities and markup of
// HTML, percent signs, JSON escapes, base64, hexadecimal, UTF-16, Latin-1, and what is compressed.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vault/publish/utf8.h"

namespace custos::vault::publish {

// One reading of a file.
struct View {
    std::string
        form;  // "text", "markup", "entities", "base64", "utf-16", ...; nested: "base64 entities"
    std::string text;
    // Where places of `text` come from: {byte of the text, byte of the file}, ascending, for every
    // place where the two move apart. Empty: text and file go side by side from `origin` on.
    std::vector<std::pair<std::size_t, std::size_t>> map;
    std::size_t origin = 0;
    bool binary = false;  // no text: what looks like words in it is chance, but for whole names
    bool packed = false;  // all of it stands at `origin`, as the text in a run of base64 does

    [[nodiscard]] std::size_t source_of(std::size_t at) const;
};

inline constexpr std::size_t kViewDepth = 3;  // encodings within encodings
inline constexpr std::size_t kEncodedRunMin =
    12;  // shorter runs of base64 or hexadecimal are words
// All views together, times the file's size + 4 KiB: every decoder within every other one, three
// deep, is less. Compressed parts add kInflatedShare times their size, kCompressedTotalMax bytes
// of them in all.
inline constexpr std::size_t kDecodedTotalMax = 128;
inline constexpr std::size_t kInflatedShare = 32;
inline constexpr std::size_t kCompressedTotalMax = 64u * 1024 * 1024;

// The span of the text with the digits of other scripts in ASCII, and the places of those in the
// text; nothing if there are none.
[[nodiscard]] std::optional<View> with_ascii_digits(std::string_view text, Range span);

// Every reading of `bytes` but the plain one, one after the other; memory is needed for kViewDepth
// of them. Whatever the bytes are, this ends. Returns the places of what was too large to be read:
// a file with such places was not looked through.
[[nodiscard]] std::vector<std::size_t> each_decoded_view(
    std::string_view bytes, const std::function<void(const View&)>& visit);
// All of them at once.
[[nodiscard]] std::vector<View> decoded_views(std::string_view bytes);

}  // namespace custos::vault::publish
