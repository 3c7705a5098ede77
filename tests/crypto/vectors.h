// SPDX-License-Identifier: GPL-3.0-or-later
// Test vectors of other projects. They are not in this repository: the folder is CUSTOS_VECTORS, or
// shared/vectors beside the source tree. Without it the tests that need it are skipped, visibly.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/bytes.h"

namespace custos::test {

// The folder `name` of the vectors; skips the running test if it is not there.
std::string vectors_or_skip(const std::string& name);

std::string read_text(const std::string& path);
nlohmann::json read_json(const std::string& path);

// Every .json file at or below `folder`, sorted.
std::vector<std::string> json_files_below(const std::string& folder);

// What became of one vector.
enum class Outcome {
    passed,
    failed,
    not_expressible,  // a size that the primitive's interface cannot be given
};

// Counts outcomes, prints "NAME: N of N" and checks that none failed.
class Tally {
public:
    explicit Tally(std::string name) : name_(std::move(name)) {}
    void add(Outcome outcome, const std::string& which);
    void finish(int wanted) const;  // how many must have passed

private:
    std::string name_;
    int passed_ = 0;
    int total_ = 0;
    int not_expressible_ = 0;
    std::string failed_;
};

// Runs `check` for each test of a Wycheproof file, with its group.
using WycheproofCheck =
    std::function<Outcome(const nlohmann::json& group, const nlohmann::json& test)>;
void run_wycheproof(const std::string& file, int wanted, const WycheproofCheck& check);

// The bytes of a hexadecimal member.
Bytes hex_at(const nlohmann::json& object, const char* name);

inline Outcome passed_if(bool good) { return good ? Outcome::passed : Outcome::failed; }

}  // namespace custos::test
