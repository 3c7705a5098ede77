// SPDX-License-Identifier: GPL-3.0-or-later
// A publication as it leaves the vault: a few files, each with a minisign signature, and a signed
// manifest that names them all. docs/formats/package.md has the format.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.h"
#include "crypto/minisign.h"
#include "vault/os/file.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/render.h"

namespace custos::vault::publish {

inline constexpr std::string_view kPackageSchema = "custos.package/1";
inline constexpr std::size_t kManifestMax = 1024 * 1024;
inline constexpr std::size_t kPackageFilesMax = 256;  // listed in a manifest, signatures included
inline constexpr std::size_t kFileNameMax = 100;
// First line of every signature. It is not signed, so verification asks for exactly this.
inline constexpr std::string_view kUntrustedComment = "signature made by custos";

struct ManifestFile {
    std::string name;
    std::uint64_t size = 0;
    crypto::Digest sha256;
};

struct Manifest {
    std::string index;
    std::string title;
    std::string date;
    std::string language;
    std::string public_key;           // as `minisign -P` takes it
    std::vector<ManifestFile> files;  // sorted by name; all but the manifest and its signature
};

[[nodiscard]] std::string write_manifest(const Manifest& manifest);
// Nothing if it is no manifest of this schema. Fields that later versions add are passed over.
[[nodiscard]] std::optional<Manifest> read_manifest(ByteView bytes);

// What the signature of a file says beside it: "custos.package/1 file:… date:… index:…".
[[nodiscard]] std::string trusted_comment(const Manifest& manifest, std::string_view file);
// The index, date and file of such a comment; nothing if it is no such comment.
struct Comment {
    std::string index;
    std::string date;
    std::string file;
};
[[nodiscard]] std::optional<Comment> read_comment(std::string_view comment);

// Letters, digits, ".", "_" and "-", not beginning with a point: the same file on every system.
[[nodiscard]] bool is_file_name(std::string_view name);

// All files of the package, signed. Deterministic.
[[nodiscard]] Files make_package(const Edition& edition, const crypto::minisign::SecretKey& key);

// The digest that the log keeps: SHA-256 of the manifest.
[[nodiscard]] crypto::Digest package_digest(const Files& package);

// A package on its way to `directory`, which must not exist or be empty: Error{conflict} otherwise.
// Written beside it under another name, durably; put_in_place() makes it appear whole. What was not
// put in place is removed.
class StagedPackage {
public:
    StagedPackage(const Files& package, const Path& directory);
    ~StagedPackage();
    StagedPackage(const StagedPackage&) = delete;
    StagedPackage& operator=(const StagedPackage&) = delete;

    void put_in_place();

private:
    Path directory_;
    Path staging_;
    bool done_ = false;
};

}  // namespace custos::vault::publish
