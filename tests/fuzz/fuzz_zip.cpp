// SPDX-License-Identifier: GPL-3.0-or-later
// A ZIP file from strangers: whatever is in it has a plain name and the size that it says.
#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

#include "crypto/error.h"
#include "crypto/secret.h"
#include "vault/publish/zip.h"

namespace {

namespace publish = custos::vault::publish;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    try {
        const publish::ZipReader reader({size,
                                         [&](std::uint64_t offset, custos::MutableByteView out) {
                                             require(offset <= size && out.size() <= size - offset);
                                             std::copy_n(data + offset, out.size(), out.begin());
                                         }},
                                        "fuzz.zip");
        std::set<std::string> names;
        for (const std::string& name : reader.names()) {
            require(publish::is_file_name(name) && names.insert(name).second);
            constexpr std::size_t kReadMax = 4u * 1024 * 1024;
            const auto bytes = reader.read(name, kReadMax);
            if (!bytes) continue;
            const auto facts = reader.facts(name);
            require(facts && facts->size == bytes->size());
            require(facts->sha256 == custos::crypto::sha256(*bytes));
        }
        require(names.size() <= publish::kZipEntriesMax);
    } catch (const custos::Error& error) {
        require(error.code() == custos::ErrorCode::integrity);
    }
    return 0;
}
