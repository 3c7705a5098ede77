// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/verify.h"

#include <iostream>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"
#include "sample.h"

namespace custos::vault::publish {
namespace {

namespace minisign = crypto::minisign;

std::optional<minisign::PublicKey> publisher() {
    return minisign::public_key_of(test::sample_key());
}

Result verified(const Files& files, const std::optional<minisign::PublicKey>& key = publisher()) {
    return verify_package(MemoryReader(files), key).result;
}

Verification verified_path(const Path& path, const std::optional<minisign::PublicKey>& key) {
    return verify_path(path, Knowledge{key, {}, {}});
}

Files package_of(const std::string& index, std::uint8_t seed) {
    Material material = test::sample_material(test::careful_body());
    material.statement.index = index;
    return test::package_of(material, seed);
}

}  // namespace

TEST_CASE("verify tells authentic, unknown key and another key apart", "[publish][verify]") {
    const Files package = test::sample_package();
    const Verification good = verify_package(MemoryReader(package), publisher());
    CHECK(good.result == Result::authentic);
    CHECK(good.index == "KEP 23/0117/2019");
    CHECK(good.date == "2019-12-27");
    CHECK(good.files.size() == package.size());
    CHECK(good.doubts.empty());

    const Verification unknown = verify_package(MemoryReader(package), std::nullopt);
    CHECK(unknown.result == Result::unknown_key);
    CHECK(unknown.key == publisher());

    const Verification other =
        verify_package(MemoryReader(package), minisign::public_key_of(test::sample_key(8)));
    CHECK(other.result == Result::altered);
    REQUIRE(other.doubts.size() == 1);
    CHECK(other.doubts[0].what.find("another key") != std::string::npos);
    CHECK(other.index.empty());
}

TEST_CASE("verify notices every changed byte of every file", "[publish][verify]") {
    const Files package = test::sample_package();
    std::size_t flipped = 0;
    std::size_t noticed = 0;
    for (const auto& [name, bytes] : package) {
        // Larger files are looked at in steps: each byte is covered by the same two hashes.
        const std::size_t step = bytes.size() > 1024 ? 5 : 1;
        for (std::size_t i = 0; i < bytes.size(); i += step) {
            Files changed = package;
            changed[name][i] = static_cast<std::uint8_t>(changed[name][i] ^ (1u << (i % 8)));
            ++flipped;
            const bool altered = verified(changed) == Result::altered;
            if (altered) ++noticed;
            if (!altered) FAIL_CHECK(name << " byte " << i);
        }
    }
    CHECK(noticed == flipped);
    std::cout << "changed bytes noticed by verify: " << noticed << " of " << flipped << "\n";
}

TEST_CASE("verify notices changed bytes with the key of the package alone", "[publish][verify]") {
    const Files package = test::sample_package();
    for (const auto& [name, bytes] : package) {
        Files changed = package;
        changed[name][bytes.size() / 2] ^= 1;
        INFO(name);
        CHECK(verified(changed, std::nullopt) == Result::altered);
    }
}

TEST_CASE("verify notices every missing, extra, cut, grown and renamed file", "[publish][verify]") {
    const Files package = test::sample_package();
    for (const auto& [name, bytes] : package) {
        INFO(name);
        Files missing = package;
        missing.erase(name);
        CHECK(verified(missing) == Result::altered);

        Files renamed = missing;
        renamed["renamed-" + name] = bytes;
        CHECK(verified(renamed) == Result::altered);

        Files cut = package;
        cut[name].pop_back();
        CHECK(verified(cut) == Result::altered);

        Files grown = package;
        grown[name].push_back('\n');
        CHECK(verified(grown) == Result::altered);

        Files empty = package;
        empty[name].clear();
        CHECK(verified(empty) == Result::altered);
    }
    Files extra = package;
    extra["statement.pdf"] = Bytes{1, 2, 3};
    const Verification verification = verify_package(MemoryReader(extra), publisher());
    CHECK(verification.result == Result::altered);
    REQUIRE(verification.doubts.size() == 1);
    CHECK(verification.doubts[0].file == "statement.pdf");
}

TEST_CASE("verify notices files and signatures of another statement by the same publisher",
          "[publish][verify]") {
    const Files first = package_of("KEP 1", 7);
    const Files second = package_of("KEP 2", 7);
    CHECK(verified(first) == Result::authentic);
    CHECK(verified(second) == Result::authentic);
    for (const auto& [name, bytes] : second) {
        if (first.at(name) == bytes) continue;  // key.pub
        Files mixed = first;
        mixed[name] = bytes;
        INFO(name);
        CHECK(verified(mixed) == Result::altered);

        const std::string signature = name + kSignatureSuffix;
        if (second.count(signature) == 0) continue;
        mixed[signature] = second.at(signature);
        if (name != kManifestFile) CHECK(verified(mixed) == Result::altered);
    }
    Files manifest = first;
    manifest[kManifestFile] = second.at(kManifestFile);
    manifest[std::string(kManifestFile) + kSignatureSuffix] =
        second.at(std::string(kManifestFile) + kSignatureSuffix);
    CHECK(verified(manifest) == Result::altered);
}

TEST_CASE("a package that somebody else signed anew is never authentic", "[publish][verify]") {
    const Files forged = package_of("KEP 23/0117/2019", 9);
    CHECK(verified(forged) == Result::altered);
    CHECK(verified(forged, std::nullopt) == Result::unknown_key);
}

TEST_CASE("verify checks one file by the signature beside it", "[publish][verify]") {
    const Files package = test::sample_package();
    const MemoryReader reader(package);
    for (const char* name :
         {kHtmlFile, kMarkdownFile, kJsonFile, kVerifyFile, kSumsFile, kKeyFile, kManifestFile}) {
        const Verification one = verify_file(reader, name, publisher());
        CHECK(one.result == Result::authentic);
        CHECK(one.index == "KEP 23/0117/2019");
        CHECK(verify_file(reader, name, std::nullopt).result == Result::unknown_key);
    }
    Files renamed;
    renamed["other.html"] = package.at(kHtmlFile);
    renamed["other.html.minisig"] = package.at("statement.html.minisig");
    CHECK(verify_file(MemoryReader(renamed), "other.html", publisher()).result == Result::altered);
    Files changed = package;
    changed[kHtmlFile][100] ^= 1;
    CHECK(verify_file(MemoryReader(changed), kHtmlFile, publisher()).result == Result::altered);
    CHECK(verify_file(MemoryReader({}), kHtmlFile, publisher()).result == Result::altered);
}

TEST_CASE("verify reads directories, and takes no link for a file", "[publish][verify]") {
    const Path root = std::filesystem::temp_directory_path() / "custos-verify-test";
    std::filesystem::remove_all(root);
    const Path directory = root / "out";
    StagedPackage staged(test::sample_package(), directory);
    staged.put_in_place();
    CHECK(verified_path(directory, publisher()).result == Result::authentic);
    CHECK(verified_path(directory / "", publisher()).result == Result::authentic);
    CHECK(verified_path(directory / kHtmlFile, publisher()).result == Result::authentic);
    CHECK(verified_path(directory / "statement.html.minisig", publisher()).result ==
          Result::authentic);

    rename_durably(directory / kJsonFile, root / kJsonFile);
    std::filesystem::create_symlink(root / kJsonFile, directory / kJsonFile);
    CHECK(verified_path(directory, publisher()).result == Result::altered);
    std::filesystem::create_directory(root / "empty");
    CHECK_THROWS_AS(verified_path(root / "empty", publisher()), Error);
    CHECK_THROWS_AS(verified_path(root / "none", publisher()), Error);
    std::filesystem::remove_all(root);
}

}  // namespace custos::vault::publish
