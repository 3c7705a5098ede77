// SPDX-License-Identifier: GPL-3.0-or-later
// The lines of a backup segment: what is read is in order, and nobody's signature fits by accident.
#include <cstdint>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/backup/follow.h"
#include "vault/backup/segment.h"

namespace {

using namespace custos;
using namespace custos::vault;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

// The parser alone: form and order.
void read_alone(ByteView input, std::size_t step) {
    std::uint64_t next = 0;
    std::uint64_t end = 0;
    SegmentVisitor visitor;
    visitor.facts = [&](const SegmentFacts& facts) {
        require(facts.first < facts.end);
        require(decode_segment_facts(encode(facts)).has_value());
        next = facts.first;
        end = facts.end;
    };
    visitor.entry = [&](const Entry& entry, const StoredEntry& stored) {
        require(entry.index == next++ && next <= end);
        require(encode(entry) == text_of(stored.entry));
        require(stored.body.has_value() == stored.salt.has_value());
    };
    visitor.checkpoint = [&](std::uint64_t size, const std::string&) { require(size == next); };
    try {
        SegmentParser parser(visitor);
        for (std::size_t at = 0; at < input.size(); at += step) {
            parser.feed(input.subspan(at, std::min(step, input.size() - at)));
        }
        parser.finish();
        require(next == end);
        require(!parser.is_signed_by({}));
    } catch (const Error& error) {
        require(error.code() == ErrorCode::integrity);
    }
}

// And what follows the log with it.
void follow(ByteView input) {
    try {
        std::optional<LogFollower> follower;
        SegmentVisitor visitor;
        visitor.facts = [&](const SegmentFacts& facts) { follower.emplace(facts.vault); };
        visitor.entry = [&](const Entry& entry, const StoredEntry& stored) {
            follower->entry(entry, stored);
        };
        visitor.checkpoint = [&](std::uint64_t size, const std::string& note) {
            follower->checkpoint(size, note);
        };
        SegmentParser parser(visitor);
        parser.feed(input);
        parser.finish();
        follower->finish();
        (void)follower->objects();
    } catch (const Error& error) {
        require(error.code() == ErrorCode::integrity);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    start_crypto();
    const ByteView input(data, size);
    read_alone(input, std::max<std::size_t>(size, 1));
    read_alone(input, 5);
    follow(input);
    return 0;
}
