// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include "vault/exhibits/cleaning.h"
#include "vault/exhibits/jpeg.h"
#include "vault/exhibits/jpeg_coding.h"
#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kExif = "Exif\0\0"sv;
constexpr std::string_view kJfif = "JFIF\0"sv;
// Version 1.1, square pixels, no small copy.
constexpr std::string_view kJfifAlone = "JFIF\0\1\1\0\0\1\0\1\0\0"sv;
constexpr std::string_view kAdobe = "Adobe"sv;
constexpr std::size_t kAdobeSize = 12;

// Tables must end where their segment does: what stood behind them would stay.
bool is_quantisation(ByteView payload) {
    std::size_t at = 0;
    while (at < payload.size()) {
        if ((payload[at] >> 4U) > 1 || (payload[at] & 15U) > 3) return false;
        at += (payload[at] >> 4U) == 0 ? 65U : 129U;
    }
    return at == payload.size() && at > 0;
}

bool is_known_frame(std::uint8_t marker) { return marker >= 0xC0 && marker <= 0xC2; }

class Cleaner {
public:
    explicit Cleaner(const Jpeg& jpeg) : jpeg_(jpeg) {}

    Cleaned clean() {
        if (!jpeg_.damage.empty()) return {{}, jpeg_.damage};
        for (const JpegSegment& segment : jpeg_.segments) {
            if (segment.marker == jpeg::kComment) continue;
            if (jpeg::is_app(segment.marker)) {
                look_at(segment);
            } else if (std::string why = keep(segment); !why.empty()) {
                return {{}, why};
            }
        }
        if (!coding_.is_complete()) return {{}, "it has no picture, or not all of one"};
        return {written(), {}};
    }

private:
    // What of it decoders need; the rest is dropped.
    void look_at(const JpegSegment& segment) {
        const ByteView payload = segment.payload;
        if (segment.marker == jpeg::kApp0 && begins_with(payload, kJfif)) {
            has_jfif_ = true;
        } else if (segment.marker == jpeg::kApp1 && begins_with(payload, kExif)) {
            if (!orientation_) orientation_ = orientation_in(payload.subspan(kExif.size()));
        } else if (segment.marker == jpeg::kApp14 && begins_with(payload, kAdobe) &&
                   payload.size() >= kAdobeSize) {
            if (!transform_) transform_ = payload[kAdobeSize - 1];
        }
    }

    // "" if it stays, else why the file is refused.
    std::string keep(const JpegSegment& segment) {
        JpegSegment kept = segment;
        bool good = false;
        if (is_known_frame(segment.marker)) {
            good = coding_.take_frame(segment);
        } else if (segment.marker == jpeg::kScan) {
            const auto used = coding_.take_scan(segment);
            if (!used) return "its pixels are damaged or cut off, or coded twice";
            kept.coded = segment.coded.first(*used);
            good = true;
        } else if (segment.marker == jpeg::kQuantisation) {
            good = is_quantisation(segment.payload);
        } else if (segment.marker == jpeg::kHuffman) {
            good = coding_.take_huffman(segment.payload);
        } else if (segment.marker == jpeg::kRestartInterval) {
            good = coding_.take_restart_interval(segment.payload);
        } else {
            return "its pixels are coded in a way that custos does not know";
        }
        if (good) kept_.push_back(kept);
        return good ? "" : "a segment of it is not what it has to be";
    }

    Bytes written() const {
        Bytes out = {0xFF, jpeg::kStart};
        if (has_jfif_) write(out, jpeg::kApp0, bytes_of(kJfifAlone));
        if (orientation_.value_or(1) != 1) {
            Bytes exif = to_bytes(bytes_of(kExif));
            append(exif, orientation_alone(*orientation_));
            write(out, jpeg::kApp1, exif);
        }
        if (transform_ && *transform_ <= 2) {
            Bytes adobe = to_bytes(bytes_of("Adobe\0\x64\0\0\0\0"sv));  // version 100, no flags
            adobe.push_back(*transform_);
            write(out, jpeg::kApp14, adobe);
        }
        for (const JpegSegment& segment : kept_) {
            write(out, segment.marker, segment.payload);
            append(out, segment.coded);
        }
        append(out, Bytes{0xFF, jpeg::kEnd});
        return out;
    }

    static void write(Bytes& out, std::uint8_t marker, ByteView payload) {
        const std::size_t size = payload.size() + 2;
        append(out, Bytes{0xFF, marker, static_cast<std::uint8_t>(size >> 8U),
                          static_cast<std::uint8_t>(size & 0xFFU)});
        append(out, payload);
    }

    const Jpeg& jpeg_;
    JpegCoding coding_;
    std::vector<JpegSegment> kept_;
    bool has_jfif_ = false;
    std::optional<unsigned> orientation_;
    std::optional<std::uint8_t> transform_;
};

}  // namespace

Cleaned clean_jpeg(ByteView file) {
    const Jpeg jpeg = read_jpeg(file);
    return Cleaner(jpeg).clean();
}

}  // namespace custos::vault::exhibits
