// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/inflate.h"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <utility>

#include <zlib.h>

#include "crypto/error.h"

namespace custos::vault::publish {
namespace {

// Window bits as inflateInit2 takes them.
constexpr int kZlib = 15;
constexpr int kGzip = 15 + 16;
constexpr int kRaw = -15;

unsigned byte_at(std::string_view bytes, std::size_t at) {
    return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
}

// What begins at `at` and where its data do; nothing: no stream.
struct Begin {
    std::size_t data = 0;
    int window = kZlib;
};

std::optional<Begin> begin_at(std::string_view bytes, std::size_t at) {
    if (at >= 4 && bytes.substr(at - 4, 4) == "IDAT") return std::nullopt;
    const unsigned first = byte_at(bytes, at);
    const unsigned second = byte_at(bytes, at + 1);
    if (first == 0x1F && second == 0x8B && byte_at(bytes, at + 2) == 8) return Begin{at, kGzip};
    if (first == 0x78 && (first * 256 + second) % 31 == 0 && (second & 0x20) == 0)
        return Begin{at, kZlib};
    if (bytes.substr(at, 4) == std::string_view("PK\x03\x04", 4) && byte_at(bytes, at + 8) == 8) {
        const std::size_t names = byte_at(bytes, at + 26) + byte_at(bytes, at + 27) * 256 +
                                  byte_at(bytes, at + 28) + byte_at(bytes, at + 29) * 256;
        if (at + 30 + names < bytes.size()) return Begin{at + 30 + names, kRaw};
    }
    return std::nullopt;
}

class Stream {
public:
    explicit Stream(int window) {
        if (inflateInit2(&stream_, window) != Z_OK)
            throw Error{ErrorCode::failed, "cannot prepare the leak scan: zlib refused"};
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream() { inflateEnd(&stream_); }

    Inflated run(std::string_view bytes, std::size_t data, std::size_t limit) {
        Inflated out;
        const std::string_view input =
            bytes.substr(data, std::numeric_limits<unsigned>::max() / 2);  // zlib counts in 32 bits
        // zlib does not write to its input; its interface is older than const.
        stream_.next_in = const_cast<Bytef*>(  // NOLINT(cppcoreguidelines-pro-type-const-cast)
            reinterpret_cast<const Bytef*>(input.data()));
        stream_.avail_in = static_cast<unsigned>(input.size());
        std::array<char, 16384> buffer{};
        int result = Z_OK;
        while (result == Z_OK) {
            stream_.next_out = reinterpret_cast<Bytef*>(buffer.data());
            stream_.avail_out = static_cast<unsigned>(buffer.size());
            result = inflate(&stream_, Z_NO_FLUSH);
            const std::size_t got = buffer.size() - stream_.avail_out;
            if (got == 0 && result != Z_STREAM_END) break;
            if (out.bytes.size() + got > limit) {
                out.is_too_large = true;
                break;
            }
            out.bytes.append(buffer.data(), got);
        }
        out.end = data + (input.size() - stream_.avail_in);
        return out;
    }

private:
    z_stream stream_{};
};

}  // namespace

void each_compressed(std::string_view bytes, std::size_t limit,
                     const std::function<void(Inflated)>& visit) {
    limit = std::min(limit, kInflatedMax);
    static constexpr std::string_view kFirst = "\x1F\x78P";
    for (std::size_t at = bytes.find_first_of(kFirst); at < bytes.size();) {
        std::size_t next = at + 1;
        if (const auto begin = begin_at(bytes, at)) {
            Inflated inflated = Stream(begin->window).run(bytes, begin->data, limit);
            if (inflated.is_too_large || inflated.bytes.size() >= kInflatedMin) {
                next = std::max(next, inflated.end);
                inflated.at = at;
                visit(std::move(inflated));
            }
        }
        at = bytes.find_first_of(kFirst, next);
    }
}

}  // namespace custos::vault::publish
