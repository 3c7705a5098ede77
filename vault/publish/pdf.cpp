// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/pdf.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include <nlohmann/json.hpp>
#include <unicode/uchar.h>

#include "crypto/error.h"
#include "vault/os/child.h"
#include "vault/publish/pdf_finish.h"
#include "vault/publish/pdf_objects.h"
#include "vault/publish/pdf_text.h"
#include "vault/publish/phrases.h"
#include "vault/publish/qr.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

constexpr std::size_t kDepthMax = 8;  // deeper ones are drawn at the eighth

json as_json(const Line& line) {
    json cells = json::array();
    for (const Spans& cell : line.cells) {
        json spans = json::array();
        for (const Span& span : cell) {
            spans.push_back({{"text", span.text},
                             {"strong", span.strong},
                             {"emphasis", span.emphasis},
                             {"code", span.code},
                             {"note", span.note}});
        }
        cells.push_back(std::move(spans));
    }
    return {{"depth", std::min(line.depth, kDepthMax)},
            {"marker", line.marker},
            {"header", line.header},
            {"cells", std::move(cells)}};
}

json as_json(const Block& block) {
    json lines = json::array();
    for (const Line& line : block.lines) lines.push_back(as_json(line));
    return {{"kind", block.kind},
            {"number", block.number},
            {"level", block.level},
            {"lines", std::move(lines)}};
}

json words_of(const Phrases& phrases) {
    return {{"language", phrases.language},
            {"right_to_left", is_right_to_left(phrases.language)},
            {"kind", phrases.public_statement},
            {"notes", phrases.notes},
            {"sources", phrases.sources},
            {"authenticity", phrases.authenticity},
            {"how_to_verify", phrases.how_to_verify},
            {"index", phrases.index},
            {"key", phrases.key},
            {"fingerprint", phrases.fingerprint},
            {"fingerprint_words", phrases.fingerprint_words}};
}

json as_json(const QrCode& code) {
    json rows = json::array();
    for (std::size_t y = 0; y < code.size; ++y) {
        std::string row;
        for (std::size_t x = 0; x < code.size; ++x) row += code.dark[y * code.size + x] ? '1' : '0';
        rows.push_back(std::move(row));
    }
    return {{"size", code.size}, {"rows", std::move(rows)}};
}

// The first moment of an EDTF date: the document says when the statement is of, not when it was
// made. 2000 where the date says no year.
std::string first_moment(std::string_view edtf) {
    const auto digits = [&](std::size_t at, std::size_t count, const char* otherwise) {
        const std::string_view part = edtf.size() < at + count ? "" : edtf.substr(at, count);
        const bool good =
            !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
        return good ? std::string(part) : std::string(otherwise);
    };
    const std::string year = digits(0, 4, "2000");
    std::string month = digits(5, 2, "01");
    if (month < "01" || month > "12") month = "01";
    std::string day = digits(8, 2, "01");
    if (day < "01" || day > "31") day = "01";
    return year + "-" + month + "-" + day + "T00:00:00Z";
}

// "U+1780 KHMER LETTER KA" of "1780".
std::string character_name(std::string_view digits) {
    std::uint32_t code = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (error != std::errc() || end != digits.data() + digits.size() || code > 0x10FFFF) return {};
    std::array<char, 128> name{};
    UErrorCode status = U_ZERO_ERROR;
    u_charName(static_cast<UChar32>(code), U_EXTENDED_CHAR_NAME, name.data(),
               static_cast<int32_t>(name.size()), &status);
    const std::string text =
        U_FAILURE(status) != 0 ? std::string() : " " + std::string(name.data());
    return "U+" + std::string(digits) + text;
}

// What the program said of characters that no font has: "missing 4E00 4E01".
std::string missing_characters(std::string_view talk) {
    constexpr std::size_t kNamedMax = 3;
    std::string names;
    std::size_t count = 0;
    while (!talk.empty()) {
        const std::string_view word = talk.substr(0, talk.find_first_of(" \n"));
        talk.remove_prefix(std::min(word.size() + 1, talk.size()));
        const std::string name = character_name(word);
        if (name.empty() || ++count > kNamedMax) continue;
        names += (names.empty() ? "" : ", ") + name;
    }
    if (count > kNamedMax) names += " and " + std::to_string(count - kNamedMax) + " more";
    return names;
}

PdfOutcome none(std::string why, std::string next) { return {{}, std::move(why), std::move(next)}; }

// What the program said of a picture that it does not draw: "picture 2 damaged".
PdfOutcome no_picture(const Edition& edition, std::string_view talk) {
    std::size_t at = 0;
    const std::size_t number = number_at(talk, at);
    const std::string which = number >= 1 && number <= edition.exhibits.size()
                                  ? edition.exhibits[number - 1].file
                                  : "a picture";
    if (holds(talk, "colours")) {
        return none(which + " has colours for print (CMYK), which PDFs would show inverted",
                    "attach it in RGB and clean that, or publish with --no-pdf");
    }
    if (holds(talk, "large")) {
        return none(which + " has more than 40 million pixels",
                    "attach it smaller or as a JPEG and clean that, or publish with --no-pdf");
    }
    return none(which + " is damaged, or holds more than pixels",
                "clean its original again, or publish with --no-pdf");
}

// Numbers of the exhibits that the PDF shows.
std::set<std::size_t> drawn_exhibits(const Edition& edition) {
    return fitting(edition.exhibits, static_cast<std::size_t>(kExhibitSizeMax), kDrawnSumMax);
}

std::optional<Bytes> finished(const Bytes& pdf, const Edition& edition, const std::string& claims) {
    PdfFinish finish{edition.language, {}};
    const std::set<std::size_t> drawn = drawn_exhibits(edition);
    for (const ShownExhibit& exhibit : edition.exhibits) {
        if (drawn.contains(exhibit.number)) finish.descriptions.push_back(exhibit.alt);
    }
    if (!claims.empty()) {
        finish.name = kClaimsFile;
        finish.description = "the signed statement: SD-JWT, RFC 9901";
        finish.media_type = "application/sd-jwt";
        finish.content = claims;
    }
    return finished_pdf(pdf, finish);
}

}  // namespace

std::string pdf_request(const Edition& edition, const crypto::minisign::PublicKey& key) {
    const std::string line = crypto::minisign::public_key_line(key);
    json request = {{"schema", kPdfRequestSchema},
                    {"language", edition.language},
                    {"right_to_left", is_right_to_left(edition.language)},
                    {"index", edition.index},
                    {"title", edition.title},
                    {"date_text", date_phrase(edition.date, edition.language)},
                    {"created", first_moment(edition.date)},
                    {"organisation", edition.organisation},
                    {"contact", edition.contact},
                    {"blocks", json::array()},
                    {"exhibits", json::array()},
                    {"sources", json::array()},
                    {"key", line},
                    {"fingerprint", fingerprint_of(key)},
                    {"fingerprint_words", fingerprint_words(key)},
                    {"words", words_of(phrases_for(edition.language))},
                    {"qr", as_json(make_qr(line))}};
    for (const Block& block : edition.markup.blocks) request["blocks"].push_back(as_json(block));
    std::string pictures;
    const std::set<std::size_t> drawn = drawn_exhibits(edition);
    for (const ShownExhibit& exhibit : edition.exhibits) {
        const bool is_drawn = drawn.contains(exhibit.number);
        request["exhibits"].push_back({{"text", exhibit.text},
                                       {"alt", exhibit.alt},
                                       {"file", exhibit.file},
                                       {"size", is_drawn ? exhibit.bytes->size() : 0}});
        if (is_drawn) pictures += custos::text_of(*exhibit.bytes);
    }
    for (const Source& source : edition.sources) {
        request["sources"].push_back(source_line(source, edition.language));
    }
    return request.dump(-1, ' ', false, json::error_handler_t::replace) + "\n" + pictures;
}

Bytes package_pdf(const Edition& edition, const std::string& claims) {
    auto pdf = finished(edition.pdf, edition, claims);
    if (!pdf) {
        throw Error{ErrorCode::failed, "cannot put the signed data into the PDF",
                    "publish with --no-pdf"};
    }
    return std::move(*pdf);
}

Files readable(Files package) {
    for (auto& [name, bytes] : package) {
        if (!name.ends_with(kPdfSuffix)) continue;
        if (const auto text = pdf_text(bytes)) bytes = to_bytes(bytes_of(*text));
    }
    return package;
}

PdfOutcome make_pdf(const Edition& edition, const crypto::minisign::PublicKey& key,
                    const Path& program) {
    std::error_code error;
    if (!program.is_absolute() || !std::filesystem::is_regular_file(program, error)) {
        return none(std::string(kPdfProgram) + " is not beside this program",
                    "build or install it, or publish with --no-pdf");
    }
    try {
        const std::string request = pdf_request(edition, key);
        ChildResult result = run_child({program, {}}, bytes_of(request));
        if (result.status == 0 && custos::text_of(result.out).substr(0, 5) == "%PDF-") {
            if (pdf_text(result.out) && finished(result.out, edition, ""))
                return {std::move(result.out), {}, {}};
            return none(std::string(kPdfProgram) +
                            " wrote a PDF of another form than this program reads: its leaks could "
                            "not be looked for, nor could it take the signed data along",
                        "use the " + std::string(kPdfProgram) +
                            " of this version, or publish with --no-pdf");
        }
        if (result.status == static_cast<int>(ErrorCode::refused)) {
            constexpr std::string_view kPicture = "picture ";
            if (result.talk.starts_with(kPicture))
                return no_picture(edition, std::string_view(result.talk).substr(kPicture.size()));
            return none(
                "no font here has " + missing_characters(result.talk),
                "install fonts for it (fonts-noto-core, fonts-droid-fallback), or publish with "
                "--no-pdf");
        }
        return none(std::string(kPdfProgram) + " failed", "publish with --no-pdf");
    } catch (const Error& failure) {
        if (failure.code() == ErrorCode::interrupted) throw;
        return none(failure.what(), "publish with --no-pdf");
    }
}

}  // namespace custos::vault::publish
