// SPDX-License-Identifier: GPL-3.0-or-later
// A planned statement as the files that readers get. Pure and deterministic: the same statement,
// plan and key give the same bytes on every machine. Nothing of the vault is in them but what the
// plan shows: no ids, no codes, no times, no names of users or programs.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/minisign.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/markup.h"
#include "vault/publish/plan.h"
#include "vault/publish/statement.h"

namespace custos::vault::publish {

inline constexpr const char* kHtmlFile = "statement.html";
inline constexpr const char* kMarkdownFile = "statement.md";
inline constexpr const char* kJsonFile = "statement.json";
inline constexpr const char* kVerifyFile = "VERIFY.txt";
inline constexpr const char* kKeyFile = "key.pub";
inline constexpr const char* kSumsFile = "SHA256SUMS";
inline constexpr const char* kManifestFile = "manifest.json";
inline constexpr const char* kSignatureSuffix = ".minisig";

// A statement whose handles are gone.
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
};

[[nodiscard]] Edition edition_of(const Material& material, const Plan& plan);

[[nodiscard]] std::string render_html(const Edition& edition,
                                      const crypto::minisign::PublicKey& key);
[[nodiscard]] std::string render_markdown(const Edition& edition);
[[nodiscard]] std::string render_json(const Edition& edition);
[[nodiscard]] std::string render_verify_text(const Edition& edition,
                                             const crypto::minisign::PublicKey& key);
[[nodiscard]] std::string render_key(const crypto::minisign::PublicKey& key);

// What people compare: SHA-256 of the 42 bytes that the second line of key.pub encodes, in groups
// of four hexadecimal digits. `tail -n 1 key.pub | base64 -d | sha256sum` gives the same digits.
[[nodiscard]] std::string fingerprint_of(const crypto::minisign::PublicKey& key);

}  // namespace custos::vault::publish
