// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/verify.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "crypto/error.h"

namespace custos::vault::publish {
namespace {

namespace minisign = crypto::minisign;

const std::string kSuffix = kSignatureSuffix;

bool is_signature(std::string_view name) {
    return name.size() > kSuffix.size() && name.substr(name.size() - kSuffix.size()) == kSuffix;
}

// The parts of a signature that nothing signs have one form in ours: the first line, the line ends.
bool is_written_by_us(std::string_view signature) {
    const std::string first = "untrusted comment: " + std::string(kUntrustedComment) + "\n";
    return signature.substr(0, first.size()) == first && signature.back() == '\n' &&
           signature.find('\r') == std::string_view::npos &&
           std::count(signature.begin(), signature.end(), '\n') == 4;
}

class Verifier {
public:
    Verifier(const PackageReader& package, const std::optional<minisign::PublicKey>& key)
        : package_(package), given_(key) {}

    Verification package() {
        if (!choose_key()) return finish();
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
        look_for_extra(*manifest);
        return finish();
    }

    Verification file(const std::string& name) {
        if (!choose_key()) return finish();
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

    // The key that was given, else the one in the package, whom nobody vouches for.
    bool choose_key() {
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
        const auto facts = package_.facts(name);
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
        const auto facts = package_.facts(file.name);
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

    void look_for_extra(const Manifest& manifest) {
        std::set<std::string> listed = {kManifestFile, kManifestFile + kSuffix};
        for (const ManifestFile& file : manifest.files) listed.insert(file.name);
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
        } else {
            out_.result = Result::altered;
        }
        return std::move(out_);
    }

    const PackageReader& package_;
    const std::optional<minisign::PublicKey>& given_;
    std::map<std::string, FileState> states_;
    Verification out_;
};

PackageReader::Facts facts_of(ByteView bytes) {
    return {bytes.size(), crypto::sha256(bytes), crypto::Blake2b512().update(bytes).finish()};
}

class DirectoryReader final : public PackageReader {
public:
    explicit DirectoryReader(Path directory) : directory_(std::move(directory)) {}

    std::vector<std::string> names() const override { return names_in(directory_); }

    std::optional<Bytes> read(const std::string& name, std::size_t limit) const override {
        if (!is_regular(name)) return std::nullopt;
        File file = File::open(directory_ / name);
        if (file.size() > limit) return std::nullopt;
        Bytes bytes(limit + 1);
        bytes.resize(file.read(bytes));
        if (bytes.size() > limit) return std::nullopt;
        return bytes;
    }

    std::optional<Facts> facts(const std::string& name) const override {
        if (!is_regular(name)) return std::nullopt;
        File file = File::open(directory_ / name);
        Facts facts;
        crypto::Sha256 sha256;
        crypto::Blake2b512 blake2b;
        Bytes buffer(1024 * 1024);
        for (std::size_t got = file.read(buffer); got > 0; got = file.read(buffer)) {
            const ByteView piece = ByteView{buffer}.first(got);
            sha256.update(piece);
            blake2b.update(piece);
            facts.size += got;
        }
        facts.sha256 = sha256.finish();
        facts.hash = blake2b.finish();
        return facts;
    }

private:
    // Names come from a signed manifest or from ours; a link would lead elsewhere.
    bool is_regular(const std::string& name) const {
        std::error_code ignored;
        return std::filesystem::symlink_status(directory_ / name, ignored).type() ==
               std::filesystem::file_type::regular;
    }

    Path directory_;
};

}  // namespace

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

Verification verify_package(const PackageReader& package,
                            const std::optional<minisign::PublicKey>& key) {
    return Verifier(package, key).package();
}

Verification verify_file(const PackageReader& package, const std::string& name,
                         const std::optional<minisign::PublicKey>& key) {
    return Verifier(package, key).file(name);
}

Verification verify_path(const Path& path, const std::optional<minisign::PublicKey>& key) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    const Path shown = path.has_filename() ? path.filename() : path.parent_path().filename();
    if (status.type() == std::filesystem::file_type::not_found) {
        throw Error{ErrorCode::not_found,
                    "cannot verify " + shown.string() + ": there is no such file or directory"};
    }
    if (status.type() == std::filesystem::file_type::directory) {
        const DirectoryReader reader(path);
        const std::vector<std::string> names = reader.names();
        const bool any = std::any_of(names.begin(), names.end(), [](const std::string& name) {
            return name == kManifestFile || is_signature(name);
        });
        if (!any) {
            throw Error{ErrorCode::not_found,
                        "cannot verify " + shown.string() + ": no published statement is in it"};
        }
        return verify_package(reader, key);
    }
    std::string name = path.filename().string();
    if (is_signature(name)) name.resize(name.size() - kSuffix.size());
    return verify_file(DirectoryReader(path.has_parent_path() ? path.parent_path() : Path(".")),
                       name, key);
}

std::vector<std::string> MemoryReader::names() const {
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files_) names.push_back(name);
    return names;
}

std::optional<Bytes> MemoryReader::read(const std::string& name, std::size_t limit) const {
    const auto found = files_.find(name);
    if (found == files_.end() || found->second.size() > limit) return std::nullopt;
    return found->second;
}

std::optional<PackageReader::Facts> MemoryReader::facts(const std::string& name) const {
    const auto found = files_.find(name);
    if (found == files_.end()) return std::nullopt;
    return facts_of(found->second);
}

}  // namespace custos::vault::publish
