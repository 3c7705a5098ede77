// SPDX-License-Identifier: GPL-3.0-or-later
// custos verify: is a published statement what its publisher signed? Needs no vault.
#include "vault/publish/verify.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/context.h"
#include "crypto/error.h"
#include "vault/publish/approval.h"

namespace custos::cli {
namespace {

using nlohmann::json;
namespace publish = vault::publish;
namespace minisign = crypto::minisign;

constexpr std::array kOptions = {
    Option{"key", 'k', Takes::value, "FILE",
           "the publisher's public key, or its line RW..., got another way than the package"},
    Option{"register", '\0', Takes::value, "FILE",
           "the publisher's register.json: what was withdrawn"},
    Option{"key-history", '\0', Takes::value, "FILE",
           "the publisher's keys.json: which keys were revoked"},
    Option{"disclosure", '\0', Takes::value, "FILE", "withheld parts that somebody was given"},
};

std::optional<minisign::PublicKey> given_key(const Arguments& arguments) {
    const auto file = arguments.maybe("key");
    if (!file) return std::nullopt;
    // The key itself, as people send it to each other.
    constexpr std::size_t kLineSize = 56;
    std::error_code ignored;
    const bool is_line = file->size() == kLineSize && file->starts_with("RW") &&
                         !std::filesystem::exists(vault::Path(*file), ignored);
    if (is_line) return minisign::read_public_key(*file);
    return minisign::read_public_key(text_of(vault::read_file(*file, minisign::kFileSizeMax)));
}

// What the reader holds for the publisher's.
publish::Knowledge knowledge(const Arguments& arguments) {
    publish::Knowledge known{given_key(arguments), {}, {}};
    if (const auto file = arguments.maybe("key-history")) {
        auto keys = publish::read_key_history(vault::read_file(*file, publish::kKeyHistorySizeMax));
        if (!keys) {
            throw Error{ErrorCode::usage, "cannot use this key history: it is none",
                        "it is what custos key rotate, or key revoke, wrote"};
        }
        known.keys = std::move(*keys);
    }
    if (const auto file = arguments.maybe("register"))
        known.publications = publish::open_register(*file, known.key);
    return known;
}

json line_json(const std::optional<publish::RegisterLine>& line) {
    return line ? publish::as_json(*line) : json();
}

json approved_by(const publish::Verification& verification) {
    if (!verification.approval_known) return {};
    return verification.approver ? "two persons" : "one person";
}

json as_json(const publish::Verification& verification, bool key_given) {
    json files = json::array();
    for (const publish::CheckedFile& file : verification.files) {
        files.push_back({{"name", file.name}, {"state", publish::text_of(file.state)}});
    }
    json findings = json::array();
    for (const publish::Doubt& doubt : verification.doubts) {
        findings.push_back({{"file", doubt.file}, {"what", doubt.what}, {"next", doubt.next}});
    }
    json out = {{"schema", "custos.verify/1"},
                {"result", publish::text_of(verification.result)},
                {"index", verification.index},
                {"title", verification.title},
                {"date", verification.date},
                {"files", files},
                {"findings", findings},
                {"key", nullptr},
                {"approved_by", approved_by(verification)},
                {"listed", verification.listed ? json(*verification.listed) : json()},
                {"retraction", line_json(verification.retraction)},
                {"newer", line_json(verification.newer)},
                {"revocation", nullptr},
                {"log", nullptr}};
    if (verification.revocation) {
        out["revocation"] = {{"date", verification.revocation->date},
                             {"reason", verification.revocation->reason}};
    }
    if (verification.proof) {
        out["log"] = {{"origin", verification.proof->checkpoint.origin},
                      {"size", verification.proof->checkpoint.size},
                      {"logged", vault::utc_text(verification.proof->time)},
                      {"number", verification.proof->line.number}};
    }
    if (verification.key) {
        out["key"] = {{"given", key_given},
                      {"id", minisign::key_id_text(verification.key->id)},
                      {"public_key", minisign::public_key_line(*verification.key)},
                      {"fingerprint", publish::fingerprint_of(*verification.key)}};
    }
    if (!verification.disclosed.is_null()) {
        out["disclosed"] = {
            {"paragraphs", verification.disclosed.at("paragraphs")},
            {"facts", verification.disclosed.at("facts")},
            {"translations", verification.disclosed.value("translations", json::array())}};
    }
    return out;
}

std::string sentence_for(publish::Result result) {
    switch (result) {
        case publish::Result::authentic:
            return "authentic: every file is as its publisher signed it";
        case publish::Result::unknown_key:
            return "intact, but signed by a key that nobody has vouched for: whose it is, is not "
                   "known";
        case publish::Result::altered: return "NOT as published: do not rely on it";
        case publish::Result::revoked: return "signed by a key that was revoked: do not rely on it";
        case publish::Result::retracted: return "authentic, but its publisher has withdrawn it";
    }
    return {};
}

Style style_for(publish::Result result) {
    if (result == publish::Result::authentic) return Style::good;
    return result == publish::Result::unknown_key ? Style::warning : Style::bad;
}

int status_for(publish::Result result) {
    if (result == publish::Result::authentic) return 0;
    const ErrorCode code =
        result == publish::Result::unknown_key ? ErrorCode::partly_done : ErrorCode::integrity;
    return static_cast<int>(code);
}

void print(Context& context, const publish::Verification& verification) {
    context.out.line(sentence_for(verification.result), style_for(verification.result));
    std::vector<std::pair<std::string, std::string>> facts = {
        {"index", verification.index}, {"title", verification.title}, {"date", verification.date}};
    if (!verification.replaces.empty()) facts.emplace_back("replaces", verification.replaces);
    if (verification.newer) facts.emplace_back("replaced by", verification.newer->index);
    if (verification.retraction) {
        facts.emplace_back("withdrawn",
                           verification.retraction->date + ": " + verification.retraction->reason);
    }
    if (verification.revocation) {
        facts.emplace_back("key revoked",
                           verification.revocation->date + ": " + verification.revocation->reason);
    }
    if (verification.proof) {
        facts.emplace_back("logged", vault::utc_text(verification.proof->time) + ", as number " +
                                         std::to_string(verification.proof->line.number) +
                                         " of the register, by the publisher's clock");
    }
    if (verification.approver) {
        facts.emplace_back("approved", "by a second person, whose key is " +
                                           publish::approver_text(*verification.approver));
    }
    if (verification.key) {
        facts.emplace_back("key", minisign::public_key_line(*verification.key));
        facts.emplace_back("fingerprint", publish::fingerprint_of(*verification.key));
    }
    context.out.fields(facts);
    for (const publish::Doubt& doubt : verification.doubts) {
        context.out.line((doubt.file.empty() ? "" : doubt.file + ": ") + doubt.what + "; " +
                         doubt.next);
    }
    if (verification.listed == false && verification.doubts.empty())
        context.talk.warning("the register is older than this: it cannot know it");
    if (verification.newer) {
        context.talk.warning("there is a newer version: " + verification.newer->index);
    }
    if (verification.result == publish::Result::unknown_key) {
        context.talk.note(
            "compare the key with one that you got from the publisher another way, then: custos "
            "verify "
            "PATH --key FILE");
    }
}

void print_paragraphs(Context& context, const json& paragraphs, const std::string& language) {
    for (const json& paragraph : paragraphs) {
        context.out.blank();
        const bool numbered = paragraph.contains("number");
        context.out.line((numbered ? "paragraph " + paragraph.at("number").dump()
                                   : paragraph.value("kind", std::string("text"))) +
                         (language.empty() ? "" : " in " + language) + ", as it was signed:");
        context.out.paragraph(paragraph.value("text", std::string()), 4);
    }
}

void print_disclosed(Context& context, const json& claims) {
    if (claims.is_null()) return;
    print_paragraphs(context, claims.at("paragraphs"), {});
    for (const json& translation : claims.value("translations", json::array())) {
        print_paragraphs(context, translation.value("paragraphs", json::array()),
                         translation.value("language", std::string("another language")));
    }
    for (const auto& [number, fact] : claims.at("facts").items()) {
        context.out.blank();
        context.out.line("behind \"" + fact.value("shown", std::string()) +
                         "\", as it was signed:");
        std::vector<std::pair<std::string, std::string>> lines;
        for (const auto& [name, value] : fact.items()) {
            if (name == "shown" || name == "kind") continue;
            if (value.is_string()) lines.emplace_back(name, value.get<std::string>());
            if (!value.is_array()) continue;
            for (const json& item : value) lines.emplace_back(name, item.get<std::string>());
        }
        context.out.fields(lines, 4);
    }
}

// A disclosure has no signature file beside it: it is signed within.
bool is_disclosure(const vault::Path& path) {
    std::error_code ignored;
    return path.extension() == ".sd-jwt" &&
           !std::filesystem::exists(path.string() + publish::kSignatureSuffix, ignored);
}

publish::Verification verified(const Arguments& arguments, const publish::Knowledge& known) {
    const vault::Path path = arguments.word(0);
    const auto disclosure = arguments.maybe("disclosure");
    if (is_disclosure(path)) return publish::verify_disclosure_alone(path, known);
    publish::Verification verification = publish::verify_path(path, known);
    if (disclosure) publish::verify_disclosure(verification, path, *disclosure);
    return verification;
}

int verify(Context& context, const Arguments& arguments) {
    const publish::Knowledge known = knowledge(arguments);
    const publish::Verification verification = verified(arguments, known);
    if (context.globals.machine()) {
        context.out.document(as_json(verification, known.key.has_value()));
    } else {
        print(context, verification);
        print_disclosed(context, verification.disclosed);
    }
    return status_for(verification.result);
}

}  // namespace

const Body kVerify = {
    verify,
    kOptions,
    1,
    1,
    "PATH is the directory of a published statement, the same as a ZIP file, or one file of\n"
    "it beside its .minisig.\n"
    "Exit status 0: authentic. 3: intact, but no key was given to compare with. 5: altered,\n"
    "incomplete, signed by another or a revoked key, or withdrawn. A key that the given one\n"
    "was rotated to is followed. Only the publisher's register, as new as you can get it,\n"
    "tells what was withdrawn or replaced. Needs no vault and asks for no passphrase.\n"
    "\n"
    "    custos verify package --key organisation.pub\n"
    "    custos verify package.zip --key organisation.pub\n"
    "    custos verify statement.html --key organisation.pub\n"
    "    custos verify package --json\n"
    "    custos verify package --key organisation.pub --register register/register.json\n"
    "    custos verify package --disclosure court.sd-jwt --key organisation.pub",
};

}  // namespace custos::cli
