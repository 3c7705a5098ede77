// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/answers.h"

#include <charconv>

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::Field;
using vault::FieldType;

// "paragraphs.2.text" as the JSON pointer /paragraphs/1/text.
json::json_pointer pointer_to(std::string_view path) {
    json::json_pointer pointer;
    while (!path.empty()) {
        const std::size_t end = std::min(path.find('.'), path.size());
        const std::string_view part = path.substr(0, end);
        std::size_t number = 0;
        const char* last = part.data() + part.size();
        const auto read = std::from_chars(part.data(), last, number);
        if (read.ptr == last && read.ec == std::errc{} && number > 0) {
            pointer.push_back(std::to_string(number - 1));
        } else {
            pointer.push_back(std::string(part));
        }
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return pointer;
}

const json* value_at(const json& fields, const std::string& path) {
    const json::json_pointer pointer = pointer_to(path);
    return fields.contains(pointer) ? &fields[pointer] : nullptr;
}

bool is_within(const std::string& path, const std::string& whole) {
    return path == whole || path.starts_with(whole + ".");
}

void add_answers(std::vector<Answered>& answers, const std::string& prefix, vault::FieldList schema,
                 const json& fields) {
    for (const Field& field : schema) {
        const auto found = fields.find(field.name);
        if (found == fields.end()) continue;
        const std::string path = prefix + std::string(field.name);
        if (field.type == FieldType::object) {
            add_answers(answers, path + ".", field.children, *found);
        } else if (field.type == FieldType::object_list) {
            for (std::size_t i = 0; i < found->size(); ++i)
                add_answers(answers, path + "." + std::to_string(i + 1) + ".", field.children,
                            (*found)[i]);
        } else {
            answers.push_back({path, &field});
        }
    }
}

}  // namespace

const json* Answers::at(const std::string& path) const { return value_at(fields_, path); }

std::size_t Answers::count(const std::string& path) const {
    const json* list = at(path);
    return list == nullptr || !list->is_array() ? 0 : list->size();
}

std::optional<vault::Problem> Answers::set(const std::string& path, const json& value) {
    json changed = fields_;
    changed[pointer_to(path)] = value;
    vault::Checked checked =
        vault::check_fields(schema_, kind_, changed, vault::resolve_full_id, today_);
    for (vault::Problem& problem : checked.problems) {
        if (is_within(problem.path, path)) return std::move(problem);
    }
    if (const json* written = value_at(checked.fields, path)) changed[pointer_to(path)] = *written;
    // A date of another calendar brings its words and its calendar along.
    for (const auto& item : checked.fields.items()) {
        if (!changed.contains(item.key())) changed[item.key()] = item.value();
    }
    fields_ = std::move(changed);
    return std::nullopt;
}

void Answers::unset(const std::string& path) {
    if (at(path) == nullptr) return;
    const json::json_pointer pointer = pointer_to(path);
    json& parent = fields_[pointer.parent_pointer()];
    if (parent.is_array()) {
        std::size_t index = 0;
        const std::string& digits = pointer.back();
        std::from_chars(digits.data(), digits.data() + digits.size(), index);
        parent.erase(index);
    } else {
        parent.erase(pointer.back());
    }
    const std::size_t dot = path.rfind('.');
    if (parent.empty() && dot != std::string::npos) unset(path.substr(0, dot));
}

std::vector<vault::Problem> Answers::problems() const {
    return vault::check_fields(schema_, kind_, fields_, vault::resolve_full_id).problems;
}

std::vector<Answered> Answers::all() const {
    std::vector<Answered> answers;
    add_answers(answers, "", schema_.fields(kind_), fields_);
    return answers;
}

std::string parent_of(const std::string& path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string::npos ? std::string() : path.substr(0, dot + 1);
}

}  // namespace custos::cli
