// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever somebody does to a target shows in its verification, and nothing wrong is ever restored.
#include <catch2/catch_test_macros.hpp>

#include "crypto/checkpoint.h"
#include "fixture.h"

namespace custos::vault {
namespace {

// All files below a directory, as paths relative to it.
std::vector<Path> files_below(const Path& directory) {
    std::vector<Path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
        if (entry.is_regular_file())
            files.push_back(std::filesystem::relative(entry.path(), directory));
    }
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

TEST_CASE("every part that is missing from a target is reported", "[backup][damage]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    const Path whole = fixture.in_target().directory();
    const auto files = files_below(whole);
    CHECK(files.size() == 5);  // a header, three segments, an object
    std::size_t reported = 0;
    for (const Path& file : files) {
        std::filesystem::rename(whole / file, fixture.scratch.path / "aside");
        const auto findings = fixture.verify(vault);
        // The newest segment is missed by the vault alone: what is left is an older, whole backup.
        if (errors_in(findings) > 0 || mentions(findings, "newer entries")) ++reported;
        std::filesystem::rename(fixture.scratch.path / "aside", whole / file);
    }
    CHECK(reported == files.size());
    CHECK(fixture.verify(vault).empty());
}

TEST_CASE("changed bytes in every file of a target are reported", "[backup][damage]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    const Path whole = fixture.in_target().directory();
    std::size_t tried = 0;
    std::size_t reported = 0;
    for (const Path& file : files_below(whole)) {
        const Bytes bytes = read_file(whole / file, 1 << 20);
        // Every byte of them is flipped in the tests of sealed files, segments and headers; here
        // each 97th, since every one costs a whole verification.
        for (std::size_t at = 0; at < bytes.size(); at += 97) {
            Bytes changed = bytes;
            changed[at] ^= 0x10U;
            test::put(whole / file, changed);
            ++tried;
            if (errors_in(fixture.verify(vault)) > 0) ++reported;
        }
        test::put(whole / file, bytes);
    }
    CHECK(reported == tried);
    WARN("changed bytes reported: " << reported << " of " << tried);
    CHECK(fixture.verify(vault).empty());
}

TEST_CASE("parts of another vault in a target are reported", "[backup][damage]") {
    BackupFixture fixture;
    BackupFixture other;
    other.recovery = fixture.recovery.duplicate();  // one recovery identity for two vaults
    Vault vault = fixture.create_backed_up();
    (void)other.create_backed_up();
    const Path here = fixture.in_target().directory();
    const Path there = other.in_target().directory();
    for (const Path& file : files_below(there)) {
        std::filesystem::create_directories((here / file).parent_path());
        std::filesystem::copy_file(there / file, here / file);
        const auto findings = fixture.verify(vault);
        INFO(file.string());
        CHECK(findings.size() == 1);
        // By the recovery identity too, which opens the segments of both.
        const std::array identities = {fixture.recovery.duplicate()};
        CHECK_FALSE(verify_target(fixture.in_target(), identities, nullptr, {}).findings.empty());
        std::filesystem::remove(here / file);
    }
    CHECK(fixture.verify(vault).empty());
}

TEST_CASE("segments that changed their names are reported", "[backup][damage]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    const auto names = fixture.in_target().segment_names();
    const Target target = fixture.in_target();
    std::filesystem::rename(target.segment(names[0]), fixture.scratch.path / "aside");
    std::filesystem::rename(target.segment(names[1]), target.segment(names[0]));
    std::filesystem::rename(fixture.scratch.path / "aside", target.segment(names[1]));
    CHECK(errors_in(fixture.verify(vault)) > 0);
}

TEST_CASE("a forged segment that the recovery recipient opens is refused", "[backup][damage]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    // Whoever knows the public recipient can seal to it, and may know the form of everything else.
    const Target target = fixture.in_target();
    const std::array identities = {fixture.recovery.duplicate()};
    const Chain chain = read_chain(target, identities);
    const auto forger = crypto::SigningSeed::random();
    const crypto::VerifyKey key = crypto::verify_key_of(forger);
    const Bytes body = to_bytes(bytes_of(
        succession_body(target.vault(), key, "Forger", crypto::SigningSeed::random()).dump()));
    Entry entry;
    entry.index = chain.end();
    entry.log = target.vault();
    entry.author = author_id_of(key);
    entry.verb = Verb::succession;
    entry.subject = std::string(kVaultSubject);
    StoredEntry stored;
    stored.salt = crypto::random_bytes(kSaltSize);
    stored.body = body;
    entry.body = body_digest(*stored.salt, body);
    stored.entry = to_bytes(bytes_of(encode(entry)));

    auto leaves = vault.log().leaves(chain.end());
    leaves.push_back(crypto::leaf_hash(stored.entry));
    SegmentFacts facts = chain.segments.back().facts;
    facts.previous = chain.segments.back().name;
    ++facts.sequence;
    facts.first = chain.end();
    facts.end = chain.end() + 1;
    facts.root = crypto::root_of(leaves);
    const std::string origin = vault.log().origin();
    const std::array recipients = {fixture.recovery.recipient()};
    AgeWriter file(File::create(target.segment(random_object_name())), recipients);
    SegmentWriter lines(facts, [&](ByteView line) { file.write(line); });
    lines.entry(stored);
    lines.checkpoint(facts.end, crypto::sign_checkpoint({origin, facts.end, facts.root}, forger));
    lines.seal(origin, forger);
    file.finish().close();

    const TargetReport report = verify_target(target, identities, nullptr, {});
    CHECK(mentions(report.findings, "introduces an author without the right to"));
    CHECK_FALSE(report.head);
    const SecretBytes passphrase(bytes_of("any"));
    CHECK(failure_of([&] {
              restore_by_identity(target, identities, fixture.scratch.path / "again", passphrase,
                                  "Vanna", fixture.surroundings, {}, {});
          }) == ErrorCode::integrity);
    CHECK_FALSE(std::filesystem::exists(fixture.scratch.path / "again"));
}

TEST_CASE("a backup that was interrupted is finished by the next one", "[backup][damage]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    const Attached more = fixture.attach(vault, fixture.add_incident(vault, "More"),
                                         fixture.file("more.bin", test::pattern(9000)));
    BackupProgress interrupted;
    interrupted.begin = [](const std::string& part, std::uint64_t) {
        if (part == "writing the log") throw Error{ErrorCode::interrupted, "interrupted"};
    };
    CHECK(failure_of([&] { create_backup(vault, fixture.target, interrupted); }) ==
          ErrorCode::interrupted);
    CHECK(errors_in(fixture.verify(vault)) == 0);  // the old state, and an object too many
    test::put(fixture.in_target().segments() / "0123.tmp.4567", bytes_of("left behind"));
    CHECK(mentions(fixture.verify(vault), "interrupted"));

    create_backup(vault, fixture.target, {});
    CHECK(fixture.verify(vault).empty());
    Vault again = fixture.restore(fixture.scratch.path / "again");
    CHECK(again.log().head() == vault.log().head());
    CHECK(content_of(again, more.id) == test::pattern(9000));
}

}  // namespace custos::vault
