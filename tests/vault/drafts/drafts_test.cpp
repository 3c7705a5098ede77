// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/drafts/drafts.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <catch2/catch_test_macros.hpp>
#include <sys/stat.h>

#include "tests/vault/open_vault.h"
#include "vault/check.h"
#include "vault/records/store.h"

namespace custos::vault {
namespace {

using nlohmann::json;

DraftContent sample(const std::string& title) {
    DraftContent content;
    content.kind = Kind::incident;
    content.record = random_id(Kind::incident);
    content.begun = 1'577'404'800'000;
    content.fields = {{"title", title}};
    content.at = "date";
    content.open_path = "summary";
    content.open_text = "One line.\nAnother, in ខ្មែរ";
    return content;
}

Path file_of(const VaultFixture& fixture, const std::string& name) {
    return fixture.directory / kDraftsDirectory / name;
}

TEST_CASE("a draft that was saved is there again, whole", "[vault][drafts]") {
    VaultFixture fixture;
    const Drafts drafts(fixture.create());
    DraftContent content = sample("Quincunx");

    std::string name;
    {
        OpenDraft draft = drafts.begin();
        name = draft.name();
        CHECK_FALSE(std::filesystem::exists(file_of(fixture, name)));
        draft.save(content);
    }

    const StoredDraft found = drafts.find(name.substr(0, 5));
    CHECK(found.name == name);
    CHECK_FALSE(found.in_use);
    REQUIRE(found.content);
    CHECK(*found.content == content);
    CHECK(content.changed > 0);
}

TEST_CASE("a draft tells nothing by its name, its mode or its size", "[vault][drafts]") {
    VaultFixture fixture;
    const Drafts drafts(fixture.create());
    OpenDraft draft = drafts.begin();
    std::vector<std::uintmax_t> sizes;

    for (const char* title : {"Q", "Quincunx was followed from the market to the bridge"}) {
        DraftContent content = sample(title);
        draft.save(content);
        const Path file = file_of(fixture, draft.name());
        sizes.push_back(std::filesystem::file_size(file));
        const Bytes bytes = read_file(file, kDraftFileSizeMax);
        CHECK(text_of(bytes).find("Quincunx") == std::string_view::npos);
        CHECK(text_of(bytes).find("title") == std::string_view::npos);
        struct stat status {};
        REQUIRE(::stat(file.c_str(), &status) == 0);
        CHECK((status.st_mode & 0777U) == 0600U);
    }

    CHECK(sizes[0] == sizes[1]);
    CHECK(draft.name().size() == kDraftNameDigits);
    CHECK(names_in(fixture.directory / kDraftsDirectory) ==
          std::vector<std::string>{draft.name(), "lock"});
}

TEST_CASE("no bit of a draft can be changed, and none is another draft", "[vault][drafts]") {
    VaultFixture fixture;
    const Drafts drafts(fixture.create());
    std::vector<std::string> names;
    for (const char* title : {"one", "two"}) {
        OpenDraft draft = drafts.begin();
        DraftContent content = sample(title);
        draft.save(content);
        names.push_back(draft.name());
    }
    const Path file = file_of(fixture, names[0]);
    const Bytes good = read_file(file, kDraftFileSizeMax);

    for (std::size_t at = 0; at < good.size(); at += 37) {
        Bytes damaged = good;
        damaged[at] ^= 0x01;
        write_file_atomically(file, damaged);
        CHECK_FALSE(drafts.find(names[0]).content);
    }
    for (std::size_t size = 0; size < good.size(); size += 97) {
        write_file_atomically(file, ByteView{good}.first(size));
        CHECK_FALSE(drafts.find(names[0]).content);
    }
    write_file_atomically(file, read_file(file_of(fixture, names[1]), kDraftFileSizeMax));
    CHECK_FALSE(drafts.find(names[0]).content);

    write_file_atomically(file, good);
    CHECK(drafts.find(names[0]).content);
}

TEST_CASE("a draft is in one pair of hands at a time", "[vault][drafts]") {
    VaultFixture fixture;
    const Vault vault = fixture.create();
    const Drafts here(vault);
    const Drafts there(vault);
    std::string name;
    {
        OpenDraft draft = here.begin();
        DraftContent content = sample("mine");
        draft.save(content);
        name = draft.name();

        CHECK(there.find(name).in_use);
        CHECK(failure_of([&] { (void)there.take(name); }) == ErrorCode::busy);
    }

    OpenDraft draft = there.take(name);
    draft.remove();
    CHECK(there.all().empty());
    CHECK(failure_of([&] { (void)there.take(name); }) == ErrorCode::not_found);
}

TEST_CASE("drafts are found by number, newest change first, and by the beginning of their name",
          "[vault][drafts]") {
    VaultFixture fixture;
    const Drafts drafts(fixture.create());
    std::vector<std::string> names;
    for (const char* title : {"first", "second", "third"}) {
        OpenDraft draft = drafts.begin();
        DraftContent content = sample(title);
        draft.save(content);
        names.push_back(draft.name());
    }

    CHECK(drafts.find("1").content->fields["title"] == "third");
    CHECK(drafts.find("3").content->fields["title"] == "first");
    CHECK(drafts.find(names[1]).content->fields["title"] == "second");
    CHECK(failure_of([&] { (void)drafts.find("xyz"); }) == ErrorCode::not_found);
    CHECK(failure_of([&] { (void)drafts.find(""); }) == ErrorCode::not_found);
}

TEST_CASE("what a killed process left half written is removed, and the draft stays",
          "[vault][drafts]") {
    VaultFixture fixture;
    const Drafts drafts(fixture.create());
    OpenDraft draft = drafts.begin();
    DraftContent content = sample("kept");
    draft.save(content);
    const Path leftover = file_of(fixture, draft.name() + ".tmp.0011223344556677");
    write_new_file(leftover, bytes_of("half"));

    CHECK(drafts.all().size() == 1);
    CHECK(std::filesystem::exists(leftover));  // its owner may be writing it at this moment

    { const OpenDraft ended = std::move(draft); }
    CHECK(drafts.all().size() == 1);
    CHECK_FALSE(std::filesystem::exists(leftover));
}

TEST_CASE("a draft that changes a record is found by that record", "[vault][drafts]") {
    VaultFixture fixture;
    const Drafts drafts(fixture.create());
    OpenDraft draft = drafts.begin();
    DraftContent content = sample("changed");
    content.revision = 2;
    draft.save(content);

    CHECK(drafts.about(content.record) == std::vector<std::string>{draft.name()});
    CHECK(drafts.about(random_id(Kind::incident)).empty());
}

TEST_CASE("check knows drafts, and reports a damaged one as a warning", "[vault][drafts]") {
    VaultFixture fixture;
    Vault vault = fixture.create();
    const Drafts drafts(vault);
    OpenDraft draft = drafts.begin();
    DraftContent content = sample("whole");
    draft.save(content);
    CHECK(check_vault(vault, {}, {}).empty());

    write_file_atomically(file_of(fixture, draft.name()), bytes_of("not a draft"));
    const std::vector<Finding> findings = check_vault(vault, {}, {});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].severity == Severity::warning);
    CHECK(findings[0].where == "drafts/" + draft.name());
}

TEST_CASE("a vault is opened again without its passphrase, by the process that had it open",
          "[vault][drafts]") {
    VaultFixture fixture;
    std::optional<Vault> vault = fixture.create();
    const Reopener reopener(*vault);
    CHECK(failure_of([&] { (void)reopener.open(Access::read); }) == ErrorCode::busy);
    vault.reset();

    RecordId id;
    {
        Vault again = reopener.open(Access::write);
        Change change(again);
        id = create_record(change, Kind::incident, {{"title", "later"}});
        change.commit();
    }
    CHECK(get_record(reopener.open(Access::read), id).fields["title"] == "later");

    // Another header of the same name is another vault.
    std::filesystem::remove_all(fixture.directory);
    fixture.create();
    CHECK(failure_of([&] { (void)reopener.open(Access::read); }) == ErrorCode::conflict);
}

TEST_CASE("text that is no draft is none", "[vault][drafts]") {
    const std::string good =
        R"({"format":1,"kind":"incident","record":"I-00000000000000000000000000","revision":0,)"
        R"("begun":"2019-12-27T00:00:00.000Z","changed":"2019-12-27T00:00:00.000Z","fields":{}})";
    REQUIRE(draft_from_json(good));
    for (std::size_t size = 0; size < good.size(); ++size)
        CHECK_FALSE(draft_from_json(std::string_view(good).substr(0, size)));
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return draft_from_json(text);
    };
    CHECK_FALSE(with("\"format\":1", "\"format\":2"));
    CHECK_FALSE(with("incident", "event"));
    CHECK_FALSE(with("I-0", "P-0"));
    CHECK_FALSE(with("\"revision\":0", "\"revision\":-1"));
    CHECK_FALSE(with("\"revision\":0", "\"revision\":1.5"));
    CHECK_FALSE(with("\"fields\":{}", "\"fields\":[]"));
}

}  // namespace
}  // namespace custos::vault
