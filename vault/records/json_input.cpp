// SPDX-License-Identifier: GPL-3.0-or-later
// A reader of its own, since it must stop at the first repeated key with its place, must not repeat
// the text in its errors, and is most of the time of an import.
#include "vault/records/json_input.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "crypto/utf8.h"
#include "vault/records/check.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr const char* kTooLarge = "a number beyond 2^53: write it as text, in quotes";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
// What stands in a string for itself and needs no second look.
bool is_plain(char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; }

// Does not recurse: what is open lies in a list, whose length is the depth.
class JsonReader {
public:
    JsonReader(std::string_view text, std::size_t first_line)
        : text_(text), first_line_(first_line) {}

    json read() {
        if (text_.starts_with(kByteOrderMark)) at_ = kByteOrderMark.size();
        skip_space();
        read_value();
        while (!open_.empty()) read_next();
        skip_space();
        if (at_ != text_.size()) refuse("expected the end");
        return std::move(root_);
    }

private:
    [[noreturn]] void refuse(const std::string& why) const { refuse_at(at_, why); }

    [[noreturn]] void refuse_at(std::size_t offset, const std::string& why) const {
        const std::string_view before = text_.substr(0, offset);
        const std::size_t newline = before.rfind('\n');
        const std::string_view line =
            newline == std::string_view::npos ? before : before.substr(newline + 1);
        const auto breaks =
            static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
        throw Error{ErrorCode::usage, "not valid JSON at line " +
                                          std::to_string(first_line_ + breaks) + ", column " +
                                          std::to_string(code_points(line) + 1) + ": " + why};
    }

    [[noreturn]] void refuse_expected(const char* what) const {
        refuse(at_ == text_.size() ? std::string("it ends too early")
                                   : std::string("expected ") + what);
    }

    bool next_is(char c) const { return at_ < text_.size() && text_[at_] == c; }

    bool take(char c) {
        if (!next_is(c)) return false;
        ++at_;
        return true;
    }

    void skip_space() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }

    // The next item of the innermost list or object, or its end.
    void read_next() {
        json& inside = *open_.back();
        const bool is_object = inside.is_object();
        skip_space();
        if (take(is_object ? '}' : ']')) {
            open_.pop_back();
            return;
        }
        if (!inside.empty()) {
            if (!take(',')) refuse_expected(is_object ? "',' or '}'" : "',' or ']'");
            skip_space();
        }
        if (inside.size() == kJsonItemsMax) {
            refuse(is_object ? "an object with more than 10,000 entries"
                             : "an array with more than 10,000 items");
        }
        if (is_object) read_key(inside);
        read_value();
    }

    void read_key(const json& object) {
        if (!next_is('"')) refuse_expected("a name in quotes");
        const std::size_t begin = at_;
        key_ = read_string();
        if (object.contains(key_))
            refuse_at(begin, "the key \"" + harmless_excerpt(key_, 40) + "\" is there twice");
        skip_space();
        if (!take(':')) refuse_expected("':'");
        skip_space();
    }

    void read_value() {
        if (at_ == text_.size()) refuse_expected("a value");
        const char c = text_[at_];
        if (c == '{' || c == '[') {
            if (open_.size() == kJsonDepthMax)
                refuse("nested more than " + std::to_string(kJsonDepthMax) + " deep");
            ++at_;
            open_.push_back(&place(c == '{' ? json::object() : json::array()));
        } else if (c == '"') {
            place(read_string());
        } else if (c == '-' || is_digit(c)) {
            place(read_number());
        } else {
            place(read_word());
        }
    }

    json& place(json&& value) {
        if (open_.empty()) return root_ = std::move(value);
        json& parent = *open_.back();
        if (parent.is_object()) return parent[std::move(key_)] = std::move(value);
        parent.push_back(std::move(value));
        return parent.back();
    }

    json read_word() {
        const std::string_view rest = text_.substr(at_);
        const auto word = [&](std::string_view name) {
            if (!rest.starts_with(name)) return false;
            at_ += name.size();
            return true;
        };
        if (word("true")) return true;
        if (word("false")) return false;
        if (word("null")) return nullptr;
        refuse_expected("a value");
    }

    json read_number() {
        const std::size_t begin = at_;
        const bool negative = take('-');
        const std::size_t digits = at_;
        std::int64_t value = 0;
        for (; at_ < text_.size() && is_digit(text_[at_]); ++at_) {
            if (value > kIntegerMax) refuse_at(begin, kTooLarge);
            value = value * 10 + (text_[at_] - '0');
        }
        if (at_ == digits) refuse_expected("a digit");
        if (text_[digits] == '0' && at_ > digits + 1)
            refuse_at(begin, "a number that begins with 0");
        if (next_is('.') || next_is('e') || next_is('E')) {
            refuse_at(begin,
                      "a number with a fraction or an exponent: write it as text, in quotes");
        }
        if (value > kIntegerMax) refuse_at(begin, kTooLarge);
        return negative ? -value : value;
    }

    std::string read_string() {
        const std::size_t begin = at_++;
        std::string value;
        while (!take('"')) {
            const std::size_t run = at_;
            while (at_ < text_.size() && is_plain(text_[at_])) ++at_;
            value += text_.substr(run, at_ - run);
            if (value.size() > kTextSizeMax) refuse_at(begin, "a text longer than 1 MiB");
            if (at_ == text_.size()) refuse_expected("a quote");
            if (text_[at_] == '\\') {
                read_escape(value);
            } else if (text_[at_] != '"') {
                read_code_point(value);
            }
        }
        if (value.size() > kTextSizeMax) refuse_at(begin, "a text longer than 1 MiB");
        return value;
    }

    void read_code_point(std::string& value) {
        std::string_view rest = text_.substr(at_);
        const std::optional<char32_t> point = crypto::take_code_point(rest);
        if (!point) refuse("not UTF-8");
        if (*point < U' ')
            refuse("a control character inside a text: write it as \\n, \\t or \\u….");
        const std::size_t size = text_.size() - at_ - rest.size();
        value += text_.substr(at_, size);
        at_ += size;
    }

    void read_escape(std::string& value) {
        ++at_;
        if (at_ == text_.size()) refuse_expected("an escape");
        const char c = text_[at_++];
        switch (c) {
            case '"':
            case '\\':
            case '/': value += c; return;
            case 'b': value += '\b'; return;
            case 'f': value += '\f'; return;
            case 'n': value += '\n'; return;
            case 'r': value += '\r'; return;
            case 't': value += '\t'; return;
            case 'u': return crypto::append_utf8(value, read_escaped_point());
            default: --at_; refuse("an escape that JSON does not know");
        }
    }

    std::uint32_t read_escaped_point() {
        const std::uint32_t first = read_hex4();
        if (first < 0xD800 || first > 0xDFFF) return first;
        // A pair of surrogates is one character; half of one is none.
        if (first > 0xDBFF || !take('\\') || !take('u')) refuse("half a surrogate pair");
        const std::uint32_t second = read_hex4();
        if (second < 0xDC00 || second > 0xDFFF) refuse("half a surrogate pair");
        return 0x10000 + ((first - 0xD800) << 10U) + (second - 0xDC00);
    }

    std::uint32_t read_hex4() {
        std::uint32_t value = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const char c = at_ < text_.size() ? text_[at_] : '\0';
            const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
            if (!is_digit(lower) && (lower < 'a' || lower > 'f'))
                refuse_expected("four hexadecimal digits");
            value = value * 16 +
                    static_cast<std::uint32_t>(is_digit(lower) ? lower - '0' : lower - 'a' + 10);
        }
        return value;
    }

    std::string_view text_;
    std::size_t first_line_;
    std::size_t at_ = 0;
    json root_;
    std::vector<json*> open_;  // stays valid: only the innermost one grows
    std::string key_;
};

}  // namespace

nlohmann::json parse_json(std::string_view text, std::size_t first_line) {
    if (text.size() > kJsonSizeMax) {
        throw Error{ErrorCode::usage, "the JSON text at line " + std::to_string(first_line) +
                                          " is longer than 8 MiB"};
    }
    return JsonReader(text, first_line).read();
}

}  // namespace custos::vault
