// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/jpeg.h"

#include <algorithm>

#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

bool is_restart(std::uint8_t marker) { return marker >= 0xD0 && marker <= 0xD7; }

// Frames: every SOF, whatever its coding.
bool is_frame(std::uint8_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != jpeg::kHuffman && marker != 0xC8 &&
           marker != 0xCC;
}

class Reader {
public:
    explicit Reader(ByteView file) : file_(file), numbers_(file, Numbers::Order::big) {}

    Jpeg read() {
        if (file_.size() < 2 || file_[0] != 0xFF || file_[1] != jpeg::kStart) {
            out_.damage = "it does not begin like a JPEG";
            return out_;
        }
        at_ = 2;
        while (out_.damage.empty()) {
            const std::uint8_t marker = next_marker();
            if (!out_.damage.empty()) break;
            if (marker == jpeg::kEnd) {
                out_.trailing = file_.subspan(at_);
                return out_;
            }
            take_segment(marker);
        }
        return out_;
    }

private:
    std::uint8_t next_marker() {
        if (at_ >= file_.size() || file_[at_] != 0xFF) {
            out_.damage = at_ >= file_.size()
                              ? "it ends before its picture does"
                              : "there is something else where a segment should begin";
            return 0;
        }
        while (at_ < file_.size() && file_[at_] == 0xFF) ++at_;  // may be repeated
        if (at_ >= file_.size()) {
            out_.damage = "it ends before its picture does";
            return 0;
        }
        return file_[at_++];
    }

    void take_segment(std::uint8_t marker) {
        const bool has_payload = marker >= 0xC0 && marker != jpeg::kStart && !is_restart(marker);
        if (!has_payload) {
            out_.damage = "it holds a marker where none can be";
            return;
        }
        if (out_.segments.size() >= kJpegSegmentsMax) {
            out_.damage = "it has more than 4096 segments";
            return;
        }
        const std::size_t size = numbers_.u16(at_).value_or(0);
        if (size < 2 || file_.size() - at_ < size) {
            out_.damage = "a segment of it is cut off";
            return;
        }
        JpegSegment segment{marker, file_.subspan(at_ + 2, size - 2), {}};
        at_ += size;
        if (is_frame(marker) && segment.payload.size() >= 5) {
            out_.height = numbers_.u16(at_ - size + 3).value_or(0);
            out_.width = numbers_.u16(at_ - size + 5).value_or(0);
        }
        if (marker == jpeg::kScan) {
            const std::size_t begin = at_;
            pass_coded();
            segment.coded = file_.subspan(begin, at_ - begin);
        }
        out_.segments.push_back(segment);
    }

    // To the marker behind entropy-coded bytes: in them 0xFF is followed by 0, or restarts.
    void pass_coded() {
        while (at_ < file_.size()) {
            const auto found = std::find(file_.begin() + static_cast<std::ptrdiff_t>(at_),
                                         file_.end(), std::uint8_t{0xFF});
            at_ = static_cast<std::size_t>(found - file_.begin());
            if (at_ + 1 >= file_.size()) break;
            const std::uint8_t next = file_[at_ + 1];
            if (next != 0 && !is_restart(next)) return;
            at_ += 2;
        }
        at_ = file_.size();
    }

    ByteView file_;
    Numbers numbers_;
    std::size_t at_ = 0;
    Jpeg out_;
};

}  // namespace

Jpeg read_jpeg(ByteView file) { return Reader(file).read(); }

}  // namespace custos::vault::exhibits
