// SPDX-License-Identifier: GPL-3.0-or-later
// The bytes of an import, which are read more than once: a file where it lies, or what came through
// a pipe, kept in memory. Nothing is copied to another place on the disk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "vault/os/storage.h"

namespace custos::vault {

// What comes through a pipe is kept in memory; a file of any size is not.
inline constexpr std::size_t kPipedSizeMax = std::size_t{256} << 20;

class Source {
public:
    // A regular file is read where it lies; anything else (a named pipe) to its end, at most
    // kPipedSizeMax: more is Error{usage}.
    explicit Source(File file);
    explicit Source(std::string text) : text_(std::move(text)) {}

    std::uint64_t size() const;
    // As File::read_at().
    std::size_t read_at(std::uint64_t offset, MutableByteView out) const;
    // Error{conflict} if somebody wrote to the file since it was opened.
    void must_be_unchanged() const;

private:
    std::optional<File> file_;
    FileState state_;
    std::string text_;
};

struct Line {
    std::size_t number = 0;  // the first is 1
    std::string_view text;   // without its end; valid until the next one is asked for
    bool too_long = false;   // then there is no text
};

// One line after the other, in memory that does not grow with the file. Lines end with LF or CR LF;
// those that hold nothing but spaces and tabs are counted and passed over.
class LineReader {
public:
    LineReader(const Source& source, std::size_t line_size_max)
        : source_(source), line_size_max_(line_size_max) {}

    void rewind();
    // False at the end.
    bool next();
    const Line& line() const { return line_; }
    // How many bytes of the source lie before the next line.
    std::uint64_t at() const { return offset_ - (buffer_.size() - begin_); }

private:
    bool fill();
    bool take_line();

    const Source& source_;
    std::size_t line_size_max_;
    std::string buffer_;        // bytes of the source before offset_
    std::size_t begin_ = 0;     // of the next line, in the buffer
    std::uint64_t offset_ = 0;  // in the source, of what was not read yet
    std::size_t number_ = 0;
    Line line_;
};

}  // namespace custos::vault
