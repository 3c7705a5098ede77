// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/import.h"

#include <algorithm>
#include <map>

#include "crypto/error.h"
#include "vault/records/json_input.h"
#include "vault/records/schema.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

struct Line {
    std::size_t number = 0;
    std::string_view text;
};

// A line whose name others may use.
struct Announced {
    Line line;
    Imported record;
};

Error usage(const std::string& message) { return Error{ErrorCode::usage, message}; }

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.find_first_not_of(" \t") != std::string_view::npos)
            lines.push_back({number, line});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void only_these_keys(const json& object, std::initializer_list<std::string_view> known,
                     const std::string& what) {
    if (!object.is_object()) throw usage(what + " is not a JSON object");
    for (const auto& [key, value] : object.items()) {
        if (std::find(known.begin(), known.end(), key) == known.end()) {
            std::string all;
            for (const std::string_view name : known)
                all += (all.empty() ? "" : ", ") + std::string(name);
            throw usage(what + " has no \"" + harmless_excerpt(key) + "\": it has " + all);
        }
    }
}

std::string text_in(const json& object, const char* key, const char* otherwise) {
    const auto found = object.find(key);
    if (found == object.end()) return otherwise;
    if (!found->is_string()) throw usage(std::string("\"") + key + "\" is not text");
    return found->get<std::string>();
}

json parsed(const Line& line) {
    json object = parse_json(line.text, line.number);
    only_these_keys(object, {"kind", "ref", "fields", "links"}, "a line");
    return object;
}

class Import {
public:
    Import(Change& change, const std::function<void(std::size_t)>& tick)
        : change_(change), tick_(tick) {}

    // Lines that can be read are looked at to the end even if others cannot: one run, all problems.
    std::vector<Imported> run(std::string_view text) {
        const std::vector<Line> lines = lines_of(text);
        if (text.find("\"ref\"") == std::string_view::npos) {
            for (const Line& line : lines) attempt(line, [&] { store(line, parsed(line)); });
        } else {
            run_with_names(lines);
        }
        stop_at_problems();
        for (const PendingLink& link : links_) {
            attempt(link.line,
                    [&] { link_records(change_, link.from, link.role, target(link.to)); });
        }
        stop_at_problems();
        std::sort(imported_.begin(), imported_.end(),
                  [](const Imported& a, const Imported& b) { return a.line < b.line; });
        return std::move(imported_);
    }

private:
    struct PendingLink {
        Line line;
        RecordId from;
        std::string role;
        std::string to;
    };

    template <class Step>
    void attempt(const Line& line, const Step& step) {
        if (problems_.size() >= kImportProblemsMax) return;
        try {
            step();
        } catch (const Error& error) {
            if (error.code() != ErrorCode::usage && error.code() != ErrorCode::not_found &&
                error.code() != ErrorCode::conflict) {
                throw;
            }
            problems_.emplace(line.number, error.what());
        }
    }

    void stop_at_problems() const {
        if (problems_.empty()) return;
        std::string message = "cannot import: nothing was stored";
        for (const auto& [line, problem] : problems_) {
            message += "\nline " + std::to_string(line) + ": " + problem;
        }
        throw Error{ErrorCode::usage, message, "custos schema KIND lists what a record can hold"};
    }

    // Two readings: all names and their kinds, then the records. Statements come last, because they
    // name the codes of other records, which exist once those are stored.
    void run_with_names(const std::vector<Line>& lines) {
        for (const Line& line : lines) attempt(line, [&] { announce(line); });
        std::stable_partition(announced_.begin(), announced_.end(), [](const Announced& item) {
            return item.record.id.kind != Kind::statement;
        });
        for (const Announced& item : announced_) {
            attempt(item.line, [&] { store(item.line, parsed(item.line), &item.record); });
        }
    }

    static Imported imported_of(const Line& line, const json& object) {
        const Kind kind = require_kind(text_in(object, "kind", ""));
        Imported record{line.number, text_in(object, "ref", ""), random_id(kind)};
        if (record.ref.size() > kImportNameMax) {
            throw usage("\"ref\" is longer than " + std::to_string(kImportNameMax) + " bytes");
        }
        return record;
    }

    void announce(const Line& line) {
        const Imported record = imported_of(line, parsed(line));
        if (!record.ref.empty() && !names_.emplace(record.ref, record.id).second) {
            throw usage("the name \"" + harmless_excerpt(record.ref) + "\" is there twice");
        }
        coming_.insert(record.id);
        announced_.push_back({line, record});
    }

    void store(const Line& line, json object, const Imported* announced = nullptr) {
        const Imported record = announced != nullptr ? *announced : imported_of(line, object);
        json& fields = object["fields"];
        if (fields.is_null()) fields = json::object();
        if (!names_.empty()) replace_names(schema_of(record.id.kind).fields, fields);
        if (record.id.kind == Kind::statement) replace_handles(fields);
        (void)create_record(change_, record.id.kind, fields, record.id,
                            coming_.empty() ? nullptr : &coming_);
        if (object.contains("links")) take_links(line, record.id, object["links"]);
        imported_.push_back(record);
        done_ += line.text.size() + 1;
        tick_(done_);
    }

    void take_links(const Line& line, const RecordId& from, const json& links) {
        if (!links.is_array() || links.size() > kImportLinksMax) {
            throw usage("\"links\" is not a list of at most " + std::to_string(kImportLinksMax));
        }
        for (const json& link : links) {
            only_these_keys(link, {"role", "to"}, "a link");
            links_.push_back({line, from, text_in(link, "role", ""), text_in(link, "to", "")});
        }
    }

    RecordId target(const std::string& text) const {
        const auto named = names_.find(text);
        return named != names_.end() ? named->second : resolve(change_.vault(), text);
    }

    void replace_name(json& value) const {
        if (!value.is_string()) return;
        const auto named = names_.find(value.get_ref<const std::string&>());
        if (named != names_.end()) value = to_text(named->second);
    }

    // Whatever has the wrong type is left for the check that follows.
    void replace_names(FieldList schema, json& fields) const {
        if (!fields.is_object()) return;
        for (const Field& field : schema) {
            const auto found = fields.find(field.name);
            if (found == fields.end()) continue;
            if (field.type == FieldType::reference) replace_name(*found);
            if (field.type == FieldType::reference_list && found->is_array()) {
                for (json& item : *found) replace_name(item);
            }
            if (field.type == FieldType::object) replace_names(field.children, *found);
            if (field.type == FieldType::object_list && found->is_array()) {
                for (json& item : *found) replace_names(field.children, item);
            }
            if (field.type == FieldType::reference_map && found->is_object()) replace_keys(*found);
        }
    }

    void replace_keys(json& map) const {
        json renamed = json::object();
        for (const auto& [key, value] : map.items()) {
            const auto named = names_.find(key);
            renamed[named != names_.end() ? to_text(named->second) : key] = value;
        }
        map = std::move(renamed);
    }

    // "{dara}" and "{arrest:date}" in the body become handles of the records.
    void replace_handles(json& fields) const {
        const auto body = fields.is_object() ? fields.find("body") : fields.end();
        if (!fields.is_object() || body == fields.end() || !body->is_string()) return;
        const std::string text = body->get<std::string>();
        std::string out;
        std::size_t at = 0;
        while (at < text.size()) {
            const std::size_t open = std::min(text.find('{', at), text.size());
            const std::size_t end = std::min(text.find_first_of(":}", open), text.size());
            out += text.substr(at, open - at);
            const auto named =
                end > open ? names_.find(text.substr(open + 1, end - open - 1)) : names_.end();
            if (named != names_.end()) {
                out += "{" + code_of(change_.vault(), named->second);
                at = end;
            } else {
                if (open < text.size()) out += '{';
                at = open + 1;
            }
        }
        *body = out;
    }

    Change& change_;
    const std::function<void(std::size_t)>& tick_;
    std::vector<Announced> announced_;
    std::vector<Imported> imported_;
    std::map<std::string, RecordId, std::less<>> names_;
    RecordSet coming_;
    std::vector<PendingLink> links_;
    std::multimap<std::size_t, std::string> problems_;  // by line
    std::size_t done_ = 0;
};

}  // namespace

std::vector<Imported> import_jsonl(Change& change, std::string_view text,
                                   const std::function<void(std::size_t)>& tick) {
    return Import(change, tick).run(text);
}

}  // namespace custos::vault
