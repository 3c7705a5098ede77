// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/lookalikes.h"

#include <cmath>

#include <nlohmann/json.hpp>

namespace custos::cli {

nlohmann::json json_of(const vault::analysis::Lookalike& lookalike) {
    return {{"id", lookalike.code},
            {"title", lookalike.title},
            {"score", std::round(lookalike.score * 100) / 100},
            {"why", lookalike.why}};
}

nlohmann::json lookalikes_json(const vault::Vault& vault, const vault::RecordId& id) {
    nlohmann::json list = nlohmann::json::array();
    for (const auto& lookalike : vault::analysis::lookalikes_of(vault, id))
        list.push_back(json_of(lookalike));
    return list;
}

std::string reasons_of(const vault::analysis::Lookalike& lookalike) {
    std::string text;
    for (const std::string& why : lookalike.why) text += (text.empty() ? "" : ", ") + why;
    return text;
}

void note_lookalikes(Context& context, const vault::Vault& vault, const vault::RecordId& id) {
    const auto lookalikes = vault::analysis::lookalikes_of(vault, id);
    for (const auto& lookalike : lookalikes)
        context.talk.note("could be the same as " + lookalike.code + " (" + reasons_of(lookalike) +
                          "): " + lookalike.title);
    if (!lookalikes.empty())
        context.talk.note("if it is: custos merge " + lookalikes.front().code + " " +
                          vault::code_of(vault, id));
}

}  // namespace custos::cli
