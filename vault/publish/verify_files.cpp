// SPDX-License-Identifier: GPL-3.0-or-later
// Packages, registers and disclosures as files on a disk, and readers of packages.
#include <algorithm>
#include <future>
#include <memory>
#include <utility>

#include "crypto/error.h"
#include "vault/publish/claims.h"
#include "vault/publish/verify.h"
#include "vault/publish/zip.h"

namespace custos::vault::publish {
namespace {

namespace minisign = crypto::minisign;

// A large file is read twice at the same time, once for each of its hashes: each takes longer than
// reading what is in memory already.
constexpr std::uint64_t kLargeFile = std::uint64_t{4} << 20;

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
        return facts_of_file(directory_ / name);
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

// A package in one file. What has a signature of its own is a file of a package.
bool is_zip(const Path& path) {
    const std::string extension = path.extension().string();
    std::error_code ignored;
    return (extension == kZipSuffix || extension == ".ZIP") &&
           std::filesystem::is_regular_file(path, ignored) &&
           !std::filesystem::exists(path.string() + kSignatureSuffix, ignored);
}

// What holds a whole package; null for one file of it.
std::unique_ptr<PackageReader> package_at(const Path& path) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return std::make_unique<DirectoryReader>(path);
    return is_zip(path) ? std::make_unique<ZipReader>(ZipReader::open(path)) : nullptr;
}

// Before the statement's own claims are at hand.
OpenedDisclosure refused_without(const std::optional<Bytes>& published) {
    if (published) return {};
    return {
        SdJwtVerdict::bad_disclosure, "the statement has no claims that it could belong to", {}};
}

}  // namespace

PackageReader::Facts facts_of(
    std::uint64_t size,
    const std::function<std::uint64_t(const PackageReader::Take& take)>& pieces) {
    PackageReader::Facts facts;
    const auto policy = size > kLargeFile ? std::launch::async : std::launch::deferred;
    auto sha256 = std::async(policy, [&] {
        crypto::Sha256 hash;
        const std::uint64_t count = pieces([&](ByteView piece) { hash.update(piece); });
        return std::pair{hash.finish(), count};
    });
    crypto::Blake2b512 blake2b;
    facts.size = pieces([&](ByteView piece) { blake2b.update(piece); });
    facts.hash = blake2b.finish();
    const auto [digest, count] = sha256.get();
    facts.sha256 = digest;
    if (count != facts.size) throw Error{ErrorCode::failed, "a file changed while it was read"};
    return facts;
}

PackageReader::Facts facts_of_file(const Path& path) {
    return facts_of(File::open(path).size(), [&](const PackageReader::Take& take) {
        File file = File::open(path);
        Bytes buffer(512 * 1024);
        std::uint64_t size = 0;
        for (std::size_t got = file.read(buffer); got > 0; got = file.read(buffer)) {
            take(ByteView{buffer}.first(got));
            size += got;
        }
        return size;
    });
}

Verification verify_path(const Path& path, const Knowledge& known) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    const Path shown = path.has_filename() ? path.filename() : path.parent_path().filename();
    if (status.type() == std::filesystem::file_type::not_found) {
        throw Error{ErrorCode::not_found,
                    "cannot verify " + shown.string() + ": there is no such file or directory"};
    }
    if (const auto reader = package_at(path)) {
        const std::vector<std::string> names = reader->names();
        const bool any = std::any_of(names.begin(), names.end(), [](const std::string& name) {
            return name == kManifestFile || is_signature(name);
        });
        if (!any) {
            throw Error{ErrorCode::not_found,
                        "cannot verify " + shown.string() + ": no published statement is in it"};
        }
        return verify_package(*reader, known);
    }
    std::string name = path.filename().string();
    if (is_signature(name)) name.resize(name.size() - std::string_view(kSignatureSuffix).size());
    const DirectoryReader folder(path.has_parent_path() ? path.parent_path() : Path("."));
    return verify_file(folder, name, known);
}

Register open_register(const Path& path, const std::optional<minisign::PublicKey>& key) {
    std::error_code ignored;
    const Path file = std::filesystem::is_directory(path, ignored) ? path / kRegisterFile : path;
    const std::string shown = file.filename().string();
    const auto refuse = [&](const std::string& why) -> Error {
        return Error{ErrorCode::integrity, "cannot use the register " + shown + ": " + why,
                     "get it again from the publisher, with the .minisig beside it"};
    };
    const Bytes bytes = read_file(file, kRegisterSizeMax);
    auto it = read_register(bytes);
    if (!it) throw refuse("it is none that this version can read");
    const DirectoryReader folder(file.has_parent_path() ? file.parent_path() : Path("."));
    const auto signature = folder.read(shown + kSignatureSuffix, minisign::kFileSizeMax);
    if (!signature) throw refuse("there is no signature beside it");
    const minisign::PublicKey first = key ? *key : minisign::read_public_key(it->public_key);
    const TrustedKeys trusted = follow_keys(first, it->keys);
    const auto hash = crypto::Blake2b512().update(bytes).finish();
    for (const minisign::PublicKey& each : trusted.keys) {
        const auto checked = minisign::verify(each, custos::text_of(*signature), hash);
        if (checked.verdict != minisign::Verdict::authentic) continue;
        const auto comment = read_comment(checked.trusted_comment);
        if (!comment || comment->file != kRegisterFile || comment->index != "register")
            throw refuse("it is signed as something else");
        if (trusted.revocation_of(each) != nullptr)
            throw refuse("it is signed by a key that was revoked");
        return std::move(*it);
    }
    // Revocations are signed by the keys that they are about: they count all the same.
    for (const minisign::PublicKey& each : trusted.keys) {
        const Revocation* revocation = trusted.revocation_of(each);
        if (revocation == nullptr) continue;
        throw refuse("the publisher's key was revoked on " + revocation->date + " (" +
                     revocation->reason + "), and nothing vouches for the one that signed it");
    }
    throw refuse("it is not signed by the publisher's key");
}

void verify_disclosure(Verification& verification, const Path& publication,
                       const Path& disclosure) {
    const std::string shown = disclosure.filename().string();
    const Bytes text = read_file(disclosure, crypto::kSdJwtSizeMax);
    if (verification.result == Result::altered || !verification.key) return;
    const auto package = package_at(publication);
    const auto published = package ? package->read(kClaimsFile, crypto::kSdJwtSizeMax)
                                   : std::optional(read_file(publication, crypto::kSdJwtSizeMax));
    OpenedDisclosure opened = refused_without(published);
    if (published) {
        opened = open_disclosure(custos::text_of(text), custos::text_of(*published),
                                 verification.key->key);
    }
    if (opened.verdict == SdJwtVerdict::authentic) {
        verification.disclosed = std::move(opened.claims);
        return;
    }
    verification.result = Result::altered;
    verification.doubts.push_back(
        {shown, opened.what, "do not rely on it: ask the publisher for another"});
}

Verification verify_disclosure_alone(const Path& disclosure, const Knowledge& known) {
    if (!known.key) {
        throw Error{ErrorCode::usage, "cannot verify a disclosure without the publisher's key",
                    "name it with --key FILE"};
    }
    const std::string shown = disclosure.filename().string();
    const Bytes text = read_file(disclosure, crypto::kSdJwtSizeMax);
    KeyHistory history = known.keys;
    if (known.publications) history.add(known.publications->keys);
    const TrustedKeys trusted = follow_keys(*known.key, history);
    Verification out;
    out.key = known.key;
    OpenedDisclosure opened;
    for (const minisign::PublicKey& key : trusted.keys) {
        opened = open_disclosure(custos::text_of(text), {}, key.key);
        out.key = key;
        if (opened.verdict != SdJwtVerdict::not_signed) break;
    }
    if (opened.verdict != SdJwtVerdict::authentic) {
        out.files.push_back({shown, FileState::altered});
        out.doubts.push_back({shown, opened.what, "ask the publisher for another"});
        return out;
    }
    const Revocation* revocation = trusted.revocation_of(*out.key);
    if (revocation != nullptr) out.revocation = *revocation;
    out.result = out.revocation ? Result::revoked : Result::authentic;
    out.files.push_back({shown, FileState::intact});
    out.index = opened.claims.value("index", std::string());
    out.title = opened.claims.value("title", std::string());
    out.date = opened.claims.value("date", std::string());
    out.disclosed = std::move(opened.claims);
    return out;
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
    const ByteView bytes = found->second;
    return facts_of(0, [&](const Take& take) {
        take(bytes);
        return bytes.size();
    });
}

}  // namespace custos::vault::publish
