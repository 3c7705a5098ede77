// SPDX-License-Identifier: GPL-3.0-or-later
// Is a published package, or one file of it, what its publisher signed? Needs no vault.
//
// Nothing in a package is trusted: names, sizes and texts are attacker's bytes until the signature
// that covers them has been checked.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "crypto/minisign.h"
#include "vault/os/file.h"
#include "vault/publish/key_history.h"
#include "vault/publish/package.h"
#include "vault/publish/proof.h"
#include "vault/publish/register.h"

namespace custos::vault::publish {

inline constexpr std::size_t kDirectoryFilesMax = 1024;  // more are not looked at one by one

enum class Result {
    authentic,    // as signed, by the key that was given
    altered,      // a byte, a name, a signature is not what it was, or another key signed it
    unknown_key,  // intact, but nobody said which key is right
    revoked,      // signed by a key that was revoked before
    retracted,    // authentic, and withdrawn since
};
[[nodiscard]] std::string_view text_of(Result result);

enum class FileState { intact, altered, missing, extra };
[[nodiscard]] std::string_view text_of(FileState state);

struct CheckedFile {
    std::string name;
    FileState state = FileState::intact;
};

struct Doubt {
    std::string file;  // may be empty
    std::string what;
    std::string next;
};

struct Verification {
    Result result = Result::altered;
    // From what is signed, and only if that is intact.
    std::string index;
    std::string title;
    std::string date;
    std::optional<crypto::minisign::PublicKey> key;  // that the signatures were checked with
    std::optional<Revocation> revocation;            // of that key
    std::optional<bool> listed;                      // in the register, if one was given
    std::optional<RegisterLine> retraction;          // as the register has it
    std::optional<RegisterLine> newer;               // what replaces it, as the register has it
    std::optional<ProofFacts> proof;                 // of the publisher's log
    std::string replaces;                            // index of an earlier one
    std::optional<crypto::VerifyKey> approver;       // the second person, if there was one
    bool approval_known = false;                     // not of one file alone
    std::vector<CheckedFile> files;
    std::vector<Doubt> doubts;
    nlohmann::json disclosed;  // what a disclosure shows, if one was given and is authentic
};

// What lies in a package. Made for a directory, and for tests in memory.
class PackageReader {
public:
    struct Facts {
        std::uint64_t size = 0;
        crypto::Digest sha256;
        crypto::minisign::FileHash hash{};
    };
    using Take = std::function<void(ByteView)>;
    virtual ~PackageReader() = default;
    // Sorted. Whatever is no regular file is among them too.
    virtual std::vector<std::string> names() const = 0;
    // Nothing if there is no such regular file, or it is longer than `limit`.
    virtual std::optional<Bytes> read(const std::string& name, std::size_t limit) const = 0;
    virtual std::optional<Facts> facts(const std::string& name) const = 0;
};

// What a reader knows beside the package: the publisher's key, what became of it, and a register
// that they hold for the publisher's.
struct Knowledge {
    std::optional<crypto::minisign::PublicKey> key;
    KeyHistory keys;
    std::optional<Register> publications;  // its signature was checked: see open_register()
};

[[nodiscard]] Verification verify_package(const PackageReader& package, const Knowledge& known);
[[nodiscard]] Verification verify_package(const PackageReader& package,
                                          const std::optional<crypto::minisign::PublicKey>& key);
// "statement.html.minisig", but not ".minisig".
[[nodiscard]] bool is_signature(std::string_view name);
// One file by the signature beside it.
[[nodiscard]] Verification verify_file(const PackageReader& package, const std::string& name,
                                       const Knowledge& known);
[[nodiscard]] Verification verify_file(const PackageReader& package, const std::string& name,
                                       const std::optional<crypto::minisign::PublicKey>& key);

// A directory, a ZIP file (vault/publish/zip.h), or one file in a directory. Error{not_found} if
// `path` does not exist or holds no package, Error{integrity} if it is no ZIP file that can be
// read.
[[nodiscard]] Verification verify_path(const Path& path, const Knowledge& known);

// register.json, or the directory that it is in, and the signature beside it. Error{integrity}
// unless it is signed by `key` (without one: by the key that it names) or by one that follows from
// it and is not revoked.
[[nodiscard]] Register open_register(const Path& path,
                                     const std::optional<crypto::minisign::PublicKey>& key);

// A disclosure (`custos disclose`) beside the publication that was verified: what it shows goes
// into `verification`, or makes it altered. Error{not_found} if there is no such file.
void verify_disclosure(Verification& verification, const Path& publication, const Path& disclosure);
// The disclosure alone, by the key that is known, or one that follows from it. Error{usage} if none
// is: there is none in a disclosure.
[[nodiscard]] Verification verify_disclosure_alone(const Path& disclosure, const Knowledge& known);

// Of `size` bytes that `pieces` hands over piece by piece, from the beginning each time that it is
// called and maybe in two threads at once; it returns how many there were. Error{failed} if that
// changes.
[[nodiscard]] PackageReader::Facts facts_of(
    std::uint64_t size,
    const std::function<std::uint64_t(const PackageReader::Take& take)>& pieces);
// Size and digests of a file.
[[nodiscard]] PackageReader::Facts facts_of_file(const Path& path);

// Files in memory.
class MemoryReader final : public PackageReader {
public:
    explicit MemoryReader(const Files& files) : files_(files) {}
    std::vector<std::string> names() const override;
    std::optional<Bytes> read(const std::string& name, std::size_t limit) const override;
    std::optional<Facts> facts(const std::string& name) const override;

private:
    const Files& files_;
};

}  // namespace custos::vault::publish
