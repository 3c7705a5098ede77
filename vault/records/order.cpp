// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/order.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <tuple>

#include "crypto/error.h"
#include "vault/records/check_value.h"
#include "vault/records/filter.h"
#include "vault/records/value_index.h"

namespace custos::vault {

namespace {

constexpr std::size_t kFewRows = 1024;

using By = Sorting::By;

// Takes rows in their order, and keeps those of the page.
class Page {
public:
    Page(const RowSet& rows, std::size_t skip, std::size_t limit)
        : wanted_(rows),
          skip_(skip),
          limit_(limit == 0 ? std::numeric_limits<std::size_t>::max() : limit) {}

    // False when the page is full. A row that was taken before is passed over.
    bool take(std::int64_t row) {
        if (!wanted_.contains(row) || seen_.contains(row)) return true;
        seen_.add(row);
        if (skip_ > 0) {
            --skip_;
            return true;
        }
        page_.push_back(row);
        return page_.size() < limit_;
    }
    bool take_all(const std::vector<std::int64_t>& rows) {
        return std::all_of(rows.begin(), rows.end(), [&](std::int64_t row) { return take(row); });
    }
    // Those that have not come.
    void take_rest(bool reversed) {
        RowSet rest = wanted_;
        rest -= seen_;
        std::vector<std::int64_t> rows;
        rest.each(0, [&](std::int64_t row) {
            rows.push_back(row);
            return true;
        });
        if (reversed) std::reverse(rows.begin(), rows.end());
        take_all(rows);
    }
    // False only if none of these would be taken.
    bool wants_any(const std::vector<std::int64_t>& rows) const {
        return std::any_of(rows.begin(), rows.end(),
                           [&](std::int64_t row) { return wanted_.contains(row); });
    }
    bool full() const { return page_.size() >= limit_; }
    std::vector<std::int64_t> finish() { return std::move(page_); }

private:
    const RowSet& wanted_;
    RowSet seen_;
    std::size_t skip_;
    std::size_t limit_;
    std::vector<std::int64_t> page_;
};

std::vector<std::int64_t> rows_of(std::int64_t chunk, ByteView packed, bool reversed) {
    RowSet set;
    std::vector<std::int64_t> rows;
    if (!set.add_chunk(0, packed)) return rows;
    set.each(0, [&](std::int64_t row) {
        rows.push_back(chunk * RowSet::kChunkRows + row);
        return true;
    });
    if (reversed) std::reverse(rows.begin(), rows.end());
    return rows;
}

// ---- few rows ----------------------------------------------------------------------------------

struct Key {
    bool missing = false;
    FieldValue::Is is = FieldValue::Is::set;
    std::int64_t number = 0;
    std::int64_t second = 0;
    std::string text;
    std::int64_t row = 0;
};

class Keys {
public:
    Keys(Database& database, const Sorting& sorting)
        : database_(database),
          sorting_(sorting),
          record_(database, "SELECT updated, date_min, date_max, id FROM record WHERE row = ?"),
          reference_(database,
                     "SELECT min(to_id) FROM reference WHERE from_row = ?1 AND "
                     "(path = ?2 OR path GLOB ?2 || '.*')") {
        if (sorting.by == By::value) path_ = find_path(database, sorting.kind, sorting.path);
    }

    Key of(std::int64_t row) {
        Key key;
        key.row = row;
        if (sorting_.by == By::value) {
            const Order order = sorting_.reversed ? Order::descending : Order::ascending;
            const SortKey found = path_ ? sort_key_of(database_, row, *path_, order) : SortKey{};
            key.missing = found.missing;
            key.is = found.is;
            key.number = found.number;
            key.text = found.text;
        } else if (sorting_.by == By::reference) {
            key.missing = !reference_.bind(row, sorting_.path).step() || reference_.is_null(0);
            if (!key.missing) key.text = text_of(reference_.blob(0));
        } else if (record_.bind(row).step()) {
            if (sorting_.by == By::updated) key.number = record_.integer(0);
            if (sorting_.by == By::code) key.text = text_of(record_.blob(3));
            if (sorting_.by == By::date) {
                key.missing = record_.is_null(1);
                key.number = record_.integer(1);
                key.second = record_.integer(2);
            }
        }
        return key;
    }

private:
    Database& database_;
    const Sorting& sorting_;
    Query record_;
    Query reference_;
    std::optional<std::int64_t> path_;
};

void sort_few(Database& database, const RowSet& rows, const Sorting& sorting, Page& page) {
    std::vector<Key> keys;
    Keys look_up(database, sorting);
    rows.each(0, [&](std::int64_t row) {
        keys.push_back(look_up.of(row));
        return true;
    });
    const auto order = [](const Key& key) {
        return std::tie(key.is, key.number, key.text, key.second, key.row);
    };
    std::sort(keys.begin(), keys.end(), [&](const Key& a, const Key& b) {
        if (a.missing != b.missing) return b.missing;
        return sorting.reversed ? order(b) < order(a) : order(a) < order(b);
    });
    for (const Key& key : keys) {
        if (!page.take(key.row)) return;
    }
}

// ---- many rows ---------------------------------------------------------------------------------

void walk_rows(Database& database, const char* sql, Page& page) {
    Query query(database, sql);
    query.bind();
    while (query.step()) {
        if (!page.take(query.integer(0))) return;
    }
}

void walk_values(Database& database, const Sorting& sorting, Page& page) {
    const auto path = find_path(database, sorting.kind, sorting.path);
    if (!path) return;
    each_value(database, *path, sorting.reversed ? Order::descending : Order::ascending,
               [&](const ValueRows& value) {
                   return page.take_all(rows_of(value.chunk, value.rows, sorting.reversed));
               });
}

// By first day, then last day, then creation. Of one day, those that last no longer come first.
class DateWalk {
public:
    DateWalk(Database& database, bool reversed, Page& page)
        : database_(database),
          reversed_(reversed),
          order_(reversed ? Order::descending : Order::ascending),
          page_(page),
          spans_(rows_between(database, kLastBlockPath, block_of_day(kDayBeforeAll),
                              block_of_day(kDayAfterAll))) {}

    // Blocks of days in which nothing is wanted are passed over as one.
    void run() {
        std::optional<std::int64_t> taken;
        each_value(database_, kFirstBlockPath, order_, [&](const ValueRows& block) {
            if (taken == block.number || !page_.wants_any(rows_of(block.chunk, block.rows, false)))
                return true;
            taken = block.number;
            take_block(block.number);
            return !page_.full();
        });
    }

private:
    void take_block(std::int64_t block) {
        std::optional<std::int64_t> day;
        std::vector<std::int64_t> rows;
        each_number(database_, kFirstPath, order_, first_day_of(block), first_day_of(block + 1) - 1,
                    [&](const ValueRows& value) {
                        if (day && *day != value.number) take_day(*day, rows);
                        day = value.number;
                        const auto more = rows_of(value.chunk, value.rows, false);
                        rows.insert(rows.end(), more.begin(), more.end());
                        return !page_.full();
                    });
        if (day && !page_.full()) take_day(*day, rows);
    }

    void take_day(std::int64_t day, std::vector<std::int64_t>& rows) {
        Query last(database_, "SELECT date_max FROM record WHERE row = ?");
        std::vector<std::tuple<std::int64_t, std::int64_t>> keys;
        for (const std::int64_t row : rows) {
            const bool long_one = spans_.contains(row) && last.bind(row).step();
            keys.emplace_back(long_one ? last.integer(0) : day, row);
        }
        rows.clear();
        std::sort(keys.begin(), keys.end());
        if (reversed_) std::reverse(keys.begin(), keys.end());
        for (const auto& [end, row] : keys) {
            if (!page_.take(row)) return;
        }
    }

    Database& database_;
    bool reversed_;
    Order order_;
    Page& page_;
    RowSet spans_;
};

void walk(Database& database, const Sorting& sorting, Page& page) {
    switch (sorting.by) {
        case By::updated:
            walk_rows(database,
                      sorting.reversed ? "SELECT row FROM record ORDER BY updated DESC, row DESC"
                                       : "SELECT row FROM record ORDER BY updated, row",
                      page);
            break;
        case By::code:
            walk_rows(database,
                      sorting.reversed ? "SELECT row FROM record ORDER BY id DESC"
                                       : "SELECT row FROM record ORDER BY id",
                      page);
            break;
        case By::date: DateWalk(database, sorting.reversed, page).run(); break;
        case By::value: walk_values(database, sorting, page); break;
        case By::created:
        case By::reference: break;
    }
    if (!page.full()) page.take_rest(sorting.reversed);
}

std::vector<std::int64_t> by_creation(const RowSet& rows, bool reversed, std::size_t skip,
                                      std::size_t limit) {
    const std::size_t count = rows.count();
    if (skip >= count) return {};
    const std::size_t size = limit == 0 ? count - skip : std::min(limit, count - skip);
    std::vector<std::int64_t> page;
    rows.each(reversed ? count - skip - size : skip, [&](std::int64_t row) {
        page.push_back(row);
        return page.size() < size;
    });
    if (reversed) std::reverse(page.begin(), page.end());
    return page;
}

}  // namespace

Sorting Sorting::from(const Schema& schema, std::optional<Kind> kind, std::string_view text) {
    Sorting sorting;
    sorting.reversed = text.starts_with('-');
    if (sorting.reversed) text.remove_prefix(1);
    if (text.empty() || text == "created") return sorting;
    sorting.by = text == "updated"                ? By::updated
                 : text == "date"                 ? By::date
                 : text == "code" || text == "id" ? By::code
                                                  : By::value;
    if (sorting.by != By::value) return sorting;
    if (!kind) throw Error{ErrorCode::usage, "sorting by a field needs a kind of record"};
    sorting.kind = *kind;
    sorting.path = text;
    if (is_own_name(text)) return sorting;
    const Field& field = require_path(schema, *kind, text);
    const FieldType type = is_list(field.type) ? item_type(field.type) : field.type;
    if (type == FieldType::edtf_date) sorting.path = DatePaths(text).first;
    if (type == FieldType::reference || type == FieldType::reference_map)
        sorting.by = By::reference;
    if (type == FieldType::object ||
        (type == FieldType::long_text && is_repeated(schema.fields(*kind), text))) {
        throw Error{ErrorCode::usage,
                    "cannot sort by " + std::string(text) + ": it is no single value",
                    "custos schema " + std::string(name_of(*kind)) + " lists the fields"};
    }
    return sorting;
}

std::vector<std::int64_t> ordered_page(Database& database, const RowSet& rows,
                                       const Sorting& sorting, std::size_t skip,
                                       std::size_t limit) {
    if (sorting.by == By::created) return by_creation(rows, sorting.reversed, skip, limit);
    Page page(rows, skip, limit);
    if (sorting.by == By::reference || rows.count() <= kFewRows) {
        sort_few(database, rows, sorting, page);
    } else {
        walk(database, sorting, page);
    }
    return page.finish();
}

}  // namespace custos::vault
