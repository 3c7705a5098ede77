// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/age/header.h"

#include <algorithm>
#include <utility>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/hash.h"
#include "crypto/kdf.h"

namespace custos::crypto::age {
namespace {

constexpr std::string_view kStanzaMark = "-> ";
constexpr std::string_view kMacMark = "---";
constexpr std::size_t kColumns = 64;
constexpr std::size_t kMacTextSize = 43;  // base64 of 32 bytes, no padding

// Thrown inside this file only: two ways to stop reading.
struct Malformed {};
struct NeedsMore {};

// The header as lines. Each line must end in LF; CR is an ordinary wrong character here.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text), size_(text.size()) {}

    std::string_view next() {
        const std::size_t end = rest_.find('\n');
        if (end == std::string_view::npos) throw NeedsMore{};
        const std::string_view line = rest_.substr(0, end);
        rest_.remove_prefix(end + 1);
        return line;
    }
    std::string_view rest() const { return rest_; }
    std::size_t position() const { return size_ - rest_.size(); }

private:
    std::string_view rest_;
    std::size_t size_;
};

bool is_argument(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '!' && c <= '~'; });
}

// "TYPE ARGUMENT..." with exactly one space between.
Stanza read_first_line(std::string_view line) {
    Stanza stanza;
    for (bool first = true; first || !line.empty(); first = false) {
        const std::size_t space = line.find(' ');
        const std::string_view word = line.substr(0, space);
        if (!is_argument(word)) throw Malformed{};
        if (first) {
            stanza.type = word;
        } else {
            stanza.arguments.emplace_back(word);
        }
        if (space == std::string_view::npos) break;
        line.remove_prefix(space + 1);
        if (line.empty()) throw Malformed{};
    }
    return stanza;
}

Bytes read_body(Lines& lines) {
    Bytes body;
    for (;;) {
        const std::string_view line = lines.next();
        if (line.size() > kColumns) throw Malformed{};
        const auto bytes = from_base64(line, Padding::no);
        if (!bytes) throw Malformed{};
        append(body, *bytes);
        if (line.size() < kColumns) return body;
    }
}

Header read_lines(std::string_view text) {
    // Said early, so that a foreign file is not read to the limit in search of a line's end.
    const std::string_view start = text.substr(0, kVersionLine.size());
    if (!kVersionLine.starts_with(start)) throw Malformed{};
    if (start.size() < kVersionLine.size()) throw NeedsMore{};

    Header header;
    Lines lines(text);
    static_cast<void>(lines.next());
    for (;;) {
        const std::size_t line_at = lines.position();
        std::string_view line = lines.next();
        if (line.starts_with(kMacMark)) {
            header.covered = to_bytes(bytes_of(text.substr(0, line_at + kMacMark.size())));
            line.remove_prefix(kMacMark.size());
            if (header.stanzas.empty() || line.size() != 1 + kMacTextSize || line[0] != ' ') {
                throw Malformed{};
            }
            const auto mac = from_base64(line.substr(1), Padding::no);
            if (!mac || mac->size() != kHeaderMacSize) throw Malformed{};
            std::ranges::copy(*mac, header.mac.begin());
            break;
        }
        if (!line.starts_with(kStanzaMark) || header.stanzas.size() == kStanzasMax) {
            throw Malformed{};
        }
        line.remove_prefix(kStanzaMark.size());
        Stanza stanza = read_first_line(line);
        stanza.body = read_body(lines);
        header.stanzas.push_back(std::move(stanza));
    }
    const ByteView nonce = bytes_of(lines.rest());
    if (nonce.size() < kPayloadNonceSize) throw NeedsMore{};
    std::copy_n(nonce.begin(), kPayloadNonceSize, header.nonce.begin());
    return header;
}

void write_stanza(std::string& text, const Stanza& stanza) {
    const bool is_valid =
        is_argument(stanza.type) && std::ranges::all_of(stanza.arguments, is_argument);
    if (!is_valid) {
        throw Error{ErrorCode::usage,
                    "cannot write an age header: a stanza holds what it must not"};
    }
    text.append(kStanzaMark).append(stanza.type);
    for (const std::string& argument : stanza.arguments) text.append(" ").append(argument);
    text.append("\n");
    // A full last line is followed by an empty one: the shorter line is what ends a body.
    const std::string body = base64(stanza.body, Padding::no);
    for (std::size_t at = 0; at <= body.size(); at += kColumns) {
        text.append(body, at, kColumns).append("\n");
    }
}

Digest header_mac(ByteView covered, const FileKey& file_key) {
    BriefSecret<struct HeaderMacKeyKind, 32> key;
    hkdf_sha256(file_key.reveal(), {}, bytes_of("header"), key.reveal());
    return hmac_sha256(key.reveal(), covered);
}

}  // namespace

std::size_t Header::size() const noexcept {
    return covered.size() + 1 + kMacTextSize + 1 + kPayloadNonceSize;
}

ReadHeader read_header(ByteView file_so_far) {
    const bool at_limit = file_so_far.size() >= kHeaderSizeMax;
    const ByteView looked_at = file_so_far.first(std::min(file_so_far.size(), kHeaderSizeMax));
    try {
        return {HeaderState::complete, read_lines(text_of(looked_at))};
    } catch (const Malformed&) {
        return {HeaderState::malformed, {}};
    } catch (const NeedsMore&) {
        return {at_limit ? HeaderState::malformed : HeaderState::needs_more, {}};
    }
}

Bytes write_header(const std::vector<Stanza>& stanzas, const FileKey& file_key,
                   const PayloadNonce& nonce) {
    std::string text(kVersionLine);
    for (const Stanza& stanza : stanzas) write_stanza(text, stanza);
    text.append(kMacMark);
    const Digest mac = header_mac(bytes_of(text), file_key);
    text.append(" ").append(base64(mac.view(), Padding::no)).append("\n");

    Bytes header = to_bytes(bytes_of(text));
    append(header, nonce);
    if (stanzas.empty() || stanzas.size() > kStanzasMax || header.size() > kHeaderSizeMax) {
        throw Error{ErrorCode::usage, "cannot write an age header: it must have 1 to " +
                                          std::to_string(kStanzasMax) + " recipients and at most " +
                                          std::to_string(kHeaderSizeMax) + " bytes"};
    }
    return header;
}

bool is_authentic(const Header& header, const FileKey& file_key) {
    return equal_secrets(header_mac(header.covered, file_key).view(), header.mac);
}

PayloadKey payload_key(const FileKey& file_key, const PayloadNonce& nonce) {
    PayloadKey key;
    hkdf_sha256(file_key.reveal(), nonce, bytes_of("payload"), key.reveal());
    return key;
}

}  // namespace custos::crypto::age
