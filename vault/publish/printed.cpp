// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/printed.h"

#include <optional>
#include <string_view>
#include <utility>

#include "crypto/error.h"
#include "vault/publish/handles.h"
#include "vault/publish/markup.h"
#include "vault/publish/package.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

struct Printed {
    std::string what;  // "the title"
    std::string record;
    std::string text;
};

std::vector<Printed> printed_beside_body(const Edition& edition) {
    std::vector<Printed> all = {{"the index", {}, edition.index},
                                {"the title", {}, edition.title},
                                {"the organisation", {}, edition.organisation},
                                {"the contact", {}, edition.contact}};
    for (const Source& source : edition.sources)
        all.push_back({"a source", source.code, source_line(source, edition.language)});
    for (const ShownExhibit& exhibit : edition.exhibits) {
        all.push_back({"a caption", exhibit.code, exhibit.text});
        all.push_back({"the alt text of a picture", exhibit.code, exhibit.alt});
    }
    return all;
}

std::optional<std::string> code_named(const Vault& vault, const std::string& written) {
    try {
        return code_of(vault, resolve(vault, written));
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::usage) throw;
        return std::nullopt;
    }
}

}  // namespace

std::vector<Problem> printed_problems(const Edition& edition) {
    std::vector<Problem> problems;
    for (const auto& [what, text] :
         {std::pair("index", &edition.index), std::pair("title", &edition.title)}) {
        if (text->size() <= kPackageTextMax) continue;
        problems.push_back({"incomplete",
                            {},
                            0,
                            std::string("the ") + what + " is longer than " +
                                std::to_string(kPackageTextMax) + " bytes",
                            "shorten it: readers of the package and the register take no more"});
    }
    for (const Printed& printed : printed_beside_body(edition)) {
        if (!hides_text(printed.text)) continue;
        problems.push_back({"hidden_character", printed.record, 0,
                            printed.what + " holds a character that hides or turns what stands "
                                           "around it",
                            "take the character out"});
    }
    return problems;
}

std::vector<Problem> code_problems(const Vault& vault, const Edition& edition) {
    std::string text = edition.markdown;
    for (const Printed& printed : printed_beside_body(edition)) text += "\n" + printed.text;
    std::vector<Problem> problems;
    for (const std::string& written : codes_in(text)) {
        const auto code = code_named(vault, written);
        if (!code) continue;
        problems.push_back({"record_code", *code, 0,
                            "the text shows " + *code + ", which is the code of a record",
                            "take it out, or write a handle in braces without spaces, such as "
                            "{I-2M9XA:date}"});
    }
    return problems;
}

}  // namespace custos::vault::publish
