// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/vault.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/checkpoint.h"
#include "crypto/error.h"
#include "tests/vault/open_vault.h"
#include "vault/records/store.h"

namespace custos::vault {
namespace {

using nlohmann::json;

RecordId add_person(Vault& vault, const std::string& name) {
    Change change(vault);
    const RecordId id =
        create_record(change, Kind::person, {{"names", {{{"text", name}, {"kind", "common"}}}}});
    change.commit();
    return id;
}

void copy_vault(const Path& from, const Path& to) {
    std::filesystem::remove_all(to);
    std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

}  // namespace

TEST_CASE("vault is made, closed, opened again, and holds what was stored", "[vault]") {
    VaultFixture fixture;
    RecordId id;
    {
        Vault vault = fixture.create();
        id = add_person(vault, "Mealea Invented");
    }
    const Vault vault = fixture.open(Access::read);
    CHECK(get_record(vault, id).fields["names"][0]["text"] == "Mealea Invented");
    CHECK(vault.author().name == "Dara");
    CHECK(vault.log().head().size == 3);  // author, publication key, the person
    CHECK(vault.has_anchor());
}

TEST_CASE("vault is not made where something is, and nothing is changed there", "[vault]") {
    VaultFixture fixture;
    make_directory(fixture.directory);
    write_new_file(fixture.directory / "notes.txt", bytes_of("mine"));
    CHECK(failure_of([&] { fixture.create(); }) == ErrorCode::conflict);
    CHECK(names_in(fixture.directory) == std::vector<std::string>{"notes.txt"});
}

TEST_CASE("vault says which of its ways not to open it is", "[vault]") {
    VaultFixture fixture;
    CHECK(failure_of([&] { fixture.open(); }) == ErrorCode::no_vault);
    {
        const Vault vault = fixture.create();
        CHECK(failure_of([&] { fixture.open(); }) == ErrorCode::busy);
        CHECK(failure_of([&] { fixture.open(Access::read); }) == ErrorCode::busy);
    }
    fixture.passphrase = SecretBytes(bytes_of("another"));
    CHECK(failure_of([&] { fixture.open(); }) == ErrorCode::wrong_passphrase);
}

TEST_CASE("vault leaves four names behind and no journal", "[vault]") {
    VaultFixture fixture;
    {
        Vault vault = fixture.create();
        add_person(vault, "A");
    }
    CHECK(names_in(fixture.directory) ==
          std::vector<std::string>{"lock", "objects", "vault.db", "vault.hdr"});
}

TEST_CASE("vault forgets a change that was not committed", "[vault]") {
    VaultFixture fixture;
    Vault vault = fixture.create();
    const Head before = vault.log().head();
    RecordId id;
    {
        Change change(vault);
        id = create_record(change, Kind::person, {{"aliases", {"Grey Heron"}}});
    }
    CHECK(vault.log().head() == before);
    CHECK(failure_of([&] { (void)get_record(vault, id); }) == ErrorCode::not_found);
    add_person(vault, "B");  // and goes on
    CHECK(vault.log().head().size == before.size + 1);
}

TEST_CASE("vault that is older than this device has seen is refused", "[vault][rollback]") {
    VaultFixture fixture;
    {
        Vault vault = fixture.create();
        add_person(vault, "A");
    }
    copy_vault(fixture.directory, fixture.scratch.path / "old");
    {
        Vault vault = fixture.open();
        add_person(vault, "B");
    }
    copy_vault(fixture.scratch.path / "old", fixture.directory);
    CHECK(failure_of([&] { fixture.open(); }) == ErrorCode::integrity);
    CHECK(failure_of([&] { fixture.open(Access::read); }) == ErrorCode::integrity);

    fixture.surroundings.state_directory.clear();  // a device that has seen nothing cannot know
    CHECK_FALSE(fixture.open().has_anchor());
}

TEST_CASE("vault whose history took another way is refused", "[vault][rollback]") {
    VaultFixture fixture;
    {
        Vault vault = fixture.create();
        add_person(vault, "A");
    }
    copy_vault(fixture.directory, fixture.scratch.path / "fork");
    {
        Vault vault = fixture.open();
        add_person(vault, "B");
    }
    Surroundings elsewhere = fixture.surroundings;
    elsewhere.state_directory = fixture.scratch.path / "other-state";
    {
        Vault fork = Vault::open(fixture.scratch.path / "fork", fixture.passphrase, Access::write,
                                 elsewhere);
        add_person(fork, "C");
        add_person(fork, "D");
    }
    copy_vault(fixture.scratch.path / "fork", fixture.directory);
    CHECK(failure_of([&] { fixture.open(); }) == ErrorCode::integrity);
}

TEST_CASE("vault with an old header put back is refused", "[vault][rollback]") {
    VaultFixture fixture;
    const SecretBytes old = fixture.passphrase.duplicate();
    { fixture.create(); }
    copy_vault(fixture.directory, fixture.scratch.path / "old");
    {
        Vault vault = fixture.open();
        vault.change_passphrase(SecretBytes(bytes_of("new words for it")));
    }
    CHECK(failure_of([&] { fixture.open(); }) == ErrorCode::wrong_passphrase);
    fixture.passphrase = SecretBytes(bytes_of("new words for it"));
    { CHECK(fixture.open().log().head().size == 3); }

    std::filesystem::copy_file(fixture.scratch.path / "old" / kHeaderFile,
                               fixture.directory / kHeaderFile,
                               std::filesystem::copy_options::overwrite_existing);
    fixture.passphrase = old.duplicate();
    CHECK(failure_of([&] { fixture.open(); }) == ErrorCode::integrity);
}

TEST_CASE("vault whose newest checkpoint nobody in its log signed is refused",
          "[vault][rollback]") {
    VaultFixture fixture;
    {
        Vault vault = fixture.create();
        const Head head = vault.log().head();
        const std::string forged = crypto::sign_checkpoint(
            {vault.log().origin(), head.size, head.root}, crypto::SigningSeed::random());
        vault.database().run("UPDATE log_checkpoint SET note = ? WHERE size = ?", forged,
                             head.size);
    }
    fixture.surroundings.state_directory.clear();
    CHECK(failure_of([&] { fixture.open(); }) == ErrorCode::integrity);
}

TEST_CASE("vault holds the publication key in its log, and its public half fits", "[vault]") {
    VaultFixture fixture;
    const Vault vault = fixture.create();
    const auto body = vault.setting(Verb::publication_key);
    REQUIRE(body);
    const auto seed = crypto::from_base64((*body)["seed"].get<std::string>());
    REQUIRE(seed);
    CHECK(crypto::base64(crypto::verify_key_of(crypto::SigningSeed(*seed)).bytes) ==
          (*body)["key"].get<std::string>());
    CHECK_FALSE(vault.setting(Verb::recovery));
}

}  // namespace custos::vault
