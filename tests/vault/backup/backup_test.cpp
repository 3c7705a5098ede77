// SPDX-License-Identifier: GPL-3.0-or-later
#include <catch2/catch_test_macros.hpp>

#include "fixture.h"

namespace custos::vault {

namespace age = crypto::age;

TEST_CASE("a vault restored by its passphrase is the vault that was backed up", "[backup]") {
    BackupFixture fixture;
    Head head;
    std::string records;
    Bytes photo;
    RecordId exhibit;
    {
        Vault vault = fixture.create_backed_up();
        exhibit = resolve(
            vault,
            list_records(vault, {Kind::exhibit, {}, "", 0, 0, State::live}).items.at(0).code);
        head = vault.log().head();
        records = everything(vault);
    }
    std::filesystem::remove_all(fixture.directory);

    Restored restored;
    Vault vault = fixture.restore(fixture.scratch.path / "again", &restored);

    CHECK(vault.log().head() == head);
    CHECK(restored.backed_up == head);
    CHECK(restored.segments == 3);
    CHECK(restored.objects == 1);
    CHECK(restored.notes.empty());
    CHECK(everything(vault) == records);
    CHECK(content_of(vault, exhibit) == test::pattern(5000));
    RecordSearch search;
    search.text = "abduction";
    CHECK(search_records(vault, search).total == 1);
    INFO(listed(check_vault(vault, {}, {})));
    CHECK(check_vault(vault, {}, {}).empty());
}

TEST_CASE("create_backup writes nothing when nothing is new", "[backup]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    const Head head = vault.log().head();

    const BackupResult result = create_backup(vault, fixture.target, {});

    CHECK(result.segment.empty());
    CHECK(result.segments == 3);
    CHECK(result.bytes == 0);
    CHECK(vault.log().head() == head);
    INFO(listed(fixture.verify(vault)));
    CHECK(fixture.verify(vault).empty());
}

TEST_CASE("create_backup brings back an attachment that the target has lost", "[backup]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    std::filesystem::remove_all(fixture.in_target().objects());
    CHECK(errors_in(fixture.verify(vault)) == 1);

    const BackupResult result = create_backup(vault, fixture.target, {});

    CHECK(result.objects == 1);
    CHECK(result.segment.empty());
    CHECK(fixture.verify(vault).empty());
}

TEST_CASE("create_backup goes on from the last whole segment when one is missing", "[backup]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    const auto identities = backup_identities(vault.master_key(), vault.header().id);
    const Chain chain = read_chain(fixture.in_target(), identities);
    std::filesystem::remove(fixture.in_target().segment(chain.segments.at(1).name));
    CHECK(mentions(fixture.verify(vault), "missing: the segment before entry"));

    create_backup(vault, fixture.target, {});

    const auto findings = fixture.verify(vault);
    CHECK(errors_in(findings) == 0);
    CHECK(mentions(findings, "not a part of the newest backup"));
    Vault again = fixture.restore(fixture.scratch.path / "again");
    CHECK(again.log().head() == vault.log().head());
}

TEST_CASE("one vault can be backed up to two targets in turn", "[backup]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    const Path other = fixture.scratch.path / "other";
    create_backup(vault, other, {});
    fixture.add_incident(vault, "A fourth");
    create_backup(vault, fixture.target, {});
    create_backup(vault, other, {});

    CHECK(errors_in(fixture.verify(vault)) == 0);
    fixture.target = other;
    CHECK(fixture.verify(vault).empty());
}

TEST_CASE("the recovery identity brings back records, attachments and the organisation's key",
          "[backup]") {
    for (const auto kind : {age::KeyKind::post_quantum, age::KeyKind::x25519}) {
        BackupFixture fixture;
        fixture.recovery = age::Identity::random(kind);
        Head head;
        std::string records;
        nlohmann::json key;
        AuthorId author{};
        {
            const Vault vault = fixture.create_backed_up();
            head = vault.log().head();
            records = everything(vault);
            key = *vault.setting(Verb::publication_key);
            author = vault.author().id;
        }
        const Path again = fixture.scratch.path / "again";
        const SecretBytes new_passphrase(bytes_of("paper over north wind"));
        const std::array identities = {fixture.recovery.duplicate()};

        const Restored restored =
            restore_by_identity(fixture.in_target(), identities, again, new_passphrase, "Vanna",
                                fixture.surroundings, {}, {});

        CHECK(restored.backed_up == head);
        CHECK(restored.head.size == head.size + 1);
        CHECK(failure_of([&] {
                  Vault::open(again, fixture.passphrase, Access::read, fixture.surroundings);
              }) == ErrorCode::wrong_passphrase);
        Vault vault = Vault::open(again, new_passphrase, Access::write, fixture.surroundings);
        CHECK(everything(vault) == records);
        CHECK(*vault.setting(Verb::publication_key) == key);
        CHECK(vault.author().name == "Vanna");
        CHECK(vault.author(author)->name == "Dara");
        INFO(listed(check_vault(vault, {}, {})));
        CHECK(check_vault(vault, {}, {}).empty());

        // Its next backup continues the old one, under new keys: the old ones cannot read it.
        fixture.add_incident(vault, "After the restore");
        create_backup(vault, fixture.target, {});
        const TargetReport report = verify_target(fixture.in_target(), identities, nullptr, {});
        INFO(listed(report.findings));
        CHECK(errors_in(report.findings) == 0);
        CHECK(report.head == vault.log().head());
    }
}

TEST_CASE("plain age opens every segment with the recovery identity", "[backup][interop]") {
    if (std::system("age --version >/dev/null 2>&1") != 0) SKIP("there is no age here");
    BackupFixture fixture;
    fixture.recovery = age::Identity::random(age::KeyKind::x25519);
    const Vault vault = fixture.create_backed_up();
    const SecretBytes identity = age::write_identity_file(fixture.recovery, "");
    const Path key = fixture.file("key", identity.reveal());
    for (const std::string& name : fixture.in_target().segment_names()) {
        const Path plain = fixture.scratch.path / ("plain-" + name);
        REQUIRE(std::system(("age -d -i " + key.string() + " -o " + plain.string() + " " +
                             fixture.in_target().segment(name).string())
                                .c_str()) == 0);
        const Bytes text = read_file(plain, 1 << 20);
        CHECK(text_of(text).find("\"kind\":\"custos.backup.segment\"") != std::string_view::npos);
    }
}

TEST_CASE("what was purged does not come back, though old segments have it", "[backup]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    const Record exhibit =
        list_records(vault, {Kind::exhibit, {}, "", 0, 0, State::live}).items.at(0);
    {
        Change change(vault);
        const auto objects = purge_record(change, exhibit.id, "consent withdrawn");
        change.commit();
        remove_objects(vault, objects);
    }
    create_backup(vault, fixture.target, {});
    CHECK(errors_in(fixture.verify(vault)) == 0);
    CHECK(mentions(fixture.verify(vault), "a sealed object that the log does not name"));

    Vault again = fixture.restore(fixture.scratch.path / "again");

    CHECK(get_record(again, exhibit.id).state == State::purged);
    CHECK(everything(again) == everything(vault));
    INFO(listed(check_vault(again, {}, {})));
    CHECK(check_vault(again, {}, {}).empty());
    CHECK(object_names(again).empty());
}

TEST_CASE("a restore refuses a directory that exists, and leaves nothing after a failure",
          "[backup]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    make_directory(fixture.scratch.path / "there");
    CHECK(failure_of([&] { fixture.restore(fixture.scratch.path / "there"); }) ==
          ErrorCode::conflict);

    std::filesystem::remove_all(fixture.in_target().objects());
    const auto before = names_in(fixture.scratch.path);
    CHECK(failure_of([&] { fixture.restore(fixture.scratch.path / "again"); }) ==
          ErrorCode::integrity);
    CHECK(names_in(fixture.scratch.path) == before);

    RestoreOptions options;
    options.without_lost_objects = true;
    const auto unlocked =
        unlock_target(fixture.in_target(), fixture.passphrase, fixture.surroundings.argon2);
    const Restored restored =
        restore_by_passphrase(fixture.in_target(), unlocked, fixture.scratch.path / "again",
                              fixture.surroundings, options, {});
    CHECK(restored.lost.size() == 1);
}

TEST_CASE("a restore says when this device has seen more than the backup holds", "[backup]") {
    BackupFixture fixture;
    Vault vault = fixture.create_backed_up();
    fixture.add_incident(vault, "Newer than the backup");

    Restored restored;
    const Vault again = fixture.restore(fixture.scratch.path / "again", &restored);

    CHECK(restored.notes.size() == 1);
    CHECK(again.log().head().size + 1 == vault.log().head().size);
}

TEST_CASE("a restore refuses another history than the one this device has seen", "[backup]") {
    BackupFixture fixture;
    (void)fixture.create_backed_up();
    const Path twin = fixture.scratch.path / "twin";
    std::filesystem::copy(fixture.directory, twin, std::filesystem::copy_options::recursive);
    const Surroundings elsewhere{
        kCheapArgon2, ticking_clock(), fixture.scratch.path / "another device", {}};
    {
        Vault other = Vault::open(twin, fixture.passphrase, Access::write, elsewhere);
        fixture.add_incident(other, "On the other device");
        create_backup(other, fixture.target, {});
    }
    {
        Vault here = fixture.open();
        fixture.add_incident(here, "On this device");
    }
    CHECK(failure_of([&] { fixture.restore(fixture.scratch.path / "again"); }) ==
          ErrorCode::refused);
    CHECK_FALSE(std::filesystem::exists(fixture.scratch.path / "again"));

    RestoreOptions options;
    options.accept_other_history = true;
    const auto unlocked =
        unlock_target(fixture.in_target(), fixture.passphrase, fixture.surroundings.argon2);
    restore_by_passphrase(fixture.in_target(), unlocked, fixture.scratch.path / "again",
                          fixture.surroundings, options, {});
    CHECK_NOTHROW(Vault::open(fixture.scratch.path / "again", fixture.passphrase, Access::read,
                              fixture.surroundings));
}

TEST_CASE("an old passphrase opens the backups that were made under it", "[backup]") {
    BackupFixture fixture;
    const SecretBytes changed(bytes_of("a new one"));
    {
        Vault vault = fixture.create_backed_up();
        vault.change_passphrase(changed);
        create_backup(vault, fixture.target, {});
    }
    CHECK(unlock_target(fixture.in_target(), changed, fixture.surroundings.argon2).is_newest);
    CHECK_FALSE(unlock_target(fixture.in_target(), fixture.passphrase, fixture.surroundings.argon2)
                    .is_newest);
    CHECK(failure_of([&] {
              (void)unlock_target(fixture.in_target(), SecretBytes(bytes_of("wrong")),
                                  fixture.surroundings.argon2);
          }) == ErrorCode::wrong_passphrase);
}

}  // namespace custos::vault
