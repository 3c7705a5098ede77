// SPDX-License-Identifier: GPL-3.0-or-later
// Records as a table. One pass over them finds the longest lists, one the columns, one writes: what
// is in memory is one record and the names of the columns.
#include <algorithm>
#include <array>
#include <set>

#include "crypto/error.h"
#include "crypto/utf8.h"
#include "vault/exchange/csv.h"
#include "vault/exchange/export.h"
#include "vault/records/schema.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

// A list with more items in some record becomes JSON in one cell. Tried one after the other, until
// there are not too many columns.
constexpr auto kNumberedMax = std::to_array<std::size_t>({20, 5, 0});
constexpr std::size_t kColumnsWanted = 1'000;
constexpr std::size_t kSpreadsheetCellMax = 32'767;  // characters, in the most common one
constexpr auto kFirstColumns = std::to_array<std::string_view>({"kind", "id", "revision"});

// A cell: its column, and what sorts columns in the order of the schema.
struct Cell {
    std::string path;
    std::string order;
    std::string text;
};

std::string ordinal(std::size_t number) {
    const std::string digits = std::to_string(number);
    return std::string(digits.size() < 6 ? 6 - digits.size() : 0, '0') + digits;
}

// A record's fields as cells. `lists` holds the longest length of each list met, by its path
// without numbers; those longer than `numbered_max` are written whole.
class Flattener {
public:
    explicit Flattener(const Schema& schema) : schema_(schema) {}

    std::size_t numbered_max = 0;
    std::map<std::string, std::size_t> lists;

    std::vector<Cell> cells_of(const Record& record) {
        cells_.clear();
        const std::string kind = ordinal(static_cast<std::size_t>(record.id.kind));
        walk(schema_.fields(record.id.kind), record.fields, {"", "", kind});
        for (const Link& link : record.links) add_link(link);
        return std::move(cells_);
    }

private:
    struct Place {
        std::string path;    // "names.2."
        std::string schema;  // "names."
        std::string order;
    };

    void add(const Place& place, std::string text) {
        cells_.push_back({place.path, place.order, std::move(text)});
    }

    void add_link(const Link& link) {
        const std::string path = "links." + link.role;
        if (!cells_.empty() && cells_.back().path == path) {
            cells_.back().text += ";" + to_text(link.to);
        } else {
            cells_.push_back({path, "~" + link.role, to_text(link.to)});
        }
    }

    static Place below(const Place& place, const std::string& name, std::size_t number) {
        return {place.path + name, place.schema + name, place.order + "." + ordinal(number)};
    }

    static Place inside(Place place) {
        place.path += '.';
        place.schema += '.';
        return place;
    }

    void walk(FieldList schema, const json& fields, const Place& place) {
        std::size_t number = 0;
        for (const Field& field : schema) {
            ++number;
            const std::string name(field.name);
            const auto found = fields.find(name);
            if (found != fields.end()) value(field, *found, below(place, name, number));
        }
    }

    void value(const Field& field, const json& value, const Place& place) {
        if (value.is_array()) return list(field, value, place);
        if (value.is_object()) {
            if (value.empty() || field.type == FieldType::reference_map)
                return add(place, value.dump());
            if (field.type == FieldType::object) return walk(field.children, value, inside(place));
            for (const auto& [key, word] : value.items()) {
                Place entry = inside(place);
                entry.path += key;
                entry.order += "." + key;
                add(entry, word.get<std::string>());
            }
            return;
        }
        add(place, value.is_string() ? value.get<std::string>() : value.dump());
    }

    void list(const Field& field, const json& items, const Place& place) {
        std::size_t& longest = lists[place.schema];
        longest = std::max(longest, items.size());
        if (items.empty() || longest > numbered_max) return add(place, items.dump());
        std::size_t number = 0;
        for (const json& item : items) {
            ++number;
            Place one = inside(place);
            one.path += std::to_string(number);
            one.order += "." + ordinal(number);
            if (item.is_object() && !item.empty()) {
                one.path += '.';
                walk(field.children, item, one);
            } else {
                add(one, item.is_string() ? item.get<std::string>() : item.dump());
            }
        }
    }

    const Schema& schema_;
    std::vector<Cell> cells_;
};

class Table {
public:
    Table(const Vault& vault, const ExportQuery& query, char delimiter, const WriteText& write)
        : vault_(vault),
          query_(query),
          delimiter_(delimiter),
          write_(write),
          flattener_(vault.schema()) {}

    ExportCount run() {
        // The lengths do not depend on how lists are written, as long as all of them are entered.
        flattener_.numbered_max = kListItemsMax;
        each_chosen(vault_, query_, [&](const Record& r) { (void)flattener_.cells_of(r); });
        for (const std::size_t max : kNumberedMax) {
            flattener_.numbered_max = max;
            if (find_columns()) break;
        }
        write_rows();
        return count_;
    }

private:
    // False if there are more than wanted.
    bool find_columns() {
        std::map<std::string, std::string> orders;  // by path
        each_chosen(vault_, query_, [&](const Record& record) {
            for (Cell& cell : flattener_.cells_of(record)) {
                if (orders.size() > kColumnsMax) return;
                const auto [at, is_new] = orders.emplace(std::move(cell.path), cell.order);
                if (!is_new && cell.order < at->second) at->second = cell.order;
            }
        });
        if (orders.size() > kColumnsWanted && flattener_.numbered_max > 0) return false;
        std::vector<std::pair<std::string, std::string>> sorted;
        for (const auto& [path, order] : orders) sorted.emplace_back(order, path);
        std::sort(sorted.begin(), sorted.end());
        columns_.assign(kFirstColumns.begin(), kFirstColumns.end());
        for (const auto& [order, path] : sorted) columns_.push_back(path);
        if (columns_.size() > kColumnsMax) refuse("they need more than 2,000 columns");
        for (std::size_t i = 0; i < columns_.size(); ++i) place_[columns_[i]] = i;
        return true;
    }

    [[noreturn]] static void refuse(const std::string& why) {
        throw Error{ErrorCode::usage, "cannot write these records as a table: " + why,
                    "custos export jsonl takes every record"};
    }

    void write_rows() {
        write_("\xEF\xBB\xBF" + csv_row(columns_, delimiter_));
        each_chosen(vault_, query_, [&](const Record& record) {
            count_record(count_, record);
            for (const json& link : links_with_fields(vault_, record.id)) {
                if (link.size() > 2) ++count_.links_cut;
            }
            std::vector<std::string> row(columns_.size());
            row[0] = name_of(record.id.kind);
            row[1] = to_text(record.id);
            row[2] = std::to_string(record.revision);
            for (Cell& cell : flattener_.cells_of(record))
                row[place_.at(cell.path)] = std::move(cell.text);
            std::size_t size = 0;
            for (const std::string& text : row) {
                const std::size_t cell_size = armoured(text).size();
                size += cell_size;
                if (cell_size > kCellSizeMax || size > kRowSizeMax)
                    refuse(record.code + " is too large for a row");
                if (cell_size > kSpreadsheetCellMax && code_points(text) > kSpreadsheetCellMax)
                    ++count_.long_cells;
            }
            write_(csv_row(row, delimiter_));
        });
    }

    const Vault& vault_;
    const ExportQuery& query_;
    char delimiter_;
    const WriteText& write_;
    Flattener flattener_;
    std::vector<std::string> columns_;
    std::map<std::string, std::size_t> place_;
    ExportCount count_;
};

}  // namespace

ExportCount export_csv(const Vault& vault, const ExportQuery& query, char delimiter,
                       const WriteText& write) {
    return Table(vault, query, delimiter, write).run();
}

}  // namespace custos::vault
