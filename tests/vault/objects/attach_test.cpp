// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/attach.h"

#include <catch2/catch_test_macros.hpp>

#include "../open_vault.h"
#include "scratch.h"
#include "vault/check.h"
#include "vault/objects/catalog.h"
#include "vault/records/store.h"

namespace custos::vault {
namespace {

using nlohmann::json;

void ignore(std::uint64_t) {}

struct AttachFixture : VaultFixture {
    Vault vault = create();
    RecordId incident;

    AttachFixture() {
        Change change(vault);
        incident = create_record(change, Kind::incident, {{"title", "Attempted abduction"}});
        change.commit();
    }

    Path file(const std::string& name, ByteView content) {
        const Path path = scratch.path / name;
        test::put(path, content);
        return path;
    }
    std::vector<Attached> attach(const std::vector<Path>& files,
                                 const json& fields = json::object()) {
        return attach_files(vault, {incident, "about", fields}, files, ignore);
    }
    std::size_t files_in_objects() const {
        std::size_t files = 0;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(vault.objects_directory())) {
            if (entry.is_regular_file()) ++files;
        }
        return files;
    }
    std::vector<Finding> check() { return check_vault(vault, {}, {}); }
};

bool mentions(const std::vector<Finding>& findings, std::string_view text) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
        return (finding.where + ": " + finding.what).find(text) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("attach_files makes an exhibit of each file, linked to the record", "[objects][attach]") {
    AttachFixture fixture;
    const Path photo = fixture.file("photo.jpg", bytes_of("\xff\xd8\xff\xe0 not much of a photo"));
    const Path notes = fixture.file("notes.txt", bytes_of("what was said\n"));
    const std::uint64_t before = fixture.vault.log().head().size;

    const auto attached = fixture.attach({photo, notes}, {{"captured", "2019-12-23"}});

    REQUIRE(attached.size() == 2);
    const Record exhibit = get_record(fixture.vault, attached[0].id);
    CHECK(exhibit.fields.at("file_name") == "photo.jpg");
    CHECK(exhibit.fields.at("media_type") == "image/jpeg");
    CHECK(exhibit.fields.at("size") == 24);
    CHECK(exhibit.fields.at("captured") == "2019-12-23");
    CHECK(exhibit.links.at(0).role == "about");
    CHECK(exhibit.links.at(0).to == fixture.incident);
    CHECK(attached[1].media_type == "text/plain");
    // One change for all of it: two exhibits with their links under one new checkpoint.
    CHECK(fixture.vault.log().head().size == before + 4);
    CHECK_FALSE(fixture.vault.log().checkpoint(before + 2));
    CHECK(names_in(fixture.vault.objects_directory() / kIncomingDirectory).empty());
    CHECK(fixture.check().empty());
}

TEST_CASE("the identity of an object is in no answer", "[objects][attach]") {
    AttachFixture fixture;
    const auto attached = fixture.attach({fixture.file("a", bytes_of("a"))});
    const Record exhibit = get_record(fixture.vault, attached[0].id);
    CHECK(record_json(fixture.vault, exhibit).dump().find("AGE-SECRET-KEY") == std::string::npos);
}

TEST_CASE("files with the same content are kept once, also in one command", "[objects][attach]") {
    AttachFixture fixture;
    const Path one = fixture.file("one", test::pattern(9000));
    const Path two = fixture.file("two", test::pattern(9000));
    const Path three = fixture.file("three", test::pattern(9000, 2));

    const auto attached = fixture.attach({one, two, three});
    CHECK(fixture.files_in_objects() == 2);
    CHECK_FALSE(attached[0].was_stored);
    CHECK(attached[1].was_stored);
    CHECK(fixture.attach({one})[0].was_stored);
    CHECK(fixture.files_in_objects() == 2);

    // Each exhibit has the file, and a purge takes it away with the last of them only.
    const auto purge = [&](const RecordId& id) {
        Change change(fixture.vault);
        const auto objects = purge_record(change, id, "consent withdrawn");
        change.commit();
        remove_objects(fixture.vault, objects);
    };
    const auto exhibits =
        list_records(fixture.vault, {Kind::exhibit, {}, "", 0, 0, State::live}).items;
    for (const Record& exhibit : exhibits) {
        if (exhibit.fields.at("file_name") != "one") purge(exhibit.id);
    }
    CHECK(fixture.files_in_objects() == 1);
    for (const Record& exhibit : exhibits) {
        if (exhibit.fields.at("file_name") == "one") purge(exhibit.id);
    }
    CHECK(fixture.files_in_objects() == 0);
    CHECK(fixture.check().empty());
}

TEST_CASE("many files are attached in one change", "[objects][attach]") {
    AttachFixture fixture;
    std::vector<Path> files;
    for (std::uint32_t i = 0; i < 50; ++i) {
        files.push_back(fixture.file("file-" + std::to_string(i), test::pattern(1000 * i, i + 1)));
    }
    const auto attached = fixture.attach(files);
    REQUIRE(attached.size() == 50);
    for (std::uint32_t i = 0; i < 50; ++i) {
        const Path out = fixture.scratch.path / "out";
        CHECK(attached[i].file_name == "file-" + std::to_string(i));
        extract_to_file(fixture.vault, attached[i].id, out, ignore);
        CHECK(read_file(out, 1 << 20) == test::pattern(1000 * i, i + 1));
        std::filesystem::remove(out);
    }
    CHECK(fixture.check().empty());
}

TEST_CASE("a failed attach leaves the vault as it was", "[objects][attach]") {
    AttachFixture fixture;
    const Path good = fixture.file("good", test::pattern(5000));
    const Head head = fixture.vault.log().head();
    const auto failed = [&](const std::function<void()>& act, ErrorCode code) {
        CHECK(failure_of(act) == code);
        CHECK(fixture.vault.log().head() == head);
        CHECK(fixture.files_in_objects() == 0);
    };
    failed([&] { fixture.attach({good, fixture.scratch.path}); }, ErrorCode::usage);
    failed([&] { fixture.attach({good, fixture.scratch.path / "missing"}); }, ErrorCode::not_found);
    failed([&] { fixture.attach({good}, {{"unheard_of", 1}}); }, ErrorCode::usage);
    failed([&] { fixture.attach({good}, {{"sha256", "00"}}); }, ErrorCode::usage);
    failed(
        [&] {
            (void)attach_files(fixture.vault, {fixture.incident, "unheard_of", json::object()},
                               {good}, ignore);
        },
        ErrorCode::usage);
    failed(
        [&] {
            (void)attach_files(fixture.vault, {fixture.incident, "about", json::object()}, {good},
                               [](std::uint64_t) {
                                   throw Error{ErrorCode::refused, "stop"};
                               });
        },
        ErrorCode::refused);
    {
        Change change(fixture.vault);
        trash_record(change, fixture.incident);
        change.commit();
    }
    CHECK(failure_of([&] { fixture.attach({good}); }) == ErrorCode::refused);
}

TEST_CASE("a file name that is no text becomes one", "[objects][attach]") {
    AttachFixture fixture;
    const auto attached = fixture.attach({fixture.file("caf\xe9\n.txt", bytes_of("x"))});
    CHECK(attached[0].file_name == "caf\\xe9\\x0a.txt");
}

TEST_CASE("what a crash left in incoming is finished: named objects are kept, others removed",
          "[objects][attach]") {
    AttachFixture fixture;
    const Path objects = fixture.vault.objects_directory();
    const auto attached = fixture.attach({fixture.file("a", test::pattern(3000))});
    const Object object = object_of(fixture.vault, attached[0].id);
    // As if it had ended between the commit and the renaming...
    std::filesystem::rename(object_path(objects, object.name), incoming_path(objects, object.name));
    CHECK(fixture.check().empty());
    // ...and another one before the commit.
    const std::string unnamed = random_object_name();
    test::put(incoming_path(objects, unnamed), bytes_of("unfinished"));
    test::put(objects / kIncomingDirectory / "not ours", bytes_of("?"));

    finish_incoming(fixture.vault);

    CHECK(std::filesystem::exists(object_path(objects, object.name)));
    CHECK_FALSE(std::filesystem::exists(incoming_path(objects, unnamed)));
    CHECK(std::filesystem::exists(objects / kIncomingDirectory / "not ours"));
    CHECK(mentions(fixture.check(), "objects/incoming/not ours: a file that is none of ours"));
}

TEST_CASE("extract refuses what is no exhibit, has no file, or is there already",
          "[objects][attach]") {
    AttachFixture fixture;
    const auto attached = fixture.attach({fixture.file("a", test::pattern(3000))});
    const Path there = fixture.file("there", bytes_of("mine"));
    CHECK(failure_of([&] { extract_to_file(fixture.vault, attached[0].id, there, ignore); }) ==
          ErrorCode::conflict);
    CHECK(read_file(there, 10) == to_bytes(bytes_of("mine")));
    const Path out = fixture.scratch.path / "out";
    CHECK(failure_of([&] { extract_to_file(fixture.vault, fixture.incident, out, ignore); }) ==
          ErrorCode::usage);
    RecordId bare;
    {
        Change change(fixture.vault);
        bare = create_record(change, Kind::exhibit, {{"title", "A knife, in the safe"}});
        change.commit();
    }
    CHECK(failure_of([&] { extract_to_file(fixture.vault, bare, out, ignore); }) ==
          ErrorCode::not_found);
    {
        Change change(fixture.vault);
        (void)purge_record(change, attached[0].id, "consent withdrawn");
        change.commit();
    }
    CHECK(failure_of([&] { extract_to_file(fixture.vault, attached[0].id, out, ignore); }) ==
          ErrorCode::refused);
    CHECK_FALSE(std::filesystem::exists(out));
}

TEST_CASE("extract notes in the log that a file was copied out", "[objects][attach]") {
    AttachFixture fixture;
    const auto attached = fixture.attach({fixture.file("a", test::pattern(3000))});
    extract_to_file(fixture.vault, attached[0].id, fixture.scratch.path / "out", ignore);
    Bytes streamed;
    extract_to(fixture.vault, attached[0].id, [&](ByteView piece) { append(streamed, piece); });
    CHECK(streamed == test::pattern(3000));
    const auto history = history_of(fixture.vault, attached[0].id);
    std::size_t extracts = 0;
    for (const HistoryItem& item : history)
        if (item.verb == Verb::extract) ++extracts;
    CHECK(extracts == 2);
    CHECK(fixture.check().empty());
}

TEST_CASE("a damaged object is extracted to nowhere", "[objects][attach]") {
    AttachFixture fixture;
    const auto attached = fixture.attach({fixture.file("a", test::pattern(300'000))});
    const Object object = object_of(fixture.vault, attached[0].id);
    const Path path = object_path(fixture.vault.objects_directory(), object.name);
    Bytes bytes = read_file(path, 1 << 20);
    bytes[200'000] ^= 1U;
    test::put(path, bytes);
    const auto before = names_in(fixture.scratch.path);

    CHECK(failure_of([&] {
              extract_to_file(fixture.vault, attached[0].id, fixture.scratch.path / "out", ignore);
          }) == ErrorCode::integrity);

    CHECK(names_in(fixture.scratch.path) == before);
    CHECK(mentions(fixture.check(), "was changed or is damaged"));
}

TEST_CASE("check finds objects that are missing, cut off, strange or open to others",
          "[objects][check]") {
    AttachFixture fixture;
    const auto attached = fixture.attach({fixture.file("a", test::pattern(3000))});
    const Object object = object_of(fixture.vault, attached[0].id);
    const Path objects = fixture.vault.objects_directory();
    const Path path = object_path(objects, object.name);
    const Bytes bytes = read_file(path, 1 << 20);
    CHECK(fixture.check().empty());

    std::filesystem::remove(path);
    CHECK(mentions(fixture.check(), "is missing"));
    test::put(path, ByteView(bytes).first(bytes.size() - 1));
    CHECK(mentions(fixture.check(), "has another size"));
    test::put(path, bytes);
    test::put(objects / random_object_name(), bytes_of("?"));
    test::put(fixture.directory / "thumbs.db", bytes_of("?"));
    std::filesystem::permissions(fixture.directory / kHeaderFile,
                                 std::filesystem::perms::others_read,
                                 std::filesystem::perm_options::add);
    const auto findings = fixture.check();
    CHECK(findings.size() == 3);
    CHECK(mentions(findings, "thumbs.db: a file that is none of ours"));
    CHECK(mentions(findings, "others on this computer"));
}

}  // namespace custos::vault
