// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <utility>

#include <unicode/ucnv.h>
#include <unicode/unistr.h>

#include "crypto/error.h"
#include "vault/exchange/csv.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

struct Mark {
    std::string_view bytes;
    const char* encoding;  // null: UTF-8
};
constexpr auto kMarks = std::to_array<Mark>({
    {"\xEF\xBB\xBF", nullptr},
    {"\xFF\xFE", "utf-16le"},
    {"\xFE\xFF", "utf-16be"},
});

[[noreturn]] void refuse(const std::string& message, std::string hint) {
    throw Error{ErrorCode::usage, "cannot read the table: " + message, std::move(hint)};
}

}  // namespace

struct TextReader::Converter {
    UConverter* converter = nullptr;
    std::string name;

    explicit Converter(std::string_view encoding) : name(encoding) {
        UErrorCode status = U_ZERO_ERROR;
        converter = ucnv_open(name.c_str(), &status);
        if (U_FAILURE(status) || converter == nullptr) {
            throw Error{ErrorCode::usage,
                        "there is no encoding called \"" + harmless_excerpt(name, 40) + "\"",
                        "utf-8, utf-16le, windows-1252, windows-874 and others"};
        }
        ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    }
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;
    ~Converter() { ucnv_close(converter); }

    void convert(std::string_view piece, bool last, std::string& text) {
        std::array<UChar, kPiece> wide{};
        const char* from = piece.data();
        const char* const end = piece.data() + piece.size();
        for (;;) {
            UChar* to = wide.data();
            UErrorCode status = U_ZERO_ERROR;
            ucnv_toUnicode(converter, &to, wide.data() + wide.size(), &from, end, nullptr,
                           static_cast<UBool>(last), &status);
            icu::UnicodeString(false, wide.data(), static_cast<std::int32_t>(to - wide.data()))
                .toUTF8String(text);
            if (status == U_BUFFER_OVERFLOW_ERROR) continue;
            if (U_FAILURE(status)) {
                refuse("it has bytes that are not " + name,
                       "give the encoding that it was saved in: --encoding NAME");
            }
            return;
        }
    }
};

TextReader::TextReader(const Source& source, std::string_view encoding) : source_(source) {
    std::array<std::uint8_t, 512> head{};
    const std::string_view start = text_of(ByteView(head).first(source.read_at(0, head)));
    if (start.starts_with("PK\x03\x04") || start.starts_with("\xD0\xCF\x11\xE0")) {
        refuse("it is a workbook, not CSV", "save it as \"CSV UTF-8\" in the spreadsheet program");
    }
    std::string name(encoding);
    for (const Mark& mark : kMarks) {
        if (!start.starts_with(mark.bytes)) continue;
        begin_ = mark.bytes.size();
        name = mark.encoding == nullptr ? "" : mark.encoding;
        break;
    }
    if (name.empty() && start.find('\0') != std::string_view::npos) {
        refuse("it holds bytes that are 0, as UTF-16 does",
               "try --encoding utf-16le, or save it as \"CSV UTF-8\"");
    }
    if (!name.empty() && ucnv_compareNames(name.c_str(), "utf-8") != 0)
        converter_ = std::make_unique<Converter>(name);
    offset_ = begin_;
}

TextReader::TextReader(TextReader&&) noexcept = default;
TextReader::~TextReader() = default;

void TextReader::rewind() {
    offset_ = begin_;
    if (converter_ != nullptr) ucnv_reset(converter_->converter);
}

bool TextReader::read(std::string& text) {
    std::array<std::uint8_t, kPiece> piece{};
    const std::size_t got = source_.read_at(offset_, piece);
    offset_ += got;
    const std::string_view bytes = text_of(ByteView(piece).first(got));
    if (converter_ == nullptr) {
        text += bytes;
    } else {
        converter_->convert(bytes, got < piece.size(), text);
    }
    return got > 0;
}

}  // namespace custos::vault
