// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/disclose.h"

#include <algorithm>
#include <optional>

#include <nlohmann/json.hpp>

#include "crypto/error.h"
#include "crypto/sd_jwt.h"
#include "vault/records/merge.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

HistoryItem publication_of(const Vault& vault, const RecordId& statement,
                           const std::string& index) {
    std::vector<HistoryItem> history = history_of(vault, statement);
    const auto found = std::find_if(history.rbegin(), history.rend(), [&](const HistoryItem& item) {
        return item.verb == Verb::publish && item.body.is_object() &&
               item.body.contains("claims") &&
               (index.empty() || item.body.value("index", std::string()) == index);
    });
    if (found != history.rend()) return std::move(*found);
    throw Error{ErrorCode::not_found,
                "cannot disclose parts of " + code_of(vault, statement) +
                    (index.empty() ? ": it was never published"
                                   : ": it was never published under this index"),
                "see what happened to it with: custos history " + code_of(vault, statement)};
}

std::string paragraph_of(const HistoryItem& publication, std::size_t number,
                         const std::string& language) {
    for (const json& paragraph : publication.body.at("claims").at("paragraphs")) {
        if (paragraph.at("number") == number && paragraph.value("language", "") == language)
            return paragraph.at("disclosure");
    }
    throw Error{ErrorCode::not_found,
                "cannot disclose paragraph " + std::to_string(number) + ": there is none" +
                    (language.empty() ? "" : " in that language"),
                "paragraphs are numbered in statement.json; --language is for translations"};
}

std::string_view aspect_of(std::string_view handle) {
    const std::size_t colon = handle.find(':');
    return colon == std::string_view::npos ? std::string_view() : handle.substr(colon + 1);
}

// A record and those that are one with it by now, itself first: which of them a statement named
// depends on when it left.
std::vector<RecordId> same_records(const Vault& vault, const RecordId& id) {
    const RecordId kept = merged_into(vault, id).value_or(id);
    std::vector<RecordId> all = {id, kept};
    for (const RecordId& other : merged_from(vault, kept)) all.push_back(other);
    return all;
}

// Facts lie in entries about the record that they are of, behind that of the publication.
std::optional<std::string> fact_about(const Vault& vault, const RecordId& about,
                                      const HistoryItem& publication, const RecordId& statement,
                                      std::string_view aspect) {
    for (const HistoryItem& item : history_of(vault, about)) {
        if (item.verb != Verb::publish || item.index < publication.index ||
            !item.body.is_object() || !item.body.contains("facts") ||
            item.body.value("statement", std::string()) != to_text(statement)) {
            continue;
        }
        for (const json& fact : item.body.at("facts")) {
            if (aspect_of(fact.at("key").get_ref<const std::string&>()) == aspect)
                return fact.at("disclosure");
        }
        break;  // what a later publication holds is not signed by this one
    }
    return std::nullopt;
}

std::string fact_of(const Vault& vault, const HistoryItem& publication, const RecordId& statement,
                    const std::string& handle) {
    const RecordId about = resolve(vault, handle.substr(0, handle.find(':')));
    for (const RecordId& each : same_records(vault, about)) {
        auto fact = fact_about(vault, each, publication, statement, aspect_of(handle));
        if (fact) return std::move(*fact);
    }
    throw Error{ErrorCode::not_found,
                "cannot disclose what stands behind " + code_of(vault, about) +
                    ": nothing was withheld there, or the record was purged since",
                "name a handle of the statement without its braces, such as P-7K3QD or "
                "I-2M9XA:date"};
}

}  // namespace

DisclosedParts disclose(Vault& vault, const RecordId& statement, const DisclosureRequest& request,
                        const Path& to) {
    if (request.paragraphs.empty() && request.facts.empty())
        throw Error{ErrorCode::usage, "cannot disclose nothing", "name a paragraph or a fact"};
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(to, ignored))) {
        throw Error{ErrorCode::conflict,
                    "cannot write the disclosure: " + to.filename().string() + " exists already"};
    }
    const HistoryItem publication = publication_of(vault, statement, request.index);
    std::vector<std::string> chosen;
    for (const std::size_t number : request.paragraphs)
        chosen.push_back(paragraph_of(publication, number, request.language));
    for (const std::string& handle : request.facts)
        chosen.push_back(fact_of(vault, publication, statement, handle));
    // Asked for twice is given once.
    std::sort(chosen.begin(), chosen.end());
    chosen.erase(std::unique(chosen.begin(), chosen.end()), chosen.end());

    const std::string jwt = publication.body.at("claims").at("jwt");
    DisclosedParts out{publication.body.at("index"), crypto::write_sd_jwt(jwt, chosen)};
    json body = {{"index", out.index},
                 {"package", publication.body.at("package")},
                 {"paragraphs", request.paragraphs},
                 {"facts", request.facts},
                 {"reason", request.reason}};
    if (!request.language.empty()) body["language"] = request.language;
    Change change(vault);
    change.append({Verb::disclose, to_text(statement), {}, to_bytes(bytes_of(body.dump()))});
    change.commit();
    write_new_file(to, bytes_of(out.sd_jwt));
    return out;
}

}  // namespace custos::vault::publish
