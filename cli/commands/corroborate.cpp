// SPDX-License-Identifier: GPL-3.0-or-later
// custos corroborate: how do we know?
#include "vault/analysis/corroborate.h"

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/record_text.h"
#include "vault/records/describe.h"
#include "vault/records/filter.h"
#include "vault/records/link_fields.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::analysis::Corroboration;
using vault::analysis::Evidence;
using vault::analysis::Stance;

json codes_of(const vault::Vault& vault, const std::vector<vault::RecordId>& ids) {
    json codes = json::array();
    for (const vault::RecordId& id : ids) codes.push_back(vault::code_of(vault, id));
    return codes;
}

json json_of(const vault::Vault& vault, const Corroboration& found) {
    json document = {
        {"schema", "custos.corroboration/1"},
        {"id", vault::code_of(vault, found.id)},
        {"field", found.field.empty() ? json() : json(found.field)},
        {"value", found.value},
        {"independent",
         {{"supports", found.independent_for}, {"contradicts", found.independent_against}}},
        {"both_sides", codes_of(vault, found.both_sides)},
        {"supports", json::array()},
        {"contradicts", json::array()},
        {"speaks_of", json::array()},
        {"earlier", json::array()}};
    for (const Evidence& evidence : found.evidence) {
        json item = evidence.about;
        item["id"] = evidence.code;
        item["kind"] = name_of(evidence.id.kind);
        item["title"] = evidence.title;
        item["how"] = evidence.how;
        item["origins"] = codes_of(vault, evidence.origins);
        document[std::string(name_of(evidence.stance))].push_back(std::move(item));
    }
    for (const auto& earlier : found.earlier)
        document["earlier"].push_back({{"revision", earlier.revision}, {"value", earlier.value}});
    return document;
}

// "B2" by Admiralty; the rest in words.
std::string grade_of(const json& about) {
    std::string grade = about.value("reliability", std::string("-"));
    grade += about.value("credibility", std::string("-"));
    return grade == "--" ? std::string() : grade;
}

std::string said_of(const vault::Schema& schema, const json& about) {
    std::string text;
    for (const vault::Field& field : vault::link_fields()) {
        if (field.name == "reliability" || field.name == "credibility") continue;
        const auto found = about.find(field.name);
        if (found == about.end()) continue;
        text += (text.empty() ? "" : ", ") + std::string(field.name) + " " +
                value_text(schema, &field, *found);
    }
    return text;
}

void print_stance(Context& context, const vault::Vault& vault, const Corroboration& found,
                  Stance stance, const std::string& heading) {
    bool any = false;
    for (const Evidence& evidence : found.evidence) {
        if (evidence.stance != stance) continue;
        if (!any) {
            context.out.blank();
            context.out.line(heading, Style::strong);
        }
        any = true;
        const std::string grade = grade_of(evidence.about);
        context.out.line("  " + evidence.code + "  " + (grade.empty() ? "--" : grade) + "  " +
                         evidence.title);
        std::string origins;
        for (const vault::RecordId& origin : evidence.origins) {
            if (origin == evidence.id) continue;
            origins += (origins.empty() ? "" : "\n") + code_and_title(vault, origin);
        }
        context.out.fields({{"by", evidence.how},
                            {"said", said_of(vault.schema(), evidence.about)},
                            {"origin", origins}},
                           6);
    }
}

std::string shown_value(const vault::Schema& schema, const vault::Field& field, const json& value) {
    if (value.is_null()) return "(nothing)";
    return value.is_object() ? value.dump() : value_text(schema, &field, value);
}

void print(Context& context, const vault::Vault& vault, const Corroboration& found) {
    context.out.line(code_and_title(vault, found.id), Style::strong);
    TextPairs lines;
    if (!found.field.empty()) {
        const vault::Field& field = vault::require_path(vault.schema(), found.id.kind, found.field);
        lines.emplace_back(found.field, shown_value(vault.schema(), field, found.value));
        for (const auto& earlier : found.earlier)
            lines.emplace_back("until revision " + std::to_string(earlier.revision + 1),
                               shown_value(vault.schema(), field, earlier.value));
    }
    lines.emplace_back("for it", std::to_string(found.independent_for) + " independent");
    lines.emplace_back("against it", std::to_string(found.independent_against) + " independent");
    context.out.fields(lines);
    print_stance(context, vault, found, Stance::supports, "For it");
    print_stance(context, vault, found, Stance::contradicts, "Against it");
    print_stance(context, vault, found, Stance::speaks_of, "About it, neither for nor against");
    for (const vault::RecordId& origin : found.both_sides)
        context.talk.note("speaks for and against: " + code_and_title(vault, origin));
    if (found.evidence.empty())
        context.talk.note("nothing speaks for it; link evidence with: custos link D-... supports " +
                          vault::code_of(vault, found.id));
}

int corroborate(Context& context, const Arguments& arguments) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const std::string field = arguments.words().size() > 1 ? arguments.word(1) : std::string();
    const Corroboration found =
        vault::analysis::corroborate(vault, vault::resolve(vault, arguments.word(0)), field);
    if (context.globals.machine()) {
        context.out.document(json_of(vault, found));
    } else {
        print(context, vault, found);
    }
    return 0;
}

}  // namespace

const Body kCorroborate = {
    corroborate,
    {},
    1,
    2,
    "Evidence is what is linked with supports or contradicts, what \"based_on\" names,\n"
    "and what evaluates the record. What comes from one witness, or was derived from one\n"
    "source, is one origin, however often it is repeated. With FIELD, what was said of\n"
    "another field is left out.\n"
    "\n"
    "    custos corroborate A-2M9XA\n"
    "    custos corroborate I-2M9XA date\n"
    "    custos link D-4D2KM contradicts I-2M9XA --set field=date --set reliability=B",
};

}  // namespace custos::cli
