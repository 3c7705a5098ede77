// SPDX-License-Identifier: GPL-3.0-or-later
// Stored text on its way to a terminal: nothing that steers one may come through, whatever goes in.
#include <cstdint>

#include <nlohmann/json.hpp>

#include "cli/harmless.h"
#include "crypto/bytes.h"

namespace {

using custos::cli::harmless;
using custos::cli::LineFeeds;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void try_text(std::string_view text, LineFeeds line_feeds) {
    const std::string out = harmless(text, line_feeds);
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto byte = static_cast<unsigned char>(out[i]);
        const bool kept = line_feeds == LineFeeds::keep && (byte == '\n' || byte == '\t');
        require(byte >= 0x20 || kept);
        require(byte != 0x7F);
        require(byte != 0xC2 || static_cast<unsigned char>(out[i + 1]) >= 0xA0);  // C1
    }
    require(harmless(out, line_feeds) == out);
    require(custos::cli::columns_of(custos::cli::shortened(out, 20)) <= 20);
}

void try_json(std::string_view text) {
    using Json = nlohmann::json;
    const Json document = {{"text", text}};
    const std::string plain = document.dump(-1, ' ', false, Json::error_handler_t::replace);
    const std::string safe = custos::cli::harmless_json(plain);
    require(Json::parse(safe) == Json::parse(plain));
    require(harmless(safe) == safe);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = custos::text_of({data, size});
    try_text(text, LineFeeds::show);
    try_text(text, LineFeeds::keep);
    try_json(text);
    return 0;
}
