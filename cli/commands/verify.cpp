// SPDX-License-Identifier: GPL-3.0-or-later
// custos verify: is a published statement what its publisher signed? Needs no vault.
#include "vault/publish/verify.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/context.h"
#include "crypto/error.h"

namespace custos::cli {
namespace {

using nlohmann::json;
namespace publish = vault::publish;
namespace minisign = crypto::minisign;

constexpr std::array kOptions = {
    Option{"key", 'k', Takes::value, "FILE",
           "the publisher's public key, got another way than the package"},
};

std::optional<minisign::PublicKey> given_key(const Arguments& arguments) {
    const auto file = arguments.maybe("key");
    if (!file) return std::nullopt;
    return minisign::read_public_key(text_of(vault::read_file(*file, minisign::kFileSizeMax)));
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
    json out = {{"schema", "custos.verify/1"}, {"result", publish::text_of(verification.result)},
                {"index", verification.index}, {"title", verification.title},
                {"date", verification.date},   {"files", files},
                {"findings", findings},        {"key", nullptr}};
    if (verification.key) {
        out["key"] = {{"given", key_given},
                      {"id", minisign::key_id_text(verification.key->id)},
                      {"public_key", minisign::public_key_line(*verification.key)},
                      {"fingerprint", publish::fingerprint_of(*verification.key)}};
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
    if (verification.key) {
        facts.emplace_back("key", minisign::public_key_line(*verification.key));
        facts.emplace_back("fingerprint", publish::fingerprint_of(*verification.key));
    }
    context.out.fields(facts);
    for (const publish::Doubt& doubt : verification.doubts) {
        context.out.line((doubt.file.empty() ? "" : doubt.file + ": ") + doubt.what + "; " +
                         doubt.next);
    }
    if (verification.result == publish::Result::unknown_key) {
        context.talk.note(
            "compare the key with one that you got from the publisher another way, then: custos "
            "verify "
            "PATH --key FILE");
    }
}

int verify(Context& context, const Arguments& arguments) {
    const auto key = given_key(arguments);
    const publish::Verification verification = publish::verify_path(arguments.word(0), key);
    if (context.globals.machine()) {
        context.out.document(as_json(verification, key.has_value()));
    } else {
        print(context, verification);
    }
    return status_for(verification.result);
}

}  // namespace

const Body kVerify = {
    verify,
    kOptions,
    1,
    1,
    "PATH is the directory of a published statement, or one file of it beside its .minisig.\n"
    "Exit status 0: authentic. 3: intact, but no key was given to compare with. 5: altered,\n"
    "incomplete, or signed by another key. Needs no vault and asks for no passphrase.\n"
    "\n"
    "    custos verify package --key organisation.pub\n"
    "    custos verify statement.html --key organisation.pub\n"
    "    custos verify package --json",
};

}  // namespace custos::cli
