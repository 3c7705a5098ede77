// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/package.h"

#include <filesystem>

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "sample.h"

namespace custos::vault::publish {
namespace {

class Scratch {
public:
    Scratch()
        : path_(std::filesystem::temp_directory_path() /
                ("custos-" + crypto::hex(crypto::random_bytes(8)))) {
        std::filesystem::create_directory(path_);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() { std::filesystem::remove_all(path_); }
    const Path& path() const { return path_; }

private:
    Path path_;
};

Manifest manifest_with(std::size_t files) {
    Manifest manifest;
    for (std::size_t i = 0; i < files; ++i) {
        std::string name = std::to_string(i);
        name.insert(0, 4 - name.size(), '0');
        manifest.files.push_back({"f" + name, i, {}});
    }
    return manifest;
}

bool is_read(const std::string& text) { return read_manifest(bytes_of(text)).has_value(); }

}  // namespace

TEST_CASE("a package holds every file with its signature, and a manifest of them all",
          "[publish][package]") {
    const Files package = test::sample_package();
    const auto manifest = read_manifest(package.at(kManifestFile));
    REQUIRE(manifest);

    CHECK(package.size() == 22);
    CHECK(manifest->files.size() == 18);
    for (const char* name :
         {kHtmlFile, kMarkdownFile, kJsonFile, kClaimsFile, kVerifyFile, kKeyFile, kApprovalFile,
          kKeysFile, kProofFile, kSumsFile, kManifestFile}) {
        CHECK(package.count(name) == 1);
        CHECK(package.count(std::string(name) + kSignatureSuffix) == 1);
    }
    CHECK(manifest->index == "KEP 23/0117/2019");
}

TEST_CASE("a manifest is read back as it was written", "[publish][package]") {
    const Files package = test::sample_package();
    const auto manifest = read_manifest(package.at(kManifestFile));
    REQUIRE(manifest);
    CHECK(to_bytes(bytes_of(write_manifest(*manifest))) == package.at(kManifestFile));
}

TEST_CASE("a manifest is refused one past each of its limits", "[publish][package]") {
    CHECK(is_read(write_manifest(manifest_with(kPackageFilesMax))));
    CHECK_FALSE(is_read(write_manifest(manifest_with(kPackageFilesMax + 1))));

    Manifest named = manifest_with(1);
    named.files[0].name = std::string(kFileNameMax, 'a');
    CHECK(is_read(write_manifest(named)));
    named.files[0].name += 'a';
    CHECK_FALSE(is_read(write_manifest(named)));

    std::string padded = write_manifest(manifest_with(1));
    padded.append(kManifestMax - padded.size(), ' ');
    CHECK(is_read(padded));
    CHECK_FALSE(is_read(padded + " "));
}

TEST_CASE("a manifest names files that lie in the package, each once, in order",
          "[publish][package]") {
    for (const char* name : {"../x", "/x", "a/b", "", ".x", "a b", "a\\b", "x\xC3\xA9"}) {
        Manifest manifest = manifest_with(1);
        manifest.files[0].name = name;
        INFO(name);
        CHECK_FALSE(is_read(write_manifest(manifest)));
    }
    Manifest twice = manifest_with(2);
    twice.files[1].name = twice.files[0].name;
    CHECK_FALSE(is_read(write_manifest(twice)));
    CHECK_FALSE(is_read("{}"));
    CHECK_FALSE(is_read("[]"));
    CHECK_FALSE(is_read(""));
    CHECK_FALSE(is_read(std::string(100'000, '[')));
}

TEST_CASE("the comment of a signature names statement, date and file", "[publish][package]") {
    Manifest manifest;
    manifest.index = "KEP 23/0117/2019";
    manifest.date = "2019-12-27";
    const std::string text = trusted_comment(manifest, "statement.html");
    CHECK(text == "custos.package/1 file:statement.html date:2019-12-27 index:KEP 23/0117/2019");
    const auto comment = read_comment(text);
    REQUIRE(comment);
    CHECK(comment->file == "statement.html");
    CHECK(comment->date == "2019-12-27");
    CHECK(comment->index == "KEP 23/0117/2019");
    for (const char* other :
         {"", "custos.package/1", "custos.package/2 file:a date:b index:c",
          "custos.package/1 date:b file:a index:c", "custos.package/1 file: date:b index:c",
          "custos.package/1 file:a date:b index:", "custos.package/1 file:a date:b"}) {
        CHECK_FALSE(read_comment(other));
    }
}

TEST_CASE("a staged package appears whole, or not at all", "[publish][package]") {
    const Scratch scratch;
    const Path directory = scratch.path() / "out";
    const Files package = test::sample_package();
    {
        const StagedPackage dropped(package, directory);
        CHECK_FALSE(std::filesystem::exists(directory));
    }
    CHECK(std::filesystem::is_empty(scratch.path()));

    StagedPackage staged(package, directory);
    staged.put_in_place();
    CHECK(names_in(directory).size() == package.size());
    for (const auto& [name, bytes] : package)
        CHECK(read_file(directory / name, 1024 * 1024) == bytes);
}

TEST_CASE("a package is put into an empty directory, and never over anything",
          "[publish][package]") {
    const Scratch scratch;
    const Files package = test::sample_package();
    const Path directory = scratch.path() / "out";
    std::filesystem::create_directory(directory);
    StagedPackage staged(package, directory);
    staged.put_in_place();

    try {
        const StagedPackage again(package, directory);
        FAIL("it was written over");
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::conflict);
    }
    write_new_file(scratch.path() / "file", bytes_of("x"));
    CHECK_THROWS_AS(StagedPackage(package, scratch.path() / "file"), Error);
    CHECK(names_in(scratch.path()).size() == 2);
}

}  // namespace custos::vault::publish
