// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/chain.h"

#include <algorithm>
#include <map>
#include <set>

#include "crypto/error.h"
#include "vault/objects/age_file.h"
#include "vault/os/storage.h"

namespace custos::vault {
namespace {

constexpr std::size_t kFactsLineMax = 4096;
constexpr const char* kSegment = "the segment";

SegmentFile read_facts(const Target& target, const std::string& name, Identities identities) {
    const AgeFile file(open_regular(target.segment(name)), identities, kSegment);
    AgeBlocks blocks(file);
    const std::string_view beginning = text_of(blocks.open(0));
    const std::size_t end = beginning.substr(0, kFactsLineMax).find('\n');
    const auto facts = end == std::string_view::npos
                           ? std::nullopt
                           : decode_segment_facts(beginning.substr(0, end));
    if (!facts) throw Error{ErrorCode::integrity, "it does not begin as a backup segment"};
    if (facts->vault != target.vault())
        throw Error{ErrorCode::integrity, "it belongs to another vault"};
    return {name, file.file_size(), *facts};
}

using ByName = std::map<std::string, SegmentFile>;

// Backwards from `last` to the log's beginning. Stops at what is missing, and says so.
std::vector<SegmentFile> lead_to(const SegmentFile& last, const ByName& all, std::string& missing) {
    std::vector<SegmentFile> chain = {last};
    for (;;) {
        const SegmentFacts& facts = chain.back().facts;
        if (facts.first == 0 && !facts.previous) break;
        const auto before = facts.previous ? all.find(*facts.previous) : all.end();
        if (before == all.end()) {
            missing = "the segment before entry " + std::to_string(facts.first) +
                      (facts.previous ? " (" + *facts.previous + ")" : "");
            return {};
        }
        if (before->second.facts.end != facts.first ||
            before->second.facts.sequence + 1 != facts.sequence) {
            missing = "a segment that ends at entry " + std::to_string(facts.first);
            return {};
        }
        chain.push_back(before->second);
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
}

}  // namespace

Chain read_chain(const Target& target, Identities identities,
                 const std::function<bool(const SegmentFacts&)>& belongs) {
    Chain chain;
    ByName all;
    std::vector<const SegmentFile*> newest_first;
    for (const std::string& name : target.segment_names()) {
        try {
            SegmentFile segment = read_facts(target, name, identities);
            if (belongs && !belongs(segment.facts)) {
                chain.others.push_back(std::move(segment));
            } else {
                newest_first.push_back(&all.emplace(name, std::move(segment)).first->second);
            }
        } catch (const Error& error) {
            if (error.code() == ErrorCode::interrupted) throw;
            chain.unreadable.push_back({name, error.what()});
        }
    }
    std::stable_sort(
        newest_first.begin(), newest_first.end(),
        [](const SegmentFile* a, const SegmentFile* b) { return a->facts.end > b->facts.end; });
    for (const SegmentFile* last : newest_first) {
        std::string missing;
        chain.segments = lead_to(*last, all, missing);
        if (chain.missing.empty()) chain.missing = missing;  // what the newest one lacks
        if (!chain.segments.empty()) break;
    }
    std::set<std::string> used;
    for (const SegmentFile& segment : chain.segments) used.insert(segment.name);
    for (const auto& [name, segment] : all) {
        if (!used.contains(name)) chain.others.push_back(segment);
    }
    return chain;
}

void read_segment(const Target& target, const std::string& name, Identities identities,
                  SegmentParser& parser, const std::function<void(std::uint64_t)>& tick) {
    const AgeFile file(open_regular(target.segment(name)), identities, kSegment);
    AgeBlocks blocks(file);
    for (std::uint64_t i = 0; i < file.block_count(); ++i) {
        const ByteView block = blocks.open(i);
        parser.feed(block);
        tick(block.size());
    }
    parser.finish();
}

}  // namespace custos::vault
