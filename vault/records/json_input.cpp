// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/json_input.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "vault/records/check.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

// Walks over the text and lets the reader's position be seen from outside, for error messages.
class WatchedIterator {
public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    WatchedIterator(const char* at, const char** seen) : at_(at), seen_(seen) {}
    reference operator*() const { return *at_; }
    WatchedIterator& operator++() {
        *seen_ = ++at_;
        return *this;
    }
    bool operator==(const WatchedIterator& other) const { return at_ == other.at_; }
    bool operator!=(const WatchedIterator& other) const { return at_ != other.at_; }

private:
    const char* at_;
    const char** seen_;
};

// Builds the value and stops at the first thing that is not allowed. The parser that calls it does
// not recurse, so depth is this class's to limit.
class Builder {
public:
    using number_integer_t = json::number_integer_t;
    using number_unsigned_t = json::number_unsigned_t;
    using number_float_t = json::number_float_t;
    using string_t = json::string_t;
    using binary_t = json::binary_t;

    json take() { return std::move(root_); }
    const std::string& refusal() const { return refusal_; }

    bool null() { return put(nullptr); }
    bool boolean(bool value) { return put(value); }
    bool number_integer(number_integer_t value) {
        if (value < -kIntegerMax) return refuse(kTooLarge);
        return put(value);
    }
    bool number_unsigned(number_unsigned_t value) {
        if (value > static_cast<std::uint64_t>(kIntegerMax)) return refuse(kTooLarge);
        return put(value);
    }
    bool number_float(number_float_t, const string_t& written) {
        if (written.find_first_of(".eE") == std::string::npos) return refuse(kTooLarge);
        return refuse("a number with a fraction or an exponent: write it as text, in quotes");
    }
    bool string(string_t& value) {
        if (value.size() > kTextSizeMax) return refuse("a text longer than 1 MiB");
        return put(std::move(value));
    }
    bool binary(binary_t&) { return refuse("not a JSON value"); }

    bool start_object(std::size_t) { return open(json::object()); }
    bool key(string_t& name) {
        json& object = *open_.back();
        if (object.contains(name)) return refuse("the key \"" + harmless_excerpt(name, 40) + "\" is there twice");
        if (object.size() == kJsonItemsMax) return refuse("an object with more than 10,000 entries");
        key_ = std::move(name);
        return true;
    }
    bool end_object() { return close(); }
    bool start_array(std::size_t) { return open(json::array()); }
    bool end_array() { return close(); }

    bool parse_error(std::size_t, const std::string&, const json::exception& error) {
        return refuse(plain_reason(error.what()));
    }

private:
    static constexpr const char* kTooLarge = "a number beyond 2^53: write it as text, in quotes";

    // What the parser may say that it expected.
    static constexpr std::array<std::string_view, 6> kExpected = {
        "string literal", "':'", "'}'", "']'", "end of input", "'[', '{', or a literal"};

    // The parser's sentence holds a piece of the text; ours must not.
    static std::string plain_reason(std::string_view what) {
        if (what.find("UTF-8") != std::string_view::npos) return "not UTF-8";
        if (what.find("control character") != std::string_view::npos) {
            return "a control character inside a text: write it as \\n, \\t or \\u….";
        }
        if (what.find("unexpected end of input") != std::string_view::npos ||
            what.find("missing closing quote") != std::string_view::npos) {
            return "it ends too early";
        }
        for (const std::string_view token : kExpected) {
            if (what.ends_with("; expected " + std::string(token))) return "expected " + std::string(token);
        }
        if (what.find("surrogate") != std::string_view::npos) return "half a surrogate pair";
        return "nothing that JSON knows";
    }

    bool refuse(std::string why) {
        if (refusal_.empty()) refusal_ = std::move(why);
        return false;
    }

    template <class Value>
    bool put(Value&& value) {
        return place(std::forward<Value>(value)) != nullptr;
    }

    template <class Value>
    json* place(Value&& value) {
        if (open_.empty()) {
            root_ = std::forward<Value>(value);
            return &root_;
        }
        json& parent = *open_.back();
        if (parent.is_object()) return &(parent[std::move(key_)] = std::forward<Value>(value));
        if (parent.size() == kJsonItemsMax) {
            refuse("an array with more than 10,000 items");
            return nullptr;
        }
        parent.push_back(std::forward<Value>(value));
        return &parent.back();
    }

    bool open(json&& empty) {
        if (open_.size() == kJsonDepthMax) {
            return refuse("nested more than " + std::to_string(kJsonDepthMax) + " deep");
        }
        json* placed = place(std::move(empty));
        if (placed == nullptr) return false;
        open_.push_back(placed);
        return true;
    }

    bool close() {
        open_.pop_back();
        return true;
    }

    json root_;
    std::vector<json*> open_;  // stays valid: only the innermost one grows
    std::string key_;
    std::string refusal_;
};

std::string place_in(std::string_view text, std::size_t offset, std::size_t first_line) {
    const std::string_view before = text.substr(0, offset);
    const std::size_t newline = before.rfind('\n');
    const std::string_view line = newline == std::string_view::npos ? before : before.substr(newline + 1);
    std::size_t lines = first_line;
    for (const char c : before) lines += c == '\n' ? 1 : 0;
    return "line " + std::to_string(lines) + ", column " + std::to_string(std::max<std::size_t>(code_points(line), 1));
}

}  // namespace

nlohmann::json parse_json(std::string_view text, std::size_t first_line) {
    if (text.size() > kJsonSizeMax) {
        throw Error{ErrorCode::usage, "the JSON text at line " + std::to_string(first_line) + " is longer than 8 MiB"};
    }
    Builder builder;
    const char* seen = text.data();
    const char* end = text.data() + text.size();
    const bool parsed = json::sax_parse(WatchedIterator(text.data(), &seen), WatchedIterator(end, &seen), &builder,
                                        json::input_format_t::json, true);
    if (!parsed) {
        const std::size_t offset = static_cast<std::size_t>(seen - text.data());
        throw Error{ErrorCode::usage,
                    "not valid JSON at " + place_in(text, offset, first_line) + ": " + builder.refusal()};
    }
    return builder.take();
}

}  // namespace custos::vault
