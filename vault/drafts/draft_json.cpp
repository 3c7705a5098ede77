// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/drafts/draft_json.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr int kDraftFormat = 1;

std::optional<std::string> text_at(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

std::optional<Milliseconds> time_at(const json& object, const char* name) {
    const auto text = text_at(object, name);
    return text ? from_utc_text(*text) : std::nullopt;
}

}  // namespace

json draft_json(const DraftContent& content) {
    json object = {
        {"format", kDraftFormat},
        {"kind", name_of(content.kind)},
        {"record", to_text(content.record)},
        {"revision", content.revision},
        {"begun", utc_text(content.begun)},
        {"changed", utc_text(content.changed)},
        {"fields", content.fields},
        {"at", content.at},
    };
    if (!content.open_path.empty())
        object["open"] = {{"path", content.open_path}, {"text", content.open_text}};
    return object;
}

std::optional<DraftContent> draft_from_json(std::string_view text) {
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object() || object.value("format", json()) != json(kDraftFormat))
        return std::nullopt;
    const auto kind_text = text_at(object, "kind");
    const auto record_text = text_at(object, "record");
    const auto begun = time_at(object, "begun");
    const auto changed = time_at(object, "changed");
    const auto revision = object.find("revision");
    const auto fields = object.find("fields");
    if (!kind_text || !record_text || !begun || !changed || revision == object.end() ||
        !revision->is_number_integer() || *revision < 0 || *revision > 1'000'000'000 ||
        fields == object.end() || !fields->is_object()) {
        return std::nullopt;
    }
    const auto kind = kind_named(*kind_text);
    const auto record = parse_id(*record_text);
    if (!kind || !record || record->kind != *kind) return std::nullopt;

    DraftContent content{*kind,
                         *record,
                         revision->get<int>(),
                         *begun,
                         *changed,
                         *fields,
                         text_at(object, "at").value_or(""),
                         {},
                         {}};
    if (const auto open = object.find("open"); open != object.end()) {
        if (!open->is_object()) return std::nullopt;
        content.open_path = text_at(*open, "path").value_or("");
        if (!content.open_path.empty()) content.open_text = text_at(*open, "text").value_or("");
    }
    return content;
}

}  // namespace custos::vault
