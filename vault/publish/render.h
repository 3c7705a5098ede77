// SPDX-License-Identifier: GPL-3.0-or-later
// A planned statement as the files that readers get. Pure and deterministic: the same statement,
// plan and key give the same bytes on every machine. Nothing of the vault is in them but what the
// plan shows: no ids, no codes, no times, no names of users or programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/minisign.h"
#include "vault/publish/fingerprint.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/markup.h"
#include "vault/publish/plan.h"
#include "vault/publish/shown_exhibits.h"
#include "vault/publish/statement.h"

namespace custos::vault::publish {

inline constexpr const char* kHtmlFile = "statement.html";
inline constexpr const char* kPdfFile = "statement.pdf";
inline constexpr const char* kMarkdownFile = "statement.md";
inline constexpr const char* kJsonFile = "statement.json";
inline constexpr const char* kClaimsFile = "statement.sd-jwt";
inline constexpr const char* kVerifyFile = "VERIFY.txt";
inline constexpr const char* kKeyFile = "key.pub";
inline constexpr const char* kSumsFile = "SHA256SUMS";
inline constexpr const char* kApprovalFile = "statement.approval";
inline constexpr const char* kKeysFile = "keys.json";
inline constexpr const char* kProofFile = "statement.tlog-proof";
inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr const char* kSignatureSuffix = ".minisig";

// Kind of the block that stands in place of a withheld passage.
inline constexpr const char* kWithheldBlock = "withheld";

// A statement whose handles and withheld passages are gone.
struct Edition {
    std::string index;
    std::string title;
    std::string date;      // EDTF
    std::string language;  // never empty
    std::string organisation;
    std::string contact;
    std::string markdown;  // the body
    Markup markup;         // the same
    std::vector<Source> sources;
    std::vector<ShownExhibit> exhibits;  // pictures, by number
    Bytes pdf;                           // drawn by vault/publish/pdf.h; empty: none is published
    std::vector<Edition> translations;   // the same in other languages, in files of their own
};

[[nodiscard]] Edition edition_of(const Material& material, const Plan& plan);

// What the page carries to check itself with: the text of statement.json and the signature of it.
struct SignedText {
    std::string json;
    std::string signature;
};

// Without `signed_text` the page runs no script.
[[nodiscard]] std::string render_html(const Edition& edition,
                                      const crypto::minisign::PublicKey& key,
                                      const SignedText& signed_text = {});
[[nodiscard]] std::string render_markdown(const Edition& edition);
[[nodiscard]] std::string render_json(const Edition& edition);
[[nodiscard]] std::string render_verify_text(const Edition& edition,
                                             const crypto::minisign::PublicKey& key);
[[nodiscard]] std::string render_key(const crypto::minisign::PublicKey& key);

// A source as it is printed.
[[nodiscard]] std::string source_line(const Source& source, std::string_view language);

}  // namespace custos::vault::publish
