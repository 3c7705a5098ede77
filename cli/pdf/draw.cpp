// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pdf/draw.h"

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

void draw_page(cairo_t* cairo, const Page& page) {
    for (const Bar& bar : page.bars) {
        set_grey(cairo, bar.grey);
        cairo_rectangle(cairo, bar.x, bar.y, bar.width, bar.height);
        cairo_fill(cairo);
    }
    for (std::size_t i = 0; i < page.words.size();) {
        const PlacedLine& first = page.words[i];
        const bool is_text = first.tag != std::string_view("Artifact");
        if (is_text) cairo_tag_begin(cairo, first.tag, nullptr);
        for (; i < page.words.size() && page.words[i].layout == first.layout; ++i) {
            const PlacedLine& line = page.words[i];
            set_grey(cairo, line.grey);
            cairo_move_to(cairo, line.x, line.y);
            pango_cairo_show_layout_line(
                cairo, pango_layout_get_line_readonly(line.layout.get(), line.line));
        }
        if (is_text) cairo_tag_end(cairo, first.tag);
    }
    cairo_show_page(cairo);
}

}  // namespace

std::string draw(const Document& document, const std::vector<Page>& pages) {
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
