// SPDX-License-Identifier: GPL-3.0-or-later
#include "corpus.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "vault/publish/leak_scan.h"

namespace custos::test {
namespace {

using vault::publish::Finding;
using vault::publish::LeakScan;

struct Row {
    std::size_t tried = 0;
    std::size_t found = 0;
    std::set<std::string> missed;  // scripts
};

// Scans so many documents, prints a table, and holds it against what was promised.
void measure(std::size_t count, std::uint32_t seed) {
    Corpus corpus(seed);
    LeakScan scan(corpus.persons(), {});
    std::map<Way, Row> rows;
    std::size_t alarms = 0;
    double pages = 0;
    std::set<std::string> scripts;
    for (std::size_t i = 0; i < count; ++i) {
        const Document document = corpus.document(i);
        scripts.insert(document.script);
        const auto findings = scan.scan_text(document.text, "document");
        if (document.way == Way::none) {
            alarms += findings.size();
            pages += static_cast<double>(document.text.size()) / 3000;
            continue;
        }
        Row& row = rows[document.way];
        ++row.tried;
        const bool found =
            std::any_of(findings.begin(), findings.end(),
                        [&](const Finding& finding) { return finding.record == document.record; });
        row.found += found ? 1 : 0;
        if (!found) {
            row.missed.insert(document.script);
            UNSCOPED_INFO(name_of(document.way)
                          << " in " << document.script << ": " << document.text);
        }
    }
    std::printf("%zu documents, %zu scripts, seed %u\n", count, scripts.size(), seed);
    for (const auto& [way, row] : rows) {
        std::string missed;
        for (const std::string& script : row.missed) missed += " " + script;
        std::printf("  %-16s %5zu of %5zu  %6.2f %%  (wanted %.1f)%s%s\n",
                    std::string(name_of(way)).c_str(), row.found, row.tried,
                    100.0 * static_cast<double>(row.found) / static_cast<double>(row.tried),
                    wanted_of(way) / 10.0, missed.empty() ? "" : "  missed in", missed.c_str());
        CHECK(row.found * 1000 >= row.tried * static_cast<std::size_t>(wanted_of(way)));
    }
    std::printf("  false alarms     %.2f per page (wanted at most 1), %.0f pages\n",
                static_cast<double>(alarms) / pages, pages);
    CHECK(static_cast<double>(alarms) <= pages);
}

}  // namespace

TEST_CASE("the leak scan finds what a corpus hides, and little else", "[publish][leak][corpus]") {
    measure(420, 1);
}

// Run it with: test_vault_publish "[corpus-long]"
TEST_CASE("the leak scan finds what 2,000 documents hide", "[.][corpus-long]") {
    measure(2000, 2019);
    measure(2000, 2020);
}

}  // namespace custos::test
