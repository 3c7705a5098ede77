// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/pdf/typeset.h"

#include <algorithm>

#include <fontconfig/fontconfig.h>

#include "crypto/error.h"

namespace custos::pdf {
namespace {

// Burmese has no serif here: the bold cut of Noto Serif Myanmar calls itself regular in Debian 12.
constexpr const char* kSerif =
    "Noto Serif,Noto Serif Khmer,Noto Serif Thai,Noto Serif Lao,Noto Sans Myanmar,Noto Naskh "
    "Arabic,Noto Serif Hebrew,Droid Sans Fallback,DejaVu Serif,serif";
constexpr const char* kSans =
    "Noto Sans,Noto Sans Khmer,Noto Sans Thai,Noto Sans Lao,Noto Sans Myanmar,Noto Sans "
    "Arabic,Noto "
    "Sans Hebrew,Droid Sans Fallback,DejaVu Sans,sans-serif";
constexpr const char* kMono = "Noto Sans Mono,DejaVu Sans Mono,monospace";

const char* family_of(Face face) {
    switch (face) {
        case Face::serif: return kSerif;
        case Face::sans: return kSans;
        case Face::mono: return kMono;
    }
    return kSerif;
}

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }

struct FreeAttributes {
    void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct FreeIterator {
    void operator()(PangoLayoutIter* iterator) const { pango_layout_iter_free(iterator); }
};
struct FreeDescription {
    void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using Iterator = std::unique_ptr<PangoLayoutIter, FreeIterator>;

class Attributes {
public:
    void add(PangoAttribute* attribute, std::size_t begin, std::size_t end) {
        attribute->start_index = static_cast<guint>(begin);
        attribute->end_index = static_cast<guint>(end);
        pango_attr_list_insert(list_.get(), attribute);
    }
    PangoAttrList* list() const { return list_.get(); }

private:
    std::unique_ptr<PangoAttrList, FreeAttributes> list_{pango_attr_list_new()};
};

// Cairo loses characters of fonts with PostScript outlines (fonts-noto-cjk) when it embeds them:
// they are in the text and not on the page. A font that we do not have is better than a word that
// is not there.
void choose_fonts() {
    constexpr const char* kNoPostScript =
        "<fontconfig><selectfont><rejectfont><pattern><patelt name=\"fontformat\">"
        "<string>CFF</string></patelt></pattern></rejectfont></selectfont></fontconfig>";
    FcConfig* config = FcInitLoadConfig();
    const bool chosen =
        config != nullptr &&
        FcConfigParseAndLoadFromMemory(config, reinterpret_cast<const FcChar8*>(kNoPostScript),
                                       FcTrue) != FcFalse &&
        FcConfigBuildFonts(config) != FcFalse && FcConfigSetCurrent(config) != FcFalse;
    if (config != nullptr) FcConfigDestroy(config);
    if (!chosen) throw Error{ErrorCode::failed, "cannot choose fonts for the PDF"};
}

}  // namespace

Typesetter::Typesetter() {
    choose_fonts();
    PangoFontMap* fonts = pango_cairo_font_map_get_default();
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts), 72);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    for (Context* context : {&left_to_right_, &right_to_left_}) {
        context->reset(pango_font_map_create_context(fonts));
        pango_cairo_context_set_font_options(context->get(), options);
        pango_context_set_round_glyph_positions(context->get(), FALSE);
    }
    pango_context_set_base_dir(left_to_right_.get(), PANGO_DIRECTION_LTR);
    pango_context_set_base_dir(right_to_left_.get(), PANGO_DIRECTION_RTL);
    cairo_font_options_destroy(options);
}

Layout Typesetter::set(const Spans& spans, const Look& look, double width,
                       const std::string& language, bool right_to_left) {
    const Context& context = right_to_left ? right_to_left_ : left_to_right_;
    pango_context_set_language(context.get(), pango_language_from_string(language.c_str()));
    Layout layout(pango_layout_new(context.get()), Unref());
    // Pango turns this around where a paragraph runs the other way than its context.
    pango_layout_set_alignment(layout.get(), right_to_left ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);

    const std::unique_ptr<PangoFontDescription, FreeDescription> font(pango_font_description_new());
    pango_font_description_set_family(font.get(), family_of(look.face));
    pango_font_description_set_absolute_size(font.get(), look.size * PANGO_SCALE);
    if (look.strong) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_line_spacing(layout.get(), static_cast<float>(look.leading));

    std::string text;
    Attributes attributes;
    for (const Span& span : spans) {
        const std::size_t begin = text.size();
        text += span.note && span.text.size() > 2 ? span.text.substr(1, span.text.size() - 2)
                                                  : span.text;
        const std::size_t end = text.size();
        if (span.strong) attributes.add(pango_attr_weight_new(PANGO_WEIGHT_BOLD), begin, end);
        if (span.emphasis) attributes.add(pango_attr_style_new(PANGO_STYLE_ITALIC), begin, end);
        if (span.code) attributes.add(pango_attr_family_new(kMono), begin, end);
        if (span.note) {
            attributes.add(pango_attr_scale_new(0.7), begin, end);
            attributes.add(pango_attr_rise_new(static_cast<int>(look.size * 0.35 * PANGO_SCALE)),
                           begin, end);
        }
    }
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    pango_layout_set_attributes(layout.get(), attributes.list());
    note_missing(layout.get());
    return layout;
}

Layout Typesetter::set(const std::string& text, const Look& look, double width,
                       const std::string& language, bool right_to_left) {
    return set(Spans{Span{text}}, look, width, language, right_to_left);
}

void Typesetter::align(const Layout& layout, Side side) {
    const PangoDirection direction =
        pango_layout_line_get_resolved_direction(pango_layout_get_line_readonly(layout.get(), 0));
    const bool turned =
        direction != pango_context_get_base_dir(pango_layout_get_context(layout.get()));
    pango_layout_set_alignment(
        layout.get(), (side == Side::right) != turned ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
}

void Typesetter::note_missing(PangoLayout* layout) {
    if (pango_layout_get_unknown_glyphs_count(layout) == 0) return;
    const Iterator iterator(pango_layout_get_iter(layout));
    do {
        const PangoLayoutRun* run = pango_layout_iter_get_run_readonly(iterator.get());
        if (run == nullptr) continue;
        for (int i = 0; i < run->glyphs->num_glyphs; ++i) {
            const PangoGlyph glyph = run->glyphs->glyphs[i].glyph;
            if ((glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0) continue;
            missing_.insert(static_cast<char32_t>(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG));
        }
    } while (pango_layout_iter_next_run(iterator.get()) != FALSE);
}

std::vector<SetLine> Typesetter::lines_of(const Layout& layout) {
    std::vector<SetLine> lines;
    const Iterator iterator(pango_layout_get_iter(layout.get()));
    int number = 0;
    do {
        int top = 0;
        int bottom = 0;
        pango_layout_iter_get_line_yrange(iterator.get(), &top, &bottom);
        PangoRectangle logical{};
        pango_layout_iter_get_line_extents(iterator.get(), nullptr, &logical);
        lines.push_back({number++, points(top), points(bottom),
                         points(pango_layout_iter_get_baseline(iterator.get())),
                         points(logical.x)});
    } while (pango_layout_iter_next_line(iterator.get()) != FALSE);
    return lines;
}

double Typesetter::height_of(const Layout& layout) {
    int height = 0;
    pango_layout_get_size(layout.get(), nullptr, &height);
    return points(height);
}

}  // namespace custos::pdf
