// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/sealed_file.h"

#include <atomic>
#include <cstdlib>
#include <fstream>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "crypto/error.h"
#include "scratch.h"
#include "vault/objects/media_type.h"
#include "vault/objects/padding.h"
#include "vault/os/storage.h"

using namespace custos;
using namespace custos::vault;
using custos::test::pattern;
using custos::test::put;
using custos::test::Scratch;

namespace {

void ignore(std::uint64_t) {}

struct Objects {
    Scratch scratch;
    Path directory = scratch / "objects";
    Path source = scratch / "source";

    Objects() { make_directory(directory / kIncomingDirectory); }

    SealedFile seal(ByteView content) {
        put(source, content);
        return seal_file(directory, open_regular(source), ignore);
    }
    Path path(const Object& object) const { return incoming_path(directory, object.name); }
};

Bytes opened(const ObjectFile& file) {
    Bytes all;
    open_object(file, [&](ByteView piece) { append(all, piece); });
    return all;
}

ErrorCode code_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode{0};
}

// Opens what lies at the object's path, whatever somebody did to it.
ErrorCode verdict(const Objects& objects, const Object& object) {
    return code_of([&] {
        const ObjectFile file = ObjectFile::in(objects.directory, object);
        check_tags(file, ignore);
        (void)opened(file);
    });
}

}  // namespace

TEST_CASE("padded_size grows with the size, by at most 12 percent, and is stable", "[objects]") {
    CHECK(padded_size(0) == kPaddedSizeMin);
    CHECK(padded_size(4096) == 4096);
    CHECK(padded_size(4097) == 4352);
    CHECK(padded_size(1'000'000) == 1'015'808);
    CHECK(padded_size(std::uint64_t{1} << 31) == std::uint64_t{1} << 31);
    std::uint64_t before = 0;
    for (std::uint64_t size = 4097; size < 3'000'000; size += 173) {
        const std::uint64_t padded = padded_size(size);
        REQUIRE(padded >= size);
        REQUIRE(padded - size <= size * 12 / 100);
        REQUIRE(padded >= before);
        REQUIRE(padded_size(padded) == padded);
        before = padded;
    }
    CHECK(padded_size(kObjectSizeMax) == kObjectSizeMax);
}

TEST_CASE("media_type_of knows common files by their first bytes", "[objects]") {
    CHECK(media_type_of(bytes_of("\xff\xd8\xff\xe0 and so on")) == "image/jpeg");
    CHECK(media_type_of(bytes_of(std::string_view("\0\0\0\x20"
                                                  "ftypisom",
                                                  12))) == "video/mp4");
    CHECK(media_type_of(bytes_of("RIFF....WAVEfmt ")) == "audio/wav");
    CHECK(media_type_of(bytes_of("RIFF....WEBP")) == "image/webp");
    CHECK(media_type_of(bytes_of("ការចាប់ពង្រត់\n")) == "text/plain");
    CHECK(media_type_of(bytes_of("a\x01"
                                 "b")) == "application/octet-stream");
    CHECK(media_type_of({}) == "application/octet-stream");
    CHECK(media_type_of(bytes_of("%PD")) == "text/plain");
}

TEST_CASE("a sealed file opens to the same bytes, whatever its size", "[objects]") {
    Objects objects;
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{1}, std::size_t{4096}, std::size_t{4097}, std::size_t{65535},
          std::size_t{65536}, std::size_t{65537}, kBlockSize - 1, kBlockSize, kBlockSize + 1,
          4 * kBlockSize - 1, 4 * kBlockSize, 4 * kBlockSize + 1, std::size_t{5'000'001}}) {
        const Bytes content = pattern(size);
        const SealedFile sealed = objects.seal(content);

        const ObjectFile file = ObjectFile::in(objects.directory, sealed.object);
        CHECK(opened(file) == content);
        CHECK_NOTHROW(check_tags(file, ignore));
        CHECK(sealed.object.size == size);
        CHECK(sealed.object.sha256 == crypto::sha256(content));
        CHECK(std::filesystem::file_size(objects.path(sealed.object)) == sealed.object.stored_size);
        CHECK(file.file().plain_size() == padded_size(size));
    }
}

TEST_CASE("sealed files of one size class cannot be told apart by size, mode or time",
          "[objects]") {
    Objects objects;
    const SealedFile a = objects.seal(pattern(10));
    const SealedFile b = objects.seal(pattern(4000));

    CHECK(a.object.stored_size == b.object.stored_size);
    struct stat status {};
    REQUIRE(::stat(objects.path(a.object).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600);
    CHECK(status.st_mtim.tv_sec == 946'684'800);
    CHECK(status.st_mtim.tv_nsec == 0);
    CHECK(a.object.identity != b.object.identity);
}

TEST_CASE("every changed byte of a sealed file is noticed", "[objects]") {
    Objects objects;
    const Object object = objects.seal(pattern(100)).object;
    const Bytes whole = read_file(objects.path(object), 1 << 20);
    std::size_t noticed = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        Bytes changed = whole;
        changed[at] ^= 1U;
        put(objects.path(object), changed);
        if (verdict(objects, object) == ErrorCode::integrity) ++noticed;
    }
    CHECK(noticed == whole.size());
    WARN("changed bytes noticed: " << noticed << " of " << whole.size());
}

TEST_CASE("every truncation of a sealed file is noticed, and every extension", "[objects]") {
    Objects objects;
    const Object object = objects.seal(pattern(100)).object;
    const Bytes whole = read_file(objects.path(object), 1 << 20);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        put(objects.path(object), ByteView(whole).first(size));
        REQUIRE(verdict(objects, object) == ErrorCode::integrity);
        // Also when somebody changed the size in the log's stead.
        Object shorter = object;
        shorter.stored_size = size;
        REQUIRE(verdict(objects, shorter) == ErrorCode::integrity);
    }
    Bytes longer = whole;
    longer.push_back(0);
    put(objects.path(object), longer);
    CHECK(verdict(objects, object) == ErrorCode::integrity);
    put(objects.path(object), whole);
    CHECK(verdict(objects, object) == ErrorCode{0});
}

TEST_CASE("a sealed file is not taken for another one", "[objects]") {
    Objects objects;
    const Object one = objects.seal(pattern(100, 1)).object;
    const Object two = objects.seal(pattern(100, 2)).object;
    std::filesystem::rename(objects.path(two), objects.path(one));

    CHECK(verdict(objects, one) == ErrorCode::integrity);
    CHECK(verdict(objects, two) == ErrorCode::integrity);  // missing now
}

TEST_CASE("open_object notices a digest that is not the log's", "[objects]") {
    Objects objects;
    Object object = objects.seal(pattern(100)).object;
    object.sha256.bytes[0] ^= 1U;
    CHECK(verdict(objects, object) == ErrorCode::integrity);
}

TEST_CASE("seal_file refuses a file that changes while it is read, and leaves nothing",
          "[objects]") {
    Objects objects;
    for (const std::size_t size : {std::size_t{1000}, 5 * kBlockSize}) {
        put(objects.source, pattern(size));
        bool appended = false;
        const auto append_once = [&](std::uint64_t) {
            if (appended) return;
            appended = true;
            std::ofstream(objects.source, std::ios::app) << "more";
        };
        CHECK(code_of([&] {
                  (void)seal_file(objects.directory, open_regular(objects.source), append_once);
              }) == ErrorCode::failed);
        CHECK(names_in(objects.directory / kIncomingDirectory).empty());
    }
}

TEST_CASE("seal_file leaves nothing when it is interrupted", "[objects]") {
    Objects objects;
    put(objects.source, pattern(5 * kBlockSize));
    const auto interrupt = [](std::uint64_t) {
        throw Error{ErrorCode::interrupted, "interrupted"};
    };

    CHECK(code_of([&] {
              (void)seal_file(objects.directory, open_regular(objects.source), interrupt);
          }) == ErrorCode::interrupted);
    CHECK(names_in(objects.directory / kIncomingDirectory).empty());
}

TEST_CASE("open_regular refuses what is no file, without waiting", "[objects]") {
    Scratch scratch;
    REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
    CHECK(code_of([&] { (void)open_regular(scratch / "pipe"); }) == ErrorCode::usage);
    CHECK(code_of([&] { (void)open_regular(scratch.path()); }) == ErrorCode::usage);
    CHECK(code_of([&] { (void)open_regular("/dev/zero"); }) == ErrorCode::usage);
    CHECK(code_of([&] { (void)open_regular(scratch / "missing"); }) == ErrorCode::not_found);
}

TEST_CASE("object_from takes exactly what to_json makes", "[objects]") {
    Objects objects;
    const Object object = objects.seal(pattern(100)).object;
    const nlohmann::json facts = to_json(object);

    const auto back = object_from(facts);
    REQUIRE(back);
    CHECK(to_json(*back) == facts);
    for (const auto& [key, value] : facts.items()) {
        nlohmann::json changed = facts;
        changed.erase(key);
        CHECK_FALSE(object_from(changed));
        changed[key] = nullptr;
        CHECK_FALSE(object_from(changed));
    }
    for (const auto& [key, value] : std::initializer_list<std::pair<const char*, nlohmann::json>>{
             {"name", "../../../../etc/passwd/0123456789"},
             {"name", "0123456789ABCDEF0123456789ABCDEF"},
             {"name", "0123456789abcdef0123456789abcde"},
             {"identity", "AGE-SECRET-KEY-1QQQQ"},
             {"sha256", "00"},
             {"size", kObjectSizeMax + 1},
             {"size", -1},
             {"size", 4097},
             {"stored_size", 4096},
             {"stored_size", std::uint64_t{1} << 63},
             {"more", 1}}) {
        nlohmann::json changed = facts;
        changed[key] = value;
        CHECK_FALSE(object_from(changed));
    }
    CHECK_FALSE(object_from(nlohmann::json::array()));
}

TEST_CASE("plain age opens a sealed file with the object's identity", "[objects][interop]") {
    if (std::system("age --version >/dev/null 2>&1") != 0) SKIP("there is no age here");
    Objects objects;
    const Bytes content = pattern(70'000);
    const Object object = objects.seal(content).object;
    put(objects.scratch / "identity", bytes_of(object.identity + "\n"));
    const std::string command = "age -d -i " + (objects.scratch / "identity").string() + " -o " +
                                (objects.scratch / "plain").string() + " " +
                                objects.path(object).string();

    REQUIRE(std::system(command.c_str()) == 0);
    const Bytes plain = read_file(objects.scratch / "plain", 1 << 20);
    REQUIRE(plain.size() == padded_size(content.size()));
    CHECK(std::equal(content.begin(), content.end(), plain.begin()));
}
