// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/segment.h"

#include <array>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"

namespace custos::vault {
namespace {

using nlohmann::json;

// A segment of `count` entries from `first` on, as lines.
struct Sample {
    VaultId vault = crypto::random_array<16>();
    crypto::SigningSeed author = crypto::SigningSeed::random();
    std::string origin = "custos/" + crypto::hex(vault);
    SegmentFacts facts;
    std::string text;

    explicit Sample(std::uint64_t first = 3, std::uint64_t count = 4) {
        facts.vault = vault;
        facts.sequence = 2;
        facts.previous = std::string(32, 'a');
        facts.first = first;
        facts.end = first + count;
        SegmentWriter writer(facts, [&](ByteView line) { text += text_of(line); });
        for (std::uint64_t i = first; i < facts.end; ++i) {
            writer.entry(stored(i, i == first + 1));
            if (i + 1 == facts.end || i == first) writer.checkpoint(i + 1, "a note\n");
        }
        writer.seal(origin, author);
    }

    StoredEntry stored(std::uint64_t index, bool erased) const {
        const Bytes salt = crypto::random_bytes(kSaltSize);
        const Bytes body = to_bytes(bytes_of(R"({"fields":{"title":"\"quoted\" and ខ្មែរ"}})"));
        Entry entry;
        entry.index = index;
        entry.log = vault;
        entry.subject = std::string(kVaultSubject);
        entry.body = body_digest(salt, body);
        StoredEntry out;
        out.entry = to_bytes(bytes_of(encode(entry)));
        if (!erased) {
            out.salt = salt;
            out.body = body;
        }
        return out;
    }

    std::vector<crypto::NoteKey> keys() const { return {{origin, crypto::verify_key_of(author)}}; }
};

ErrorCode parsed(std::string_view text) {
    try {
        SegmentParser parser({});
        parser.feed(bytes_of(text));
        parser.finish();
        return ErrorCode{0};
    } catch (const Error& error) {
        return error.code();
    }
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t from = 0;
    for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', from)) {
        lines.push_back(text.substr(from, at + 1 - from));
        from = at + 1;
    }
    return lines;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) text += line;
    return text;
}

}  // namespace

TEST_CASE("a segment is read as it was written, however it arrives", "[backup][segment]") {
    const Sample sample;
    for (const std::size_t step : {std::size_t{1}, std::size_t{7}, sample.text.size()}) {
        std::vector<std::uint64_t> indexes;
        std::vector<std::uint64_t> sizes;
        std::size_t erased = 0;
        SegmentVisitor visitor;
        visitor.entry = [&](const Entry& entry, const StoredEntry& stored) {
            indexes.push_back(entry.index);
            if (!stored.body) ++erased;
        };
        visitor.checkpoint = [&](std::uint64_t size, const std::string& note) {
            CHECK(note == "a note\n");
            sizes.push_back(size);
        };
        SegmentParser parser(visitor);
        for (std::size_t at = 0; at < sample.text.size(); at += step) {
            parser.feed(bytes_of(std::string_view(sample.text).substr(at, step)));
        }
        parser.finish();

        CHECK(indexes == std::vector<std::uint64_t>{3, 4, 5, 6});
        CHECK(sizes == std::vector<std::uint64_t>{4, 7});
        CHECK(erased == 1);
        CHECK(parser.facts().previous == sample.facts.previous);
        CHECK(parser.is_signed_by(sample.keys()));
        CHECK_FALSE(parser.is_signed_by(Sample().keys()));
        CHECK_FALSE(parser.is_signed_by({}));
    }
}

TEST_CASE("every changed byte of a segment is refused, or nobody signed it", "[backup][segment]") {
    const Sample sample;
    std::size_t noticed = 0;
    for (std::size_t at = 0; at < sample.text.size(); ++at) {
        std::string changed = sample.text;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        try {
            SegmentParser parser({});
            parser.feed(bytes_of(changed));
            parser.finish();
            if (!parser.is_signed_by(sample.keys())) ++noticed;
        } catch (const Error& error) {
            if (error.code() == ErrorCode::integrity) ++noticed;
        }
    }
    CHECK(noticed == sample.text.size());
    WARN("changed bytes noticed: " << noticed << " of " << sample.text.size());
}

TEST_CASE("every truncation of a segment is refused, and every line too many or out of place",
          "[backup][segment]") {
    const Sample sample;
    for (std::size_t size = 0; size < sample.text.size(); ++size) {
        REQUIRE(parsed(sample.text.substr(0, size)) == ErrorCode::integrity);
    }
    const std::vector<std::string> lines = lines_of(sample.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        std::vector<std::string> without = lines;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(i));
        // A checkpoint in the middle may be missing from the form; the seal covers it.
        const bool inner_checkpoint = i == 2;
        CHECK((parsed(joined(without)) == ErrorCode::integrity) != inner_checkpoint);
        std::vector<std::string> twice = lines;
        twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), lines[i]);
        CHECK(parsed(joined(twice)) == ErrorCode::integrity);
    }
    CHECK(parsed(sample.text + "\n") == ErrorCode::integrity);
    CHECK(parsed(sample.text + "{}") == ErrorCode::integrity);
    CHECK(parsed(lines[0] + "{}\n") == ErrorCode::integrity);
    CHECK(parsed(lines[0] + "[]\n") == ErrorCode::integrity);
}

TEST_CASE("a segment's seal is not another one's", "[backup][segment]") {
    Sample one;
    SegmentFacts later = one.facts;
    later.sequence = 3;
    std::string text;
    SegmentWriter writer(later, [&](ByteView line) { text += text_of(line); });
    std::vector<std::string> lines = lines_of(one.text);
    lines[0] = lines_of(text).at(0);

    SegmentParser parser({});
    parser.feed(bytes_of(joined(lines)));
    parser.finish();
    CHECK_FALSE(parser.is_signed_by(one.keys()));
}

TEST_CASE("decode_segment_facts takes exactly what encode writes", "[backup][segment]") {
    const Sample sample;
    const std::string line = encode(sample.facts);
    REQUIRE(decode_segment_facts(line));
    CHECK(encode(*decode_segment_facts(line)) == line);
    CHECK_FALSE(decode_segment_facts(line + " "));
    CHECK_FALSE(decode_segment_facts(" " + line));
    const json facts = json::parse(line);
    for (const auto& [key, value] : facts.items()) {
        json changed = facts;
        changed.erase(key);
        CHECK_FALSE(decode_segment_facts(changed.dump()));
        changed[key] = json::array();
        CHECK_FALSE(decode_segment_facts(changed.dump()));
    }
    const auto with = [&](const char* key, const json& value) {
        json changed = facts;
        changed[key] = value;
        return decode_segment_facts(changed.dump());
    };
    CHECK_FALSE(with("format", 2));
    CHECK_FALSE(with("kind", "custos.backup.other"));
    CHECK_FALSE(with("end", 3));  // no entries at all
    CHECK_FALSE(with("end", kEntryIndexMax + 1));
    CHECK(with("end", kEntryIndexMax));
    CHECK_FALSE(with("more", 1));
    CHECK_FALSE(with("vault", "00"));
    CHECK_FALSE(with("time", "2026-11-23"));
}

TEST_CASE("a segment's line has a limit", "[backup][segment]") {
    const Sample sample;
    SegmentParser parser({});
    parser.feed(bytes_of(lines_of(sample.text).at(0)));
    const std::string piece(1 << 20, ' ');
    std::size_t fed = 0;
    const auto feed_all = [&] {
        for (; fed <= kSegmentLineMax; fed += piece.size()) parser.feed(bytes_of(piece));
    };
    CHECK_THROWS_AS(feed_all(), Error);
    CHECK(fed + piece.size() > kSegmentLineMax);
}

}  // namespace custos::vault
