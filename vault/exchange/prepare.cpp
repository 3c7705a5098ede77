// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/prepare.h"

#include <algorithm>

#include "crypto/error.h"
#include "vault/records/assign.h"
#include "vault/records/link_fields.h"
#include "vault/records/part_of.h"
#include "vault/records/schema.h"
#include "vault/records/text.h"
#include "vault/records/vocabulary.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr std::size_t kKnownMax = 20'000;  // of what look_up() remembers

std::string on_line(const Coming::Entry& entry) { return "line " + std::to_string(entry.line); }

}  // namespace

std::string_view name_of(Action action) {
    switch (action) {
        case Action::create: return "create";
        case Action::update: return "update";
        case Action::unchanged: return "unchanged";
        case Action::refuse: return "refuse";
    }
    return "";
}

void Preparer::report(std::string path, std::string message, std::string value,
                      std::vector<std::string> choices) {
    if (now_.problems.size() >= kProblemsMax) return;
    now_.problems.push_back(
        {std::move(path), std::move(message), std::move(value), std::move(choices)});
}

// What the vault has under this text, which may be anything.
const Preparer::Known& Preparer::look_up(const std::string& text) {
    if (const auto found = known_.find(text); found != known_.end()) return found->second;
    if (known_.size() >= kKnownMax) known_.clear();
    Known known;
    try {
        known.id = resolve(vault(), text);
        known.state = state_of_record(vault(), *known.id).value_or(State::purged);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::usage) throw;
    }
    return known_.emplace(text, known).first->second;
}

Prepared Preparer::prepare(Incoming incoming, std::size_t line) {
    now_ = {};
    now_.line = line;
    now_.ref = incoming.ref;
    now_.problems = std::move(incoming.problems);
    existing_.reset();
    revision_ = incoming.revision;
    if (now_.problems.empty() && identify(incoming)) {
        const json fields = fields_of(incoming);
        if (now_.problems.empty()) check(now_.id.kind, fields);
        read_links(incoming);
        if (now_.problems.empty()) check_parts();
    }
    decide();
    return std::move(now_);
}

std::optional<RecordId> Preparer::announced_id(const Incoming& incoming) {
    if (!incoming.id.empty()) {
        const std::optional<RecordId> full = parse_id(incoming.id);
        return full ? full : look_up(incoming.id).id;
    }
    if (incoming.ref.empty() || !incoming.kind) return std::nullopt;
    return random_id(*incoming.kind);
}

// Which record it is, new or not. False if that cannot be said.
bool Preparer::identify(const Incoming& incoming) {
    if (!incoming.ref.empty()) {
        const Coming::Entry* named = coming_.named(incoming.ref);
        if (named != nullptr && named->line != now_.line) {
            report("ref", "is there twice, first on " + on_line(*named),
                   harmless_excerpt(incoming.ref));
            return false;
        }
        if (named != nullptr) now_.id = named->id;
    }
    if (!incoming.id.empty()) return identify_by_id(incoming);
    if (!incoming.kind) {
        report("kind", "is missing");
        return false;
    }
    if (incoming.update || incoming.revision) {
        report(incoming.update ? "update" : "revision",
               "says what becomes of a record that is "
               "there already, and there is no \"id\"");
    }
    if (now_.id == RecordId{}) now_.id = random_id(*incoming.kind);
    return true;
}

bool Preparer::identify_by_id(const Incoming& incoming) {
    const std::optional<RecordId> full = parse_id(incoming.id);
    const std::optional<RecordId> id = full ? full : look_up(incoming.id).id;
    if (!id) {
        report("id", "there is no such record, and the id of a new one is written in full",
               harmless_excerpt(incoming.id));
        return false;
    }
    now_.id = *id;
    if (incoming.kind && *incoming.kind != id->kind) {
        report("kind", "does not fit the id, which is that of " + std::string(name_of(id->kind)));
        return false;
    }
    const Coming::Entry* entry = coming_.with(*id);
    if (entry != nullptr && entry->line != now_.line) {
        report("id", "is there twice, first on " + on_line(*entry), harmless_excerpt(incoming.id));
        return false;
    }
    if (!state_of_record(vault(), *id)) return true;
    existing_ = get_record(vault(), *id);
    update_ = incoming.update.value_or(options_.update);
    if (existing_->state == State::purged) {
        report("id", "was purged, and a purged record cannot come back", existing_->code);
    } else if (existing_->state == State::trashed) {
        report("id", "is in the trash: custos restore brings it back", existing_->code);
    } else if (existing_->state == State::merged) {
        report("id", "was merged into another record", existing_->code);
    } else if (update_ == Update::refuse) {
        report("id", "is there already", existing_->code);
    } else {
        return true;
    }
    return false;
}

json Preparer::fields_of(Incoming& incoming) {
    const Kind kind = now_.id.kind;
    json fields = std::move(incoming.fields);
    if (existing_ && update_ == Update::merge && fields.is_object()) {
        json merged = existing_->fields;
        merged.merge_patch(fields);
        fields = std::move(merged);
    }
    for (const auto& [path, value] : incoming.cells) {
        try {
            assign_value(schema_, kind, fields, path, value);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::usage) throw;
            report(path, error.what() + (error.hint().empty() ? "" : " (" + error.hint() + ")"));
        }
    }
    if (!coming_.empty() || options_.create_references) replace_names(schema_.fields(kind), fields);
    if (kind == Kind::statement && !coming_.empty()) replace_handles(fields);
    return fields;
}

void Preparer::check(Kind kind, const json& fields) {
    Checked checked = check_fields(
        schema_, kind, fields,
        [&](std::string_view text) {
            if (const auto id = parse_id(text); id && new_by_id_.contains(*id))
                return Resolved{id, {}};
            if (const Coming::Entry* entry = point_at(coming_entry(text)))
                return Resolved{entry->id, {}};
            return Resolved{look_up(std::string(text)).id, {}};
        },
        today_);
    if (existing_) drop_answered(checked.problems, existing_->fields, checked.fields);
    for (Problem& problem : checked.problems) {
        if (const auto* entry = coming_entry(problem.value); entry != nullptr && entry->refused) {
            problem.message = "points at " + on_line(*entry) + ", which is refused";
            problem.value.clear();
        }
        if (problem.choices.empty() && !problem.value.empty() &&
            problem.message.starts_with("not an id")) {
            problem.choices = coming_.names_near(problem.value);
        }
        if (now_.problems.size() < kProblemsMax) now_.problems.push_back(std::move(problem));
    }
    now_.fields = std::move(checked.fields);
    now_.notes = std::move(checked.notes);
}

void Preparer::read_links(const Incoming& incoming) {
    if (!incoming.links) return;
    const auto has = [](const auto& links, const std::string& role, const RecordId& to) {
        return std::find(links.begin(), links.end(), std::pair(role, to)) != links.end();
    };
    std::vector<std::pair<std::string, RecordId>> before;
    if (existing_) {
        for (const Link& link : existing_->links) before.emplace_back(link.role, link.to);
    }
    std::vector<std::pair<std::string, RecordId>> given;
    const Vocabulary& roles = schema_.vocabulary(VocabularyId::link_role);
    for (const IncomingLink& link : *incoming.links) {
        const std::string path = "links." + std::to_string(given.size() + 1);
        const Term* role = find_written_term(roles, link.role);
        if (role == nullptr) {
            std::vector<std::string_view> keys;
            for (const Term& term : roles.terms) keys.push_back(term.key);
            report(path + ".role", "there is no such role of a link", harmless_excerpt(link.role),
                   nearest(link.role, keys));
        }
        const std::optional<RecordId> to = link_target(link, path + ".to");
        const std::string key = role == nullptr ? "" : std::string(role->key);
        given.emplace_back(key, to.value_or(RecordId{}));
        json said = said_of(link, path);
        if (role == nullptr || !to) continue;
        // A link that is there already is made again only to say something else of it.
        if (has(before, key, *to) && (said.empty() || says_already(key, *to, said))) continue;
        if (has(now_.links, key, *to)) {
            report(path, "is there twice");
        } else {
            now_.links.emplace_back(key, *to);
            now_.said.push_back(std::move(said));
        }
    }
    if (!existing_ || update_ != Update::replace) return;
    for (const auto& [role, to] : before) {
        if (!has(given, role, to)) now_.unlinks.emplace_back(role, to);
    }
}

nlohmann::json Preparer::said_of(const IncomingLink& link, const std::string& path) {
    try {
        return checked_link_fields(schema_, link.about);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::usage) throw;
        report(path, error.what());
        return nlohmann::json::object();
    }
}

bool Preparer::says_already(const std::string& role, const RecordId& to,
                            nlohmann::json said) const {
    said["role"] = role;
    said["to"] = to_text(to);
    const auto links = links_with_fields(vault(), existing_->id);
    return std::find(links.begin(), links.end(), said) != links.end();
}

std::optional<RecordId> Preparer::link_target(const IncomingLink& link, const std::string& path) {
    const Coming::Entry* entry = coming_.named(link.to);
    if (entry == nullptr) entry = coming_entry(link.to);
    if (point_at(entry) != nullptr) return entry->id;
    if (entry != nullptr && !state_of_record(vault(), entry->id)) {
        report(path, "points at " + on_line(*entry) + ", which is refused");
        return std::nullopt;
    }
    const Known& known = look_up(link.to);
    if (!known.id) {
        report(path, "there is no such record or name", harmless_excerpt(link.to),
               coming_.names_near(link.to));
    } else if (known.state != State::live) {
        report(path, "is a record that is " + std::string(name_of(known.state)),
               harmless_excerpt(link.to));
    } else {
        return known.id;
    }
    return std::nullopt;
}

// That nothing becomes part of itself, with what the lines before this one say.
void Preparer::check_parts() {
    std::vector<RecordId> wholes;
    for (const auto& [role, to] : now_.links) {
        if (role == kPartOf) wholes.push_back(to);
    }
    const auto field = now_.fields.find(std::string(kPartOf));
    if (field != now_.fields.end() && field->is_string()) {
        if (const auto id = parse_id(field->get_ref<const std::string&>())) wholes.push_back(*id);
    }
    if (existing_) {
        for (const Link& link : existing_->links) {
            const std::pair<std::string, RecordId> same(link.role, link.to);
            const auto& gone = now_.unlinks;
            if (link.role == kPartOf && std::find(gone.begin(), gone.end(), same) == gone.end())
                wholes.push_back(link.to);
        }
    }
    const auto known = [&](const RecordId& id) {
        const auto found = wholes_.find(id);
        return found != wholes_.end() ? found->second : wholes_of(vault(), id);
    };
    for (const RecordId& whole : wholes) {
        const auto way = way_round(now_.id, whole, known);
        if (way.empty()) continue;
        std::string text;
        for (const RecordId& id : way) {
            const Coming::Entry* entry = coming_.with(id);
            text += (text.empty() ? "" : " is part of ") +
                    (entry != nullptr ? on_line(*entry) : code_of(vault(), id));
        }
        report(std::string(kPartOf), "nothing can be part of itself: " + text);
        return;
    }
    if (!wholes.empty() || wholes_.contains(now_.id)) wholes_[now_.id] = std::move(wholes);
}

void Preparer::decide() {
    if (!now_.problems.empty()) {
        now_.action = Action::refuse;
        return;
    }
    if (!existing_) {
        now_.action = Action::create;
        return;
    }
    for (const auto& [name, value] : now_.fields.items()) {
        if (!existing_->fields.contains(name) || existing_->fields[name] != value)
            now_.changed.push_back(name);
    }
    for (const auto& [name, value] : existing_->fields.items()) {
        if (!now_.fields.contains(name)) now_.changed.push_back(name);
    }
    if (now_.changed.empty() && now_.links.empty() && now_.unlinks.empty()) {
        now_.action = Action::unchanged;
    } else if (revision_.value_or(existing_->revision) != existing_->revision) {
        report("revision", existing_->code + " was changed since: it is at revision " +
                               std::to_string(existing_->revision));
    } else {
        now_.action = Action::update;
    }
}

// The entry if a line may point at it: noted, and null if it is refused.
const Coming::Entry* Preparer::point_at(const Coming::Entry* entry) {
    if (entry == nullptr) return nullptr;
    if (pointing_ != nullptr)
        pointing_->push_back({static_cast<std::uint32_t>(now_.line), entry->id});
    return entry->refused ? nullptr : entry;
}

const Coming::Entry* Preparer::coming_entry(std::string_view id) const {
    if (coming_.empty()) return nullptr;
    const std::optional<IdQuery> query = parse_id_query(id);
    return query ? coming_.matching(*query) : nullptr;
}

}  // namespace custos::vault
