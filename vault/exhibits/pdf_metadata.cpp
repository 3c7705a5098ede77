// SPDX-License-Identifier: GPL-3.0-or-later
// PDF: no pages are drawn, and no object is followed. Its dictionaries are looked through wherever
// they stand, those of earlier versions and those in compressed object streams too.
#include <algorithm>
#include <array>
#include <set>

#include "vault/exhibits/inflated.h"
#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

constexpr std::size_t kInflatedMax = 64u * 1024 * 1024;  // of all its streams together
constexpr std::size_t kStreamMax = 16u * 1024 * 1024;
constexpr std::size_t kDictionaryMax = 1024u * 1024;
constexpr std::size_t kPicturesMax = 100;

struct Key {
    std::string_view name;
    Tells tells;
    std::string_view what;
};

constexpr auto kKeys = std::to_array<Key>({
    {"/Author", Tells::person, "author"},
    {"/Company", Tells::person, "company"},
    {"/Manager", Tells::person, "manager"},
    {"/Creator", Tells::device, "software that wrote it"},
    {"/Producer", Tells::device, "software that made the PDF"},
    {"/CreationDate", Tells::time, "made"},
    {"/ModDate", Tells::time, "last changed"},
    {"/SourceModified", Tells::time, "source changed"},
    {"/Title", Tells::other, "title"},
    {"/Subject", Tells::other, "subject"},
    {"/Keywords", Tells::other, "keywords"},
});

constexpr std::string_view kDelimiters = " \t\r\n\f/<>[](){}%";
using namespace std::string_view_literals;

std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + word.size())) {
        ++count;
    }
    return count;
}

// Where the value of the key begins; npos if it is not there.
std::size_t value_at(std::string_view dictionary, std::string_view key) {
    for (std::size_t at = dictionary.find(key); at != std::string_view::npos;
         at = dictionary.find(key, at + 1)) {
        const std::size_t end = at + key.size();
        if (end < dictionary.size() &&
            kDelimiters.find(dictionary[end]) != std::string_view::npos) {
            return dictionary.find_first_not_of(" \t\r\n\f", end);
        }
    }
    return std::string_view::npos;
}

bool has_key(std::string_view dictionary, std::string_view key) {
    return value_at(dictionary, key) != std::string_view::npos;
}

std::string literal(std::string_view text) {
    std::string out;
    int depth = 0;
    for (std::size_t at = 0; at < text.size() && out.size() < 16 * kValueMax; ++at) {
        const char c = text[at];
        if (c == '\\' && at + 1 < text.size()) {
            const char next = text[++at];
            if (next < '0' || next > '7') {
                if (next != '\n' && next != '\r') out.push_back(next == 'n' ? ' ' : next);
                continue;
            }
            unsigned value = 0;
            std::size_t digits = 0;
            for (; digits < 3 && at + digits < text.size() && text[at + digits] >= '0' &&
                   text[at + digits] <= '7';
                 ++digits) {
                value = value * 8 + static_cast<unsigned>(text[at + digits] - '0');
            }
            at += digits - 1;
            out.push_back(static_cast<char>(value & 0xFFU));
            continue;
        }
        if (c == '(' && depth++ == 0) continue;
        if (c == ')' && --depth == 0) break;
        out.push_back(c);
    }
    return out;
}

std::string hexadecimal(std::string_view text) {
    std::string out;
    int high = -1;
    for (std::size_t at = 1; at < text.size() && text[at] != '>' && out.size() < 16 * kValueMax;
         ++at) {
        const char c = text[at];
        int value = -1;
        if (c >= '0' && c <= '9') value = c - '0';
        if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
        if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
        if (value < 0) continue;
        if (high >= 0) out.push_back(static_cast<char>(high * 16 + value));
        high = high >= 0 ? -1 : value;
    }
    return out;
}

// The string at the beginning of `text`; empty if it is something else.
std::string string_value(std::string_view text) {
    std::string bytes;
    if (text.substr(0, 1) == "(") bytes = literal(text);
    if (text.substr(0, 1) == "<" && text.substr(0, 2) != "<<") bytes = hexadecimal(text);
    const ByteView view = bytes_of(bytes);
    if (begins_with(view, "\xfe\xff")) return utf16_value(view.subspan(2), Numbers::Order::big);
    if (begins_with(view, "\xef\xbb\xbf")) return value_text(view.subspan(3));
    return value_text(view);
}

// "D:20191223213005+07'00'" as "2019-12-23 21:30:05 +07'00'".
std::string dated(std::string text) {
    if (text.substr(0, 2) == "D:") text.erase(0, 2);
    const bool is_date =
        text.size() >= 14 &&
        std::all_of(text.begin(), text.begin() + 14, [](char c) { return c >= '0' && c <= '9'; });
    if (!is_date) return text;
    return text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2) + " " +
           text.substr(8, 2) + ":" + text.substr(10, 2) + ":" + text.substr(12, 2) +
           (text.size() > 14 ? " " + text.substr(14) : "");
}

class Reader {
public:
    Reader(ByteView file, Metadata& out) : text_(custos::text_of(file)), out_(out) {}

    void read() {
        say_versions();
        look_through(text_, Streams::follow);
        if (comments_ > 0)
            count_item(Tells::person, "comments, which may name who wrote them", comments_);
        if (files_ > 0) count_item(Tells::content, "files inside", files_);
        if (scripts_ > 0) count_item(Tells::other, "scripts", scripts_);
        if (pictures_ > 0) count_item(Tells::other, "JPEG pictures inside", pictures_);
    }

private:
    enum class Streams { follow, none };

    void count_item(Tells tells, std::string_view what, std::size_t count) {
        add_item(out_, tells, "PDF", what, std::to_string(count));
    }

    // Each saving appends to the file. One that is made to be read from the web begins with two.
    void say_versions() {
        const std::size_t ends = count_of(text_, "startxref");
        const bool is_linear = text_.substr(0, 2048).find("/Linearized") != std::string_view::npos;
        const std::size_t expected = is_linear ? 2 : 1;
        if (ends > expected) {
            count_item(Tells::content, "earlier versions, which can be brought back",
                       ends - expected);
        }
        if (text_.find("/Encrypt ") != std::string_view::npos)
            note_damage(out_, "it is encrypted: what is in it cannot be read");
    }

    // Outermost dictionaries, and the streams behind them.
    void look_through(std::string_view text, Streams streams) {
        std::size_t depth = 0;
        std::size_t begin = 0;
        for (std::size_t at = text.find_first_of("<>("); at != std::string_view::npos;
             at = text.find_first_of("<>(", at)) {
            if (depth > 0 && at - begin > kDictionaryMax) depth = 0;
            const std::string_view two = text.substr(at, 2);
            if (two == "<<") {
                if (depth++ == 0) begin = at;
                at += 2;
            } else if (two == ">>") {
                at += 2;
                if (depth == 0 || --depth > 0) continue;
                const std::string_view dictionary = text.substr(begin, at - begin);
                take(dictionary);
                if (streams == Streams::follow) at = follow(dictionary, text, at);
            } else if (depth > 0 && two[0] == '(') {
                at = behind_literal(text, at);
            } else {
                ++at;
            }
        }
    }

    // A string may hold brackets. One that does not end hides what follows, as for any reader.
    static std::size_t behind_literal(std::string_view text, std::size_t at) {
        const std::string_view window = text.substr(at, kDictionaryMax);
        std::size_t depth = 0;
        for (std::size_t i = 0; i < window.size(); ++i) {
            if (window[i] == '\\') {
                ++i;
            } else if (window[i] == '(') {
                ++depth;
            } else if (window[i] == ')' && --depth == 0) {
                return at + i + 1;
            }
        }
        return at + window.size();
    }

    void take(std::string_view dictionary) {
        const bool is_information =
            has_key(dictionary, "/Producer") || has_key(dictionary, "/Creator") ||
            has_key(dictionary, "/CreationDate") || has_key(dictionary, "/ModDate") ||
            has_key(dictionary, "/Author");
        const bool is_comment = has_key(dictionary, "/Annot") && has_key(dictionary, "/T");
        if (is_comment) {
            ++comments_;
            say({"/T", Tells::person, "writer of a comment"}, dictionary);
        } else if (is_information && !has_key(dictionary, "/Type")) {
            for (const Key& key : kKeys) say(key, dictionary);
        }
        if (has_key(dictionary, "/EmbeddedFile")) ++files_;
        if (has_key(dictionary, "/JS") || has_key(dictionary, "/JavaScript")) ++scripts_;
    }

    void say(const Key& key, std::string_view dictionary) {
        const std::size_t at = value_at(dictionary, key.name);
        if (at == std::string_view::npos) return;
        std::string value = string_value(dictionary.substr(at));
        if (key.tells == Tells::time) value = dated(std::move(value));
        if (value.empty() || !said_.insert({std::string(key.name), value}).second) return;
        add_item(out_, key.tells, "PDF", key.what, std::move(value));
    }

    // Behind the stream of the dictionary, if it has one: what is in it is no dictionary.
    std::size_t follow(std::string_view dictionary, std::string_view text, std::size_t at) {
        const std::size_t word = text.find_first_not_of(" \t\r\n\f\0"sv, at);
        if (word == std::string_view::npos || text.substr(word, 6) != "stream") return at;
        std::size_t begin = word + 6;
        if (text.substr(begin, 1) == "\r") ++begin;
        if (text.substr(begin, 1) == "\n") ++begin;
        const std::size_t end = std::min(text.find("endstream", begin), text.size());
        std::string_view stream = text.substr(begin, end - begin);
        const bool is_metadata = has_key(dictionary, "/Metadata");
        if (has_key(dictionary, "/DCTDecode") && pictures_ < kPicturesMax) {
            ++pictures_;
            stream = stream.substr(0, stream.find_last_not_of("\r\n") + 1);
            Metadata inside;
            read_jpeg_metadata(bytes_of(stream), inside);
            for (MetadataItem& item : inside.items) {
                add_item(out_, item.tells, "picture inside, " + item.where, item.what,
                         std::move(item.value));
            }
        } else if (has_key(dictionary, "/ObjStm") || is_metadata) {
            const bool packed = has_key(dictionary, "/FlateDecode");
            const auto plain = packed ? unpacked(stream) : std::string(stream);
            if (is_metadata && !plain.empty()) read_xmp(bytes_of(plain), out_);
            if (!is_metadata) look_through(plain, Streams::none);
        }
        return end;
    }

    std::string unpacked(std::string_view stream) {
        auto plain = inflated(bytes_of(stream), std::min(kStreamMax, budget_));
        if (!plain) {
            note_damage(out_, "a part of it cannot be read, or is longer than is looked through");
            budget_ -= std::min(kStreamMax, budget_);
            return {};
        }
        budget_ -= plain->size();
        return std::move(*plain);
    }

    std::string_view text_;
    Metadata& out_;
    std::set<std::pair<std::string, std::string>> said_;
    std::size_t budget_ = kInflatedMax;
    std::size_t comments_ = 0;
    std::size_t files_ = 0;
    std::size_t scripts_ = 0;
    std::size_t pictures_ = 0;
};

}  // namespace

void read_pdf_metadata(ByteView file, Metadata& out) {
    out.format = "PDF";
    Reader(file, out).read();
}

}  // namespace custos::vault::exhibits
