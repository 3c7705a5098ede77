// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/groups.h"

#include <algorithm>
#include <array>

namespace custos::cli {
namespace {

using vault::Field;
using vault::Kind;

// clang-format off
constexpr auto kRows = std::to_array<GroupRow>({
    {Kind::case_, "", "title summary number status countries protection"},
    {Kind::case_, "how the work is organised", "focus priority opened closed owner partners authorization part_of"},
    {Kind::case_, "rights", "rights"},

    {Kind::person, "", "names aliases role protection risk country contacts"},
    {Kind::person, "about the person", "born born_verbatim age sex gender gender_in_own_words pronouns occupation education languages health"},
    {Kind::person, "a group or an organisation", "counting_unit group_size group_description"},
    {Kind::person, "documents and addresses", "identifiers addresses citizenships"},
    {Kind::person, "refugee status", "refugee"},
    {Kind::person, "parties, offices and what may have made the person a target", "affiliations characteristics religion ethnicity"},
    {Kind::person, "family", "next_of_kin civil_status dependants"},
    {Kind::person, "for publications and as a source", "pseudonym reliability case"},

    {Kind::incident, "", "title date time time_precision timezone place summary case protection"},
    {Kind::incident, "what it led to, and our findings", "impact rights violation_status remarks"},
    {Kind::incident, "how the date was given", "date_verbatim calendar"},
    {Kind::incident, "index terms", "index_terms local_index"},

    {Kind::act, "", "incident victim type completion methods description date status_at_end consequences"},
    {Kind::act, "time and place", "time time_precision timezone place place_at_end date_verbatim calendar"},
    {Kind::act, "injuries in detail", "physical_consequences psychological_consequences age_at_time"},
    {Kind::act, "why, and what is said about it", "stated_reason attribution victim_characteristics confidence"},
    {Kind::act, "law", "rights national_law instruments"},
    {Kind::act, "arrest or detention", "arrest"},
    {Kind::act, "killing", "killing"},
    {Kind::act, "torture or ill-treatment", "torture"},
    {Kind::act, "destruction of property", "destruction"},
    {Kind::act, "digital harm", "digital"},

    {Kind::involvement, "", "act perpetrator degree perpetrator_type unit acting_for description basis confidence"},
    {Kind::involvement, "what supports it", "based_on status remarks incident"},

    {Kind::testimony, "", "title witness incident given language paragraphs translations interviewer interpreter consent protection"},
    {Kind::testimony, "how it was taken down", "place time time_precision timezone others_present written_language recording"},
    {Kind::testimony, "read back and confirmed", "read_back read_back_language signature corrections"},
    {Kind::testimony, "how far to believe it", "connection reliability credibility reliability_huridocs assessment"},
    {Kind::testimony, "earlier accounts", "version prior_statements"},
    {Kind::testimony, "the witness, and what is next", "wellbeing follow_up summary type"},
    {Kind::testimony, "how the date was given", "date_verbatim calendar"},

    {Kind::source, "", "title type publisher author date url accessed summary"},
    {Kind::source, "its words and copies", "text copies archived_url reference_number country"},
    {Kind::source, "how far to believe it", "person evaluations"},

    {Kind::intervention, "", "title type date party incident"},

    {Kind::exhibit, "", "title type description captured captured_by incident protection"},
    {Kind::exhibit, "how it came to us", "collected collected_by collected_from handling source_url tool authorization storage"},
    {Kind::exhibit, "who and where", "persons place device time time_precision timezone"},
    {Kind::exhibit, "what it was made from", "copy_status derived_from root derivation number"},

    {Kind::consent, "", "person scopes given method given_by conditions valid_until"},
    {Kind::consent, "how it was asked", "explained_by explained_in interpreter capacity assent representative"},
    {Kind::consent, "limits", "partners subjects review proof"},
    {Kind::consent, "withdrawn", "withdrawn withdrawal"},

    {Kind::statement, "", "index title date language body sources summary"},
    {Kind::statement, "who and what appears", "plan authors organisation contact subtitle"},
    {Kind::statement, "review", "reviewers corrects"},
});

// Parts of parts, by the name of the field that holds them.
struct PartRow {
    std::string_view field;
    std::string_view first;
};
constexpr std::string_view kPlaceFirst = "text country admin1";
constexpr auto kPartRows = std::to_array<PartRow>({
    {"place", kPlaceFirst},
    {"place_at_end", kPlaceFirst},
    {"birth_place", kPlaceFirst},
    {"names", "text kind language transliteration"},
    {"contacts", "type value safe notes"},
    {"identifiers", "type number country"},
    {"addresses", "text country"},
    {"affiliations", "organisation position"},
    {"paragraphs", "text basis"},
    {"translations", "language paragraphs translator"},
    {"refugee", "status authority since host_country"},
    {"evaluations", "about reliability credibility reason"},
});

struct AfterRow {
    std::string_view name;
    std::string_view after;
};
constexpr auto kAfterRows = std::to_array<AfterRow>({
    {"time_precision", "time"},
    {"timezone", "time"},
    {"read_back_language", "read_back"},
    {"born_verbatim", "born"},
    {"died", "deceased"},
    {"date_verbatim", "date"},
});
// clang-format on

constexpr std::string_view kTheRest = "anything else";

template <class Visit>
void each_word(std::string_view words, Visit&& visit) {
    while (!words.empty()) {
        const std::size_t end = std::min(words.find(' '), words.size());
        visit(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

bool contains(const std::vector<const Field*>& fields, const Field* field) {
    return std::find(fields.begin(), fields.end(), field) != fields.end();
}

}  // namespace

std::span<const GroupRow> group_rows() { return kRows; }

std::vector<QuestionGroup> groups_of(const vault::Schema& schema, Kind kind) {
    const vault::FieldList all = schema.fields(kind);
    std::vector<QuestionGroup> groups;
    std::vector<const Field*> taken;
    for (const GroupRow& row : kRows) {
        if (row.kind != kind) continue;
        QuestionGroup group{row.title, {}};
        each_word(row.fields, [&](std::string_view name) {
            const Field* field = vault::find_field(all, name);
            if (field == nullptr || contains(taken, field)) return;
            group.fields.push_back(field);
            taken.push_back(field);
        });
        if (!group.fields.empty()) groups.push_back(std::move(group));
    }
    QuestionGroup rest{kTheRest, {}};
    for (const Field& field : all) {
        if (!field.retired && !contains(taken, &field)) rest.fields.push_back(&field);
    }
    if (!rest.fields.empty()) groups.push_back(std::move(rest));
    return groups;
}

Parts parts_of(const Field& field) {
    Parts parts;
    for (const PartRow& row : kPartRows) {
        if (row.field != field.name) continue;
        each_word(row.first, [&](std::string_view name) {
            if (const Field* part = vault::find_field(field.children, name))
                parts.first.push_back(part);
        });
    }
    for (const Field& part : field.children) {
        if (parts.first.empty() || !contains(parts.first, &part)) parts.rest.push_back(&part);
    }
    if (parts.first.empty()) std::swap(parts.first, parts.rest);
    return parts;
}

std::string_view asked_after(std::string_view name) {
    for (const AfterRow& row : kAfterRows) {
        if (row.name == name) return row.after;
    }
    return {};
}

}  // namespace custos::cli
