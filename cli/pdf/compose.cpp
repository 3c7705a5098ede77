// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pdf/compose.h"

#include <algorithm>
#include <string>
#include <utility>

#include "cli/pdf/flow.h"

namespace custos::pdf {
namespace {

using Side = Typesetter::Side;

// The house style in points.
constexpr double kGutter = 30;  // of paragraph numbers
constexpr double kIndent = 16;  // of a level of lists
constexpr double kParagraphGap = 7.5;
constexpr double kTallest = 520;        // of a picture
constexpr double kLargestPixel = 0.75;  // a small picture is not blown up
constexpr double kQrSide = 100;
constexpr double kQuietZone = 4;  // modules

constexpr double kSoft = 0.27;

constexpr Look kBody = {Face::serif, 10.5, false, 1.08, 0};
constexpr Look kTitle = {Face::serif, 21, true, 0.95, 0};
constexpr Look kHeading = {Face::serif, 12.5, true, 1.0, 0};
constexpr Look kSmallHeading = {Face::serif, 10.5, true, 1.0, 0};
constexpr Look kSmall = {Face::sans, 8.5, false, 1.04, 0};
constexpr Look kSmallStrong = {Face::sans, 8.5, true, 1.04, 0};
constexpr Look kSmallSoft = {Face::sans, 8, false, 1.0, kSoft};
constexpr Look kCode = {Face::mono, 8.5, false, 1.04, 0};
constexpr Look kFile = {Face::mono, 7.5, false, 1.0, kSoft};
constexpr Look kOrganisation = {Face::sans, 13, true, 1.0, 0};
constexpr Look kKind = {Face::sans, 8.5, true, 1.0, kSoft};

class Composer : private Flow {
public:
    Composer(const Document& document, Typesetter& typesetter)
        : document_(document), typesetter_(typesetter) {}

    std::vector<Page> compose() {
        begin("Document");
        title();
        for (const Block& block : document_.blocks) {
            if (block.kind != BlockKind::footnote) put_block(block);
        }
        for (const Exhibit& exhibit : document_.exhibits) put_exhibit(exhibit);
        notes();
        sources();
        signature();
        end("Document");
        finish_pages();
        return std::move(pages);
    }

private:
    struct Place {
        double x;
        double width;
    };

    // Text that runs from right to left has everything the other way round.
    double mirrored(double x, double width) const {
        return document_.right_to_left ? kPageWidth - x - width : x;
    }

    Layout author(const Spans& spans, const Look& look, double width) {
        return typesetter_.set(spans, look, width, document_.language, document_.right_to_left);
    }
    Layout author(const std::string& text, const Look& look, double width) {
        return author(Spans{Span{text}}, look, width);
    }
    // Custos' own words.
    Layout own(const std::string& text, const Look& look, double width) {
        return typesetter_.set(text, look, width, document_.words.language,
                               document_.words.right_to_left);
    }
    Layout western(const std::string& text, const Look& look, double width) {
        return at_start(typesetter_.set(text, look, width, "en", false));
    }

    // Where lines of the statement's language begin, or end.
    Layout at_start(Layout layout) const {
        Typesetter::align(layout, document_.right_to_left ? Side::right : Side::left);
        return layout;
    }
    Layout at_end(Layout layout) const {
        Typesetter::align(layout, document_.right_to_left ? Side::left : Side::right);
        return layout;
    }

    void title() {
        y = kTop;
        rule(4.5, 0);
        y += 9;
        if (!document_.organisation.empty()) {
            put(at_start(author(document_.organisation, kOrganisation, kWidth)), kMargin, 0, "P");
            y += 1;
        }
        put(own(document_.words.kind, kKind, kWidth), kMargin, kSoft, "P");
        y += 11;
        rule(0.6);
        y += 4.5;
        const double half = kWidth / 2 - 6;
        const double line = y;
        put(at_start(author(document_.date_text, kSmall, half)), mirrored(kMargin, half), 0, "P");
        const double below = y;
        y = line;
        const Layout index = at_end(western(document_.index, kSmallStrong, half));
        put(index, mirrored(kMargin + kWidth - half, half), 0, "P");
        y = std::max(y, below) + 4.5;
        rule(0.6);
        y += 20;
        put(author(document_.title, kTitle, kWidth), kMargin, 0, "H1");
        y += 18;
    }

    void put_block(const Block& block) {
        if (block.kind == BlockKind::heading) {
            gap(10);
            keep_room(64);  // with some of what follows
            const Look look = block.level <= 2 ? kHeading : kSmallHeading;
            for (const Line& line : block.lines) {
                put(author(all_of(line), look, kWidth), kMargin, 0, block.level <= 2 ? "H2" : "H3");
            }
            y += 5;
            return;
        }
        std::vector<Beside> beside = number_of(block);
        const std::vector<double> columns = columns_of(block);
        const char* group = block.kind == BlockKind::quotation ? "BlockQuote"
                            : block.kind == BlockKind::table   ? "Table"
                                                               : nullptr;
        if (group != nullptr) begin(group);
        for (const Line& line : block.lines) {
            if (block.kind == BlockKind::table) {
                put_row(line, columns, std::exchange(beside, {}));
            } else {
                put_line(block, line, std::exchange(beside, {}));
            }
        }
        end_lists();
        if (group != nullptr) end(group);
        y += kParagraphGap - (block.lines.empty() ? 0 : 3);
    }

    std::vector<Beside> number_of(const Block& block) {
        if (block.number == 0) return {};
        const double width = kGutter - 4;
        return {{western(std::to_string(block.number), kSmallSoft, width), mirrored(kMargin, width),
                 kSoft}};
    }

    static Spans all_of(const Line& line) {
        Spans spans;
        for (const Spans& cell : line.cells) {
            if (!spans.empty()) spans.push_back({" | "});
            spans.insert(spans.end(), cell.begin(), cell.end());
        }
        return spans;
    }

    void put_line(const Block& block, const Line& line, std::vector<Beside> beside) {
        const double indent = kGutter + kIndent * static_cast<double>(line.depth);
        const double width = kWidth - indent;
        const Layout layout =
            author(all_of(line), block.kind == BlockKind::verbatim ? kCode : kBody, width);
        if (!line.marker.empty()) {
            const double space = kIndent - 3;
            const bool bullet = line.marker == "-";
            const Beside marker = {western(bullet ? "•" : line.marker, kBody, space),
                                   mirrored(kMargin + indent - kIndent, space), 0};
            const double baseline = settle(layout);
            for (const Beside& each : beside) put_element("P", each, baseline);
            beside.clear();
            begin_item(std::max<std::size_t>(line.depth, 1), marker, baseline);
        }
        const double before = y;
        const std::size_t page_before = pages.size();
        put(layout, mirrored(kMargin + indent, width), 0, "P", beside);
        if (block.kind == BlockKind::quotation && pages.size() == page_before) {
            page().bars.push_back(
                {mirrored(kMargin + kGutter + 4, 1.5), before + 1, 1.5, y - before, kRule});
        }
        y += 3;
    }

    // The width of each column of a table, wider for longer texts.
    static std::vector<double> columns_of(const Block& block) {
        constexpr double kShortest = 12;  // bytes of text that count as such
        constexpr double kLongest = 60;
        std::vector<double> weights;
        for (const Line& line : block.lines) {
            weights.resize(std::max(weights.size(), line.cells.size()), kShortest);
            for (std::size_t i = 0; i < line.cells.size(); ++i) {
                double length = 0;
                for (const Span& span : line.cells[i])
                    length += static_cast<double>(span.text.size());
                weights[i] = std::max(weights[i], std::min(length, kLongest));
            }
        }
        double sum = 0;
        for (const double weight : weights) sum += weight;
        for (double& weight : weights) weight *= (kWidth - kGutter) / sum;
        return weights;
    }

    // A row too tall for a page, or too narrow for words, goes on as text.
    void put_row(const Line& line, const std::vector<double>& columns, std::vector<Beside> beside) {
        constexpr double kBetween = 8;
        const double left = kMargin + kGutter;
        Look look = kSmall;
        look.strong = line.header;
        std::vector<Layout> cells;
        double height = 0;
        bool fits = true;
        for (std::size_t i = 0; i < line.cells.size(); ++i) {
            fits = fits && columns[i] > 4 * kBetween;
            cells.push_back(author(line.cells[i], look, std::max(columns[i] - kBetween, kBetween)));
            height = std::max(height, Typesetter::height_of(cells.back()));
        }
        const char* tag = line.header ? "TH" : "TD";
        begin("TR");
        if (!fits || height > kBottom - kRunningTop) {
            put(author(all_of(line), kSmall, kWidth - kGutter), mirrored(left, kWidth - kGutter), 0,
                tag, beside);
            end("TR");
            return;
        }
        keep_room(height + (line.header ? 60 : 8));  // a header stays with a row
        const double top = y;
        double x = left;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            y = top;
            put(cells[i], mirrored(x, columns[i] - kBetween), 0, tag, std::exchange(beside, {}));
            x += columns[i];
        }
        end("TR");
        y = top + height + 2.5;
        page().bars.push_back({mirrored(left, kWidth - kGutter), y, kWidth - kGutter,
                               line.header ? 1.0 : 0.4, line.header ? 0 : kRule});
        y += 3.5;
    }

    // As large as the column, the page and its pixels allow.
    static PlacedPicture fitted(const Picture& picture, double height_max) {
        const bool lies = picture.orientation >= 5;
        const double width = lies ? picture.height : picture.width;
        const double height = lies ? picture.width : picture.height;
        const double scale = std::min({kWidth / width, height_max / height, kLargestPixel});
        return {&picture, 0, 0, width * scale, height * scale};
    }

    // With its words on one page, unless these are longer than half of it.
    void put_exhibit(const Exhibit& exhibit) {
        constexpr double kBetween = 5;
        constexpr double kLeast = 0.7;
        const Layout caption = author(exhibit.text, kSmallStrong, kWidth);
        const Layout alt = author(exhibit.alt, kSmall, kWidth);
        const Layout file = at_start(western(exhibit.file, kFile, kWidth));
        const double whole = kBottom - kRunningTop;
        const double words = Typesetter::height_of(caption) + Typesetter::height_of(alt) +
                             Typesetter::height_of(file) + 2 * kBetween;
        gap(9);
        if (exhibit.picture.bytes.empty()) {
            keep_room(std::min(words, whole / 2));
        } else {
            PlacedPicture picture =
                fitted(exhibit.picture, std::min(kTallest, std::max(whole - words, whole / 2)));
            // Rather a little smaller than alone on the next page.
            if (picture.height + words > room() && picture.height * kLeast + words <= room())
                picture = fitted(exhibit.picture, room() - words);
            keep_room(picture.height + std::min(words, whole - picture.height));
            picture.x = mirrored(kMargin, picture.width);
            picture.y = y;
            begin("Figure");
            page().steps.emplace_back(picture);
            end("Figure");
            y += picture.height + kBetween;
        }
        put(caption, kMargin, 0, "P");
        put(alt, kMargin, 0, "P");
        put(file, kMargin, kSoft, "P");
        y += kBetween;
    }

    void small_heading(const std::string& words) {
        gap(12);
        keep_room(60);
        if (y > kRunningTop) rule(0.6);  // a new page has one of its own
        y += 6;
        put(own(words, kSmallStrong, kWidth), kMargin, 0, "H2");
        y += 3;
    }

    void numbered(std::size_t number, const Layout& layout) {
        const double width = kGutter - 8;
        const Beside label = {western(std::to_string(number) + ".", kSmall, width),
                              mirrored(kMargin, width), 0};
        begin_item(1, label, settle(layout));
        put(layout, mirrored(kMargin + kGutter - 6, kWidth - kGutter + 6), 0, "P");
        y += 2.5;
    }

    void notes() {
        std::size_t number = 0;
        for (const Block& block : document_.blocks) {
            if (block.kind != BlockKind::footnote) continue;
            if (++number == 1) small_heading(document_.words.notes);
            Spans spans;
            for (const Line& line : block.lines) {
                if (!spans.empty()) spans.push_back({"\n"});
                if (!line.marker.empty()) spans.push_back({line.marker + " "});
                const Spans words = all_of(line);
                spans.insert(spans.end(), words.begin(), words.end());
            }
            numbered(number, author(spans, kSmall, kWidth - kGutter + 6));
        }
        end_lists();
    }

    void sources() {
        if (document_.sources.empty()) return;
        small_heading(document_.words.sources);
        std::size_t number = 0;
        for (const std::string& source : document_.sources) {
            numbered(++number, author(source, kSmall, kWidth - kGutter + 6));
        }
        end_lists();
    }

    void fact(const std::string& name, const Layout& value, Place place) {
        const Layout label = own(name, kSmallSoft, place.width);
        put(label, place.x, kSoft, "P");
        put(value, place.x, 0, "P");
        y += 3;
    }

    // Whole, on one page.
    void signature() {
        gap(16);
        keep_room(232);
        rule(1.6, 0);
        y += 7;
        const Words& words = document_.words;
        put(own(words.authenticity, kSmallStrong, kWidth), kMargin, 0, "H2");
        y += 2;
        put(own(words.how_to_verify, kSmall, kWidth), kMargin, 0, "P");
        y += 8;
        const double top = y;
        qr(mirrored(kMargin, kQrSide), top);
        const double left = kMargin + kQrSide + 16;
        const Place place = {mirrored(left, kWidth - kQrSide - 16), kWidth - kQrSide - 16};
        fact(words.index, western(document_.index, kSmallStrong, place.width), place);
        fact(words.key + " (minisign)", western(document_.key, kCode, place.width), place);
        fact(words.fingerprint + " (SHA-256)",
             western(halves(document_.fingerprint), kCode, place.width), place);
        fact(words.fingerprint_words, western(document_.fingerprint_words, kSmall, place.width),
             place);
        y = std::max(y, top + kQrSide) + 6;
        if (!document_.contact.empty()) {
            put(at_start(author(document_.contact, kSmallSoft, kWidth)), kMargin, kSoft, "P");
        }
    }

    static std::string halves(const std::string& fingerprint) {
        const std::size_t middle = fingerprint.size() / 2;
        if (fingerprint.size() < 3 || fingerprint[middle] != ' ') return fingerprint;
        return fingerprint.substr(0, middle) + "\n" + fingerprint.substr(middle + 1);
    }

    void qr(double x, double top) {
        const Qr& code = document_.qr;
        if (code.size == 0) return;
        const double module = kQrSide / (static_cast<double>(code.size) + 2 * kQuietZone);
        for (std::size_t row = 0; row < code.size; ++row) {
            for (std::size_t column = 0; column < code.size;) {
                std::size_t end = column;
                while (end < code.size && code.rows[row][end] == '1') ++end;
                if (end > column) {
                    page().bars.push_back({x + module * (kQuietZone + static_cast<double>(column)),
                                           top + module * (kQuietZone + static_cast<double>(row)),
                                           module * static_cast<double>(end - column), module, 0});
                }
                column = end + 1;
            }
        }
        for (const double edge : {0.0, kQrSide - 0.5}) {
            page().bars.push_back({x + edge, top, 0.5, kQrSide, 0.7});
            page().bars.push_back({x, top + edge, kQrSide, 0.5, 0.7});
        }
    }

    // Headers and page numbers, when it is known how many there are.
    void finish_pages() {
        const double half = kWidth / 2 - 6;
        for (std::size_t i = 0; i < pages.size(); ++i) {
            const std::string number = std::to_string(i + 1) + " / " + std::to_string(pages.size());
            const Layout foot = at_end(western(number, kSmallSoft, half));
            stamp(pages[i], foot, mirrored(kMargin + kWidth - half, half), kPageHeight - 40);
            if (i == 0) continue;
            const Layout index = western(document_.index, kSmallSoft, half);
            stamp(pages[i], index, mirrored(kMargin, half), 46);
            pages[i].bars.push_back({kMargin, 54, kWidth, 0.5, kRule});
        }
    }

    static void stamp(Page& page, const Layout& layout, double x, double baseline) {
        const std::vector<SetLine> lines = Typesetter::lines_of(layout);
        page.edge.push_back({layout, 0, x + lines[0].left, baseline, kSoft});
    }

    const Document& document_;
    Typesetter& typesetter_;
};

}  // namespace

std::vector<Page> compose(const Document& document, Typesetter& typesetter) {
    return Composer(document, typesetter).compose();
}

}  // namespace custos::pdf
