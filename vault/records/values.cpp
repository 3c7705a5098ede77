// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/values.h"

#include <algorithm>
#include <charconv>
#include <tuple>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/hash.h"
#include "vault/records/check_value.h"

namespace custos::vault {

using nlohmann::json;

namespace {

constexpr std::int64_t kBlockDays = 32;
constexpr int kDecimalDigits = 7;
constexpr int kOwnDepthMax = 8;  // as deep as describe.cpp reads own fields

const std::string* text_of_value(const json& value) {
    return value.get_ptr<const json::string_t*>();
}

bool as_number(FieldType type) {
    return type == FieldType::integer || type == FieldType::boolean ||
           type == FieldType::decimal_text;
}

}  // namespace

DatePaths::DatePaths(std::string_view path)
    : first(std::string(path) + "#first"),
      first_block(std::string(path) + "#first_block"),
      last(std::string(path) + "#last"),
      last_block(std::string(path) + "#last_block") {}

std::int64_t block_of_day(std::int64_t day) {
    return (day >= 0 ? day : day - kBlockDays + 1) / kBlockDays;
}

std::int64_t first_day_of(std::int64_t block) { return block * kBlockDays; }

std::string value_text(std::string folded) {
    if (folded.size() <= kValueTextMax) return folded;
    const std::string digest = crypto::hex(crypto::sha256(bytes_of(folded)).view()).substr(0, 16);
    std::size_t end = kValueTextMax;
    while (end > 0 && (static_cast<unsigned char>(folded[end]) & 0xc0U) == 0x80U) --end;
    folded.resize(end);
    return folded + kCutMark + digest;
}

std::optional<std::int64_t> decimal_value(std::string_view text) {
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string digits(text.substr(0, point));
    std::string_view behind = point < text.size() ? text.substr(point + 1) : std::string_view();
    behind = behind.substr(0, kDecimalDigits);
    digits.append(behind).append(static_cast<std::size_t>(kDecimalDigits) - behind.size(), '0');
    std::int64_t number = 0;
    const auto [end, failure] =
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (failure != std::errc() || end != digits.data() + digits.size() || number < 0)
        return std::nullopt;
    return negative ? -number : number;
}

// The schema with its paths written out, once.
struct ValueReader::Node {
    const Field* field = nullptr;
    FieldType type = FieldType::text;  // for a list, its items'
    std::string path;
    std::optional<DatePaths> dates;
    bool sortable = true;  // a long text of which there is one at most
    std::vector<Node> children;

    static std::vector<Node> list(FieldList fields, const std::string& before, bool repeated) {
        std::vector<Node> nodes;
        for (const Field& field : fields) {
            Node node;
            node.field = &field;
            node.type = is_list(field.type) ? item_type(field.type) : field.type;
            node.path = before + std::string(field.name);
            if (node.type == FieldType::edtf_date) node.dates.emplace(node.path);
            node.sortable = !repeated && !is_list(field.type);
            node.children = list(field.children, node.path + ".", !node.sortable);
            nodes.push_back(std::move(node));
        }
        return nodes;
    }
};

class ValueReader::Walk {
public:
    explicit Walk(ValueReader& reader) : reader_(reader) {}

    void object(const std::vector<Node>& nodes, const json& object) {
        const auto* members = object.get_ptr<const json::object_t*>();
        if (members == nullptr) return;
        for (const Node& node : nodes) {
            const auto found = members->find(node.field->name);
            if (found == members->end()) continue;
            if (const auto* items = found->second.get_ptr<const json::array_t*>()) {
                for (const json& item : *items) value(node, item);
            } else {
                value(node, found->second);
            }
        }
    }

    void own(const std::string& path, const json& value, int depth) {
        if (depth > kOwnDepthMax) return;
        if (const auto* items = value.get_ptr<const json::array_t*>()) {
            for (const json& item : *items) own(path, item, depth + 1);
        } else if (const auto* members = value.get_ptr<const json::object_t*>()) {
            for (const auto& [key, item] : *members) own(path + "." + key, item, depth + 1);
        } else if (!value.is_null()) {
            own_leaf(reader_.kept(path), value);
        }
    }

    std::vector<FieldValue> take() {
        const auto order = [](const FieldValue& value) {
            return std::tie(value.path, value.is, value.number, value.text);
        };
        std::sort(values_.begin(), values_.end(),
                  [&](const auto& a, const auto& b) { return order(a) < order(b); });
        values_.erase(
            std::unique(values_.begin(), values_.end(),
                        [&](const auto& a, const auto& b) { return order(a) == order(b); }),
            values_.end());
        return std::move(values_);
    }

private:
    void set(std::string_view path) {
        if (!values_.empty() && values_.back().path == path &&
            values_.back().is == FieldValue::Is::set)
            return;
        values_.push_back({path, FieldValue::Is::set, 0, {}});
    }
    void number(std::string_view path, std::int64_t number) {
        values_.push_back({path, FieldValue::Is::number, number, {}});
    }
    void text(std::string_view path, std::string text) {
        values_.push_back({path, FieldValue::Is::text, 0, std::move(text)});
    }

    void value(const Node& node, const json& value) {
        if (node.type == FieldType::object) {
            object(node.children, value);
            return;
        }
        if (value.is_null()) return;
        set(node.path);
        if (node.type == FieldType::term_map) {
            for (const auto& [key, term] : value.items()) {
                if (const std::string* word = text_of_value(term)) {
                    const std::string_view path = reader_.kept(node.path + "." + key);
                    set(path);
                    text(path, *word);
                    text(node.path, *word);
                }
            }
        } else if (node.type == FieldType::reference_map) {
            for (const auto& [key, term] : value.items()) {
                if (const std::string* word = text_of_value(term)) text(node.path, *word);
            }
        } else if (as_number(node.type)) {
            number_leaf(node, value);
        } else if (const std::string* given = text_of_value(value)) {
            text_leaf(node, *given);
        }
    }

    void number_leaf(const Node& node, const json& value) {
        if (value.is_boolean()) {
            number(node.path, value.get<bool>() ? 1 : 0);
        } else if (value.is_number_integer()) {
            number(node.path, value.get<std::int64_t>());
        } else if (const std::string* given = text_of_value(value)) {
            if (const auto decimal = decimal_value(*given)) number(node.path, *decimal);
        }
    }

    void text_leaf(const Node& node, const std::string& given) {
        switch (node.type) {
            case FieldType::text:
            case FieldType::url: text(node.path, folded(given)); break;
            case FieldType::long_text:
                if (node.sortable) text(node.path, folded(given));
                break;
            case FieldType::edtf_date: date(*node.dates, given); break;
            case FieldType::time_of_day:
            case FieldType::timezone: text(node.path, given); break;
            case FieldType::country: anywhere(kAnyCountry, node, given); break;
            case FieldType::language: anywhere(kAnyLanguage, node, given); break;
            case FieldType::term: anywhere(kAnyTerm, node, given); break;
            default: break;  // references are in a table of their own
        }
    }

    void anywhere(std::string_view name, const Node& node, const std::string& given) {
        text(node.path, given);
        text(name, given);
    }

    void date(const DatePaths& paths, const std::string& given) {
        const auto bounds = bounds_of(given);
        if (!bounds) return;
        number(paths.first, bounds->min);
        number(paths.first_block, block_of_day(bounds->min));
        if (bounds->max == bounds->min) return;
        number(paths.last, bounds->max);
        number(paths.last_block, block_of_day(bounds->max));
    }

    void own_leaf(std::string_view path, const json& value) {
        set(path);
        if (value.is_boolean()) {
            number(path, value.get<bool>() ? 1 : 0);
        } else if (value.is_number_integer()) {
            number(path, value.get<std::int64_t>());
        } else if (const std::string* given = text_of_value(value)) {
            if (!parse_id(*given)) text(path, folded(*given));
        }
    }

    std::string folded(const std::string& given) { return value_text(reader_.folder_.fold(given)); }

    ValueReader& reader_;
    std::vector<FieldValue> values_;
};

ValueReader::ValueReader() : kinds_(kKinds.size()) {}
ValueReader::~ValueReader() = default;

const std::vector<ValueReader::Node>& ValueReader::nodes_of(Kind kind) {
    auto& nodes = kinds_.at(static_cast<std::size_t>(kind));
    if (!nodes)
        nodes = std::make_unique<std::vector<Node>>(
            Node::list(builtin_schema().fields(kind), {}, false));
    return *nodes;
}

std::string_view ValueReader::kept(std::string path) {
    return *own_paths_.insert(std::move(path)).first;
}

std::vector<FieldValue> ValueReader::read(Kind kind, const json& fields) {
    Walk walk(*this);
    walk.object(nodes_of(kind), fields);
    if (const auto* members = fields.get_ptr<const json::object_t*>()) {
        for (auto own = members->lower_bound(kOwnPrefix);
             own != members->end() && own->first.starts_with(kOwnPrefix); ++own) {
            walk.own(own->first, own->second, 0);
        }
    }
    return walk.take();
}

}  // namespace custos::vault
