// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures in a publication: cleaned exhibits, as files of their own beside the statement, under
// names that say nothing: "exhibit-1.jpg".
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.h"
#include "vault/publish/leak_scan.h"

namespace custos::vault::publish {

inline constexpr std::string_view kPdfSuffix = ".pdf";
inline constexpr std::size_t kExhibitsMax = 20;  // shown by one publication
inline constexpr std::uint64_t kExhibitSizeMax = 16u * 1024 * 1024;
inline constexpr std::uint64_t kExhibitsSizeMax = 64u * 1024 * 1024;  // of all of them together
// A page shows pictures up to this size itself, as long as there is room; others it names.
inline constexpr std::size_t kEmbeddedMax = 4u * 1024 * 1024;
inline constexpr std::size_t kEmbeddedSumMax = 12u * 1024 * 1024;
// A PDF, which is passed on by mail, shows any of them, as long as there is room.
inline constexpr std::size_t kDrawnSumMax = 24u * 1024 * 1024;

// One that an edition shows, with the words of its language.
struct ShownExhibit {
    std::string code;
    std::size_t number = 0;  // from 1, as the text names it
    std::string file;
    std::string media_type;
    std::string text;  // "Exhibit 1: Burn on the neck", in the statement's language
    std::string alt;   // for who cannot see it
    std::shared_ptr<const Bytes> bytes;
    crypto::Digest sha256;
};

// "exhibit-1.jpg"; empty for what is neither JPEG nor PNG.
[[nodiscard]] std::string exhibit_file_name(std::size_t number, std::string_view media_type);
// Whether a file of a package is one of these, by its name.
[[nodiscard]] bool is_exhibit_file(std::string_view name);

// Numbers of those that fit, the first ones first: of up to `each` bytes, and together of `sum`.
[[nodiscard]] std::set<std::size_t> fitting(const std::vector<ShownExhibit>& exhibits,
                                            std::size_t each, std::size_t sum);

// What could be text of a picture's bytes, one run a line.
[[nodiscard]] std::string text_in_picture(ByteView bytes);

// A data: URI for an HTML page.
[[nodiscard]] std::string data_uri(const ShownExhibit& exhibit);

// Exhibits in a package that are anything but the pixels of a picture, and pictures in pages and
// PDFs that are none of them: each an exact finding "metadata".
[[nodiscard]] std::vector<Finding> picture_findings(const Files& package);

// The package as the leak scan is to read it: of each exhibit only what could be text, and pages
// without the pictures that are exhibits of this package, byte by byte.
[[nodiscard]] Files without_pictures(Files package);

}  // namespace custos::vault::publish
