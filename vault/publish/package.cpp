// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/package.h"

#include <system_error>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/publish/pdf.h"

namespace custos::vault::publish {
namespace {

Path without_trailing_slash(const Path& path) {
    return path.has_filename() ? path : path.parent_path();
}

crypto::minisign::FileHash file_hash(ByteView bytes) {
    return crypto::Blake2b512().update(bytes).finish();
}

ManifestFile described(const std::string& name, ByteView bytes) {
    return {name, bytes.size(), crypto::sha256(bytes)};
}

// "statement.km.html" of "statement.html".
std::string in_language(std::string_view file, std::string_view language) {
    const std::size_t point = file.rfind('.');
    return std::string(file.substr(0, point)) + "." + std::string(language) +
           std::string(file.substr(point));
}

}  // namespace

Files make_package(const Edition& edition, const crypto::minisign::SecretKey& secret,
                   const PackageParts& parts) {
    const crypto::minisign::PublicKey key = crypto::minisign::public_key_of(secret);
    Manifest manifest;
    manifest.index = edition.index;
    manifest.title = edition.title;
    manifest.date = edition.date;
    manifest.language = edition.language;
    manifest.public_key = crypto::minisign::public_key_line(key);
    manifest.log_key = parts.log_key;
    manifest.replaces = parts.replaces;

    Files files;
    const auto add = [&](const std::string& name, const std::string& text) {
        files[name] = to_bytes(bytes_of(text));
    };
    const auto sign = [&](const std::string& name) {
        const Bytes& bytes = files.at(name);
        files[name + kSignatureSuffix] = to_bytes(bytes_of(crypto::minisign::sign(
            secret, file_hash(bytes), trusted_comment(manifest, name), kUntrustedComment)));
    };
    add(kMarkdownFile, render_markdown(edition));
    add(kJsonFile, render_json(edition));
    sign(kJsonFile);  // first, because the page carries it
    add(kHtmlFile,
        render_html(
            edition, key,
            {std::string(custos::text_of(files.at(kJsonFile))),
             std::string(custos::text_of(files.at(std::string(kJsonFile) + kSignatureSuffix)))}));
    if (!edition.pdf.empty()) files[kPdfFile] = package_pdf(edition, parts.claims);
    for (const ShownExhibit& exhibit : edition.exhibits) files[exhibit.file] = *exhibit.bytes;
    if (!parts.claims.empty()) add(kClaimsFile, parts.claims);
    for (const Edition& other : edition.translations) {
        for (const ShownExhibit& exhibit : other.exhibits) files[exhibit.file] = *exhibit.bytes;
        add(in_language(kMarkdownFile, other.language), render_markdown(other));
        if (!other.pdf.empty())
            files[in_language(kPdfFile, other.language)] = package_pdf(other, parts.claims);
        const std::string json_file = in_language(kJsonFile, other.language);
        add(json_file, render_json(other));
        sign(json_file);
        add(in_language(kHtmlFile, other.language),
            render_html(other, key,
                        {std::string(custos::text_of(files.at(json_file))),
                         std::string(custos::text_of(files.at(json_file + kSignatureSuffix)))}));
    }
    add(kVerifyFile, render_verify_text(edition, key));
    add(kKeyFile, render_key(key));
    if (!parts.keys.empty()) add(kKeysFile, parts.keys);
    std::string sums;
    std::vector<std::string> names;
    for (const auto& [name, bytes] : files) {
        if (name.ends_with(kSignatureSuffix)) continue;
        sums += crypto::hex(crypto::sha256(bytes).view()) + "  " + name + "\n";
        names.push_back(name);
    }
    add(kSumsFile, sums);
    names.emplace_back(kSumsFile);
    if (!parts.approval.empty()) {
        add(kApprovalFile, parts.approval);
        names.emplace_back(kApprovalFile);
        manifest.approver = parts.approver;
    }
    for (const std::string& name : names) sign(name);

    for (const auto& [name, bytes] : files) manifest.files.push_back(described(name, bytes));
    add(kManifestFile, write_manifest(manifest));
    sign(kManifestFile);
    return files;
}

crypto::Digest sums_digest(const Files& package) { return crypto::sha256(package.at(kSumsFile)); }

crypto::Digest package_digest(const Files& package) {
    return crypto::sha256(package.at(kManifestFile));
}

Files make_proof_files(const Files& package, const std::string& proof,
                       const crypto::minisign::SecretKey& secret) {
    const auto manifest = read_manifest(package.at(kManifestFile));
    Files files;
    files[kProofFile] = to_bytes(bytes_of(proof));
    files[std::string(kProofFile) + kSignatureSuffix] = to_bytes(bytes_of(
        crypto::minisign::sign(secret, file_hash(files.at(kProofFile)),
                               trusted_comment(manifest.value(), kProofFile), kUntrustedComment)));
    return files;
}

StagedPackage::StagedPackage(const Files& package, const Path& directory)
    : directory_(without_trailing_slash(directory)) {
    std::error_code error;
    const auto status = std::filesystem::symlink_status(directory_, error);
    const bool free =
        status.type() == std::filesystem::file_type::not_found ||
        (status.type() == std::filesystem::file_type::directory && names_in(directory_).empty());
    if (!free) {
        throw Error{
            ErrorCode::conflict,
            "cannot publish to " + directory_.filename().string() + ": it exists and is not empty",
            "name a directory that does not exist yet"};
    }
    const Path parent = directory_.has_parent_path() ? directory_.parent_path() : Path(".");
    make_directory(parent);
    staging_ = parent / ("." + directory_.filename().string() + ".tmp." +
                         crypto::hex(crypto::random_bytes(8)));
    try {
        make_directory(staging_);
        for (const auto& [name, bytes] : package) write_new_file(staging_ / name, bytes);
    } catch (const Error&) {
        std::filesystem::remove_all(staging_, error);
        throw;
    }
}

StagedPackage::~StagedPackage() {
    std::error_code ignored;
    if (!done_) std::filesystem::remove_all(staging_, ignored);
}

void StagedPackage::add(const std::string& name, ByteView bytes) {
    write_new_file(staging_ / name, bytes);
}

void StagedPackage::put_in_place() {
    rename_durably(staging_, directory_);
    done_ = true;
}

}  // namespace custos::vault::publish
