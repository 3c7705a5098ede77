// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/crypto/vectors.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"

namespace custos::test {

namespace fs = std::filesystem;

std::string vectors_or_skip(const std::string& name) {
    const char* const given = std::getenv("CUSTOS_VECTORS");  // NOLINT(concurrency-mt-unsafe)
    const fs::path folder =
        (given != nullptr ? fs::path(given) : fs::path(CUSTOS_SOURCE_DIR) / "../shared/vectors") /
        name;
    if (!fs::exists(folder)) {
        SKIP("no vectors of " << name << " here: set CUSTOS_VECTORS to the folder that has them");
    }
    return folder.string();
}

std::string read_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

nlohmann::json read_json(const std::string& path) { return nlohmann::json::parse(read_text(path)); }

std::vector<std::string> json_files_below(const std::string& folder) {
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (entry.path().extension() == ".json") files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

void Tally::add(Outcome outcome, const std::string& which) {
    ++total_;
    if (outcome == Outcome::passed) ++passed_;
    if (outcome == Outcome::not_expressible) ++not_expressible_;
    if (outcome == Outcome::failed) failed_ += " " + which;
}

void Tally::finish(int wanted) const {
    std::printf("%s: %d of %d", name_.c_str(), passed_, total_);
    if (not_expressible_ > 0) std::printf(" (%d of another size than ours)", not_expressible_);
    std::printf("\n");
    INFO("failed:" << failed_);
    CHECK(failed_.empty());
    CHECK(passed_ == wanted);
}

void run_wycheproof(const std::string& file, int wanted, const WycheproofCheck& check) {
    const auto all = read_json(vectors_or_skip("wycheproof") + "/testvectors_v1/" + file + ".json");
    Tally tally("wycheproof " + file);
    for (const auto& group : all.at("testGroups")) {
        for (const auto& test : group.at("tests")) {
            tally.add(check(group, test), std::to_string(test.at("tcId").get<int>()));
        }
    }
    tally.finish(wanted);
}

Bytes hex_at(const nlohmann::json& object, const char* name) {
    const auto bytes = crypto::from_hex(object.at(name).get<std::string>());
    if (!bytes) throw std::runtime_error(std::string("not hexadecimal: ") + name);
    return *bytes;
}

}  // namespace custos::test
