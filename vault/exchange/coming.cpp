// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/coming.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "crypto/error.h"
#include "vault/exchange/incoming.h"
#include "vault/records/text.h"

namespace custos::vault {
namespace {

// Comparing with every name is only worth it while that takes no time.
constexpr std::size_t kNamesCompared = 10'000;

}  // namespace

void Coming::add(const std::string& ref, const RecordId& id, std::size_t line) {
    const Entry entry{id, static_cast<std::uint32_t>(line), false};
    entries_.push_back(entry);
    if (ref.empty()) return;
    names_.emplace(ref, entry);
    if (names_.size() > kImportNamesMax) {
        throw Error{ErrorCode::usage, "cannot import: there are more than 2,000,000 names",
                    "import it in parts"};
    }
}

void Coming::finish() {
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
        return std::tie(a.id, a.line) < std::tie(b.id, b.line);
    });
    entries_.erase(std::unique(entries_.begin(), entries_.end(),
                               [](const Entry& a, const Entry& b) { return a.id == b.id; }),
                   entries_.end());
    entries_.shrink_to_fit();
}

const Coming::Entry* Coming::named(const std::string& ref) const {
    const auto found = names_.find(ref);
    return found == names_.end() ? nullptr : &found->second;
}

const Coming::Entry* Coming::with(const RecordId& id) const {
    const auto found =
        std::lower_bound(entries_.begin(), entries_.end(), id,
                         [](const Entry& entry, const RecordId& key) { return entry.id < key; });
    return found != entries_.end() && found->id == id ? &*found : nullptr;
}

const Coming::Entry* Coming::matching(const IdQuery& query) const {
    const std::string zeros(kIdDigits - query.digits.size(), '0');
    const auto first = parse_id(std::string(1, prefix_of(query.kind)) + "-" + query.digits + zeros);
    if (!first) return nullptr;
    const auto found =
        std::lower_bound(entries_.begin(), entries_.end(), *first,
                         [](const Entry& entry, const RecordId& key) { return entry.id < key; });
    if (found == entries_.end() || !query.matches(found->id)) return nullptr;
    const auto next = std::next(found);
    return next != entries_.end() && query.matches(next->id) ? nullptr : &*found;
}

std::vector<std::string> Coming::names_near(std::string_view ref) const {
    if (names_.size() > kNamesCompared) return {};
    std::vector<std::string_view> names;
    for (const auto& [name, entry] : names_) names.push_back(name);
    return nearest(ref, names);
}

void Coming::refuse(const std::vector<std::uint32_t>& lines, std::vector<Pointing> pointing) {
    std::sort(pointing.begin(), pointing.end(),
              [](const Pointing& a, const Pointing& b) { return a.to < b.to; });
    std::map<std::uint32_t, Entry*> by_line;
    for (Entry& entry : entries_) by_line.emplace(entry.line, &entry);
    std::vector<std::uint32_t> waiting = lines;
    while (!waiting.empty()) {
        const auto found = by_line.find(waiting.back());
        waiting.pop_back();
        if (found == by_line.end() || found->second->refused) continue;
        found->second->refused = true;
        const auto [begin, end] =
            std::equal_range(pointing.begin(), pointing.end(), Pointing{0, found->second->id},
                             [](const Pointing& a, const Pointing& b) { return a.to < b.to; });
        for (auto at = begin; at != end; ++at) waiting.push_back(at->line);
    }
    for (auto& [name, entry] : names_) {
        const Entry* refused = with(entry.id);
        entry.refused = refused != nullptr && refused->refused;
    }
}

}  // namespace custos::vault
