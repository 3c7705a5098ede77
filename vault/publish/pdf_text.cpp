// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/pdf_text.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <vector>

#include "vault/publish/fold.h"
#include "vault/publish/pdf_objects.h"
#include "vault/publish/shown_exhibits.h"

namespace custos::vault::publish {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string from_utf16(std::string_view bytes) {
    std::string out;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const auto unit = [&](std::size_t at) {
            return static_cast<char32_t>(static_cast<unsigned char>(bytes[at]) * 256U +
                                         static_cast<unsigned char>(bytes[at + 1]));
        };
        char32_t c = unit(i);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < bytes.size()) {
            c = 0x10000 + ((c - 0xD800) << 10U) + ((unit(i + 2) - 0xDC00) & 0x3FFU);
            i += 2;
        }
        append_utf8(out, c);
    }
    return out;
}

// What stands in ( ) or < >, from `at` behind the first bracket to behind the last.
std::string literal(std::string_view text, std::size_t& at) {
    std::string out;
    int depth = 1;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\' && at + 1 < text.size()) {
            const char next = text[++at];
            if (next >= '0' && next <= '7') {
                unsigned value = 0;
                for (int i = 0; i < 3 && at < text.size() && text[at] >= '0' && text[at] <= '7';
                     ++i) {
                    value = value * 8 + static_cast<unsigned>(text[at++] - '0');
                }
                --at;
                out += static_cast<char>(value & 0xFFU);
            } else if (next == 'n') {
                out += '\n';
            } else if (next != '\n') {
                out += next;
            }
            continue;
        }
        if (c == '(') ++depth;
        if (c == ')' && --depth == 0) {
            ++at;
            break;
        }
        out += c;
    }
    return out;
}

std::string hexadecimal(std::string_view text, std::size_t& at) {
    std::string out;
    int high = -1;
    for (; at < text.size() && text[at] != '>'; ++at) {
        const int value = hex_value(text[at]);
        if (value < 0) continue;
        if (high < 0) {
            high = value;
        } else {
            out += static_cast<char>(high * 16 + value);
            high = -1;
        }
    }
    if (at < text.size()) ++at;
    if (high >= 0) out += static_cast<char>(high * 16);
    return out;
}

// A word of a content stream: a number, a name, an operator, a string.
struct Token {
    enum class Kind { end, word, text } kind = Kind::end;
    std::string value;
};

class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) {}

    Token next() {
        while (at_ < text_.size() && (is_space(text_[at_]) || is_bracket(text_[at_]))) {
            if (text_.substr(at_, 2) == "<<") {
                at_ += 2;
            } else if (text_[at_] == '(') {
                ++at_;
                return {Token::Kind::text, literal(text_, at_)};
            } else if (text_[at_] == '<') {
                ++at_;
                return {Token::Kind::text, hexadecimal(text_, at_)};
            } else {
                ++at_;
            }
        }
        if (at_ >= text_.size()) return {};
        const std::size_t begin = at_++;
        while (at_ < text_.size() && !is_space(text_[at_]) && !is_bracket(text_[at_]) &&
               text_[at_] != '/') {
            ++at_;
        }
        return {Token::Kind::word, std::string(text_.substr(begin, at_ - begin))};
    }

private:
    static bool is_bracket(char c) {
        return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
               c == '}';
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

// Of a font: what each code stands for.
struct CharacterMap {
    std::size_t width = 1;  // bytes of a code
    std::map<std::string, std::string> text;
};

CharacterMap read_map(std::string_view stream) {
    CharacterMap map;
    Tokens tokens(stream);
    std::vector<std::string> texts;
    for (Token token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        if (token.kind == Token::Kind::text) {
            texts.push_back(std::move(token.value));
            continue;
        }
        if (token.value == "endcodespacerange" && !texts.empty()) {
            map.width = std::max<std::size_t>(texts.back().size(), 1);
        } else if (token.value == "endbfchar") {
            for (std::size_t i = 0; i + 1 < texts.size(); i += 2) {
                map.text[texts[i]] = from_utf16(texts[i + 1]);
            }
        }
        if (token.value.substr(0, 3) == "end" || token.value.substr(0, 5) == "begin") texts.clear();
    }
    return map;
}

class PageReader {
public:
    explicit PageReader(const std::map<std::string, CharacterMap>& fonts) : fonts_(fonts) {}

    std::string read(std::string_view content) {
        Tokens tokens(content);
        std::vector<Token> operands;
        for (Token token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
            const bool is_operator = token.kind == Token::Kind::word && !token.value.empty() &&
                                     ((token.value[0] >= 'A' && token.value[0] <= 'z') ||
                                      token.value[0] == '\'' || token.value[0] == '"');
            if (!is_operator) {
                operands.push_back(std::move(token));
                continue;
            }
            perform(token.value, operands);
            operands.clear();
        }
        return std::move(out_);
    }

private:
    void perform(const std::string& what, const std::vector<Token>& operands) {
        if (what == "BDC" || what == "BMC") {
            begin_marked(operands);
        } else if (what == "EMC") {
            if (!marked_.empty()) marked_.pop_back();
        } else if (what == "Tf" && operands.size() >= 2) {
            const auto found = fonts_.find(operands[operands.size() - 2].value);
            font_ = found == fonts_.end() ? nullptr : &found->second;
        } else if (what == "Tj" || what == "TJ" || what == "'" || what == "\"") {
            for (const Token& each : operands) {
                if (each.kind == Token::Kind::text && !is_replaced()) show(each.value);
            }
        }
    }

    // A part of its own is a line of its own; what says its text itself is read instead of its
    // glyphs.
    void begin_marked(const std::vector<Token>& operands) {
        bool replaced = false;
        for (std::size_t i = 0; i + 1 < operands.size(); ++i) {
            if (operands[i].value != "/ActualText") continue;
            std::string_view text = operands[i + 1].value;
            if (text.substr(0, 2) == "\xFE\xFF") text.remove_prefix(2);
            out_ += from_utf16(text);
            replaced = true;
        }
        if (!replaced && !is_replaced()) out_ += '\n';
        marked_.push_back(replaced);
    }

    bool is_replaced() const {
        return std::find(marked_.begin(), marked_.end(), true) != marked_.end();
    }

    void show(const std::string& codes) {
        const std::size_t width = font_ == nullptr ? 1 : font_->width;
        for (std::size_t i = 0; i < codes.size(); i += width) {
            const std::string code = codes.substr(i, width);
            const auto found = font_ == nullptr
                                   ? std::map<std::string, std::string>::const_iterator()
                                   : font_->text.find(code);
            if (font_ != nullptr && found != font_->text.end()) {
                out_ += found->second;
            } else {
                out_ += code;
            }
        }
    }

    const std::map<std::string, CharacterMap>& fonts_;
    const CharacterMap* font_ = nullptr;
    std::vector<bool> marked_;
    std::string out_;
};

// Every "/NAME N 0 R" in a dictionary of resources.
void add_fonts(std::string_view body, const PdfObjects& objects,
               const std::map<std::size_t, CharacterMap>& maps,
               std::map<std::string, CharacterMap>& fonts) {
    for (std::size_t at = body.find('/'); at != std::string_view::npos; at = body.find('/', at)) {
        const std::size_t end = std::min(body.find_first_of(" \n/<[(", at + 1), body.size());
        const std::string name(body.substr(at, end - at));
        at = end;
        while (at < body.size() && body[at] == ' ') ++at;
        const auto object = objects.find(number_at(body, at));
        if (object == objects.end()) continue;
        const auto map = maps.find(number_behind(object->second.body, "/ToUnicode"));
        if (map != maps.end()) fonts[name] = map->second;
    }
}

std::string strings_of(std::string_view body) {
    std::string out;
    Tokens tokens(body);
    for (Token token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        if (token.kind != Token::Kind::text) continue;
        const bool wide = token.value.substr(0, 2) == "\xFE\xFF";
        out += (wide ? from_utf16(std::string_view(token.value).substr(2)) : token.value) + "\n";
    }
    return out;
}

// TrueType, or what fonts for Chinese, Japanese and Korean are embedded as.
bool is_font(std::string_view body) {
    return holds(body, "/Length1") || holds(body, "/CIDFontType0C") || holds(body, "/Type1C");
}

}  // namespace

std::optional<std::string> pdf_text(ByteView pdf) {
    const auto objects = pdf_objects(pdf);
    if (!objects) return std::nullopt;

    std::map<std::size_t, std::string> streams;
    std::map<std::size_t, CharacterMap> maps;
    std::string pictures;
    std::size_t room = kPdfInflatedMax;
    for (const auto& [number, object] : *objects) {
        if (!object.has_stream || is_font(object.body)) continue;
        const bool is_picture = is_pdf_picture(object);
        auto stream = plain_stream(object, is_picture ? kPdfPictureMax : room);
        if (!stream) return std::nullopt;
        if (is_picture) {
            pictures += text_in_picture(bytes_of(*stream));
            continue;
        }
        room -= std::min(room, stream->size());
        if (holds(*stream, "begincmap")) {
            maps[number] = read_map(*stream);
        } else {
            streams[number] = std::move(*stream);
        }
    }
    std::map<std::string, CharacterMap> fonts;
    std::string out;
    for (const auto& [number, object] : *objects) {
        add_fonts(object.body, *objects, maps, fonts);
        out += strings_of(object.body);
    }
    for (const auto& [number, stream] : streams) {
        const bool is_page = holds(stream, " Tf") || holds(stream, " re f");
        out += is_page ? PageReader(fonts).read(stream) : stream;
        out += '\n';
    }
    return out + pictures;
}

}  // namespace custos::vault::publish
