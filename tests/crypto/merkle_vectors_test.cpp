// SPDX-License-Identifier: GPL-3.0-or-later
// The vectors of transparency-dev/merkle.
#include <optional>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/merkle.h"
#include "tests/crypto/vectors.h"

namespace custos::crypto {
namespace {

using nlohmann::json;

// Nothing if it has not the length of a hash: our types cannot hold it, so it is refused.
std::optional<Digest> digest_of(const json& text) {
    if (!text.is_string()) return std::nullopt;
    const auto bytes = from_base64(text.get<std::string>());
    if (!bytes || bytes->size() != Digest::kSize) return std::nullopt;
    return Digest::from(*bytes);
}

// Some roots in the vectors are "don't care" texts of another length, for cases that only compare
// them: a stand-in that is equal exactly when they are does the same.
std::optional<Digest> root_of_vector(const json& text) {
    const auto bytes = from_base64(text.get<std::string>());
    if (bytes && bytes->size() != Digest::kSize) return sha256(*bytes);
    return digest_of(text);
}

std::optional<std::vector<Digest>> proof_of(const json& texts) {
    std::vector<Digest> proof;
    if (texts.is_null()) return proof;
    for (const json& text : texts) {
        const auto digest = digest_of(text);
        if (!digest) return std::nullopt;
        proof.push_back(*digest);
    }
    return proof;
}

template <class Verifies>
void run(const std::string& folder, int wanted, Verifies verifies) {
    const auto all = test::vectors_or_skip("transparency-dev-merkle") + "/testdata/" + folder;
    test::Tally tally("transparency-dev-merkle " + folder);
    for (const std::string& file : test::json_files_below(all)) {
        const json vector = test::read_json(file);
        const bool refuse = vector.value("wantErr", false);
        tally.add(test::passed_if(verifies(vector) != refuse), file);
    }
    tally.finish(wanted);
}

TEST_CASE("verify_inclusion agrees with transparency-dev/merkle", "[vectors]") {
    run("inclusion", 98, [](const json& vector) {
        const auto leaf = digest_of(vector.at("leafHash"));
        const auto root = root_of_vector(vector.at("root"));
        const auto proof = proof_of(vector.at("proof"));
        return leaf && root && proof &&
               verify_inclusion(*leaf, vector.at("leafIdx").get<std::uint64_t>(),
                                vector.at("treeSize").get<std::uint64_t>(), *proof, *root);
    });
}

TEST_CASE("verify_consistency agrees with transparency-dev/merkle", "[vectors]") {
    run("consistency", 98, [](const json& vector) {
        const auto old_root = root_of_vector(vector.at("root1"));
        const auto new_root = root_of_vector(vector.at("root2"));
        const auto proof = proof_of(vector.at("proof"));
        return old_root && new_root && proof &&
               verify_consistency({vector.at("size1").get<std::uint64_t>(), *old_root},
                                  {vector.at("size2").get<std::uint64_t>(), *new_root}, *proof);
    });
}

}  // namespace
}  // namespace custos::crypto
