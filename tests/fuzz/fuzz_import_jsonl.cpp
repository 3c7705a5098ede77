// SPDX-License-Identifier: GPL-3.0-or-later
// Lines of an import, as they are cut from a file and read. Whatever is not taken is a problem with
// a text that can be printed; lines are the same whatever the limit of a line, if they fit.
#include <cstdint>

#include "crypto/bytes.h"
#include "crypto/error.h"
#include "vault/exchange/incoming.h"
#include "vault/exchange/source.h"
#include "vault/records/text.h"

namespace {

using namespace custos;
using namespace custos::vault;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void read(std::string_view line, std::size_t number) {
    const Incoming record = read_json_record(line, number);
    for (const Problem& problem : record.problems) {
        const std::string text = to_text(problem);
        require(is_utf8(text) && !text.empty() && text.size() < 4'000);
    }
    if (!record.problems.empty()) return;
    require(record.kind || !record.id.empty());
    require(record.ref.size() <= kImportNameMax);
    require(!record.links || record.links->size() <= kImportLinksMax);
    require(record.cells.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text = to_string({data, size});
    const Source source(text);
    LineReader lines(source, kImportLineSizeMax);
    std::size_t before = 0;
    while (lines.next()) {
        const Line& line = lines.line();
        require(!line.too_long && line.number > before);
        require(line.text.find('\n') == std::string_view::npos);
        before = line.number;
        read(line.text, line.number);
    }
    require(lines.at() == size);

    LineReader shorter(source, 16);
    std::size_t count = 0;
    while (shorter.next()) {
        ++count;
        require(shorter.line().text.size() <= 16);
    }
    require(count <= size);
    return 0;
}
