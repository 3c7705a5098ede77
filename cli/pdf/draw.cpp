// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pdf/draw.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>
#include <string_view>

#include <cairo-pdf.h>

#include "crypto/error.h"

namespace custos::pdf {
namespace {

cairo_status_t keep(void* to, const unsigned char* bytes, unsigned count) {
    try {
        static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
    } catch (const std::bad_alloc&) {
        return CAIRO_STATUS_NO_MEMORY;
    }
    return CAIRO_STATUS_SUCCESS;
}

struct FreeSurface {
    void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeCairo {
    void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};

void must_be_well(cairo_status_t status) {
    if (status == CAIRO_STATUS_SUCCESS) return;
    throw Error{ErrorCode::failed,
                std::string("cannot draw the statement: ") + cairo_status_to_string(status)};
}

void set_grey(cairo_t* cairo, double grey) { cairo_set_source_rgb(cairo, grey, grey, grey); }

cairo_status_t feed(void* from, unsigned char* to, unsigned count) {
    auto& rest = *static_cast<ByteView*>(from);
    if (count > rest.size()) return CAIRO_STATUS_READ_ERROR;
    std::copy_n(rest.begin(), count, to);
    rest = rest.subspan(count);
    return CAIRO_STATUS_SUCCESS;
}

using Surface = std::unique_ptr<cairo_surface_t, FreeSurface>;

// A JPEG goes into the PDF as it is, and cairo asks it for its size and colours. What it stands on
// is one pixel, because nobody looks at that.
Surface jpeg_surface(const Picture& picture) {
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1));
    must_be_well(cairo_surface_set_mime_data(surface.get(), CAIRO_MIME_TYPE_JPEG,
                                             picture.bytes.data(), picture.bytes.size(), nullptr,
                                             nullptr));
    return surface;
}

// On white, as paper is.
Surface png_surface(const Picture& picture) {
    ByteView rest = picture.bytes;
    const Surface decoded(cairo_image_surface_create_from_png_stream(feed, &rest));
    must_be_well(cairo_surface_status(decoded.get()));
    Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24,
                                               cairo_image_surface_get_width(decoded.get()),
                                               cairo_image_surface_get_height(decoded.get())));
    const std::unique_ptr<cairo_t, FreeCairo> cairo(cairo_create(surface.get()));
    set_grey(cairo.get(), 1);
    cairo_paint(cairo.get());
    cairo_set_source_surface(cairo.get(), decoded.get(), 0, 0);
    cairo_paint(cairo.get());
    must_be_well(cairo_status(cairo.get()));
    return surface;
}

// From the unit square of a picture as it is stored to that of one that stands upright.
cairo_matrix_t upright(unsigned orientation) {
    constexpr std::array<cairo_matrix_t, 8> kTurns = {{
        {1, 0, 0, 1, 0, 0},    // as it is
        {-1, 0, 0, 1, 1, 0},   // mirrored
        {-1, 0, 0, -1, 1, 1},  // upside down
        {1, 0, 0, -1, 0, 1},   // upside down, mirrored
        {0, 1, 1, 0, 0, 0},    // on its side, mirrored
        {0, 1, -1, 0, 1, 0},   // its top is at the right
        {0, -1, -1, 0, 1, 1},  // on its other side, mirrored
        {0, -1, 1, 0, 0, 1},   // its top is at the left
    }};
    return kTurns.at(orientation - 1);
}

void draw_picture(cairo_t* cairo, const PlacedPicture& placed) {
    const Picture& picture = *placed.picture;
    const Surface surface = picture.is_jpeg ? jpeg_surface(picture) : png_surface(picture);
    const cairo_matrix_t turn = upright(picture.orientation);
    cairo_save(cairo);
    cairo_translate(cairo, placed.x, placed.y);
    cairo_scale(cairo, placed.width, placed.height);
    cairo_transform(cairo, &turn);
    const int width = cairo_image_surface_get_width(surface.get());
    const int height = cairo_image_surface_get_height(surface.get());
    cairo_scale(cairo, 1.0 / width, 1.0 / height);
    cairo_set_source_surface(cairo, surface.get(), 0, 0);
    // Not cairo_paint(): painted first on a page, cairo 1.16 takes it for a clear, and forgets the
    // tag before it.
    cairo_rectangle(cairo, 0, 0, width, height);
    cairo_fill(cairo);
    cairo_restore(cairo);
}

void draw_line(cairo_t* cairo, const PlacedLine& line) {
    set_grey(cairo, line.grey);
    cairo_move_to(cairo, line.x, line.y);
    pango_cairo_show_layout_line(cairo,
                                 pango_layout_get_line_readonly(line.layout.get(), line.line));
}

struct Drawing {
    cairo_t* cairo;
    void operator()(const Begin& step) const { cairo_tag_begin(cairo, step.tag, nullptr); }
    void operator()(const End& step) const { cairo_tag_end(cairo, step.tag); }
    void operator()(const PlacedLine& step) const { draw_line(cairo, step); }
    void operator()(const PlacedPicture& step) const { draw_picture(cairo, step); }
};

void draw_page(cairo_t* cairo, const Page& page) {
    for (const Bar& bar : page.bars) {
        set_grey(cairo, bar.grey);
        cairo_rectangle(cairo, bar.x, bar.y, bar.width, bar.height);
        cairo_fill(cairo);
    }
    for (const Step& step : page.steps) std::visit(Drawing{cairo}, step);
    for (const PlacedLine& line : page.edge) draw_line(cairo, line);
    cairo_show_page(cairo);
}

}  // namespace

std::string draw(const Document& document, const std::vector<Page>& pages) {
    // Newer cairo packs objects into streams, to which nothing can be added, unless this is set.
    // Older cairo takes it for a wish not to compress.
    if (cairo_version() >= CAIRO_VERSION_ENCODE(1, 17, 6))
        setenv("CAIRO_DEBUG_PDF", "1", 1);  // NOLINT(concurrency-mt-unsafe): there is one thread
    std::string pdf;
    const std::unique_ptr<cairo_surface_t, FreeSurface> surface(
        cairo_pdf_surface_create_for_stream(keep, &pdf, kPageWidth, kPageHeight));
    cairo_pdf_surface_restrict_to_version(surface.get(), CAIRO_PDF_VERSION_1_5);
    const auto say = [&](cairo_pdf_metadata_t what, const std::string& text) {
        if (!text.empty()) cairo_pdf_surface_set_metadata(surface.get(), what, text.c_str());
    };
    say(CAIRO_PDF_METADATA_TITLE, document.title);
    say(CAIRO_PDF_METADATA_AUTHOR, document.organisation);
    say(CAIRO_PDF_METADATA_SUBJECT, document.index);
    say(CAIRO_PDF_METADATA_CREATE_DATE, document.created);
    {
        const std::unique_ptr<cairo_t, FreeCairo> cairo(cairo_create(surface.get()));
        for (const Page& page : pages) draw_page(cairo.get(), page);
        must_be_well(cairo_status(cairo.get()));
    }
    cairo_surface_finish(surface.get());
    must_be_well(cairo_surface_status(surface.get()));
    return pdf;
}

}  // namespace custos::pdf
