// SPDX-License-Identifier: GPL-3.0-or-later
// Is a published package, or one file of it, what its publisher signed? Needs no vault.
//
// Nothing in a package is trusted: names, sizes and texts are attacker's bytes until the signature
// that covers them has been checked.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/minisign.h"
#include "vault/os/file.h"
#include "vault/publish/package.h"

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
    std::vector<CheckedFile> files;
    std::vector<Doubt> doubts;
};

// What lies in a package. Made for a directory, and for tests in memory.
class PackageReader {
public:
    struct Facts {
        std::uint64_t size = 0;
        crypto::Digest sha256;
        crypto::minisign::FileHash hash{};
    };
    virtual ~PackageReader() = default;
    // Sorted. Whatever is no regular file is among them too.
    virtual std::vector<std::string> names() const = 0;
    // Nothing if there is no such regular file, or it is longer than `limit`.
    virtual std::optional<Bytes> read(const std::string& name, std::size_t limit) const = 0;
    virtual std::optional<Facts> facts(const std::string& name) const = 0;
};

[[nodiscard]] Verification verify_package(const PackageReader& package,
                                          const std::optional<crypto::minisign::PublicKey>& key);
// One file by the signature beside it.
[[nodiscard]] Verification verify_file(const PackageReader& package, const std::string& name,
                                       const std::optional<crypto::minisign::PublicKey>& key);

// A directory, or one file in one. Error{not_found} if `path` does not exist or holds no package.
[[nodiscard]] Verification verify_path(const Path& path,
                                       const std::optional<crypto::minisign::PublicKey>& key);

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
