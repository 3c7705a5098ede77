// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "crypto/error.h"
#include "vault/exchange/cell_paths.h"
#include "vault/records/assign.h"
#include "vault/records/schema.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

using nlohmann::json;

constexpr auto kSpaces = std::to_array<std::string_view>({" ", "\t", "\n", "\xC2\xA0"});

std::string_view trimmed(std::string_view text) {
    for (bool cut = true; cut;) {
        cut = false;
        for (const std::string_view space : kSpaces) {
            const bool before = text.starts_with(space);
            if (before) text.remove_prefix(space.size());
            const bool behind = text.ends_with(space);
            if (behind) text.remove_suffix(space.size());
            cut = cut || before || behind;
        }
    }
    return text;
}

// What a column means that is no field.
enum class Role { field, link, id, ref, kind, update, revision, skipped };

struct Column {
    ColumnRule rule;
    Role role = Role::field;
    std::string link_role;
};

Column column_for(ColumnRule rule) {
    Column column{std::move(rule), Role::field, {}};
    const std::string& target = column.rule.target;
    if (target.empty()) column.role = Role::skipped;
    if (target == "id") column.role = Role::id;
    if (target == "ref") column.role = Role::ref;
    if (target == "kind") column.role = Role::kind;
    if (target == "update") column.role = Role::update;
    if (target == "revision") column.role = Role::revision;
    if (target.starts_with("links.")) {
        column.role = Role::link;
        column.link_role = target.substr(6);
    }
    return column;
}

class Table : public RecordSource {
public:
    Table(const Schema& schema, Source source, Mapping mapping)
        : schema_(schema),
          source_(std::move(source)),
          mapping_(std::move(mapping)),
          reader_(source_, mapping_.csv) {
        if (!reader_.next()) throw Error{ErrorCode::usage, "cannot import: the table is empty"};
        bind(reader_.cells());
    }

    void rewind() override {
        reader_.rewind();
        (void)reader_.next();  // the header
    }
    bool next() override { return reader_.next(); }
    std::size_t line() const override { return reader_.line(); }
    std::uint64_t at() const override { return reader_.at(); }
    void must_be_unchanged() const override { source_.must_be_unchanged(); }

    bool may_be_named() const override {
        for (std::size_t i = 0; i < columns_.size() && i < reader_.cells().size(); ++i) {
            const Role role = columns_[i].role;
            if ((role == Role::id || role == Role::ref) && !reader_.cells()[i].empty()) return true;
        }
        return false;
    }

    Incoming record() override {
        Incoming record;
        record.kind = mapping_.kind;
        const std::vector<std::string>& cells = reader_.cells();
        for (std::size_t i = columns_.size(); i < cells.size(); ++i) {
            if (!trimmed(cells[i]).empty()) {
                report(record, {}, "has more cells than the header has names");
                break;
            }
        }
        const std::size_t count = std::min(cells.size(), columns_.size());
        // What says which record it is comes first: the types of fields depend on it.
        for (std::size_t i = 0; i < count; ++i) take_identity(record, columns_[i], cells[i]);
        if (!record.kind && !record.id.empty()) {
            if (const auto query = parse_id_query(record.id)) record.kind = query->kind;
        }
        if (!record.kind) {
            report(record, "kind", "is missing: give --kind, a column \"kind\" or ids");
            return record;
        }
        for (std::size_t i = 0; i < count; ++i) take_cell(record, columns_[i], cells[i]);
        add_constants(record);
        if (record.id.empty()) close_gaps(record.cells);
        return record;
    }

    void locate(Problem& problem) const override {
        for (const Column& column : columns_) {
            const std::string& target = column.rule.target;
            const bool fits = target == problem.path || problem.path.starts_with(target + ".") ||
                              (column.role == Role::link && problem.path.starts_with("links."));
            if (target.empty() || !fits || column.rule.name == problem.path) continue;
            problem.message = "in the column \"" + harmless_excerpt(column.rule.name, 40) + "\" " +
                              problem.message;
            return;
        }
    }

private:
    static void report(Incoming& record, std::string path, std::string message,
                       std::string_view value = {}) {
        if (record.problems.size() >= kProblemsMax) return;
        record.problems.push_back({std::move(path),
                                   std::move(message),
                                   value.empty() ? "" : harmless_excerpt(value, 40),
                                   {}});
    }

    const Field* field_of(Kind kind, std::string_view path) const {
        return field_at(schema_.fields(kind), without_numbers(path));
    }

    void bind(const std::vector<std::string>& header) {
        std::vector<std::string> wrong;
        std::set<std::string> seen;
        std::vector<std::string> names;
        for (const std::string& cell : header) names.emplace_back(trimmed(plain(cell)));
        for (const std::string& name : names) {
            ColumnRule rule;
            rule.name = name;
            rule.target = mapping_.skip_others ? "" : name;
            for (const ColumnRule& given : mapping_.columns) {
                if (given.name == name) rule = given;
            }
            if (rule.target.size() > kTargetSizeMax) {
                wrong.push_back("the column \"" + harmless_excerpt(name, 40) +
                                "\" has a name longer than 200 bytes");
            }
            if (!name.empty() && !seen.insert(name).second)
                wrong.push_back("the column \"" + harmless_excerpt(name, 40) + "\" is there twice");
            columns_.push_back(column_for(std::move(rule)));
            check_target(columns_.back(), wrong);
        }
        const std::vector<std::string_view> views(names.begin(), names.end());
        for (const ColumnRule& rule : mapping_.columns) {
            if (rule.optional || seen.contains(rule.name)) continue;
            const auto near = nearest(rule.name, views);
            wrong.push_back("there is no column \"" + harmless_excerpt(rule.name, 40) +
                            "\", which the mapping names" +
                            (near.empty() ? "" : " (did you mean " + either(near) + "?)"));
        }
        for (const auto& [path, value] : mapping_.constants) {
            check_target(column_for({path, path, ";", {}, {}, false}), wrong);
        }
        if (wrong.empty()) return;
        std::string message = "cannot import this table: ";
        for (const std::string& one : wrong) message += (wrong.size() > 1 ? "\n  " : "") + one;
        throw Error{
            ErrorCode::usage, message,
            "custos schema KIND lists the fields; a mapping (--map FILE) says where columns "
            "go, or that they are passed over"};
    }

    // That the field is there, as far as that can be said before the kind of a record is known.
    void check_target(const Column& column, std::vector<std::string>& wrong) const {
        if (column.role != Role::field || !mapping_.kind) return;
        const std::string& path = column.rule.target;
        if (field_of(*mapping_.kind, path) != nullptr) return;
        std::string why = "the column \"" + harmless_excerpt(column.rule.name, 40) + "\" ";
        if (path != column.rule.name)
            why += "goes to \"" + harmless_excerpt(path, 40) + "\", which ";
        why += "is no field of " + std::string(row_of(*mapping_.kind).plural);
        try {
            json scratch;
            assign_value(schema_, *mapping_.kind, scratch, without_numbers(path, "1"), "x");
        } catch (const Error& error) {
            if (error.hint().starts_with("did you mean")) why += " (" + error.hint() + ")";
        }
        wrong.push_back(why);
    }

    // The text of a cell, by the rule's table of values.
    static std::string text_of_cell(const Column& column, const std::string& cell) {
        std::string text = plain(cell);
        if (column.rule.values.empty()) return text;
        const auto found = column.rule.values.find(std::string(trimmed(text)));
        return found == column.rule.values.end() ? text : found->second;
    }

    void take_identity(Incoming& record, const Column& column, const std::string& cell) {
        if (column.role == Role::field || column.role == Role::link || column.role == Role::skipped)
            return;
        const std::string text(trimmed(text_of_cell(column, cell)));
        if (text.empty()) return;
        if (column.role == Role::id) record.id = text;
        if (column.role == Role::ref) record.ref = text;
        if (column.role == Role::ref && text.size() > kImportNameMax)
            report(record, "ref", "is longer than 100 bytes");
        if (column.role == Role::kind) {
            const auto kind = kind_named(text);
            if (!kind) report(record, "kind", "there is no such kind of record", text);
            if (kind && record.kind && *kind != *record.kind)
                report(record, "kind", "is not that of the other records", text);
            if (kind) record.kind = kind;
        }
        if (column.role == Role::update) {
            record.update = update_named(text);
            if (!record.update) report(record, "update", "is merge, replace or refuse", text);
        }
        if (column.role == Role::revision) {
            int revision = 0;
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + text.size(), revision);
            if (error != std::errc{} || end != text.data() + text.size() || revision < 1)
                report(record, "revision", "must be a whole number from 1 on", text);
            else
                record.revision = revision;
        }
    }

    void take_cell(Incoming& record, const Column& column, const std::string& cell) {
        if (cell.empty() || column.role == Role::skipped) return;
        if (column.role != Role::field && column.role != Role::link) return;
        const std::string text = text_of_cell(column, cell);
        if (text.find_first_not_of(" \t\n") == std::string::npos) return;
        if (column.role == Role::field) return take_field(record, column, text);
        if (!record.links) record.links.emplace();
        for (const std::string_view to : parts_of(text, column.rule.separator)) {
            if (trimmed(to).empty()) continue;
            if (record.links->size() == kImportLinksMax) {
                report(record, column.rule.target, "more than 1,000 links");
                return;
            }
            record.links->push_back({column.link_role, std::string(trimmed(to)), json::object()});
        }
    }

    void take_field(Incoming& record, const Column& column, const std::string& text) {
        const std::string& path = column.rule.target;
        if (path.empty()) return report(record, {}, "has a cell in a column without a name", text);
        const Field* field = field_of(*record.kind, path);
        if (field == nullptr) {  // assign_value() says so
            record.cells.emplace_back(path, text);
            return;
        }
        const bool whole_list = is_list(field->type) && field->type != FieldType::object_list &&
                                !is_number(path.substr(path.rfind('.') + 1));
        if (column.rule.dates) {
            take_date(record, column, trimmed(text));
        } else if (whole_list && !trimmed(text).starts_with('[')) {
            json items = json::array();
            for (const std::string_view item : parts_of(text, column.rule.separator)) {
                if (!trimmed(item).empty()) items.push_back(std::string(trimmed(item)));
            }
            record.cells.emplace_back(path, items.dump());
        } else if (field->type == FieldType::text || field->type == FieldType::long_text ||
                   field->type == FieldType::text_list) {
            record.cells.emplace_back(path, text);
        } else {
            std::string value(trimmed(text));
            if (field->type == FieldType::boolean) {
                for (char& c : value) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            }
            record.cells.emplace_back(path, std::move(value));
        }
    }

    // Beside a date of another calendar, its words and the calendar, where the record keeps them.
    void take_date(Incoming& record, const Column& column, std::string_view text) {
        const std::string& path = column.rule.target;
        const std::optional<std::string> date = edtf_of(*column.rule.dates, text);
        if (!date) {
            report(record, path, "is not written as " + either(column.rule.dates->forms), text);
            return;
        }
        record.cells.emplace_back(path, *date);
        if (!column.rule.dates->thai_solar) return;
        add_unless_taken(record, path + "_verbatim", std::string(text));
        add_unless_taken(record, path == "date" ? "calendar" : path + "_calendar", "thai_solar");
    }

    // If there is such a field and no column goes there.
    void add_unless_taken(Incoming& record, const std::string& path, std::string value) const {
        const bool taken = std::any_of(columns_.begin(), columns_.end(), [&](const Column& other) {
            return other.rule.target == path;
        });
        if (!taken && field_of(*record.kind, path) != nullptr)
            record.cells.emplace_back(path, std::move(value));
    }

    // A constant below an item of a list is for rows that say something about that item.
    void add_constants(Incoming& record) const {
        for (const auto& [path, value] : mapping_.constants) {
            const std::string item = item_of(path);
            bool given = false;
            bool wanted = item.empty();
            for (const auto& [cell_path, cell] : record.cells) {
                given = given || cell_path == path;
                wanted = wanted || cell_path.starts_with(item + ".");
            }
            if (wanted && !given) record.cells.emplace_back(path, value);
        }
    }

    const Schema& schema_;
    Source source_;
    Mapping mapping_;
    CsvReader reader_;
    std::vector<Column> columns_;
};

}  // namespace

std::unique_ptr<RecordSource> table_records(const Schema& schema, Source source, Mapping mapping) {
    return std::make_unique<Table>(schema, std::move(source), std::move(mapping));
}

}  // namespace custos::vault
