// SPDX-License-Identifier: GPL-3.0-or-later
// The last look before bytes leave: does any file hold something of a protected person?
//
// Whole names in any order of their parts, listed aliases, identifiers, contacts and record codes
// are looked for in every form that a file can hide them in (docs/publishing.md has the list), over
// the final bytes of every file and over the file names. So are single parts of names, near misses,
// and phone numbers, e-mail addresses and coordinates of nobody we know.
//
// No finding means that no known term was found. It never means that a file is safe: unknown names,
// pictures, voices and what readers know already are not looked at.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"
#include "vault/publish/protected.h"

namespace custos::vault::publish {

// Name of the rules below, printed in what is signed. To change when a rule changes.
inline constexpr std::string_view kScanRules = "custos.leak-scan/4";
inline constexpr std::string_view kScanReportSchema = "custos.scan-report/1";
// Of one scan. Where there are more, one of rule `too_many` says so, which is exact.
inline constexpr std::size_t kFindingsMax = 1000;
// Of one id in one file, if it is fuzzy: one decision settles them all.
inline constexpr std::size_t kPlacesMax = 50;
inline constexpr std::size_t kScannedFileMax = 1024u * 1024 * 1024;

enum class Severity {
    fuzzy,  // may be about somebody else: a person decides, and says why
    exact,  // is the protected person: nobody can override it
};
[[nodiscard]] std::string_view text_of(Severity severity);

// What was found, never its text.
struct Finding {
    // The same for the same words of the same record under the same rule, wherever they stand: what
    // a decision is about. Keyed, so that nobody learns the words from it.
    std::string id;
    std::string rule;  // name, alias, name_part, identifier, ...: stable, scripts read them
    Severity severity = Severity::exact;
    std::string file;    // in the package; empty: the statement itself
    std::string record;  // code, or empty where no record is known
    std::uint64_t offset = 0;
    std::uint64_t line = 0;  // from 1; 0: the file's name
    std::string form;        // "text", "entities", "base64", ...: how the file held it
    std::string next;        // what to do about it
};

enum class Rule : std::uint8_t;  // vault/publish/forms.h

// Something to be guarded that is no person's name or number: an address, the name of a file.
struct Term {
    std::string text;
    std::string record;  // code
    Rule rule{};
    Severity severity = Severity::exact;
};

using Files = std::map<std::string, Bytes>;

class LeakScan {
public:
    // `persons` are all of the vault, public ones too. `named` are the codes of persons whose name
    // this publication may print; their numbers, contacts and aliases stay protected. `own` are the
    // publisher's own telephone numbers, addresses and fingerprint: no finding, nor is a part.
    // `terms` are guarded like contacts, and belong to other records.
    LeakScan(const std::vector<Person>& persons, const std::vector<std::string>& named,
             std::vector<std::string> own = {}, const std::vector<Term>& terms = {});
    LeakScan(LeakScan&&) noexcept;
    LeakScan& operator=(LeakScan&&) noexcept;
    ~LeakScan();

    // By file and place, each place once. At most kFindingsMax and one; Error{refused} for a larger
    // file.
    [[nodiscard]] std::vector<Finding> scan(const Files& files);
    [[nodiscard]] std::vector<Finding> scan_text(std::string_view text, const std::string& file);

    // The key of Finding::id: 32 bytes. Without one, ids are those of an empty key.
    void key_ids(ByteView key);

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// "F-7K3QD2M9" of what identifies a finding.
[[nodiscard]] std::string finding_id(ByteView key, std::string_view rule, std::string_view record,
                                     std::string_view words);

}  // namespace custos::vault::publish
