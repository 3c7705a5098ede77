// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed parts of a file: streams of PDF, texts of PNG, members of ZIP (and of the office
// formats made of it), gzip. All of deflate (RFC 1950 to 1952), by zlib.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace custos::vault::publish {

// What one stream may become. A stream that would become more is not looked through, and said to
// be.
inline constexpr std::size_t kInflatedMax = 16u * 1024 * 1024;
// Shorter results are chance: random bytes look like the beginning of a stream.
inline constexpr std::size_t kInflatedMin = 8;

struct Inflated {
    std::size_t at = 0;         // of the stream in the file
    std::size_t end = 0;        // behind it
    std::string bytes;          // as far as they could be read
    bool is_too_large = false;  // `limit` was reached
};

// Every stream in `bytes`, in order, but the pixels of PNG pictures (IDAT), in which nothing can be
// read. Damaged ones give what comes before the damage.
void each_compressed(std::string_view bytes, std::size_t limit,
                     const std::function<void(Inflated)>& visit);

}  // namespace custos::vault::publish
