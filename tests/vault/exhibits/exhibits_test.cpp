// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "../objects/scratch.h"
#include "../open_vault.h"
#include "pictures.h"
#include "vault/check.h"
#include "vault/exhibits/clean.h"
#include "vault/exhibits/derive.h"
#include "vault/objects/attach.h"
#include "vault/objects/catalog.h"
#include "vault/records/store.h"

namespace custos::vault::exhibits {
namespace {

using nlohmann::json;

struct ExhibitFixture : VaultFixture {
    Vault vault = create();
    RecordId incident;

    ExhibitFixture() {
        Change change(vault);
        incident = create_record(change, Kind::incident, {{"title", "Attempted abduction"}});
        change.commit();
    }

    RecordId attach(const std::string& name, const Bytes& content,
                    const json& fields = json::object()) {
        const Path path = scratch.path / name;
        test::put(path, content);
        return attach_files(vault, {incident, "about", fields}, {path}, [](std::uint64_t) {})
            .at(0)
            .id;
    }
    Bytes content(const RecordId& exhibit) { return file_of(vault, object_of(vault, exhibit)); }
    std::uint64_t log_size() { return vault.log().head().size; }
};

}  // namespace

TEST_CASE("clean_exhibit makes a derived exhibit and leaves the original as it is",
          "[exhibits][derive]") {
    ExhibitFixture fixture;
    const RecordId original =
        fixture.attach("IMG_0001.jpg", test::telling_jpeg(),
                       {{"title", "Burn"}, {"protection", "P3"}, {"captured_by", "a brother"}});
    const json before = get_record(fixture.vault, original).fields;

    const CleanedExhibit made = clean_exhibit(fixture.vault, original, "");

    CHECK(fixture.content(original) == test::telling_jpeg());
    CHECK(get_record(fixture.vault, original).fields == before);
    CHECK(is_clean_picture(fixture.content(made.id)));
    CHECK(made.original_sha256 == crypto::sha256(test::telling_jpeg()));
    CHECK(made.sha256 == crypto::sha256(fixture.content(made.id)));
    const Record record = get_record(fixture.vault, made.id);
    CHECK(is_cleaned(record.fields));
    CHECK(record.fields.at("title") == "Burn, cleaned");
    CHECK(record.fields.at("protection") == "P3");
    CHECK(record.fields.at("derived_from") == to_text(original));
    CHECK(record.fields.at("root") == to_text(original));
    CHECK(record.fields.at("derived_from_sha256") == before.at("sha256"));
    CHECK(record.fields.at("media_type") == "image/jpeg");
    // Neither the name of the file nor who made it comes along, nor any value that was in it.
    CHECK_FALSE(record.fields.contains("file_name"));
    CHECK_FALSE(record.fields.contains("captured_by"));
    CHECK(record.fields.dump().find("Sorithea") == std::string::npos);
    REQUIRE(record.links.size() == 1);
    CHECK(record.links.at(0).role == "derived_from");
    CHECK(record.links.at(0).to == original);
    CHECK(std::any_of(made.removed.begin(), made.removed.end(),
                      [](const Removed& each) { return each.where == "GPS"; }));
    CHECK(check_vault(fixture.vault, {}, {}).empty());
}

TEST_CASE(
    "what is cleaned already, twice, in the trash or no picture is refused, and nothing is stored",
    "[exhibits][derive]") {
    ExhibitFixture fixture;
    const RecordId original = fixture.attach("a.jpg", test::telling_jpeg());
    const RecordId film = fixture.attach("b.mp4", to_bytes(bytes_of("\1\1\1\x18"
                                                                    "ftypmp42")));
    const RecordId broken = fixture.attach("c.jpg", to_bytes(ByteView(test::jpeg()).first(100)));
    const CleanedExhibit made = clean_exhibit(fixture.vault, original, "Burn");
    const std::uint64_t size = fixture.log_size();
    const auto failure = [&](const RecordId& id) {
        return failure_of([&] { clean_exhibit(fixture.vault, id, ""); });
    };

    CHECK(failure(original) == ErrorCode::conflict);
    CHECK(failure(made.id) == ErrorCode::refused);
    CHECK(failure(film) == ErrorCode::refused);
    CHECK(failure(broken) == ErrorCode::refused);
    CHECK(failure(fixture.incident) == ErrorCode::usage);
    CHECK(fixture.log_size() == size);
    CHECK(check_vault(fixture.vault, {}, {}).empty());

    {
        Change change(fixture.vault);
        trash_record(change, made.id);
        trash_record(change, broken);
        change.commit();
    }
    CHECK(failure(broken) == ErrorCode::refused);
    // The one that was there is gone: another may be made.
    CHECK(clean_exhibit(fixture.vault, original, "").sha256 == made.sha256);
}

TEST_CASE("a picture with nothing to remove is kept once", "[exhibits][derive]") {
    ExhibitFixture fixture;
    const RecordId original = fixture.attach("plain.png", test::png());

    const CleanedExhibit made = clean_exhibit(fixture.vault, original, "");

    CHECK(made.removed.empty());
    CHECK(made.sha256 == made.original_sha256);
    CHECK(object_of(fixture.vault, made.id).name == object_of(fixture.vault, original).name);
    CHECK(verify_exhibit(fixture.vault, made.id).was_compared);
}

TEST_CASE("verify_exhibit tells what is not what the log says", "[exhibits][derive]") {
    ExhibitFixture fixture;
    const RecordId original = fixture.attach("a.jpg", test::telling_jpeg());
    const RecordId other = fixture.attach("b.jpg", test::telling_jpeg(3));
    const RecordId made = clean_exhibit(fixture.vault, original, "").id;
    CHECK(verify_exhibit(fixture.vault, original).differs.empty());
    const VerifiedExhibit good = verify_exhibit(fixture.vault, made);
    CHECK(good.differs.empty());
    CHECK(good.was_compared);

    const auto edited = [&](const RecordId& id, const char* field, const json& value) {
        Change change(fixture.vault);
        json fields = get_record(fixture.vault, id).fields;
        const json before = fields;
        fields[field] = value;
        revise_record(change, id, fields);
        change.commit();
        const std::string differs = verify_exhibit(fixture.vault, id).differs;
        Change back(fixture.vault);
        revise_record(back, id, before);
        back.commit();
        return differs;
    };
    CHECK_FALSE(edited(original, "sha256", std::string(64, '0')).empty());
    CHECK_FALSE(edited(original, "size", 1).empty());
    CHECK_FALSE(edited(made, "derived_from", to_text(other)).empty());
    CHECK_FALSE(edited(made, "derived_from_sha256", std::string(64, '0')).empty());
    CHECK(verify_exhibit(fixture.vault, made).differs.empty());
}

TEST_CASE("a derived exhibit whose original was purged is intact, and says why it was not compared",
          "[exhibits][derive]") {
    ExhibitFixture fixture;
    const RecordId original = fixture.attach("a.jpg", test::telling_jpeg());
    const RecordId made = clean_exhibit(fixture.vault, original, "").id;
    {
        Change change(fixture.vault);
        const auto gone = purge_record(change, original, "consent withdrawn");
        change.commit();
        remove_objects(fixture.vault, gone);
    }

    const VerifiedExhibit verified = verify_exhibit(fixture.vault, made);

    CHECK(verified.differs.empty());
    CHECK_FALSE(verified.was_compared);
    CHECK_FALSE(verified.why_not_compared.empty());
}

TEST_CASE("a changed sealed file is no exhibit any more", "[exhibits][derive]") {
    ExhibitFixture fixture;
    const RecordId original = fixture.attach("a.jpg", test::telling_jpeg());
    const Path path =
        find_object(fixture.vault.objects_directory(), object_of(fixture.vault, original).name);
    Bytes sealed = read_file(path, 1 << 20);
    sealed[sealed.size() / 2] ^= 1U;
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    test::put(path, sealed);

    CHECK_FALSE(verify_exhibit(fixture.vault, original).differs.empty());
    CHECK(failure_of([&] { clean_exhibit(fixture.vault, original, ""); }) == ErrorCode::integrity);
    CHECK(failure_of([&] { static_cast<void>(metadata_of(fixture.vault, original)); }) ==
          ErrorCode::integrity);
}

TEST_CASE("metadata_of opens no more of a film than its beginning", "[exhibits][derive]") {
    ExhibitFixture fixture;
    Bytes film =
        to_bytes(bytes_of("\1\1\1\x18"
                          "ftypmp42"));
    film.resize(3'000'000);
    const ExhibitMetadata read = metadata_of(fixture.vault, fixture.attach("a.mp4", film));
    CHECK(read.media_type == "video/mp4");
    CHECK(read.metadata.format.empty());
    const ExhibitMetadata empty = metadata_of(fixture.vault, fixture.attach("b", {}));
    CHECK(empty.metadata.format.empty());
}

}  // namespace custos::vault::exhibits
