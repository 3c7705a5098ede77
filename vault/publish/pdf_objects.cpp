// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/pdf_objects.h"

#include "vault/exhibits/inflated.h"

namespace custos::vault::publish {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_jpeg(const PdfObject& object) { return holds(object.body, "/DCTDecode"); }

// Bytes of the pixels that its dictionary speaks of.
std::size_t pixel_bytes(const PdfObject& object) {
    const std::size_t width = number_behind(object.body, "/Width");
    const std::size_t height = number_behind(object.body, "/Height");
    const std::size_t bits = number_behind(object.body, "/BitsPerComponent");
    const std::size_t components = holds(object.body, "/DeviceRGB") ? 3 : 1;
    return (width * components * (bits == 0 ? 1 : bits) + 7) / 8 * height;
}

}  // namespace

bool holds(std::string_view text, std::string_view word) {
    return text.find(word) != std::string_view::npos;
}

std::size_t number_at(std::string_view text, std::size_t& at) {
    std::size_t number = 0;
    for (; at < text.size() && is_digit(text[at]) && number < 100'000'000; ++at) {
        number = number * 10 + static_cast<std::size_t>(text[at] - '0');
    }
    return number;
}

std::size_t number_behind(std::string_view body, std::string_view key) {
    std::size_t at = body.find(key);
    if (at == std::string_view::npos) return 0;
    at += key.size();
    while (at < body.size() && body[at] == ' ') ++at;
    return number_at(body, at);
}

// "N 0 obj ... endobj", from wherever they begin a line.
std::optional<PdfObjects> pdf_objects(ByteView bytes) {
    constexpr std::string_view kBegin = " 0 obj";
    constexpr std::string_view kEnd = "endobj";
    constexpr std::string_view kStream = "stream\n";
    const std::string_view pdf = custos::text_of(bytes);
    if (pdf.size() > kPdfSizeMax || pdf.substr(0, 5) != "%PDF-") return std::nullopt;
    PdfObjects objects;
    for (std::size_t at = pdf.find(kBegin); at != std::string_view::npos;
         at = pdf.find(kBegin, at)) {
        std::size_t first = at;
        while (first > 0 && is_digit(pdf[first - 1])) --first;
        const std::size_t number = number_at(pdf, first);
        at += kBegin.size();
        const std::size_t end = pdf.find(kEnd, at);
        const std::size_t stream = pdf.find(kStream, at);
        if (end == std::string_view::npos || objects.size() >= kPdfObjectsMax) return std::nullopt;
        PdfObject object;
        if (stream < end) {
            const std::size_t begin = stream + kStream.size();
            const std::size_t stop = pdf.find("endstream", begin);
            if (stop == std::string_view::npos) return std::nullopt;
            object.body = pdf.substr(at, stream - at);
            object.stream = pdf.substr(begin, stop - begin);
            object.has_stream = true;
            at = stop;
        } else {
            object.body = pdf.substr(at, end - at);
            at = end;
        }
        const auto [earlier, is_new] = objects.emplace(number, object);
        if (is_new) continue;
        // Replaced once, by an update: both are in the file, and both are read.
        if (!objects.emplace(kPdfReplaced + number, earlier->second).second) return std::nullopt;
        earlier->second = object;
    }
    return objects.empty() ? std::nullopt : std::optional(std::move(objects));
}

std::optional<std::string> plain_stream(const PdfObject& object, std::size_t limit) {
    if (!is_jpeg(object) && holds(object.body, "/FlateDecode"))
        return exhibits::inflated(bytes_of(object.stream), limit);
    if (object.stream.size() > limit) return std::nullopt;
    return std::string(object.stream);
}

bool is_pdf_picture(const PdfObject& object) {
    return object.has_stream && holds(object.body, "/Subtype /Image");
}

std::vector<PdfPicture> pdf_pictures(ByteView pdf) {
    std::vector<PdfPicture> pictures;
    const auto objects = pdf_objects(pdf);
    if (!objects) return pictures;
    for (const auto& [number, object] : *objects) {
        if (!is_pdf_picture(object)) continue;
        PdfPicture picture;
        picture.offset =
            static_cast<std::uint64_t>(object.stream.data() - custos::text_of(pdf).data());
        if (is_jpeg(object)) {
            // cairo ends a stream with a line of its own.
            picture.jpeg = bytes_of(object.stream.substr(0, object.stream.rfind('\n')));
        } else {
            const auto pixels = plain_stream(object, kPdfPictureMax);
            picture.is_pixels_alone = pixels && pixels->size() == pixel_bytes(object);
        }
        pictures.push_back(picture);
    }
    return pictures;
}

}  // namespace custos::vault::publish
