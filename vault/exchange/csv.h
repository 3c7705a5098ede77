// SPDX-License-Identifier: GPL-3.0-or-later
// Tables as spreadsheets write them (RFC 4180 and what Excel makes of it): comma, semicolon or tab,
// cells in quotes with line ends in them, any encoding, a byte order mark, a first line "sep=;".
//
// What a spreadsheet program would obey in a cell is disarmed by armoured(), and disarmed cells are
// read back by plain(): docs/formats/csv.md has the two rules.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "vault/exchange/source.h"
#include "vault/records/check.h"

namespace custos::vault {

inline constexpr std::size_t kCellSizeMax = kTextSizeMax;         // 1 MiB of UTF-8
inline constexpr std::size_t kRowSizeMax = std::size_t{8} << 20;  // of UTF-8
inline constexpr std::size_t kColumnsMax = 2'000;

// A source's bytes as UTF-8. A byte order mark decides, then what was asked for, then UTF-8.
class TextReader {
public:
    // `encoding`: a name that ICU knows ("windows-1252", "utf-16le", "windows-874"), or empty.
    // Error{usage} for a name that nobody knows.
    TextReader(const Source& source, std::string_view encoding);
    TextReader(TextReader&&) noexcept;
    ~TextReader();

    void rewind();
    // Appends what comes next to `text`; false at the end. Error{usage} for bytes that the encoding
    // does not have; UTF-8 is taken as it is.
    bool read(std::string& text);
    std::uint64_t at() const { return offset_; }

private:
    struct Converter;
    const Source& source_;
    std::uint64_t begin_ = 0;  // behind the byte order mark
    std::uint64_t offset_ = 0;
    std::unique_ptr<Converter> converter_;  // none: UTF-8
};

struct CsvOptions {
    std::string encoding;
    char delimiter = '\0';  // '\0': found out from the first row
};

// One row after the other, in memory that does not grow with the file. Rows in which every cell is
// empty are passed over. Error{usage}, with the line: a quote that is not closed or stands where
// none can, a cell, row or number of cells beyond the limits, text that is not UTF-8.
class CsvReader {
public:
    CsvReader(const Source& source, const CsvOptions& options);

    void rewind();
    bool next();
    const std::vector<std::string>& cells() const { return cells_; }
    std::size_t line() const { return line_; }  // where the row begins; the first is 1
    // Bytes of the source before the next row; for other encodings than UTF-8 about so many.
    std::uint64_t at() const {
        const std::uint64_t waiting = buffer_.size() - at_;
        return text_.at() > waiting ? text_.at() - waiting : 0;
    }
    char delimiter() const { return delimiter_; }

private:
    [[noreturn]] void refuse(std::size_t line, const std::string& why,
                             const std::string& hint = {}) const;
    bool more();
    int peek();
    void settle_delimiter();
    bool read_row();
    void read_quoted(std::string& cell);
    void read_bare(std::string& cell);
    void end_line();

    TextReader text_;
    std::string encoding_;
    char wanted_ = '\0';
    char delimiter_ = ',';
    std::string buffer_;
    std::size_t at_ = 0;
    std::size_t next_line_ = 1;
    std::size_t line_ = 0;
    std::size_t row_size_ = 0;
    std::vector<std::string> cells_;
};

// ',', ';' or a tab, by its name ("comma", "semicolon", "tab") or as it is; '\0' for anything else.
[[nodiscard]] char delimiter_named(std::string_view text);

// A cell that no spreadsheet takes for a formula and in which no character turns others around.
[[nodiscard]] std::string armoured(std::string_view text);
// The text of such a cell. Of others: an apostrophe before a formula goes, as Excel means it.
[[nodiscard]] std::string plain(std::string_view cell);

// The row as RFC 4180 writes it, with CR LF. Cells are armoured.
[[nodiscard]] std::string csv_row(const std::vector<std::string>& cells, char delimiter);

}  // namespace custos::vault
