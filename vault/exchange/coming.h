// SPDX-License-Identifier: GPL-3.0-or-later
// The records that a file brings, under the names and ids by which others in it point at them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "vault/records/id.h"

namespace custos::vault {

// A line that points at a record of the file.
struct Pointing {
    std::uint32_t line = 0;
    RecordId to;
};

class Coming {
public:
    struct Entry {
        RecordId id;
        std::uint32_t line = 0;
        bool refused = false;  // its line is not stored, so nothing may point at it
    };

    // `ref` may be empty. A name or an id that is there already keeps its first line. Error{usage}
    // for more than kImportNamesMax names.
    void add(const std::string& ref, const RecordId& id, std::size_t line);
    // To be called once after the last add(), before anything below.
    void finish();

    bool empty() const { return entries_.empty(); }
    // Null if there is none.
    const Entry* named(const std::string& ref) const;
    const Entry* with(const RecordId& id) const;
    // The only one that the beginning of an id fits.
    const Entry* matching(const IdQuery& query) const;
    // The names that `ref` was probably meant to be.
    std::vector<std::string> names_near(std::string_view ref) const;

    // Marks the records of these lines as refused, and those of lines that point at them, and so
    // on.
    void refuse(const std::vector<std::uint32_t>& lines, std::vector<Pointing> pointing);

private:
    std::vector<Entry> entries_;  // by id; finish() leaves the first of each
    std::map<std::string, Entry> names_;
};

}  // namespace custos::vault
