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
// Bytes of an index, a title, a reason: in a manifest, and as a line of the register for ever.
inline constexpr std::size_t kPackageTextMax = 4096;
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
    std::string approver;             // the second person's key (approver_text); empty: one person
    std::string log_key;              // that signs the log of statement.tlog-proof; empty: none
    std::string replaces;             // index of an earlier publication; empty: none
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

// What goes into a package beside the statement in its readable forms.
struct PackageParts {
    std::string claims;    // statement.sd-jwt; empty: none
    std::string approval;  // the note of a second person; empty: none
    std::string approver;  // that person's key, as the manifest names it
    std::string log_key;   // as Manifest::log_key
    std::string replaces;  // index of what this one corrects or replaces
    std::string keys;      // keys.json: how the key came to be this one; empty: it is the first
};

// All files of the package, signed. Deterministic.
[[nodiscard]] Files make_package(const Edition& edition, const crypto::minisign::SecretKey& key,
                                 const PackageParts& parts = {});

// What an approval is of: SHA-256 of SHA256SUMS, and so of every file that readers read. The same
// with and without an approval.
[[nodiscard]] crypto::Digest sums_digest(const Files& package);

// The digest that the log keeps: SHA-256 of the manifest.
[[nodiscard]] crypto::Digest package_digest(const Files& package);

// The proof that the package stood in the log, with its signature: the last files of a package,
// since they are made when the manifest is already in the log. The manifest names the log, not
// them.
[[nodiscard]] Files make_proof_files(const Files& package, const std::string& proof,
                                     const crypto::minisign::SecretKey& key);

// A package on its way to `directory`, which must not exist or be empty: Error{conflict} otherwise.
// Written beside it under another name, durably; put_in_place() makes it appear whole. What was not
// put in place is removed.
class StagedPackage {
public:
    StagedPackage(const Files& package, const Path& directory);
    ~StagedPackage();
    StagedPackage(const StagedPackage&) = delete;
    StagedPackage& operator=(const StagedPackage&) = delete;

    // One more file, before it is put in place.
    void add(const std::string& name, ByteView bytes);
    void put_in_place();

private:
    Path directory_;
    Path staging_;
    bool done_ = false;
};

}  // namespace custos::vault::publish
