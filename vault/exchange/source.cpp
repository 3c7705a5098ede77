// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/source.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "crypto/error.h"

namespace custos::vault {
namespace {

constexpr std::size_t kPiece = 256 * 1024;

std::string read_to_end(File& file) {
    std::string text;
    std::array<std::uint8_t, 65536> piece{};
    for (;;) {
        const std::size_t got = file.read(piece);
        text += text_of(ByteView(piece).first(got));
        if (text.size() > kPipedSizeMax) {
            throw Error{ErrorCode::usage,
                        file.name() + " is no file on a disk and gives more than 256 MiB",
                        "write it to a file, and give the file"};
        }
        if (got < piece.size()) return text;
    }
}

}  // namespace

Source::Source(File file) {
    if (file.is_regular()) {
        state_ = state_of(file);
        file_.emplace(std::move(file));
    } else {
        text_ = read_to_end(file);
    }
}

std::uint64_t Source::size() const { return file_ ? state_.size : text_.size(); }

std::size_t Source::read_at(std::uint64_t offset, MutableByteView out) const {
    if (file_) return file_->read_at(offset, out);
    if (offset >= text_.size()) return 0;
    const std::size_t count = std::min<std::size_t>(out.size(), text_.size() - offset);
    std::memcpy(out.data(), text_.data() + offset, count);
    return count;
}

void Source::must_be_unchanged() const {
    if (!file_) return;
    const FileState now = state_of(*file_);
    if (now.size == state_.size && now.modified_ns == state_.modified_ns) return;
    throw Error{
        ErrorCode::conflict,
        "cannot import " + file_->name() + ": it was changed while it was read; nothing was stored",
        "try again when nobody writes to it"};
}

void LineReader::rewind() {
    buffer_.clear();
    begin_ = 0;
    offset_ = 0;
    number_ = 0;
    line_ = {};
}

// More of the source behind what was not taken yet; false at its end.
bool LineReader::fill() {
    buffer_.erase(0, begin_);
    begin_ = 0;
    const std::size_t held = buffer_.size();
    buffer_.resize(held + kPiece);
    const std::size_t got =
        source_.read_at(offset_, {reinterpret_cast<std::uint8_t*>(buffer_.data()) + held, kPiece});
    buffer_.resize(held + got);
    offset_ += got;
    return got > 0;
}

bool LineReader::take_line() {
    line_ = {number_ + 1, {}, false};
    std::size_t looked_at = begin_;
    for (;;) {
        const std::size_t end = buffer_.find('\n', looked_at);
        if (end != std::string::npos) {
            line_.text = std::string_view(buffer_).substr(begin_, end - begin_);
            begin_ = end + 1;
            break;
        }
        looked_at = buffer_.size() - begin_;  // where it will be after fill()
        if (looked_at > line_size_max_ + 1) {
            line_.too_long = true;
            begin_ = buffer_.size();
            looked_at = 0;
        }
        if (!fill()) {
            if (buffer_.empty() && !line_.too_long) return false;
            line_.text = buffer_;
            begin_ = buffer_.size();
            break;
        }
    }
    ++number_;
    if (line_.text.ends_with('\r')) line_.text.remove_suffix(1);
    line_.too_long = line_.too_long || line_.text.size() > line_size_max_;
    if (line_.too_long) line_.text = {};
    return true;
}

bool LineReader::next() {
    while (take_line()) {
        if (line_.too_long || line_.text.find_first_not_of(" \t") != std::string_view::npos)
            return true;
    }
    return false;
}

}  // namespace custos::vault
