// SPDX-License-Identifier: GPL-3.0-or-later
// What custos-pdf is told to draw: a planned statement as data, read from JSON with limits.
// docs/formats/pdf-request.md has the format; vault/publish/pdf.h writes it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

namespace custos::pdf {

inline constexpr std::string_view kRequestSchema = "custos.pdf/2";
inline constexpr std::size_t kDepthMax = 8;   // of lists and quotations; deeper ones stand there
inline constexpr std::size_t kCellsMax = 32;  // of a row
inline constexpr std::size_t kLinesMax = 20'000;  // of a statement
inline constexpr std::size_t kFieldMax = 8192;    // bytes of a title, an index, a source
inline constexpr std::size_t kQrSizeMax = 177;    // modules of version 40
inline constexpr std::size_t kPicturesMax = 20;
inline constexpr std::size_t kPictureSizeMax = 16u * 1024 * 1024;
inline constexpr std::size_t kPicturesSizeMax = 24u * 1024 * 1024;  // of all of them together
inline constexpr std::uint64_t kPicturePixelsMax = 40'000'000;  // of a PNG, which is decoded here

struct Span {
    std::string text;
    bool strong = false;
    bool emphasis = false;
    bool code = false;
    bool note = false;
};
using Spans = std::vector<Span>;

struct Line {
    std::size_t depth = 0;
    std::string marker;
    bool header = false;
    std::vector<Spans> cells;
};

enum class BlockKind { paragraph, heading, list, quotation, verbatim, table, footnote };

struct Block {
    BlockKind kind = BlockKind::paragraph;
    std::size_t number = 0;
    std::size_t level = 0;
    std::vector<Line> lines;
};

// A cleaned picture as it is stored: JPEG or PNG.
struct Picture {
    Bytes bytes;
    bool is_jpeg = false;
    std::uint32_t width = 0;  // in pixels, before it is turned
    std::uint32_t height = 0;
    unsigned orientation = 1;  // of EXIF, 1 to 8
};

struct Exhibit {
    std::string text;  // "Exhibit 1: Burn on the neck"
    std::string alt;
    std::string file;
    Picture picture;  // without bytes: named, not drawn
};

// The words that are not the author's, in the language that they are in.
struct Words {
    std::string language;
    bool right_to_left = false;
    std::string kind;
    std::string notes;
    std::string sources;
    std::string authenticity;
    std::string how_to_verify;
    std::string index;
    std::string key;
    std::string fingerprint;
    std::string fingerprint_words;
};

struct Qr {
    std::size_t size = 0;
    std::vector<std::string> rows;  // of "0" and "1"
};

struct Document {
    std::string language;
    bool right_to_left = false;
    std::string index;
    std::string title;
    std::string date_text;
    std::string created;  // "2019-12-27T00:00:00Z"
    std::string organisation;
    std::string contact;
    std::vector<Block> blocks;
    std::vector<Exhibit> exhibits;
    std::vector<std::string> sources;
    std::string key;
    std::string fingerprint;
    std::string fingerprint_words;
    Words words;
    Qr qr;
};

// All bytes of a request. Error{usage} for anything that is not exactly one, Error{refused} with
// "picture NUMBER damaged", "colours" or "large" for a picture that cannot be drawn.
[[nodiscard]] Document read_document(std::string_view request);

}  // namespace custos::pdf
