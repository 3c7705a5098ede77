// SPDX-License-Identifier: GPL-3.0-or-later
// `--set` and `--unset`: the first byte picks the kind, each line is one of them ("-path" removes).
#include <cstdint>

#include <nlohmann/json.hpp>

#include "crypto/bytes.h"
#include "crypto/error.h"
#include "vault/records/assign.h"
#include "vault/records/check.h"
#include "vault/records/schema.h"
#include "vault/records/text.h"

namespace {

using namespace custos;
using namespace custos::vault;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const Kind kind = kKinds[data[0] % kKinds.size()].kind;
    std::string_view rest = text_of({data + 1, size - 1});
    nlohmann::json fields = nlohmann::json::object();
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() == rest.size() ? line.size() : line.size() + 1);
        const nlohmann::json before = fields;
        try {
            if (line.starts_with('-')) {
                unassign(builtin_schema(), kind, fields, line.substr(1));
            } else {
                assign(builtin_schema(), kind, fields, line);
            }
            require(fields.is_object());
        } catch (const Error& error) {
            require(error.code() == ErrorCode::usage && fields == before);
            require(is_utf8(error.what()) && is_utf8(error.hint()));
        }
    }
    for (const Problem& problem :
         check_fields(builtin_schema(), kind, fields, resolve_full_id).problems)
        require(is_utf8(to_text(problem)));
    return 0;
}
