// SPDX-License-Identifier: GPL-3.0-or-later
// The segments of a target in their order. Each names the one before it; together they are the log.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "crypto/age/keys.h"
#include "vault/backup/segment.h"
#include "vault/backup/target.h"

namespace custos::vault {

using Identities = std::span<const crypto::age::Identity>;

struct SegmentFile {
    std::string name;
    std::uint64_t size = 0;  // of the age file
    SegmentFacts facts;      // as it says itself: not verified yet
};

struct UnreadableSegment {
    std::string name;
    std::string why;
};

struct Chain {
    std::vector<SegmentFile> segments;  // from the log's beginning, without gaps
    // Not in the chain, though readable: of another line of history, or behind a gap.
    std::vector<SegmentFile> others;
    std::vector<UnreadableSegment> unreadable;
    // What the newest segment needs and the target has not; empty if nothing is missing.
    std::string missing;

    std::uint64_t end() const { return segments.empty() ? 0 : segments.back().facts.end; }
};

// Reads the first line of every segment. `belongs` decides which may be in the chain at all (all of
// them if not given): create_backup() takes those that agree with the vault's log. The chain is the
// one that leads to the newest segment; if a part of it is missing, the longest that is whole.
[[nodiscard]] Chain read_chain(const Target& target, Identities identities,
                               const std::function<bool(const SegmentFacts&)>& belongs = {});

// Reads one segment from its beginning to its end.
// Error: integrity, wrong_passphrase (sealed to another key).
void read_segment(const Target& target, const std::string& name, Identities identities,
                  SegmentParser& parser, const std::function<void(std::uint64_t bytes)>& tick);

}  // namespace custos::vault
