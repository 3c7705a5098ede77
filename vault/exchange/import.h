// SPDX-License-Identifier: GPL-3.0-or-later
// Records from files, in one change: all of them or, where the caller says so, those that can be
// stored. docs/formats/import-jsonl.md has the lines, docs/formats/csv.md the tables.
//
// A file is read once for the names and ids in it (if there are any), so that a line may point at
// one that comes later, and once more to store. Statements come last, because they write the codes
// of other records. While one thread writes, another one reads and checks what comes next. In
// memory are the names and ids, and some hundred lines or a few MiB of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "vault/exchange/prepare.h"
#include "vault/exchange/source.h"

namespace custos::vault {

// After so many refused lines the rest is not looked at.
inline constexpr std::size_t kImportRefusedMax = 10'000;

// The records of a file, one after the other, as often as needed.
class RecordSource {
public:
    RecordSource() = default;
    RecordSource(const RecordSource&) = delete;
    RecordSource& operator=(const RecordSource&) = delete;
    virtual ~RecordSource() = default;

    virtual void rewind() = 0;
    // To the next record; false at the end. Error{usage} for what makes the file as a whole
    // unreadable.
    virtual bool next() = 0;
    // Where that record begins.
    virtual std::size_t line() const = 0;
    // Bytes of the file before the next record.
    virtual std::uint64_t at() const = 0;
    // False only if record() will have no name and no id: a look that costs little.
    virtual bool may_be_named() const = 0;
    virtual Incoming record() = 0;
    // Adds to a problem of a record where in the file it lies, if its path does not say so.
    virtual void locate(Problem& problem) const { (void)problem; }
    // Error{conflict} if the file changed since it was opened.
    virtual void must_be_unchanged() const = 0;
};

[[nodiscard]] std::unique_ptr<RecordSource> jsonl_records(Source source);

struct ImportOptions {
    bool store = true;     // false: only say what would happen
    bool partial = false;  // store what can be, leave out the rest
    PrepareOptions prepare;
};

struct ImportCount {
    std::size_t created = 0;  // with the references
    std::size_t updated = 0;
    std::size_t unchanged = 0;
    std::size_t references = 0;  // created because a line named them
    std::size_t refused = 0;     // lines
    bool stored = false;         // everything counted is in the vault
    bool stopped = false;        // at kImportRefusedMax

    std::size_t total() const { return created + updated + unchanged; }
};

// `tell` gets what became (or would become) of each record, statements last; what it is told is
// true only if the count says `stored`, and it must not use the vault if there is something to
// store, since another thread writes meanwhile. `tick` gets the number of bytes read. Without
// `store` the vault may be open for reading. Nothing is stored if a line is refused, unless
// `partial`.
[[nodiscard]] ImportCount import_records(Vault& vault, RecordSource& source,
                                         const ImportOptions& options,
                                         const std::function<void(const Prepared&)>& tell,
                                         const std::function<void(std::uint64_t)>& tick);

}  // namespace custos::vault
