// SPDX-License-Identifier: GPL-3.0-or-later
// A backup segment: a stretch of the log as lines of JSON, for one age file.
// docs/formats/backup.md.
//
//   {"end":…,"first":…,"format":1,"header_sha256":…,"kind":"custos.backup.segment","previous":…,…}
//   {"body":"…","entry":"…","salt":"…"}          one for each entry; body and salt null if erased
//   {"checkpoint":"…","size":…}                  behind the entry that it covers last
//   {"seal":"…"}                                 signed note over the SHA-256 of all lines before
//
// Anyone who knows a recipient can seal a file to it. What a segment says is the vault's only when
// its seal, its checkpoints and the tree have been verified: vault/backup/follow.h does that.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "crypto/note.h"
#include "vault/log/log.h"

namespace custos::vault {

inline constexpr std::string_view kSegmentKind = "custos.backup.segment";
inline constexpr int kSegmentFormat = 1;
// JSON text needs at most two bytes for one when it is put into a JSON string again.
inline constexpr std::size_t kSegmentLineMax = 2 * (kBodySizeMax + kEntrySizeMax) + 4096;
inline constexpr std::uint64_t kEntryIndexMax = std::uint64_t{1} << 53;

struct SegmentFacts {
    VaultId vault{};
    std::uint64_t sequence = 0;           // from 1; the chain's links
    std::optional<std::string> previous;  // name of the segment before
    std::uint64_t first = 0;              // entries from here
    std::uint64_t end = 0;                // up to and not including
    crypto::Digest root;                  // of the tree of `end` entries
    crypto::Digest header;                // SHA-256 of vault.hdr at that time
    Milliseconds time = 0;
};

[[nodiscard]] std::string encode(const SegmentFacts& facts);  // one line
// Nothing unless the line is exactly what encode() writes.
[[nodiscard]] std::optional<SegmentFacts> decode_segment_facts(std::string_view line);

// Makes the lines and hashes them on the way.
class SegmentWriter {
public:
    using Sink = std::function<void(ByteView)>;
    SegmentWriter(const SegmentFacts& facts, Sink sink);

    void entry(const StoredEntry& stored);
    void checkpoint(std::uint64_t size, const std::string& note);
    // The last line. `origin` names the signer, see Log::origin().
    void seal(const std::string& origin, const crypto::SigningSeed& author);

private:
    void put(std::string line);

    SegmentFacts facts_;
    Sink sink_;
    crypto::Sha256 digest_;
};

struct SegmentVisitor {
    std::function<void(const SegmentFacts&)> facts = [](auto&&) {};
    std::function<void(const Entry&, const StoredEntry&)> entry = [](auto&&, auto&&) {};
    std::function<void(std::uint64_t size, const std::string& note)> checkpoint = [](auto, auto&&) {
    };
};

// Takes the lines apart, however they arrive. Form, order, numbers, and each body against its entry
// are checked here: Error{integrity}. Signatures are not.
class SegmentParser {
public:
    explicit SegmentParser(SegmentVisitor visitor) : visitor_(std::move(visitor)) {}

    void feed(ByteView bytes);
    // To be called when there is no more. The seal was there, and nothing after it.
    void finish();

    // After finish(): whether one of `keys` signed this segment.
    [[nodiscard]] bool is_signed_by(std::span<const crypto::NoteKey> keys) const;
    const SegmentFacts& facts() const noexcept { return facts_; }

private:
    void line(std::string_view text);
    void entry_line(const nlohmann::json& object);
    void checkpoint_line(const nlohmann::json& object);

    enum class Expects { facts, entries, nothing };

    SegmentVisitor visitor_;
    Expects expects_ = Expects::facts;
    SegmentFacts facts_;
    std::string waiting_;
    crypto::Sha256 digest_;
    std::uint64_t next_ = 0;       // index of the entry to come
    std::uint64_t sealed_to_ = 0;  // size of the last checkpoint
    std::string seal_;
    std::string seal_text_;  // what it must say
};

}  // namespace custos::vault
