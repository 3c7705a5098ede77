// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/printed_name.h"

#include <algorithm>

#include "vault/publish/fold.h"

namespace custos::vault::publish {

std::string printed_name(const Person& person, std::string_view language) {
    const std::string_view wanted =
        language.empty() ? "en" : language.substr(0, language.find('-'));
    const PersonName* best = nullptr;
    int best_score = -1;
    for (const PersonName& name : person.names) {
        if (is_alias(name) || name.form == PersonName::Form::spelling) continue;
        const bool same =
            std::string_view(name.language).substr(0, name.language.find('-')) == wanted;
        const int score = (same ? 4 : 0) +
                          (name.form == PersonName::Form::transliteration ? 2 : 0) +
                          (name.kind == "common" ? 1 : 0);
        if (score > best_score) {
            best = &name;
            best_score = score;
        }
    }
    return best == nullptr ? std::string() : best->text;
}

bool is_made_from_name(const Person& person) {
    Folder folder;
    const auto folded = [&](std::string_view text) {
        Folded out;
        folder.fold(text, Reading::letters, out);
        return out.letters.substr(0, out.size());
    };
    const std::string pseudonym = folded(person.pseudonym);
    for (const PersonName& name : person.names) {
        std::string initials;
        for (std::size_t at = 0; at < name.text.size();) {
            const std::size_t end = std::min(name.text.find_first_of(" -,.", at), name.text.size());
            const std::string part = folded(std::string_view(name.text).substr(at, end - at));
            at = end + 1;
            if (part.size() >= 3 && pseudonym.find(part) != std::string::npos) return true;
            if (!part.empty()) initials.push_back(part.front());
        }
        if (initials.size() >= 2 && pseudonym == initials) return true;
    }
    return false;
}

}  // namespace custos::vault::publish
