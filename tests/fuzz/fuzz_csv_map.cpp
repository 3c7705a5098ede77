// SPDX-License-Identifier: GPL-3.0-or-later
// A mapping, a byte 0, and a table that it is for. Whatever is not taken is an Error{usage} or a
// problem with a text that can be printed; what is taken goes to fields only by paths and values.
#include <algorithm>
#include <cstdint>

#include "crypto/bytes.h"
#include "crypto/error.h"
#include "vault/exchange/table.h"
#include "vault/records/text.h"

namespace {

using namespace custos;
using namespace custos::vault;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void read_all(RecordSource& source) {
    source.rewind();
    while (source.next()) {
        Incoming record = source.record();
        for (Problem& problem : record.problems) {
            source.locate(problem);
            require(is_utf8(to_text(problem)));
        }
        require(record.problems.empty() == false || record.kind.has_value());
        require(source.may_be_named() || (record.id.empty() && record.ref.empty()));
        require(!record.links || record.links->size() <= kImportLinksMax);
        for (const auto& [path, value] : record.cells) require(!value.empty());
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = text_of({data, size});
    const std::size_t end = std::min(text.find('\0'), text.size());
    try {
        Mapping mapping = parse_mapping(text.substr(0, end));
        const std::string table(text.substr(std::min(end + 1, text.size())));
        const auto source = table_records(builtin_schema(), Source(table), std::move(mapping));
        read_all(*source);
        read_all(*source);
    } catch (const Error& error) {
        require(error.code() == ErrorCode::usage);
        require(is_utf8(error.what()) && is_utf8(error.hint()));
    }
    return 0;
}
