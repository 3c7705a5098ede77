// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/preview.h"

#include <algorithm>
#include <string>
#include <utility>

#include "vault/publish/markup.h"
#include "vault/publish/phrases.h"
#include "vault/publish/printed.h"
#include "vault/publish/withheld.h"

namespace custos::vault::publish {
namespace {

std::vector<Problem> missing_fields(const Statement& statement) {
    std::vector<Problem> problems;
    const auto need = [&](const std::string& value, const char* name) {
        if (!value.empty()) return;
        problems.push_back(
            {"incomplete", statement.code, 0, std::string("the statement has no ") + name,
             "set it with: custos edit " + statement.code + " --set " + name + "=..."});
    };
    need(statement.index, "index");
    need(statement.title, "title");
    need(statement.date, "date");
    need(statement.body, "body");
    return problems;
}

bool same(const Problem& a, const Problem& b) {
    return a.rule == b.rule && a.record == b.record && a.message == b.message;
}

// Withheld passages must show as such, whatever else the text holds.
std::vector<Problem> withheld_problems(const Material& material, const Edition& edition) {
    WithheldPassages withheld =
        take_out_withheld(material.statement.body, phrases_for(edition.language).marker_withheld);
    const auto& blocks = edition.markup.blocks;
    const auto markers = std::count_if(blocks.begin(), blocks.end(), [](const Block& block) {
        return block.kind == kWithheldBlock;
    });
    if (static_cast<std::size_t>(markers) != withheld.texts.size()) {
        withheld.problems.push_back(
            {"withheld", material.statement.code, 0,
             "a withheld passage stands within a list, a quotation or the like",
             "put it between two paragraphs"});
    }
    return std::move(withheld.problems);
}

// Plans and renders the statement in another language. Its new mentions join the rows.
void add_translation(const Material& material, const Translation& translation, Preview& out) {
    const Material other = translated(material, translation);
    Plan plan = make_plan(other, &out.plan);
    Edition edition = edition_of(other, plan);
    std::vector<Problem> problems = missing_fields(other.statement);
    for (Problem& problem : withheld_problems(other, edition))
        problems.push_back(std::move(problem));
    problems.insert(problems.end(), plan.problems.begin(), plan.problems.end());
    for (Problem& problem : markup_problems(edition.markdown))
        problems.push_back(std::move(problem));
    for (Problem& problem : printed_problems(edition)) problems.push_back(std::move(problem));
    for (Problem& problem : problems) {
        const bool said = std::any_of(out.problems.begin(), out.problems.end(),
                                      [&](const Problem& each) { return same(each, problem); });
        if (said) continue;
        if (problem.line > 0) problem.message += " (in the text in " + translation.language + ")";
        out.problems.push_back(std::move(problem));
    }
    for (PlanRow& row : plan.rows) {
        const bool known =
            std::any_of(out.plan.rows.begin(), out.plan.rows.end(),
                        [&](const PlanRow& each) { return each.handle == row.handle; });
        if (!known) out.plan.rows.push_back(std::move(row));
    }
    for (const std::string& code : plan.named) {
        auto& named = out.plan.named;
        if (std::find(named.begin(), named.end(), code) == named.end()) named.push_back(code);
    }
    for (const std::string& code : plan.pictures) {
        auto& pictures = out.plan.pictures;
        if (std::find(pictures.begin(), pictures.end(), code) == pictures.end())
            pictures.push_back(code);
    }
    out.plan.letters = std::move(plan.letters);
    out.plan.exhibits = std::move(plan.exhibits);
    out.edition.translations.push_back(std::move(edition));
}

}  // namespace

Preview preview(const Material& material) {
    Preview out;
    out.plan = make_plan(material);
    out.edition = edition_of(material, out.plan);
    out.problems = missing_fields(material.statement);
    for (Problem& problem : withheld_problems(material, out.edition))
        out.problems.push_back(std::move(problem));
    for (const Problem& problem : out.plan.problems) out.problems.push_back(problem);
    for (Problem& problem : markup_problems(out.edition.markdown))
        out.problems.push_back(std::move(problem));
    for (Problem& problem : printed_problems(out.edition))
        out.problems.push_back(std::move(problem));
    std::vector<std::string> languages = {out.edition.language};
    for (const Translation& translation : material.statement.translations) {
        if (std::find(languages.begin(), languages.end(), translation.language) !=
            languages.end()) {
            out.problems.push_back({"incomplete", material.statement.code, 0,
                                    "the statement has two texts in " + translation.language,
                                    "take one of them out of translations"});
            continue;
        }
        languages.push_back(translation.language);
        add_translation(material, translation, out);
    }
    return out;
}

}  // namespace custos::vault::publish
