// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/escapes.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace custos::vault::publish {
namespace {

// Names of U+00A0 to U+00FF in HTML, in order.
constexpr std::array<std::string_view, 96> kLatinEntities = {
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",
    "copy",   "ordf",   "laquo",  "not",    "shy",    "reg",    "macr",   "deg",    "plusmn",
    "sup2",   "sup3",   "acute",  "micro",  "para",   "middot", "cedil",  "sup1",   "ordm",
    "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave",
    "Iacute", "Icirc",  "Iuml",   "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde",
    "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",  "Uuml",   "Yacute", "THORN",
    "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",
    "ntilde", "ograve", "oacute", "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave",
    "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

constexpr std::size_t kTagMax = 4096;  // a longer one is read as text

struct NamedEntity {
    std::string_view name;
    char32_t character;
};
constexpr std::array<NamedEntity, 15> kOtherEntities = {{{"amp", U'&'},
                                                         {"lt", U'<'},
                                                         {"gt", U'>'},
                                                         {"quot", U'"'},
                                                         {"apos", U'\''},
                                                         {"Tab", U'\t'},
                                                         {"NewLine", U'\n'},
                                                         {"ensp", U'\u2002'},
                                                         {"emsp", U'\u2003'},
                                                         {"thinsp", U'\u2009'},
                                                         {"zwnj", U'\u200C'},
                                                         {"zwj", U'\u200D'},
                                                         {"hyphen", U'\u2010'},
                                                         {"ndash", U'\u2013'},
                                                         {"mdash", U'\u2014'}}};

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Up to `most` hexadecimal digits at `at`, which is moved past them; nothing if there are fewer
// than `least`.
std::optional<char32_t> hex_number(std::string_view text, std::size_t& at, std::size_t least,
                                   std::size_t most) {
    char32_t value = 0;
    std::size_t digits = 0;
    while (digits < most && at + digits < text.size() && hex_value(text[at + digits]) >= 0) {
        value = value * 16 + static_cast<char32_t>(hex_value(text[at + digits]));
        ++digits;
    }
    if (digits < least) return std::nullopt;
    at += digits;
    return value;
}

// A decoder that is offered each place where its first letter stands: what stands there decoded,
// and `at` moved past it; nothing if it is plain text.
using Step = std::optional<std::string> (*)(std::string_view text, std::size_t& at);

std::optional<std::string> one_character(std::optional<char32_t> character) {
    if (!character || !is_character(*character)) return std::nullopt;
    std::string out;
    append_utf8(out, *character);
    return out;
}

std::optional<std::string> entity(std::string_view text, std::size_t& at) {
    std::size_t next = at + 1;
    std::optional<char32_t> character;
    if (next < text.size() && text[next] == '#') {
        ++next;
        if (next < text.size() && (text[next] == 'x' || text[next] == 'X')) {
            ++next;
            while (next < text.size() && text[next] == '0') ++next;
            character = hex_number(text, next, 1, 6);
        } else {
            char32_t value = 0;
            std::size_t digits = 0;
            for (;
                 next < text.size() && text[next] >= '0' && text[next] <= '9' && value <= 0x10FFFF;
                 ++next) {
                value = value * 10 + static_cast<char32_t>(text[next] - '0');
                ++digits;
            }
            if (digits > 0) character = value;
        }
    } else {
        std::size_t end = next;
        while (end < text.size() && end - next < 8 && is_alphanumeric(text[end])) ++end;
        const std::string_view name = text.substr(next, end - next);
        const auto latin = std::find(kLatinEntities.begin(), kLatinEntities.end(), name);
        if (latin != kLatinEntities.end()) {
            character = static_cast<char32_t>(0xA0 + (latin - kLatinEntities.begin()));
        }
        for (const NamedEntity& other : kOtherEntities) {
            if (other.name == name) character = other.character;
        }
        next = end;
    }
    auto out = one_character(character);
    if (!out) return std::nullopt;
    if (next < text.size() && text[next] == ';') ++next;
    at = next;
    return out;
}

std::optional<std::string> percent(std::string_view text, std::size_t& at) {
    std::size_t next = at + 1;
    const auto byte = hex_number(text, next, 2, 2);
    if (!byte) return std::nullopt;
    at = next;
    return std::string(1, static_cast<char>(static_cast<unsigned char>(*byte)));
}

std::optional<std::string> escape(std::string_view text, std::size_t& at) {
    std::size_t next = at + 1;
    if (next >= text.size()) return std::nullopt;
    const char letter = text[next++];
    if (letter == 'x') {
        const auto out = one_character(hex_number(text, next, 2, 2));
        if (out) at = next;
        return out;
    }
    if (letter != 'u' && letter != 'U') return std::nullopt;
    std::optional<char32_t> unit;
    if (next < text.size() && text[next] == '{') {
        ++next;
        unit = hex_number(text, next, 1, 6);
        if (next < text.size() && text[next] == '}') ++next;
    } else {
        unit = hex_number(text, next, 4, letter == 'U' ? 8 : 4);
    }
    if (unit && *unit >= 0xD800 && *unit <= 0xDBFF && text.substr(next, 2) == "\\u") {
        std::size_t low_at = next + 2;
        const auto low = hex_number(text, low_at, 4, 4);
        if (low && *low >= 0xDC00 && *low <= 0xDFFF) {
            unit = 0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00);
            next = low_at;
        }
    }
    const auto out = one_character(unit);
    if (out) at = next;
    return out;
}

// A tag is a gap: what it separates is read on behind it.
std::optional<std::string> tag(std::string_view text, std::size_t& at) {
    const std::size_t end = text.substr(at, kTagMax).find('>');
    if (end == std::string_view::npos) return std::nullopt;
    at += end + 1;
    return std::string(" ");
}

struct Decoder {
    std::string_view form;
    char first;
    Step step;
};
constexpr std::array<Decoder, kEscapeWays> kDecoders = {{{"entities", '&', entity},
                                                         {"percent", '%', percent},
                                                         {"escapes", '\\', escape},
                                                         {"markup", '<', tag}}};

// Writes a view made from pieces of another one, and keeps track of places.
class Rewriter {
public:
    Rewriter(const View& from, std::string_view text) : from_(from), text_(text) {}

    void copy_up_to(std::size_t at) {
        for (; mark_ < from_.map.size() && from_.map[mark_].first < at; ++mark_) {
            const auto& [here, source] = from_.map[mark_];
            if (here >= copied_)
                view_.map.emplace_back(view_.text.size() + (here - copied_), source);
        }
        view_.text.append(text_, copied_, at - copied_);
        copied_ = at;
    }

    void replace_up_to(std::size_t after, std::string_view text) {
        view_.map.emplace_back(view_.text.size(), from_.source_of(copied_));
        view_.text += text;
        view_.map.emplace_back(view_.text.size(), from_.source_of(after));
        copied_ = after;
    }

    View finish(std::string_view form) {
        copy_up_to(text_.size());
        view_.origin = from_.origin;
        view_.packed = from_.packed;
        view_.form = from_.form.empty() ? std::string(form) : from_.form + " " + std::string(form);
        return std::move(view_);
    }

private:
    const View& from_;
    std::string_view text_;
    View view_;
    std::size_t copied_ = 0;
    std::size_t mark_ = 0;
};

}  // namespace

std::optional<View> unescaped(const View& from, std::string_view text, std::size_t way) {
    const Decoder& decoder = kDecoders.at(way);
    Rewriter writer(from, text);
    bool changed = false;
    for (std::size_t at = text.find(decoder.first); at != std::string_view::npos;) {
        std::size_t after = at;
        if (const auto decoded = decoder.step(text, after)) {
            writer.copy_up_to(at);
            writer.replace_up_to(after, *decoded);
            changed = true;
        } else {
            after = at + 1;
        }
        at = text.find(decoder.first, after);
    }
    if (!changed) return std::nullopt;
    return writer.finish(decoder.form);
}

}  // namespace custos::vault::publish
