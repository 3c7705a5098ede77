// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "open_vault.h"
#include "vault/records/store.h"

namespace custos::vault {

TEST_CASE("a vault of one person has one holder, whatever was done to its slot",
          "[vault][holders]") {
    VaultFixture fixture;
    Vault vault = fixture.create();
    REQUIRE(vault.holders().size() == 1);
    CHECK(vault.holders()[0].author.name == "Dara");
    vault.change_passphrase(SecretBytes(bytes_of("another passphrase")));
    REQUIRE(vault.holders().size() == 1);
    CHECK(vault.holders()[0].author.id == vault.author().id);
}

TEST_CASE("a second person has a passphrase and a signing key of their own", "[vault][holders]") {
    VaultFixture fixture;
    const SecretBytes second(bytes_of("south wind over ink"));
    AuthorId first{};
    {
        Vault vault = fixture.create();
        first = vault.author().id;
        CHECK(failure_of([&] { static_cast<void>(vault.add_holder("", second)); }) ==
              ErrorCode::usage);
        CHECK(failure_of([&] { static_cast<void>(vault.add_holder("Dara", second)); }) ==
              ErrorCode::conflict);
        CHECK(vault.add_holder("Sophea", second).slot == 1);
    }
    {
        Vault vault = Vault::open(fixture.directory, second, Access::write, fixture.surroundings);
        CHECK(vault.author().name == "Sophea");
        CHECK(vault.author().id != first);
        CHECK(vault.slot() == 1);
        CHECK(vault.holders().size() == 2);
        Change change(vault);
        create_record(change, Kind::case_, {{"title", "by the second"}});
        change.commit();
    }
    Vault vault = fixture.open();
    CHECK(vault.holders().size() == 2);
    CHECK(vault.log_signers().size() == 2);
}

TEST_CASE("a person who was removed opens the vault no more", "[vault][holders]") {
    VaultFixture fixture;
    const SecretBytes second(bytes_of("south wind over ink"));
    Vault vault = fixture.create();
    const AuthorId sophea = vault.add_holder("Sophea", second).author.id;
    CHECK(failure_of([&] { vault.remove_holder(vault.author().id); }) == ErrorCode::refused);
    vault.remove_holder(sophea);
    CHECK(vault.holders().size() == 1);
    CHECK(failure_of([&] { vault.remove_holder(sophea); }) == ErrorCode::not_found);
    CHECK_FALSE(unlock(vault.header(), second, kCheapArgon2));
    CHECK(unlock(vault.header(), fixture.passphrase, kCheapArgon2));
    // Their name and slot are free again.
    CHECK(vault.add_holder("Sophea", second).slot == 1);
}

TEST_CASE("every slot can be used, and not one more", "[vault][holders]") {
    VaultFixture fixture;
    Vault vault = fixture.create();
    for (std::size_t i = 1; i < kSlotCount; ++i) {
        const std::string name = "Person " + std::to_string(i);
        CHECK(vault.add_holder(name, SecretBytes(bytes_of(name))).slot == i);
    }
    CHECK(failure_of([&] {
              static_cast<void>(vault.add_holder("One more", SecretBytes(bytes_of("x"))));
          }) == ErrorCode::refused);
    CHECK(vault.holders().size() == kSlotCount);
}

}  // namespace custos::vault
