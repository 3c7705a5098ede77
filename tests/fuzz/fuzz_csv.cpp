// SPDX-License-Identifier: GPL-3.0-or-later
// Tables. The first byte picks encoding and delimiter. Rows that were read can be written and are
// read again as they were.
#include <array>
#include <cstdint>
#include <optional>

#include "crypto/bytes.h"
#include "crypto/error.h"
#include "vault/exchange/csv.h"
#include "vault/records/text.h"

namespace {

using namespace custos;
using namespace custos::vault;

using Rows = std::vector<std::vector<std::string>>;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

std::optional<Rows> rows_of(const Source& source, const CsvOptions& options) {
    Rows rows;
    try {
        CsvReader reader(source, options);
        std::size_t before = 0;
        while (reader.next()) {
            require(reader.line() > before && reader.at() <= source.size());
            before = reader.line();
            require(!reader.cells().empty() && reader.cells().size() <= kColumnsMax);
            rows.push_back(reader.cells());
        }
    } catch (const Error& error) {
        require(error.code() == ErrorCode::usage && is_utf8(error.what()));
        return std::nullopt;
    }
    return rows;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static constexpr std::array<const char*, 4> kEncodings = {"", "utf-16le", "windows-1252",
                                                              "gb18030"};
    static constexpr std::array<char, 4> kDelimiters = {'\0', ',', ';', '\t'};
    const CsvOptions options{kEncodings[data[0] & 3], kDelimiters[data[0] >> 2 & 3]};
    const Source source(to_string({data + 1, size - 1}));
    const std::optional<Rows> rows = rows_of(source, options);
    if (!rows) return 0;

    // Armoured twice over is another text; so what is written is what plain() gives.
    std::string written;
    Rows want;
    for (const auto& row : *rows) {
        std::vector<std::string> cells;
        for (const std::string& cell : row) {
            require(is_utf8(cell));
            cells.push_back(plain(cell));
            require(plain(armoured(cells.back())) == cells.back());
        }
        written += csv_row(cells, ',');
        want.push_back(std::move(cells));
    }
    const std::optional<Rows> again = rows_of(Source(written), {"", ','});
    require(again.has_value() && again->size() == want.size());
    for (std::size_t i = 0; i < want.size(); ++i) {
        require((*again)[i].size() == want[i].size());
        for (std::size_t j = 0; j < want[i].size(); ++j)
            require(plain((*again)[i][j]) == want[i][j]);
    }
    return 0;
}
