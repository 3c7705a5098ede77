// SPDX-License-Identifier: GPL-3.0-or-later
// The objects of a PDF that custos-pdf drew, as they stand in it: for reading it back, not for PDFs
// of strangers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

namespace custos::vault::publish {

inline constexpr std::size_t kPdfSizeMax = 64u * 1024 * 1024;
inline constexpr std::size_t kPdfObjectsMax = 200'000;
inline constexpr std::size_t kPdfPictureMax = 128u * 1024 * 1024;  // bytes of its pixels

// Objects that an update replaced have this added to their number.
inline constexpr std::size_t kPdfReplaced = 1'000'000'000;

struct PdfObject {
    std::string_view body;    // up to its stream, if it has one
    std::string_view stream;  // as it is stored
    bool has_stream = false;
};
using PdfObjects = std::map<std::size_t, PdfObject>;

// Nothing if it is not of the form that cairo writes. The objects point into `pdf`.
[[nodiscard]] std::optional<PdfObjects> pdf_objects(ByteView pdf);

// Unpacked, unless it is a JPEG; nothing if it is damaged or longer than `limit`.
[[nodiscard]] std::optional<std::string> plain_stream(const PdfObject& object, std::size_t limit);

// Digits from `at` on, which comes to stand behind them.
[[nodiscard]] std::size_t number_at(std::string_view text, std::size_t& at);
// "N" of "KEY N"; 0 if it is not there.
[[nodiscard]] std::size_t number_behind(std::string_view body, std::string_view key);
[[nodiscard]] bool holds(std::string_view text, std::string_view word);

[[nodiscard]] bool is_pdf_picture(const PdfObject& object);

// A picture on a page.
struct PdfPicture {
    std::uint64_t offset = 0;  // of its stream in the PDF
    ByteView jpeg;             // empty: it is stored as pixels
    bool is_pixels_alone = true;
};
[[nodiscard]] std::vector<PdfPicture> pdf_pictures(ByteView pdf);

}  // namespace custos::vault::publish
