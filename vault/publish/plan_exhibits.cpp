// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/plan_exhibits.h"

#include "vault/publish/handles.h"
#include "vault/publish/phrases.h"
#include "vault/publish/withheld.h"

namespace custos::vault::publish {

const ExhibitWords* exhibit_words(const Material& material, std::string_view code) {
    for (const ExhibitWords& words : material.statement.exhibits) {
        const auto known = material.known.find(words.exhibit);
        if (known != material.known.end() && known->second == code) return &words;
    }
    return nullptr;
}

std::set<std::string> open_handles(const Statement& statement) {
    const std::string open =
        take_out_withheld(statement.body, phrases_for(statement.language).marker_withheld).open;
    std::vector<const std::string*> texts = {&statement.title, &open};
    for (const ExhibitWords& words : statement.exhibits) {
        texts.push_back(&words.alt);
        texts.push_back(&words.caption);
    }
    std::set<std::string> found;
    for (const std::string* text : texts) {
        for (const Handle& handle : handles_in(*text)) found.insert(handle.key());
    }
    return found;
}

// Who is seen is as good as named, and a guarded picture is for somebody to look at first.
std::vector<Problem> picture_problems(const Material& material,
                                      const std::map<std::string, const Person*>& persons,
                                      const Judge& judge, const Exhibit& exhibit,
                                      std::size_t line) {
    std::vector<Problem> problems;
    const std::string withhold =
        "set the plan of " + exhibit.code + " to withheld, or show another picture";
    if (exhibit.protection.value_or(Protection::internal) >= Protection::protected_) {
        problems.push_back(
            {"exhibit", exhibit.code, line,
             "the text shows " + exhibit.code + ", which is of level " +
                 std::string(text_of(*exhibit.protection)),
             "look at it, and lower its protection if it gives nobody away; or " + withhold});
    }
    for (const std::string& code : exhibit.persons) {
        const auto person = persons.find(code);
        if (person == persons.end()) continue;
        const Verdict verdict = judge.judge(*person->second);
        if (verdict.most == Appearance::named) continue;
        problems.push_back({"consent", code, line,
                            code + " is seen in " + exhibit.code + ", and " + verdict.missing,
                            withhold});
    }
    if (!exhibit.bytes) {
        problems.push_back({"exhibit", exhibit.code, line,
                            exhibit.code + " is larger than the 16 MiB that a picture may have",
                            "make a smaller one of it, and attach and clean that; or " + withhold});
    }
    const std::string language =
        material.statement.language.empty() ? "en" : material.statement.language;
    const ExhibitWords* words = exhibit_words(material, exhibit.code);
    if (words == nullptr || words->alt.empty()) {
        problems.push_back({"exhibit", exhibit.code, line,
                            "the text shows " + exhibit.code + ", and has no words (in " +
                                language + ") for readers who cannot see it",
                            "say what is seen in the field exhibits: {\"exhibit\":\"" +
                                exhibit.code + "\",\"alt\":\"...\"}"});
    }
    return problems;
}

}  // namespace custos::vault::publish
