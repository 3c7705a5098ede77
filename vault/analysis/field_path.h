// SPDX-License-Identifier: GPL-3.0-or-later
// A field by a path that may go through references: "incident.place.country", "victim.gender",
// "date.year".
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vault/records/filter.h"
#include "vault/records/store.h"

namespace custos::vault::analysis {

class FieldPath {
public:
    // Error{usage}, with the nearest names, if a record of the kind has no such field.
    FieldPath(const Vault& vault, Kind kind, std::string_view path);

    // The texts that the field has in this record, or in those that it names: none, one or, for
    // lists, several. References are codes; a date with .year or .month is cut, and one that spans
    // several is "2018/2019". Only live records are looked into.
    [[nodiscard]] std::vector<std::string> values_of(const Record& record);

    // The field that it ends at.
    [[nodiscard]] const Field& field() const { return *field_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] bool is_dated() const;

private:
    enum class Cut { none, year, month };
    [[nodiscard]] std::string shown(const std::string& text) const;
    void read(const nlohmann::json& value, std::string_view rest, std::vector<std::string>& out);
    const std::vector<std::string>& beyond(const RecordId& id);

    const Vault& vault_;
    std::string text_;
    std::string local_;  // up to the first reference, or all of it, without .year
    const Field* field_ = nullptr;
    Cut cut_ = Cut::none;
    // Behind a reference: the rest of the path, by the kind of the record that is named.
    std::map<Kind, std::unique_ptr<FieldPath>> next_;
    std::map<RecordId, std::vector<std::string>> known_;
};

// "incident.place.country=TH": a filter whose path may go through references. It holds if one of
// the records that are named fulfils it.
class PathFilter {
public:
    PathFilter(const Vault& vault, Kind kind, std::string_view expression);
    [[nodiscard]] bool matches(const Record& record);

private:
    [[nodiscard]] bool fulfils(const Record& record);

    const Vault& vault_;
    std::optional<Condition> own_;
    TextFolder folder_;
    std::optional<RowSet> linked_;  // for conditions on links: the rows that fulfil them
    std::string reference_;         // else: up to the first reference
    std::map<Kind, std::unique_ptr<PathFilter>> next_;
    std::map<RecordId, bool> known_;
};

}  // namespace custos::vault::analysis
