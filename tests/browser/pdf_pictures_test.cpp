// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures in statement.pdf: what custos-pdf draws, refuses, and what is found in it afterwards.
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "../vault/exhibits/pictures.h"
#include "cli/pdf/document.h"
#include "crypto/error.h"
#include "picture_sample.h"
#include "program.h"
#include "sample.h"
#include "vault/exhibits/clean.h"
#include "vault/publish/pdf.h"
#include "vault/publish/pdf_text.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

crypto::minisign::PublicKey key() { return crypto::minisign::public_key_of(test::sample_key()); }

ShownExhibit exhibit(std::size_t number, const Bytes& picture, const std::string& media_type) {
    ShownExhibit out;
    out.number = number;
    out.file = exhibit_file_name(number, media_type);
    out.media_type = media_type;
    out.text = "Exhibit " + std::to_string(number) + ": Caption" + std::to_string(number);
    out.alt = "Alternative" + std::to_string(number);
    out.bytes = std::make_shared<const Bytes>(picture);
    return out;
}

Edition edition_with(std::vector<ShownExhibit> exhibits, const std::string& body = "Words.\n") {
    Material material = test::sample_material(body);
    Edition edition = edition_of(material, make_plan(material));
    edition.exhibits = std::move(exhibits);
    return edition;
}

PdfOutcome outcome_or_skip(const Edition& edition) {
    std::signal(SIGPIPE, SIG_IGN);  // as harden_process() does
    if (std::string(CUSTOS_PDF).empty()) SKIP("custos-pdf was not built");
    PdfOutcome outcome = make_pdf(edition, key(), CUSTOS_PDF);
    if (outcome.why_not.find("no font here") == 0) SKIP(outcome.why_not);
    return outcome;
}

Bytes pdf_or_skip(const Edition& edition) {
    PdfOutcome outcome = outcome_or_skip(edition);
    INFO(outcome.why_not);
    REQUIRE_FALSE(outcome.pdf.empty());
    return outcome.pdf;
}

struct Colour {
    std::uint8_t red, green, blue;
    bool operator==(const Colour&) const = default;
};
constexpr Colour kRed = {255, 0, 0};
constexpr Colour kGreen = {0, 255, 0};
constexpr Colour kBlue = {0, 0, 255};
constexpr Colour kYellow = {255, 255, 0};

// Red and green above, blue and yellow below, to be turned by `orientation`.
Bytes quarters(std::uint32_t width, std::uint32_t height, std::uint16_t orientation) {
    Bytes lines;
    for (std::uint32_t y = 0; y < height; ++y) {
        lines.push_back(0);
        for (std::uint32_t x = 0; x < width; ++x) {
            const bool left = x < width / 2;
            const Colour colour =
                y < height / 2 ? (left ? kRed : kGreen) : (left ? kBlue : kYellow);
            append(lines, Bytes{colour.red, colour.green, colour.blue});
        }
    }
    Bytes png = test::png_of(width, height, 8, 2, lines);
    constexpr std::size_t kBehindHeader = 33;
    const Bytes turned = test::png_chunk("eXIf", test::exif({orientation, false, false, false}));
    png.insert(png.begin() + kBehindHeader, turned.begin(), turned.end());
    Bytes clean = exhibits::clean_picture(png).bytes;
    REQUIRE_FALSE(clean.empty());
    return clean;
}

// A page as poppler shows it, one pixel a point.
class Shown {
public:
    explicit Shown(const Bytes& pdf) {
        test::program_or_skip("pdftoppm");
        const test::ScratchFolder scratch;
        scratch.write("statement.pdf", custos::text_of(pdf));
        REQUIRE(test::run(scratch, {"pdftoppm", "-r", "72", "-singlefile", "statement.pdf", "page"})
                    .succeeded());
        ppm_ = scratch.read("page.ppm");
        std::size_t at = 3;  // "P6\n595 842\n255\n"
        width_ = std::stoul(ppm_.substr(at));
        at = ppm_.find(' ', at);
        height_ = std::stoul(ppm_.substr(at));
        begin_ = ppm_.find("255\n") + 4;
    }
    Colour at(std::size_t x, std::size_t y) const {
        const std::size_t at = begin_ + (y * width_ + x) * 3;
        const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(ppm_.at(i)); };
        return {byte(at), byte(at + 1), byte(at + 2)};
    }
    // Where something coloured is: left, top, right, bottom.
    std::array<std::size_t, 4> coloured() const {
        std::array<std::size_t, 4> box = {width_, height_, 0, 0};
        for (std::size_t y = 0; y < height_; ++y) {
            for (std::size_t x = 0; x < width_; ++x) {
                const Colour colour = at(x, y);
                if (colour.red == colour.green && colour.green == colour.blue) continue;
                box = {std::min(box[0], x), std::min(box[1], y), std::max(box[2], x + 1),
                       std::max(box[3], y + 1)};
            }
        }
        return box;
    }

private:
    std::string ppm_;
    std::size_t width_ = 0;
    std::size_t height_ = 0;
    std::size_t begin_ = 0;
};

Bytes cmyk_jpeg() {
    Bytes file = test::jpeg();
    const auto replace = [&](const Bytes& from, const Bytes& to) {
        const auto found = std::search(file.begin(), file.end(), from.begin(), from.end());
        REQUIRE(found != file.end());
        const auto next = file.erase(found, found + static_cast<std::ptrdiff_t>(from.size()));
        file.insert(next, to.begin(), to.end());
    };
    replace(test::jpeg_segment(0xC0, Bytes{8, 0, 8, 0, 8, 1, 1, 0x11, 0}),
            test::jpeg_segment(
                0xC0, Bytes{8, 0, 8, 0, 8, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0}));
    replace(test::joined({test::jpeg_segment(0xDA, Bytes{1, 1, 0, 0, 63, 0}), Bytes{0x3F}}),
            test::joined({test::jpeg_segment(0xDA, Bytes{4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0}),
                          Bytes{0x00}}));
    return file;
}

}  // namespace

TEST_CASE("pdf takes a JPEG along byte for byte, with its words", "[pdf][pictures]") {
    test::program_or_skip("pdfimages");
    test::program_or_skip("pdftotext");
    const test::ScratchFolder scratch;
    const Bytes picture = test::clean_jpeg();
    const Edition edition = edition_with({exhibit(1, picture, "image/jpeg")});
    const Bytes pdf = pdf_or_skip(edition);
    scratch.write("statement.pdf", custos::text_of(pdf));

    REQUIRE(test::run(scratch, {"pdfimages", "-j", "statement.pdf", "out"}).succeeded());
    CHECK(scratch.read("out-000.jpg") == custos::text_of(picture));
    const std::string text = test::run(scratch, {"pdftotext", "statement.pdf", "-"}).out;
    for (const char* words : {"Exhibit 1: Caption1", "Alternative1", "exhibit-1.jpg"})
        CHECK(text.find(words) != std::string::npos);
    CHECK(make_pdf(edition, key(), CUSTOS_PDF).pdf == pdf);
}

TEST_CASE("pdf shows a picture upright whatever its orientation, and as large as its column",
          "[pdf][pictures]") {
    // What stands above left, above right, below left, below right.
    const std::vector<std::array<Colour, 4>> upright = {
        {kRed, kGreen, kBlue, kYellow}, {kGreen, kRed, kYellow, kBlue},
        {kYellow, kBlue, kGreen, kRed}, {kBlue, kYellow, kRed, kGreen},
        {kRed, kBlue, kGreen, kYellow}, {kBlue, kRed, kYellow, kGreen},
        {kYellow, kGreen, kBlue, kRed}, {kGreen, kYellow, kRed, kBlue}};
    for (std::uint16_t orientation = 1; orientation <= 8; ++orientation) {
        INFO(orientation);
        const Shown page(
            pdf_or_skip(edition_with({exhibit(1, quarters(200, 100, orientation), "image/png")})));
        const auto [left, top, right, bottom] = page.coloured();
        const std::size_t width = right - left;
        const std::size_t height = bottom - top;
        const bool lies = orientation >= 5;
        CHECK(width >= (lies ? 74U : 149U));  // three quarters of a point a pixel
        CHECK(width <= (lies ? 78U : 153U));
        CHECK(height >= (lies ? 149U : 74U));
        CHECK(height <= (lies ? 153U : 78U));
        const std::array<Colour, 4>& wanted = upright[orientation - 1U];
        CHECK(page.at(left + width / 4, top + height / 4) == wanted[0]);
        CHECK(page.at(right - width / 4, top + height / 4) == wanted[1]);
        CHECK(page.at(left + width / 4, bottom - height / 4) == wanted[2]);
        CHECK(page.at(right - width / 4, bottom - height / 4) == wanted[3]);
    }
    const Shown wide(pdf_or_skip(edition_with({exhibit(1, quarters(2000, 200, 1), "image/png")})));
    CHECK(wide.coloured()[2] - wide.coloured()[0] >= 470);
    CHECK(wide.coloured()[2] <= 595 - 61);
    // A little smaller, to stand below the words.
    const Shown tall(pdf_or_skip(edition_with({exhibit(1, quarters(200, 2000, 1), "image/png")})));
    CHECK(tall.coloured()[3] - tall.coloured()[1] >= 364);
    CHECK(tall.coloured()[3] - tall.coloured()[1] <= 522);
}

TEST_CASE("pdf keeps every picture and its words on one page", "[pdf][pictures]") {
    test::program_or_skip("pdfimages");
    test::program_or_skip("pdftotext");
    const test::ScratchFolder scratch;
    std::vector<ShownExhibit> exhibits;
    for (std::size_t i = 1; i <= pdf::kPicturesMax; ++i) {
        const auto height = static_cast<std::uint32_t>(100 + 60 * i);
        exhibits.push_back(exhibit(i, quarters(600, height, 1), "image/png"));
        for (int more = 0; more < 60; ++more) exhibits.back().alt += " and so on";
    }
    scratch.write("statement.pdf", custos::text_of(pdf_or_skip(edition_with(exhibits))));
    std::size_t pictures = 0;
    std::size_t pages = 0;
    for (std::string page = "1";; page = std::to_string(std::stoul(page) + 1)) {
        const test::Run listed =
            test::run(scratch, {"pdfimages", "-list", "-f", page, "-l", page, "statement.pdf"});
        const test::Run words =
            test::run(scratch, {"pdftotext", "-f", page, "-l", page, "statement.pdf", "-"});
        if (!words.succeeded()) break;
        const auto count = [](const std::string& text, const std::string& word) {
            std::size_t found = 0;
            for (std::size_t at = text.find(word); at != std::string::npos;
                 at = text.find(word, at + 1))
                ++found;
            return found;
        };
        INFO(page);
        const std::size_t here = count(listed.out, "\n") - 2;  // behind two of headings
        CHECK(count(words.out, ": Caption") == here);
        CHECK(count(words.out, "Alternative") == here);
        CHECK(count(words.out, ".png") == here);
        pictures += here;
        ++pages;
    }
    CHECK(pictures == exhibits.size());
    CHECK(pages > 5);
}

TEST_CASE("pdf refuses a picture that it cannot draw, and says which and why", "[pdf][pictures]") {
    const Bytes good = test::clean_jpeg();
    const auto why_not = [&](const Bytes& picture, const std::string& media_type) {
        return outcome_or_skip(
                   edition_with({exhibit(1, good, "image/jpeg"), exhibit(2, picture, media_type)}))
            .why_not;
    };
    CHECK(why_not(good, "image/jpeg").empty());
    for (std::size_t size = 1; size < good.size(); size += 7) {
        INFO(size);
        CHECK(why_not({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size)},
                      "image/jpeg") == "exhibit-2.jpg is damaged, or holds more than pixels");
    }
    CHECK(why_not(test::telling_jpeg(), "image/jpeg").find("exhibit-2.jpg") == 0);
    CHECK(why_not(cmyk_jpeg(), "image/jpeg").find("exhibit-2.jpg has colours for print") == 0);
    // One line more than may be decoded; the packed pixels are few.
    constexpr std::uint32_t kWidth = 8000;
    constexpr std::uint32_t kHeight = 5000;
    static_assert(std::uint64_t{kWidth} * kHeight == pdf::kPicturePixelsMax);
    const auto white = [](std::uint32_t height) {
        return test::png_of(kWidth, height, 1, 0, Bytes((kWidth / 8 + 1) * height));
    };
    CHECK(why_not(white(kHeight), "image/png").empty());
    CHECK(why_not(white(kHeight + 1), "image/png") ==
          "exhibit-2.png has more than 40 million pixels");
}

TEST_CASE("a request for a PDF has limits on pictures", "[pdf][pictures]") {
    const auto read = [](std::size_t count, std::size_t size, const std::string& behind) {
        json request = json::parse(pdf_request(edition_with({}), key()));
        for (std::size_t i = 0; i < count; ++i)
            request["exhibits"].push_back(
                {{"text", "t"}, {"alt", "a"}, {"file", "f"}, {"size", size}});
        return pdf::read_document(request.dump() + "\n" + behind);
    };
    const auto refused = [&](std::size_t count, std::size_t size, const std::string& behind) {
        try {
            (void)read(count, size, behind);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    CHECK(read(pdf::kPicturesMax, 0, "").exhibits.size() == pdf::kPicturesMax);
    CHECK(refused(pdf::kPicturesMax + 1, 0, "").find("exhibits is too long") != std::string::npos);
    CHECK(refused(1, 1, "").find("cut off") != std::string::npos);
    CHECK(refused(1, 0, "x").find("behind") != std::string::npos);
    CHECK(refused(1, pdf::kPictureSizeMax, std::string(pdf::kPictureSizeMax, 'x')) ==
          "picture 1 damaged");
    CHECK(refused(1, pdf::kPictureSizeMax + 1, std::string(pdf::kPictureSizeMax + 1, 'x'))
              .find("out of bounds") != std::string::npos);
    CHECK(refused(1, 1, std::string(pdf::kPicturesSizeMax + 1, 'x')).find("too large") !=
          std::string::npos);
    const std::string picture(custos::text_of(test::clean_jpeg()));
    CHECK(read(1, picture.size(), picture).exhibits.at(0).picture.width == 8);
}

TEST_CASE("pdf names pictures for which it has no room", "[pdf][pictures]") {
    static_assert(kDrawnSumMax == pdf::kPicturesSizeMax);
    static_assert(kExhibitSizeMax == pdf::kPictureSizeMax);
    std::vector<ShownExhibit> exhibits;
    for (std::size_t i = 1; i <= 3; ++i)
        exhibits.push_back(exhibit(i, test::noisy_png(9'000'000), "image/png"));
    const std::string request = pdf_request(edition_with(exhibits), key());
    const json listed = json::parse(request.substr(0, request.find('\n')));
    CHECK(listed.at("exhibits").at(1).at("size") > 8'000'000);
    CHECK(listed.at("exhibits").at(2).at("size") == 0);
}

TEST_CASE("what a PDF's pictures hold is looked through", "[pdf][pictures]") {
    const Bytes picture = test::clean_jpeg();
    const Bytes pdf = pdf_or_skip(edition_with({exhibit(1, picture, "image/jpeg")}));
    CHECK(picture_findings({{"exhibit-1.jpg", picture}, {kPdfFile, pdf}}).empty());
    const auto found = picture_findings({{"exhibit-1.jpg", test::jpeg()}, {kPdfFile, pdf}});
    REQUIRE(found.size() == 1);
    CHECK(found[0].rule == "metadata");
    CHECK(found[0].file == kPdfFile);
    CHECK(custos::text_of(pdf).substr(found[0].offset, picture.size()) == custos::text_of(picture));

    // Pixels whose colours spell a name.
    const Bytes name =
        test::joined({Bytes{0}, bytes_of(std::string_view(".......SOK CHAN RATHA......."))});
    const Bytes telling = test::png_of(static_cast<std::uint32_t>(name.size() - 1) / 3, 1, 8, 2,
                                       ByteView(name).first(28));
    const Bytes with_name = pdf_or_skip(edition_with({exhibit(1, telling, "image/png")}));
    CHECK(picture_findings({{"exhibit-1.png", telling}, {kPdfFile, with_name}}).empty());
    LeakScan scan({test::person("P-ZZZZZ", "P3", "Sok Chan Ratha")}, {});
    CHECK_FALSE(scan.scan(readable({{kPdfFile, with_name}})).empty());
    CHECK(scan.scan(readable({{kPdfFile, pdf}})).empty());
}

}  // namespace custos::vault::publish
