// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/incoming.h"

#include <array>

#include "crypto/error.h"
#include "vault/records/check_value.h"
#include "vault/records/link_fields.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr auto kLineKeys =
    std::to_array<std::string_view>({"kind", "ref", "id", "update", "revision", "fields", "links"});
constexpr auto kLinkKeys = std::to_array<std::string_view>({"role", "to"});
constexpr auto kUpdates = std::to_array<std::pair<std::string_view, Update>>(
    {{"merge", Update::merge}, {"replace", Update::replace}, {"refuse", Update::refuse}});

class Reader {
public:
    Incoming read(std::string_view line, std::size_t number) {
        try {
            object_ = parse_json(line, number);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::usage) throw;
            report({}, error.what());
            return std::move(record_);
        }
        if (!only(object_, kLineKeys, "")) return std::move(record_);
        record_.ref = text("ref");
        record_.id = text("id");
        if (record_.ref.size() > kImportNameMax) {
            report("ref", "is longer than " + std::to_string(kImportNameMax) + " bytes");
        }
        read_kind();
        read_update();
        if (const auto found = object_.find("fields"); found != object_.end() && !found->is_null())
            record_.fields = std::move(*found);
        if (const auto found = object_.find("links"); found != object_.end()) read_links(*found);
        return std::move(record_);
    }

private:
    void report(std::string path, std::string message, std::string value = {},
                std::vector<std::string> choices = {}) {
        if (record_.problems.size() >= kProblemsMax) return;
        record_.problems.push_back(
            {std::move(path), std::move(message), std::move(value), std::move(choices)});
    }

    template <std::size_t N>
    bool only(const json& object, const std::array<std::string_view, N>& known,
              const std::string& path) {
        if (!object.is_object()) {
            report(path, "must be a JSON object, not " + json_kind(object));
            return false;
        }
        for (const auto& [key, value] : object.items()) {
            if (std::find(known.begin(), known.end(), key) != known.end()) continue;
            std::vector<std::string> choices = nearest(key, {known.begin(), known.end()});
            if (choices.empty()) choices.assign(known.begin(), known.end());
            report((path.empty() ? "" : path + ".") + harmless_excerpt(key, 40),
                   "there is no such key", {}, std::move(choices));
        }
        return true;
    }

    std::string text(const char* key) {
        const auto found = object_.find(key);
        if (found == object_.end()) return {};
        if (found->is_string()) return std::move(found->get_ref<std::string&>());
        report(key, "must be text, not " + json_kind(*found));
        return {};
    }

    void read_kind() {
        const std::string name = text("kind");
        if (const auto kind = kind_named(name)) {
            record_.kind = kind;
            return;
        }
        if (name.empty() && !record_.id.empty()) {
            // An id says its kind.
            if (const auto query = parse_id_query(record_.id)) record_.kind = query->kind;
            return;
        }
        std::vector<std::string_view> names;
        for (const KindRow& row : kKinds) names.push_back(row.name);
        if (name.empty()) {
            report("kind", "is missing: one of " +
                               either(std::vector<std::string>(names.begin(), names.end())));
        } else {
            report("kind", "there is no such kind of record", harmless_excerpt(name, 40),
                   nearest(name, names));
        }
    }

    void read_update() {
        if (object_.contains("update")) {
            const std::string word = text("update");
            record_.update = update_named(word);
            if (!record_.update)
                report("update", "is merge, replace or refuse, not", harmless_excerpt(word, 40));
        }
        const auto revision = object_.find("revision");
        if (revision == object_.end()) return;
        if (!revision->is_number_integer() || *revision < 1 || *revision > 1'000'000'000) {
            report("revision", "must be a whole number from 1 on");
            return;
        }
        record_.revision = revision->get<int>();
    }

    void read_links(const json& links) {
        if (!links.is_array() || links.size() > kImportLinksMax) {
            report("links", "is not a list of at most " + std::to_string(kImportLinksMax));
            return;
        }
        record_.links.emplace();
        for (const json& link : links) {
            const std::string path = "links." + std::to_string(record_.links->size() + 1);
            IncomingLink& read = record_.links->emplace_back();
            json named = link;
            for (const Field& field : link_fields()) {
                const auto said = link.is_object() ? link.find(field.name) : link.end();
                if (said == link.end()) continue;
                read.about[std::string(field.name)] = *said;
                named.erase(std::string(field.name));
            }
            if (!only(named, kLinkKeys, path)) continue;
            read.role = link_text(link, "role", path);
            read.to = link_text(link, "to", path);
        }
    }

    std::string link_text(const json& link, const char* key, const std::string& path) {
        const auto found = link.find(key);
        if (found == link.end()) {
            report(path + "." + key, "is missing");
        } else if (!found->is_string()) {
            report(path + "." + key, "must be text, not " + json_kind(*found));
        } else {
            return found->get<std::string>();
        }
        return {};
    }

    json object_;
    Incoming record_;
};

}  // namespace

std::optional<Update> update_named(std::string_view text) {
    for (const auto& [name, update] : kUpdates) {
        if (name == text) return update;
    }
    return std::nullopt;
}

Incoming read_json_record(std::string_view line, std::size_t number) {
    return Reader().read(line, number);
}

}  // namespace custos::vault
