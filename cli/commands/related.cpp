// SPDX-License-Identifier: GPL-3.0-or-later
// custos related: who did what to whom, around one record.
#include "vault/analysis/related.h"

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "crypto/error.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::analysis::Deed;
using vault::analysis::Related;
using vault::analysis::RelatedRecord;
using vault::analysis::Relation;

constexpr std::array kOptions = {
    Option{"hops", '\0', Takes::value, "N", "how many steps away: 1 or 2 (2)"},
    Option{"limit", 'n', Takes::value, "N", "at most N records (500)"},
};

constexpr std::uint64_t kLimitMax = 5'000;

// Codes and titles of what was reached, and of what it names beyond.
class Names {
public:
    Names(const vault::Vault& vault, const Related& related) : vault_(vault), related_(related) {}

    std::string code(const vault::RecordId& id) const {
        const RelatedRecord* near = related_.find(id);
        return near != nullptr ? near->record.code : vault::code_of(vault_, id);
    }
    std::string title(const vault::RecordId& id) const {
        const RelatedRecord* near = related_.find(id);
        return near != nullptr ? vault::title_of(vault_.schema(), id.kind, near->record.fields)
                               : std::string();
    }
    json code_or_null(const std::optional<vault::RecordId>& id) const {
        return id ? json(code(*id)) : json();
    }

private:
    const vault::Vault& vault_;
    const Related& related_;
};

json text_or_null(const json& fields, const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? json() : *found;
}

json json_of(const vault::Schema& schema, const Names& names, const Related& related, int hops) {
    json acts = json::array();
    for (const Deed& deed : related.deeds) {
        json by = json::array();
        for (const Deed::Part& part : deed.by) {
            by.push_back({{"involvement", names.code(part.involvement)},
                          {"perpetrator", names.code_or_null(part.perpetrator)},
                          {"degree", part.degree.empty() ? json() : json(part.degree)}});
        }
        const json& fields = related.find(deed.act)->record.fields;
        acts.push_back({{"id", names.code(deed.act)},
                        {"type", text_or_null(fields, "type")},
                        {"completion", text_or_null(fields, "completion")},
                        {"date", text_or_null(fields, "date")},
                        {"victim", names.code_or_null(deed.victim)},
                        {"incident", names.code_or_null(deed.incident)},
                        {"by", std::move(by)}});
    }
    json records = json::array();
    for (const RelatedRecord& near : related.records) {
        records.push_back(
            {{"id", near.record.code},
             {"kind", name_of(near.record.id.kind)},
             {"title", vault::title_of(schema, near.record.id.kind, near.record.fields)},
             {"hops", near.hops}});
    }
    json relations = json::array();
    for (const Relation& relation : related.relations) {
        relations.push_back({{"from", names.code(relation.from)},
                             {"role", relation.role},
                             {"type", relation.is_link ? "link" : "field"},
                             {"to", names.code(relation.to)},
                             {"hops", relation.hops}});
    }
    return {{"schema", "custos.related/1"},
            {"id", related.records.front().record.code},
            {"hops", hops},
            {"acts", std::move(acts)},
            {"records", std::move(records)},
            {"relations", std::move(relations)},
            {"left_out", related.left_out}};
}

void print_deeds(Context& context, const vault::Schema& schema, const Names& names,
                 const Related& related) {
    if (related.deeds.empty()) return;
    context.out.blank();
    context.out.line("Who did what to whom", Style::strong);
    for (const Deed& deed : related.deeds) {
        const vault::Record& act = related.find(deed.act)->record;
        const std::string date = date_text(act.id.kind, act.fields);
        context.out.line("  " + act.code + "  " + vault::title_of(schema, act.id.kind, act.fields) +
                         (date.empty() ? "" : ", " + date));
        TextPairs lines;
        if (deed.victim)
            lines.emplace_back("to", names.code(*deed.victim) + "  " + names.title(*deed.victim));
        for (const Deed::Part& part : deed.by) {
            std::string text = names.code(part.involvement);
            if (!part.degree.empty())
                text += "  " + std::string(vault::label_of(
                                   schema.vocabulary(vault::VocabularyId::degree), part.degree));
            if (part.perpetrator)
                text +=
                    "  " + names.code(*part.perpetrator) + "  " + names.title(*part.perpetrator);
            lines.emplace_back("by", text);
        }
        if (deed.incident)
            lines.emplace_back("in",
                               names.code(*deed.incident) + "  " + names.title(*deed.incident));
        context.out.fields(lines, 6);
    }
}

// Whether the deeds say it already.
bool is_told(const Relation& relation) {
    if (relation.is_link) return false;
    if (relation.from.kind == vault::Kind::act)
        return relation.role == "victim" || relation.role == "incident";
    return relation.from.kind == vault::Kind::involvement &&
           (relation.role == "act" || relation.role == "perpetrator" ||
            relation.role == "incident");
}

void print_relations(Context& context, const Names& names, const Related& related, int hops) {
    Table table{{"FROM", "ROLE", "TO", "TITLE"}, {}};
    for (const Relation& relation : related.relations) {
        if (relation.hops != hops || is_told(relation)) continue;
        const RelatedRecord* from = related.find(relation.from);
        const bool from_is_farther = from->hops == hops && from->hops != 0;
        table.rows.push_back({"  " + names.code(relation.from), relation.role,
                              names.code(relation.to),
                              names.title(from_is_farther ? relation.from : relation.to)});
    }
    if (table.rows.empty()) return;
    context.out.blank();
    context.out.line(hops < 2 ? "Directly" : "Over one more record", Style::strong);
    context.out.table(table);
}

int related(Context& context, const Arguments& arguments) {
    const auto hops = static_cast<int>(arguments.number("hops", vault::analysis::kHopsMax, 1'000));
    if (hops < 1 || hops > vault::analysis::kHopsMax) {
        throw Error{ErrorCode::usage, "--hops is 1 or 2"};
    }
    const std::uint64_t limit = arguments.number("limit", vault::analysis::kRelatedMax, kLimitMax);
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const Related found =
        vault::analysis::related_to(vault, vault::resolve(vault, arguments.word(0)), hops, limit);
    const Names names(vault, found);
    if (context.globals.machine()) {
        context.out.document(json_of(vault.schema(), names, found, hops));
        return 0;
    }
    const vault::Record& start = found.records.front().record;
    context.out.line(
        start.code + "  " + vault::title_of(vault.schema(), start.id.kind, start.fields),
        Style::strong);
    print_deeds(context, vault.schema(), names, found);
    for (int distance = 0; distance <= hops; ++distance)
        print_relations(context, names, found, distance);
    if (found.records.size() == 1) context.talk.note("nothing is related to it");
    if (found.left_out > 0) {
        context.talk.note("there is more: the nearest " + std::to_string(found.records.size()) +
                          " records are shown; --limit shows further ones");
    }
    return 0;
}

}  // namespace

const Body kRelated = {
    related,
    kOptions,
    1,
    1,
    "References in fields and links, in both directions. With an involvement come its\n"
    "act and its perpetrator. Records that only share a case are left out, and so is\n"
    "what is in the trash.\n"
    "\n"
    "    custos related P-7K3QD\n"
    "    custos related I-2M9XA --hops 1 --json",
};

}  // namespace custos::cli
