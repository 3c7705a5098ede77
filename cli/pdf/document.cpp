// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pdf/document.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/exhibits/clean.h"
#include "vault/exhibits/jpeg.h"
#include "vault/exhibits/metadata.h"
#include "vault/records/json_input.h"

namespace custos::pdf {
namespace {

using nlohmann::json;

Error wrong(const std::string& what) {
    return {ErrorCode::usage, "cannot draw the statement: " + what};
}

const json& member(const json& object, const char* name) {
    if (!object.is_object()) throw wrong("something is no object");
    const auto found = object.find(name);
    if (found == object.end()) throw wrong(std::string(name) + " is missing");
    return *found;
}

std::string text_in(const json& object, const char* name, std::size_t limit = kFieldMax) {
    const json& value = member(object, name);
    if (!value.is_string()) throw wrong(std::string(name) + " is no text");
    auto text = value.get<std::string>();
    if (text.size() > limit) throw wrong(std::string(name) + " is too long");
    if (text.find('\0') != std::string::npos) throw wrong(std::string(name) + " holds a zero byte");
    return text;
}

bool flag_in(const json& object, const char* name) {
    const json& value = member(object, name);
    if (!value.is_boolean()) throw wrong(std::string(name) + " is neither true nor false");
    return value.get<bool>();
}

std::size_t number_in(const json& object, const char* name, std::size_t limit) {
    const json& value = member(object, name);
    if (!value.is_number_integer()) throw wrong(std::string(name) + " is no number");
    const auto number = value.get<std::int64_t>();
    if (number < 0 || static_cast<std::uint64_t>(number) > limit) {
        throw wrong(std::string(name) + " is out of bounds");
    }
    return static_cast<std::size_t>(number);
}

const json& list_in(const json& object, const char* name, std::size_t limit) {
    const json& value = member(object, name);
    if (!value.is_array()) throw wrong(std::string(name) + " is no list");
    if (value.size() > limit) throw wrong(std::string(name) + " is too long");
    return value;
}

BlockKind kind_of(const std::string& text) {
    static constexpr std::array<std::pair<std::string_view, BlockKind>, 8> kKinds = {{
        {"paragraph", BlockKind::paragraph},
        {"withheld", BlockKind::paragraph},
        {"heading", BlockKind::heading},
        {"list", BlockKind::list},
        {"quotation", BlockKind::quotation},
        {"verbatim", BlockKind::verbatim},
        {"table", BlockKind::table},
        {"footnote", BlockKind::footnote},
    }};
    const auto* const found = std::find_if(kKinds.begin(), kKinds.end(),
                                           [&](const auto& each) { return each.first == text; });
    if (found == kKinds.end()) throw wrong("a block is of an unknown kind");
    return found->second;
}

Spans read_spans(const json& list) {
    if (!list.is_array()) throw wrong("a cell is no list");
    Spans spans;
    for (const json& item : list) {
        Span span;
        span.text = text_in(item, "text", vault::kJsonSizeMax);
        span.strong = flag_in(item, "strong");
        span.emphasis = flag_in(item, "emphasis");
        span.code = flag_in(item, "code");
        span.note = flag_in(item, "note");
        spans.push_back(std::move(span));
    }
    return spans;
}

Line read_line(const json& item) {
    Line line;
    line.depth = number_in(item, "depth", kDepthMax);
    line.marker = text_in(item, "marker", 32);
    line.header = flag_in(item, "header");
    for (const json& cell : list_in(item, "cells", kCellsMax)) {
        line.cells.push_back(read_spans(cell));
    }
    return line;
}

Words read_words(const json& item) {
    Words words;
    words.language = text_in(item, "language", 64);
    words.right_to_left = flag_in(item, "right_to_left");
    words.kind = text_in(item, "kind");
    words.notes = text_in(item, "notes");
    words.sources = text_in(item, "sources");
    words.authenticity = text_in(item, "authenticity");
    words.how_to_verify = text_in(item, "how_to_verify");
    words.index = text_in(item, "index");
    words.key = text_in(item, "key");
    words.fingerprint = text_in(item, "fingerprint");
    words.fingerprint_words = text_in(item, "fingerprint_words");
    return words;
}

Qr read_qr(const json& item) {
    Qr qr;
    qr.size = number_in(item, "size", kQrSizeMax);
    for (const json& row : list_in(item, "rows", kQrSizeMax)) {
        if (!row.is_string()) throw wrong("a row of the QR code is no text");
        qr.rows.push_back(row.get<std::string>());
        const std::string& bits = qr.rows.back();
        if (bits.size() != qr.size || bits.find_first_not_of("01") != std::string::npos) {
            throw wrong("a row of the QR code is none");
        }
    }
    if (qr.rows.size() != qr.size) throw wrong("the QR code is no square");
    return qr;
}

bool is_cmyk(ByteView file) {
    for (const vault::exhibits::JpegSegment& segment : vault::exhibits::read_jpeg(file).segments) {
        const bool is_frame = segment.marker >= 0xC0 && segment.marker <= 0xC2;
        if (is_frame && segment.payload.size() > 5 && segment.payload[5] == 4) return true;
    }
    return false;
}

Picture read_picture(std::string_view bytes, std::size_t number) {
    const auto refused = [&](const char* why) {
        return Error{ErrorCode::refused, "picture " + std::to_string(number) + " " + why};
    };
    Picture picture;
    picture.bytes = to_bytes(bytes_of(bytes));
    const vault::exhibits::Metadata read = vault::exhibits::read_metadata(picture.bytes);
    picture.is_jpeg = read.format == "JPEG";
    picture.width = read.width;
    picture.height = read.height;
    picture.orientation = read.orientation;
    if (!picture.is_jpeg && std::uint64_t{read.width} * read.height > kPicturePixelsMax)
        throw refused("large");
    if (!vault::exhibits::is_clean_picture(picture.bytes)) throw refused("damaged");
    // Those are stored inverted, and cairo does not say so in the PDF.
    if (picture.is_jpeg && is_cmyk(picture.bytes)) throw refused("colours");
    return picture;
}

// `bytes` is what stands behind the JSON: the pictures, one right behind the other.
std::vector<Exhibit> read_exhibits(const json& list, std::string_view bytes) {
    if (bytes.size() > kPicturesSizeMax) throw wrong("its pictures are too large");
    std::vector<Exhibit> exhibits;
    for (const json& item : list) {
        Exhibit exhibit;
        exhibit.text = text_in(item, "text");
        exhibit.alt = text_in(item, "alt");
        exhibit.file = text_in(item, "file", 128);
        const std::size_t size = number_in(item, "size", kPictureSizeMax);
        if (size > bytes.size()) throw wrong("a picture is cut off");
        if (size > 0) exhibit.picture = read_picture(bytes.substr(0, size), exhibits.size() + 1);
        bytes.remove_prefix(size);
        exhibits.push_back(std::move(exhibit));
    }
    if (!bytes.empty()) throw wrong("something stands behind its pictures");
    return exhibits;
}

}  // namespace

Document read_document(std::string_view request) {
    const std::size_t end = std::min(request.find('\n'), request.size());
    const json root = vault::parse_json(request.substr(0, end));
    if (text_in(root, "schema") != kRequestSchema) throw wrong("it is of an unknown schema");
    Document document;
    document.language = text_in(root, "language", 64);
    document.right_to_left = flag_in(root, "right_to_left");
    document.index = text_in(root, "index");
    document.title = text_in(root, "title");
    document.date_text = text_in(root, "date_text");
    document.created = text_in(root, "created", 32);
    document.organisation = text_in(root, "organisation");
    document.contact = text_in(root, "contact");
    std::size_t lines = 0;
    for (const json& item : list_in(root, "blocks", vault::kJsonItemsMax)) {
        Block block;
        block.kind = kind_of(text_in(item, "kind", 32));
        block.number = number_in(item, "number", vault::kJsonItemsMax);
        block.level = number_in(item, "level", 6);
        for (const json& line : list_in(item, "lines", vault::kJsonItemsMax)) {
            if (++lines > kLinesMax) throw wrong("it has too many lines");
            block.lines.push_back(read_line(line));
        }
        document.blocks.push_back(std::move(block));
    }
    document.exhibits = read_exhibits(list_in(root, "exhibits", kPicturesMax),
                                      request.substr(std::min(end + 1, request.size())));
    for (const json& source : list_in(root, "sources", vault::kJsonItemsMax)) {
        if (!source.is_string()) throw wrong("a source is no text");
        document.sources.push_back(source.get<std::string>());
        if (document.sources.back().size() > 4 * kFieldMax) throw wrong("a source is too long");
    }
    document.key = text_in(root, "key", 128);
    document.fingerprint = text_in(root, "fingerprint", 128);
    document.fingerprint_words = text_in(root, "fingerprint_words", 512);
    document.words = read_words(member(root, "words"));
    document.qr = read_qr(member(root, "qr"));
    return document;
}

}  // namespace custos::pdf
