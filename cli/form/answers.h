// SPDX-License-Identifier: GPL-3.0-or-later
// The answers given to a form so far: the fields of a record, each checked as it is set.
//
// Paths are dotted, with items counted from 1, as the schema's errors write them
// ("paragraphs.2.basis"). References are full ids.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "vault/records/check.h"
#include "vault/records/schema.h"

namespace custos::cli {

// "names.2." for "names.2.text"; empty for a path without a dot.
[[nodiscard]] std::string parent_of(const std::string& path);

// An answer that is there: a leaf of the record (lists and maps of words count as one).
struct Answered {
    std::string path;
    const vault::Field* field = nullptr;
};

class Answers {
public:
    // The schema outlives it. `today`, in days since 1970-01-01: a later date of what is said to
    // have happened is refused as it is set.
    Answers(const vault::Schema& schema, vault::Kind kind, nlohmann::json fields,
            std::int64_t today)
        : schema_(schema), kind_(kind), fields_(std::move(fields)), today_(today) {}

    [[nodiscard]] vault::Kind kind() const { return kind_; }
    [[nodiscard]] const nlohmann::json& fields() const { return fields_; }
    [[nodiscard]] bool empty() const { return fields_.empty(); }

    // Null if there is none.
    [[nodiscard]] const nlohmann::json* at(const std::string& path) const;
    // The number of items of a list; 0 if there is none.
    [[nodiscard]] std::size_t count(const std::string& path) const;

    // Sets one value as the tables write it, or says what is wrong with it and changes nothing.
    // What is missing elsewhere is no matter yet.
    std::optional<vault::Problem> set(const std::string& path, const nlohmann::json& value);
    // Takes it away, and what is empty without it.
    void unset(const std::string& path);

    // What keeps the record from being stored.
    [[nodiscard]] std::vector<vault::Problem> problems() const;
    // In the order of the schema.
    [[nodiscard]] std::vector<Answered> all() const;

private:
    const vault::Schema& schema_;
    vault::Kind kind_;
    nlohmann::json fields_;
    std::int64_t today_;
};

}  // namespace custos::cli
