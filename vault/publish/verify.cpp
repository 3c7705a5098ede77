// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/verify.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "crypto/error.h"
#include "crypto/tlog_proof.h"
#include "vault/publish/approval.h"
#include "vault/publish/claims.h"

namespace custos::vault::publish {
namespace {

namespace minisign = crypto::minisign;

const std::string kSuffix = kSignatureSuffix;

// The parts of a signature that nothing signs have one form in ours: the first line, the line ends.
bool is_written_by_us(std::string_view signature) {
    const std::string first = "untrusted comment: " + std::string(kUntrustedComment) + "\n";
    return signature.substr(0, first.size()) == first && signature.back() == '\n' &&
           signature.find('\r') == std::string_view::npos &&
           std::count(signature.begin(), signature.end(), '\n') == 4;
}

class Verifier {
public:
    Verifier(const PackageReader& package, const Knowledge& known)
        : package_(package), known_(known), given_(known.key) {}

    Verification package() {
        if (!choose_key(kManifestFile)) return finish();
        const auto signed_comment = check_signature(kManifestFile);
        if (!signed_comment) return finish();
        const auto bytes = package_.read(kManifestFile, kManifestMax);
        const auto manifest = bytes ? read_manifest(*bytes) : std::nullopt;
        if (!manifest) {
            doubt(kManifestFile, "the manifest is signed, but is none that this version can read",
                  "get a newer custos");
            return finish();
        }
        if (trusted_comment(*manifest, kManifestFile) != *signed_comment) {
            doubt(kManifestFile, "the manifest is signed as something else",
                  "get the statement again from its publisher");
            return finish();
        }
        out_.index = manifest->index;
        out_.title = manifest->title;
        out_.date = manifest->date;
        mark(kManifestFile, FileState::intact);
        mark(kManifestFile + kSuffix, FileState::intact);
        for (const ManifestFile& file : manifest->files) check_listed(file);
        for (const ManifestFile& file : manifest->files) check_signed(*manifest, file);
        check_claims(*manifest);
        check_approval(*manifest);
        check_proof(*manifest, *bytes);
        look_up(*manifest, *bytes);
        look_for_extra(*manifest);
        return finish();
    }

    Verification file(const std::string& name) {
        if (!choose_key(name)) return finish();
        const auto text = check_signature(name);
        if (!text) return finish();
        const auto comment = read_comment(*text);
        if (!comment || comment->file != name) {
            doubt(name,
                  comment ? "it is signed under another name: " + comment->file
                          : "it is signed, but not as a file of a published statement",
                  "give the file the name that it was published under");
            mark(name, FileState::altered);
            return finish();
        }
        out_.index = comment->index;
        out_.date = comment->date;
        mark(name, FileState::intact);
        return finish();
    }

private:
    // Each file is read once: it may be long.
    const std::optional<PackageReader::Facts>& facts_of_name(const std::string& name) {
        const auto known = facts_.find(name);
        return known != facts_.end() ? known->second
                                     : facts_.emplace(name, package_.facts(name)).first->second;
    }

    void doubt(std::string file, std::string what, std::string next) {
        out_.doubts.push_back({std::move(file), std::move(what), std::move(next)});
    }

    void mark(const std::string& name, FileState state) {
        auto& now = states_[name];
        now = std::max(now, state);
    }

    void altered(const std::string& name, std::string what) {
        mark(name, FileState::altered);
        doubt(name, std::move(what), "get the statement again from its publisher");
    }

    // What is known of keys, from the reader and from notes in the package. The notes are signed by
    // the keys that they are about, so they need no other trust.
    KeyHistory all_keys() const {
        KeyHistory all = known_.keys;
        const auto bytes = package_.read(kKeysFile, kKeyHistorySizeMax);
        const auto from_package = bytes ? read_key_history(*bytes) : std::nullopt;
        if (from_package) all.add(*from_package);
        if (known_.publications) all.add(known_.publications->keys);
        return all;
    }

    // Of the keys that the reader may trust, the one that `name` says it is signed by.
    bool choose_key(const std::string& name) {
        if (!choose_first_key()) return false;
        const TrustedKeys trusted = follow_keys(*out_.key, all_keys());
        const auto signature = package_.read(name + kSuffix, minisign::kFileSizeMax);
        const auto claimed =
            signature ? minisign::claimed_key_id(custos::text_of(*signature)) : std::nullopt;
        for (const minisign::PublicKey& key : trusted.keys) {
            if (claimed && key.id == *claimed) out_.key = key;
        }
        const Revocation* revocation = trusted.revocation_of(*out_.key);
        if (revocation != nullptr) out_.revocation = *revocation;
        return true;
    }

    // The key that was given, else the one in the package, whom nobody vouches for.
    bool choose_first_key() {
        if (given_) {
            out_.key = given_;
            return true;
        }
        const auto bytes = package_.read(kKeyFile, minisign::kFileSizeMax);
        if (!bytes) {
            mark(kKeyFile, FileState::missing);
            doubt(kKeyFile, "there is no key to check with",
                  "name the publisher's key with --key FILE");
            return false;
        }
        try {
            out_.key = minisign::read_public_key(custos::text_of(*bytes));
            return true;
        } catch (const Error&) {
            altered(kKeyFile, "it is no key");
            return false;
        }
    }

    // The trusted comment, if the file and its signature are as they were.
    std::optional<std::string> check_signature(const std::string& name) {
        const std::string signature_name = name + kSuffix;
        const auto& facts = facts_of_name(name);
        const auto signature = package_.read(signature_name, minisign::kFileSizeMax);
        if (!facts) {
            mark(name, FileState::missing);
            doubt(name, "the file is missing", "get the whole statement again from its publisher");
        }
        if (!signature) {
            mark(signature_name, FileState::missing);
            doubt(signature_name, "the signature is missing",
                  "get the whole statement again from its publisher");
        }
        if (!facts || !signature) return std::nullopt;

        const std::string_view text = custos::text_of(*signature);
        minisign::Verification checked = minisign::verify(*out_.key, text, facts->hash);
        if (checked.verdict == minisign::Verdict::authentic && !is_written_by_us(text)) {
            checked.verdict = minisign::Verdict::malformed;
        }
        switch (checked.verdict) {
            case minisign::Verdict::authentic: return checked.trusted_comment;
            case minisign::Verdict::wrong_key:
                mark(name, FileState::altered);
                doubt(name,
                      given_ ? "it was signed by another key than the one given"
                             : "it was signed by another key than the one in key.pub",
                      "ask the publisher which key is theirs");
                break;
            case minisign::Verdict::altered: altered(name, "it is not what was signed"); break;
            case minisign::Verdict::malformed: altered(signature_name, "it is no signature"); break;
        }
        return std::nullopt;
    }

    void check_listed(const ManifestFile& file) {
        const auto& facts = facts_of_name(file.name);
        if (!facts) {
            mark(file.name, FileState::missing);
            doubt(file.name, "the file is missing",
                  "get the whole statement again from its publisher");
        } else if (facts->size != file.size || facts->sha256 != file.sha256) {
            altered(file.name, "it is not what the manifest says");
        } else {
            mark(file.name, FileState::intact);
        }
    }

    // Each file's own signature, which people check one by one with minisign.
    void check_signed(const Manifest& manifest, const ManifestFile& file) {
        if (is_signature(file.name) || states_[file.name] != FileState::intact) return;
        const auto comment = check_signature(file.name);
        if (comment && *comment != trusted_comment(manifest, file.name)) {
            altered(file.name, "it is signed as something else");
        }
    }

    // That it stood in the publisher's log when it left.
    void check_proof(const Manifest& manifest, ByteView manifest_bytes) {
        if (manifest.log_key.empty()) return;
        const auto comment = check_signature(kProofFile);
        if (!comment) return;
        if (*comment != trusted_comment(manifest, kProofFile))
            return altered(kProofFile, "it is signed as something else");
        const auto file = package_.read(kProofFile, crypto::kTlogProofSizeMax);
        const auto log_key = read_log_key(manifest.log_key);
        if (file && log_key) {
            out_.proof = check_publication_proof(custos::text_of(*file), *log_key,
                                                 crypto::sha256(manifest_bytes));
        }
        if (!out_.proof)
            return altered(kProofFile, "it does not prove that these files were logged");
        mark(kProofFile, FileState::intact);
        mark(kProofFile + kSuffix, FileState::intact);
    }

    static std::optional<crypto::NoteKey> read_log_key(const std::string& text) {
        try {
            return crypto::read_vkey(text);
        } catch (const Error&) {
            return std::nullopt;
        }
    }

    // What the register says. One that is older than the publication cannot know it.
    void look_up(const Manifest& manifest, ByteView manifest_bytes) {
        out_.replaces = manifest.replaces;
        if (!known_.publications) return;
        if (!given_ && !is_register_of(*out_.key)) {
            doubt({}, "the register is of another publisher than the one who signed this",
                  "name the publisher's key with --key FILE");
            return;
        }
        const Standing standing = standing_of(*known_.publications, crypto::sha256(manifest_bytes));
        out_.retraction = standing.retraction;
        out_.newer = standing.newer;
        out_.listed = standing.is_listed;
        if (standing.is_listed || known_.publications->as_of < time_of(manifest)) return;
        doubt(kManifestFile, "the publisher's register does not list it",
              "ask the publisher whether it is theirs, or get a newer register");
    }

    // Without a key that the reader vouches for, whoever signed the package must have signed it.
    bool is_register_of(const minisign::PublicKey& key) const {
        const TrustedKeys trusted = follow_keys(key, all_keys());
        return std::any_of(trusted.keys.begin(), trusted.keys.end(), [&](const auto& each) {
            return minisign::public_key_line(each) == known_.publications->public_key;
        });
    }

    // By the log's clock where there is a proof, else as the statement says.
    std::string time_of(const Manifest& manifest) const {
        return out_.proof ? utc_text(out_.proof->time) : manifest.date;
    }

    // A second person's word counts only for these very files.
    void check_approval(const Manifest& manifest) {
        out_.approval_known = true;
        const bool listed = states_.contains(kApprovalFile);
        if (manifest.approver.empty()) {
            if (listed) altered(kApprovalFile, "the manifest knows nothing of an approval");
            return;
        }
        const auto approver = read_approver(manifest.approver);
        const auto bytes = package_.read(kApprovalFile, kApprovalSizeMax);
        const auto& sums = facts_of_name(kSumsFile);
        const auto approval =
            approver && bytes ? open_approval(custos::text_of(*bytes), *approver) : std::nullopt;
        if (!listed || !approval || !sums || approval->index != manifest.index ||
            approval->sums != sums->sha256) {
            return altered(kApprovalFile, "it does not approve these files");
        }
        out_.approver = approver;
    }

    // What is signed claim by claim must be this statement, and nothing in it forged.
    void check_claims(const Manifest& manifest) {
        const auto state = states_.find(kClaimsFile);
        if (state == states_.end() || state->second != FileState::intact) return;
        const auto bytes = package_.read(kClaimsFile, crypto::kSdJwtSizeMax);
        if (!bytes) return altered(kClaimsFile, "it is too long");
        const OpenedDisclosure opened = open_disclosure(custos::text_of(*bytes), {}, out_.key->key);
        if (opened.verdict != SdJwtVerdict::authentic) return altered(kClaimsFile, opened.what);
        if (opened.claims.value("index", nlohmann::json()) != manifest.index ||
            opened.claims.value("date", nlohmann::json()) != manifest.date) {
            altered(kClaimsFile, "it is of another statement");
        }
    }

    void look_for_extra(const Manifest& manifest) {
        std::set<std::string> listed = {kManifestFile, kManifestFile + kSuffix};
        for (const ManifestFile& file : manifest.files) listed.insert(file.name);
        if (!manifest.log_key.empty()) {
            listed.insert(kProofFile);
            listed.insert(kProofFile + kSuffix);
        }
        std::size_t seen = 0;
        for (const std::string& name : package_.names()) {
            if (listed.count(name) != 0) continue;
            if (++seen > kDirectoryFilesMax) break;
            mark(name, FileState::extra);
            doubt(name, "the file does not belong to the statement",
                  "do not take it for a part of it");
        }
    }

    Verification finish() {
        for (const auto& [name, state] : states_) out_.files.push_back({name, state});
        if (out_.doubts.empty()) {
            out_.result = given_ ? Result::authentic : Result::unknown_key;
            if (out_.retraction) out_.result = Result::retracted;
            if (out_.revocation) out_.result = Result::revoked;
        } else {
            out_.result = Result::altered;
        }
        return std::move(out_);
    }

    const PackageReader& package_;
    const Knowledge& known_;
    const std::optional<minisign::PublicKey>& given_;
    std::map<std::string, std::optional<PackageReader::Facts>> facts_;
    std::map<std::string, FileState> states_;
    Verification out_;
};

}  // namespace

bool is_signature(std::string_view name) {
    return name.size() > kSuffix.size() && name.ends_with(kSuffix);
}

std::string_view text_of(Result result) {
    static constexpr std::array<std::string_view, 5> kTexts = {
        "authentic", "altered", "unknown_key", "revoked", "retracted"};
    return kTexts.at(static_cast<std::size_t>(result));
}

std::string_view text_of(FileState state) {
    static constexpr std::array<std::string_view, 4> kTexts = {"intact", "altered", "missing",
                                                               "extra"};
    return kTexts.at(static_cast<std::size_t>(state));
}

Verification verify_package(const PackageReader& package, const Knowledge& known) {
    return Verifier(package, known).package();
}

Verification verify_package(const PackageReader& package,
                            const std::optional<minisign::PublicKey>& key) {
    const Knowledge known{key, {}, {}};
    return Verifier(package, known).package();
}

Verification verify_file(const PackageReader& package, const std::string& name,
                         const Knowledge& known) {
    return Verifier(package, known).file(name);
}

Verification verify_file(const PackageReader& package, const std::string& name,
                         const std::optional<minisign::PublicKey>& key) {
    return verify_file(package, name, Knowledge{key, {}, {}});
}

}  // namespace custos::vault::publish
