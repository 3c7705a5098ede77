// SPDX-License-Identifier: GPL-3.0-or-later
// The leak scan over any bytes: it ends, and finds a name whatever stands around it. The first part
// of the input, up to a zero, is the name of somebody.
#include <algorithm>
#include <cstdint>
#include <string>

#include "vault/publish/leak_scan.h"

namespace {

namespace publish = custos::vault::publish;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

publish::Person person(std::string code, std::string name) {
    publish::Person person;
    person.code = std::move(code);
    person.protection = publish::Protection::protected_;
    person.names.push_back({std::move(name), "legal", {}});
    return person;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;  // what takes long is no finding here
    const std::string input(reinterpret_cast<const char*>(data), size);
    const std::size_t zero = std::min(input.find('\0'), input.size());
    publish::Person other = person("P-BBBBB", input.substr(0, std::min<std::size_t>(zero, 200)));
    other.aliases.push_back(input.substr(0, std::min<std::size_t>(zero, 100)));
    other.numbers.push_back(input.substr(0, std::min<std::size_t>(zero, 50)));
    publish::LeakScan scan({person("P-AAAAA", "Vann Sorithea"), other}, {});
    const std::string text = input.substr(std::min(zero + 1, input.size()));

    for (const publish::Finding& finding : scan.scan_text(text, "f")) {
        require(finding.offset <= text.size());
        require(finding.line >= 1);
    }
    // A line feed ends what stands before it; the plain name behind it is always found.
    const auto findings = scan.scan_text(text + "\nVann Sorithea\n", "f");
    require(findings.size() >= publish::kFindingsMax ||
            std::any_of(findings.begin(), findings.end(), [](const publish::Finding& finding) {
                return finding.record == "P-AAAAA" && finding.severity == publish::Severity::exact;
            }));
    return 0;
}
