// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/decode.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>

#include "crypto/bytes.h"
#include "vault/publish/escapes.h"
#include "vault/publish/fold.h"
#include "vault/publish/inflate.h"
#include "vault/publish/rolling.h"
#include "vault/publish/words.h"

namespace custos::vault::publish {
namespace {

// Letters, digits, spaces and punctuation, nearly all of it: not what random bytes look like.
bool looks_like_text(std::string_view bytes) {
    std::size_t bad = 0;
    std::size_t characters = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        const char32_t c = next_character(bytes, at);
        ++characters;
        if (c == kNoCharacter || (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F) {
            if (++bad * 8 > bytes.size()) return false;
        }
    }
    return characters >= 3 && bad * 8 <= characters;
}

// Neighbours in a text are mostly letters of one script, or ideographs; pairs of random bytes are
// characters of all of them, and some of those stand for a whole name (U+FDF4).
bool is_of_few_scripts(std::string_view text) {
    const auto block_of = [](char32_t c) -> char32_t {
        if (c < 0x370 || (c >= 0x1E00 && c < 0x1F00)) return 0;  // Latin
        if (c >= 0x2E80 && c < 0xA000) return 1;                 // Han and Kana
        if (c >= 0xAC00 && c < 0xD800) return 2;                 // Hangul
        return c >> 8;
    };
    std::size_t pairs = 0;
    std::size_t same = 0;
    std::optional<char32_t> before;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t block = block_of(next_character(text, at));
        if (before) {
            ++pairs;
            if (*before == block) ++same;
        }
        before = block;
    }
    return same * 2 >= pairs;
}

// How gzip, zlib, ZIP and PDF begin.
bool begins_packed(std::string_view bytes) {
    constexpr std::array<std::string_view, 7> kBeginnings = {
        "\x1f\x8b\x08", "\x78\x01", "\x78\x5e", "\x78\x9c", "\x78\xda", "PK\x03\x04", "%PDF-"};
    return std::any_of(kBeginnings.begin(), kBeginnings.end(),
                       [&](std::string_view each) { return bytes.starts_with(each); });
}

// Both alphabets of RFC 4648.
constexpr std::array<std::int8_t, 256> make_base64() {
    std::array<std::int8_t, 256> table{};
    for (auto& value : table) value = -1;
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < kDigits.size(); ++i) {
        table[static_cast<unsigned char>(kDigits[i])] = static_cast<std::int8_t>(i);
    }
    table['-'] = 62;
    table['_'] = 63;
    return table;
}
constexpr std::array<std::int8_t, 256> kBase64 = make_base64();

int base64_value(char c) { return kBase64[static_cast<unsigned char>(c)]; }

std::string base64_bytes(std::string_view run) {
    std::string out(run.size() * 6 / 8, '\0');
    std::uint32_t bits = 0;
    int count = 0;
    std::size_t size = 0;
    for (const char c : run) {
        bits = (bits << 6) | static_cast<std::uint32_t>(base64_value(c));
        count += 6;
        if (count >= 8) {
            count -= 8;
            out[size++] = static_cast<char>(static_cast<unsigned char>(bits >> count));
        }
    }
    return out;
}

std::string hex_bytes(std::string_view run) {
    std::string out;
    for (std::size_t i = 0; i + 1 < run.size(); i += 2) {
        out.push_back(static_cast<char>(
            static_cast<unsigned char>(hex_value(run[i]) * 16 + hex_value(run[i + 1]))));
    }
    return out;
}

std::string utf16_text(std::string_view bytes, std::size_t first, bool big_endian) {
    const auto unit_at = [&](std::size_t at) {
        const auto a = static_cast<unsigned char>(bytes[at]);
        const auto b = static_cast<unsigned char>(bytes[at + 1]);
        return static_cast<char32_t>(big_endian ? a * 256u + b : b * 256u + a);
    };
    std::string out;
    for (std::size_t at = first; at + 1 < bytes.size(); at += 2) {
        char32_t c = unit_at(at);
        if (c >= 0xD800 && c <= 0xDBFF && at + 3 < bytes.size()) {
            const char32_t low = unit_at(at + 2);
            if (low >= 0xDC00 && low <= 0xDFFF) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                at += 2;
            }
        }
        if (is_character(c)) {
            append_utf8(out, c);
        } else {
            out.push_back('\n');
        }
    }
    return out;
}

std::string latin1_text(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) append_utf8(out, static_cast<unsigned char>(byte));
    return out;
}

// Which of the eight bytes at `from` are no digits or letters of any alphabet of runs, a bit each;
// some that are none are taken for one.
std::uint64_t gaps_of_eight(const char* from) {
    constexpr std::uint64_t kEach = 0x0101010101010101u;
    constexpr std::uint64_t kHigh = kEach * 0x80;
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, from, sizeof bytes);
    const std::uint64_t from_plus = (bytes & ~kHigh) + kEach * (0x80 - '+');
    const std::uint64_t gaps = (~from_plus | bytes) & kHigh;
    return (gaps >> 7) * 0x0102040810204080u >> 56;
}
static_assert(std::endian::native == std::endian::little);

// The first place from `at` on that kEncodedRunMin bytes without a gap follow, or the place where
// fewer than 64 bytes are left.
std::size_t next_run(std::string_view text, std::size_t at) {
    constexpr std::size_t kBlock = 64;
    static_assert(kEncodedRunMin == 12);
    for (; at + kBlock <= text.size(); at += kBlock - kEncodedRunMin + 1) {
        std::uint64_t gaps = 0;
        for (std::size_t i = 0; i < kBlock; i += 8)
            gaps |= gaps_of_eight(text.data() + at + i) << i;
        std::uint64_t runs = ~gaps;  // of one, then two, four, eight, twelve
        runs &= runs >> 1;
        runs &= runs >> 2;
        const std::uint64_t fours = runs;
        runs &= runs >> 4;
        runs &= fours >> 8;
        if (runs != 0) return at + static_cast<std::size_t>(std::countr_zero(runs));
    }
    return at;
}

class Unpacker {
public:
    Unpacker(std::string_view bytes, const std::function<void(const View&)>& visit)
        : budget_(kDecodedTotalMax * (bytes.size() + 4096)), visit_(visit) {}

    // All readings below `view`, whose text is given: a file's is not copied.
    void unpack(const View& view, std::string_view text, std::size_t depth) {
        if (depth == kViewDepth) return;
        for (std::size_t way = 0; way < kEscapeWays; ++way) {
            if (auto next = unescaped(view, text, way)) keep(std::move(*next), depth);
        }
        unpack_runs(view, text, depth);
        const bool utf8 = is_utf8(text);
        if (utf8 && text.find('\0') == std::string_view::npos) return;
        unpack_bytes(view, text, utf8, depth);
        unpack_compressed(view, text, depth);
    }

    std::vector<std::size_t> take_unread() { return std::move(unread_); }

private:
    void keep(View view, std::size_t depth) {
        if (view.text.size() > budget_) {
            unread_.push_back(view.source_of(0));
            return;
        }
        budget_ -= view.text.size();
        unpack(view, view.text, depth + 1);
        visit_(view);
    }

    // Deflated parts of a file that is no text.
    void unpack_compressed(const View& view, std::string_view text, std::size_t depth) {
        each_compressed(text, compressed_budget_, [&](Inflated inflated) {
            const std::size_t size = inflated.bytes.size();
            if (inflated.is_too_large) unread_.push_back(view.source_of(inflated.at));
            compressed_budget_ -= std::min(size, compressed_budget_);
            // What came out has its own share: a small file may hold a long text.
            budget_ += kInflatedShare * size;
            keep_part(view, std::move(inflated.bytes), "compressed", inflated.at, depth);
        });
    }

    static std::string from_form(const View& from, std::string_view form) {
        return from.form.empty() ? std::string(form) : from.form + " " + std::string(form);
    }

    void keep_part(const View& from, std::string text, std::string_view form, std::size_t at,
                   std::size_t depth) {
        View part;
        part.text = std::move(text);
        part.form = from_form(from, form);
        part.origin = from.source_of(at);
        part.packed = true;
        part.binary = from.binary || (form == "compressed" && !looks_like_text(part.text));
        keep(std::move(part), depth);
    }

    void unpack_runs(const View& view, std::string_view text, std::size_t depth) {
        std::size_t at = 0;
        while (at + kEncodedRunMin <= text.size()) {
            at = next_run(text, at);
            std::size_t last = std::min(at + kEncodedRunMin, text.size());
            while (last > at && base64_value(text[last - 1]) >= 0) --last;
            if (last > at) {
                at = last;
                continue;
            }
            const std::size_t begin = at;
            std::string joined;
            const std::string_view run = run_at(text, at, joined);
            if (is_known_word(run)) continue;
            const bool hexadecimal =
                std::all_of(run.begin(), run.end(), [](char c) { return hex_value(c) >= 0; });
            if (hexadecimal) unpack_run(view, hex_bytes(run), "hexadecimal", begin, depth);
            bool is_word = !hexadecimal;
            for (std::size_t skip = 0; skip < 4; ++skip)
                is_word = !unpack_base64(view, run.substr(skip), begin, depth) && is_word;
            if (is_word) note_word(run);
        }
    }

    // Most runs are long words of the language, which come again and again, and would stand for
    // nothing.
    bool is_known_word(std::string_view run) const {
        return run.size() <= kWordMax && words_.of(hash_of_bytes(run)) != 0;
    }
    void note_word(std::string_view run) {
        if (run.size() <= kWordMax) words_.set(hash_of_bytes(run), 1);
    }

    // The run at `at`, which is moved behind it, over the ends of its lines when they are as long
    // as lines of base64 are; `joined` holds it if it has several.
    static std::string_view run_at(std::string_view text, std::size_t& at, std::string& joined) {
        constexpr std::size_t kLineMin = 40;
        const std::size_t begin = at;
        const auto line_end = [&] {
            while (at < text.size() && base64_value(text[at]) >= 0) ++at;
            return at;
        };
        const std::string_view first = text.substr(begin, line_end() - begin);
        std::size_t line = first.size();
        while (at < text.size() && (text[at] == '\n' || text[at] == '\r') &&
               (line >= kLineMin || line == 0)) {
            const std::size_t line_begin = ++at;
            line = line_end() - line_begin;
            if (joined.empty()) joined = first;
            joined += text.substr(line_begin, line);
        }
        return joined.empty() ? first : joined;
    }

    // Whether it stands for something.
    bool unpack_base64(const View& view, std::string_view run, std::size_t at, std::size_t depth) {
        std::string bytes = base64_bytes(run);
        if (!begins_packed(bytes) && bytes.find('\0') == std::string::npos &&
            !looks_like_text(bytes))
            return false;
        unpack_run(view, std::move(bytes), "base64", at, depth);
        return true;
    }

    void unpack_run(const View& view, std::string bytes, std::string_view form, std::size_t at,
                    std::size_t depth) {
        if (begins_packed(bytes)) {
            View part;
            part.form = from_form(view, form);
            part.origin = view.source_of(at);
            part.packed = true;
            part.binary = view.binary;
            unpack_compressed(part, bytes, depth);
        }
        // Pairs of bytes are nearly always characters of some script: only plausible ones.
        const bool pairs = bytes.find('\0') != std::string::npos;
        for (std::size_t first = 0; pairs && first < 2; ++first) {
            for (const bool big_endian : {false, true}) {
                std::string text = utf16_text(bytes, first, big_endian);
                if (looks_like_text(text) && is_of_few_scripts(text)) {
                    keep_part(view, std::move(text), std::string(form) + " utf-16", at, depth);
                }
            }
        }
        if (looks_like_text(bytes)) keep_part(view, std::move(bytes), form, at, depth);
    }

    // Files that are no UTF-8 text are tried as what else text may be.
    void unpack_bytes(const View& view, std::string_view text, bool utf8, std::size_t depth) {
        if (view.form.find("utf-16") != std::string::npos) return;
        for (std::size_t first = 0; first < 2; ++first) {
            for (const bool big_endian : {false, true}) {
                keep_part(view, utf16_text(text, first, big_endian), "utf-16", 0, depth);
            }
        }
        if (!utf8) keep_part(view, latin1_text(text), "latin-1", 0, depth);
    }

    static constexpr std::size_t kWordMax = 64;

    WordMemo words_;  // those that stand for nothing
    std::size_t budget_;
    std::size_t compressed_budget_ = kCompressedTotalMax;
    const std::function<void(const View&)>& visit_;
    std::vector<std::size_t> unread_;
};

}  // namespace

std::size_t View::source_of(std::size_t at) const {
    if (packed) return origin;
    const auto after =
        std::upper_bound(map.begin(), map.end(), at,
                         [](std::size_t value, const auto& pair) { return value < pair.first; });
    if (after == map.begin()) return origin + at;
    const auto& [here, source] = *std::prev(after);
    return source + (at - here);
}

std::vector<std::size_t> each_decoded_view(std::string_view bytes,
                                           const std::function<void(const View&)>& visit) {
    Unpacker unpacker(bytes, visit);
    unpacker.unpack(View(), bytes, 0);
    return unpacker.take_unread();
}

std::vector<View> decoded_views(std::string_view bytes) {
    std::vector<View> views;
    static_cast<void>(each_decoded_view(bytes, [&](const View& view) { views.push_back(view); }));
    return views;
}

}  // namespace custos::vault::publish
