// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/describe.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "vault/records/check_value.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;
using std::string_view;

constexpr int kOwnDepthMax = 8;

// One value that holds no others.
struct Leaf {
    const Field& field;
    FieldType type;  // of the value: for a list, its items'
    const json& value;
    const std::string& path;
    string_view language;
};

string_view text_in(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return {};
    return found->get_ref<const std::string&>();
}

// Calls visit(Leaf) for every value in order of the schema. Keys of reference maps are values too.
template <class Visit>
class Walk {
public:
    explicit Walk(Visit& visit) : visit_(visit) {}

    // A whole record: what the schema knows, then fields of the vault's own.
    void record(FieldList fields, const json& record) {
        object(fields, record, {});
        if (!record.is_object()) return;
        for (const auto& [key, own] : record.items()) {
            if (!key.starts_with(kOwnPrefix)) continue;
            step(key, [&, &value = own] { own_value(value, text_in(record, "language"), 0); });
        }
    }

    void object(FieldList fields, const json& object, string_view language) {
        if (!object.is_object()) return;
        if (const string_view own = text_in(object, "language"); !own.empty()) language = own;
        for (const Field& field : fields) {
            if (field.own) continue;  // record() walks them, defined or not
            const auto found = object.find(field.name);
            if (found != object.end()) step(field.name, [&] { value(field, *found, language); });
        }
    }

private:
    template <class Inside>
    void step(string_view name, Inside inside) {
        const std::size_t before = path_.size();
        if (before > 0) path_ += '.';
        path_ += name;
        inside();
        path_.resize(before);
    }

    void value(const Field& field, const json& value, string_view language) {
        if (field.type == FieldType::object) {
            object(field.children, value, language);
        } else if (is_list(field.type)) {
            const FieldType type = item_type(field.type);
            std::size_t number = 0;
            for (const json& item : value) {
                step(std::to_string(++number), [&] {
                    if (type == FieldType::object) {
                        object(field.children, item, language);
                    } else {
                        visit_(Leaf{field, type, item, path_, language});
                    }
                });
            }
        } else if (field.type == FieldType::reference_map) {
            for (const auto& [key, word] : value.items()) {
                const json id = key;
                step(key, [&] { visit_(Leaf{field, FieldType::reference, id, path_, language}); });
            }
        } else if (field.type != FieldType::term_map) {
            visit_(Leaf{field, field.type, value, path_, language});
        }
    }

    // Own fields are taken as they are, so that the index follows from the log whatever is defined
    // when: a string that is the full id of a record is a reference, every other one is text.
    void own_value(const json& value, string_view language, int depth) {
        static constexpr Field kText = {.name = kOwnPrefix,
                                        .type = FieldType::text,
                                        .help = {},
                                        .example = {},
                                        .searchable = true};
        if (depth > kOwnDepthMax) return;
        if (value.is_array()) {
            std::size_t number = 0;
            for (const json& item : value) {
                step(std::to_string(++number), [&] { own_value(item, language, depth + 1); });
            }
        } else if (value.is_object()) {
            for (const auto& [key, item] : value.items()) {
                step(key, [&, &inner = item] { own_value(inner, language, depth + 1); });
            }
        } else {
            visit_(Leaf{kText, own_type(value), value, path_, language});
        }
    }

    static FieldType own_type(const json& value) {
        if (value.is_number_integer()) return FieldType::integer;
        if (value.is_boolean()) return FieldType::boolean;
        const bool id = value.is_string() && parse_id(value.get_ref<const std::string&>());
        return id ? FieldType::reference : FieldType::text;
    }

    Visit& visit_;
    std::string path_;
};

template <class Visit>
void each_leaf(const Schema& schema, Kind kind, const json& fields, Visit visit) {
    Walk<Visit>(visit).record(schema.fields(kind), fields);
}

// What finds a term: its words, and those of every broader term.
std::string words_of(const Vocabulary& vocabulary, string_view key) {
    std::string words;
    for (const Term* term = find_term(vocabulary, key); term != nullptr;
         term = find_term(vocabulary, term->parent)) {
        std::string plain(term->key);
        std::replace(plain.begin(), plain.end(), '_', ' ');
        words += (words.empty() ? "" : "; ") + std::string(term->label);
        if (plain != term->label) words += "; " + plain;
    }
    return words;
}

bool is_words(FieldType type) {
    return type == FieldType::text || type == FieldType::long_text || type == FieldType::url;
}

std::string first_text(const json& list, const char* part) {
    if (!list.is_array() || list.empty()) return {};
    const json& first = list.front();
    if (first.is_string()) return first.get<std::string>();
    return first.is_object() ? std::string(text_in(first, part)) : std::string();
}

std::string list_start(const json& fields, const char* name, const char* part) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : first_text(*found, part);
}

std::string person_title(const json& fields) {
    std::string name = list_start(fields, "names", "text");
    if (!name.empty()) {
        const std::string latin = list_start(fields, "names", "transliteration");
        return latin.empty() || latin == name ? name : name + " (" + latin + ")";
    }
    name = list_start(fields, "aliases", "");
    for (const char* next : {"pseudonym", "role", "group_description"}) {
        if (name.empty()) name = text_in(fields, next);
    }
    return name;
}

std::string act_title(const Schema& schema, const json& fields) {
    std::string title(label_of(schema.vocabulary(VocabularyId::act_type), text_in(fields, "type")));
    const string_view completion = text_in(fields, "completion");
    if (!completion.empty() && completion != "completed") {
        title +=
            ", " + std::string(label_of(schema.vocabulary(VocabularyId::completion), completion));
    }
    return title;
}

std::string involvement_title(const Schema& schema, const json& fields) {
    std::string title(label_of(schema.vocabulary(VocabularyId::perpetrator_type),
                               text_in(fields, "perpetrator_type")));
    if (title == "unknown") title = "unknown perpetrator";
    const string_view degree =
        label_of(schema.vocabulary(VocabularyId::degree), text_in(fields, "degree"));
    if (!title.empty() && !degree.empty()) title += ": ";
    return title + std::string(degree);
}

std::string testimony_title(const json& fields) {
    for (const char* name : {"title", "summary"}) {
        if (const string_view text = text_in(fields, name); !text.empty()) return std::string(text);
    }
    std::string said = list_start(fields, "paragraphs", "text");
    const auto translations = fields.find("translations");
    if (said.empty() && translations != fields.end() && translations->is_array() &&
        !translations->empty()) {
        said = list_start(translations->front(), "paragraphs", "text");
    }
    return said;
}

std::string consent_title(const Schema& schema, const json& fields) {
    std::string title;
    const auto scopes = fields.find("scopes");
    if (scopes != fields.end() && scopes->is_object()) {
        for (const auto& [scope, state] : scopes->items()) {
            if (!state.is_string()) continue;
            title += (title.empty() ? "" : "; ") +
                     std::string(label_of(schema.vocabulary(VocabularyId::consent_scope), scope)) +
                     ": " +
                     std::string(label_of(schema.vocabulary(VocabularyId::consent_state),
                                          state.get_ref<const std::string&>()));
        }
    }
    return title;
}

std::string first_of(const json& fields, std::initializer_list<const char*> names) {
    for (const char* name : names) {
        if (const string_view text = text_in(fields, name); !text.empty()) return std::string(text);
    }
    return {};
}

std::string raw_title(const Schema& schema, Kind kind, const json& fields) {
    switch (kind) {
        case Kind::case_: return first_of(fields, {"title", "summary", "number"});
        case Kind::person: return person_title(fields);
        case Kind::incident: return first_of(fields, {"title", "summary"});
        case Kind::act: return act_title(schema, fields);
        case Kind::involvement: return involvement_title(schema, fields);
        case Kind::testimony: return testimony_title(fields);
        case Kind::source: return first_of(fields, {"title", "url", "reference_number", "summary"});
        case Kind::intervention: {
            std::string title = first_of(fields, {"title"});
            if (title.empty())
                title = label_of(schema.vocabulary(VocabularyId::intervention_type),
                                 text_in(fields, "type"));
            return title.empty() ? first_of(fields, {"summary"}) : title;
        }
        case Kind::exhibit:
            return first_of(fields, {"title", "file_name", "number", "description"});
        case Kind::consent: return consent_title(schema, fields);
        case Kind::statement: return first_of(fields, {"title", "index", "body"});
    }
    return {};
}

// Rewrites the references in a value.
class Rewriter {
public:
    explicit Rewriter(const std::function<std::string(const RecordId&)>& written)
        : written_(written) {}

    void record(FieldList fields, json& given) const {
        object(fields, given);
        if (!given.is_object()) return;
        for (auto& [key, own] : given.items()) {
            if (key.starts_with(kOwnPrefix)) own_value(own, 0);
        }
    }

private:
    void object(FieldList fields, json& given) const {
        if (!given.is_object()) return;
        for (const Field& field : fields) {
            if (field.own) continue;
            const auto found = given.find(field.name);
            if (found != given.end()) value(field, *found);
        }
    }

    void own_value(json& given, int depth) const {
        if (depth > kOwnDepthMax) return;
        if (given.is_structured()) {
            for (json& item : given) own_value(item, depth + 1);
        } else {
            reference(given);
        }
    }

    void value(const Field& field, json& given) const {
        if (field.type == FieldType::object) {
            object(field.children, given);
        } else if (field.type == FieldType::object_list && given.is_array()) {
            for (json& item : given) object(field.children, item);
        } else if (field.type == FieldType::reference) {
            reference(given);
        } else if (field.type == FieldType::reference_list && given.is_array()) {
            for (json& item : given) reference(item);
        } else if (field.type == FieldType::reference_map && given.is_object()) {
            keys(given);
        }
    }

    void reference(json& given) const {
        if (!given.is_string()) return;
        if (const auto id = parse_id(given.get_ref<const std::string&>())) given = written_(*id);
    }

    void keys(json& map) const {
        json rewritten = json::object();
        for (const auto& [key, word] : map.items()) {
            json name = key;
            reference(name);
            rewritten[name.get<std::string>()] = word;
        }
        map = std::move(rewritten);
    }

    const std::function<std::string(const RecordId&)>& written_;
};

std::vector<std::string> sorted_once(std::vector<std::string> texts) {
    std::sort(texts.begin(), texts.end());
    texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
    return texts;
}

std::vector<std::string> texts_of_type(const Schema& schema, Kind kind, const json& fields,
                                       FieldType type) {
    std::vector<std::string> texts;
    each_leaf(schema, kind, fields, [&](const Leaf& leaf) {
        if (leaf.type == type && leaf.value.is_string())
            texts.push_back(leaf.value.get<std::string>());
    });
    return sorted_once(std::move(texts));
}

}  // namespace

std::string title_of(const Schema& schema, Kind kind, const json& fields) {
    if (!fields.is_object()) return std::string(name_of(kind));
    const std::string title = raw_title(schema, kind, fields);
    if (title.empty()) return std::string(name_of(kind));
    return harmless_excerpt(title, kTitleCodePointsMax - 1);
}

std::vector<FieldText> searchable_text(const Schema& schema, Kind kind, const json& fields) {
    std::vector<FieldText> texts;
    each_leaf(schema, kind, fields, [&](const Leaf& leaf) {
        if (!leaf.field.searchable || !leaf.value.is_string()) return;
        const std::string& text = leaf.value.get_ref<const std::string&>();
        if (is_words(leaf.type)) {
            texts.push_back({leaf.path, std::string(leaf.language), text});
        } else if (leaf.type == FieldType::term) {
            texts.push_back(
                {leaf.path, "en", words_of(schema.vocabulary(leaf.field.vocabulary), text)});
        }
    });
    return texts;
}

std::optional<DateBounds> sort_dates(Kind kind, const json& fields) {
    if (!fields.is_object()) return std::nullopt;
    for (const string_view name : builtin_schema().kind(kind).dated_by) {
        const auto found = fields.find(name);
        if (found == fields.end() || !found->is_string()) continue;
        if (auto bounds = bounds_of(found->get_ref<const std::string&>())) return bounds;
    }
    return std::nullopt;
}

std::vector<std::string> countries_in(const Schema& schema, Kind kind, const json& fields) {
    return texts_of_type(schema, kind, fields, FieldType::country);
}

std::vector<std::string> languages_in(const Schema& schema, Kind kind, const json& fields) {
    return texts_of_type(schema, kind, fields, FieldType::language);
}

std::vector<FieldReference> references(const Schema& schema, Kind kind, const json& fields) {
    std::vector<FieldReference> found;
    each_leaf(schema, kind, fields, [&](const Leaf& leaf) {
        if (leaf.type != FieldType::reference || !leaf.value.is_string()) return;
        if (const auto id = parse_id(leaf.value.get_ref<const std::string&>()))
            found.push_back({leaf.path, *id});
    });
    return found;
}

json with_references(const Schema& schema, Kind kind, const json& fields,
                     const std::function<std::string(const RecordId&)>& written) {
    json result = fields;
    Rewriter(written).record(schema.fields(kind), result);
    return result;
}

}  // namespace custos::vault
