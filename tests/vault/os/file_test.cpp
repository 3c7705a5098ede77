// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/file.h"

#include <catch2/catch_test_macros.hpp>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/os/lock.h"

namespace custos::vault {
namespace {

// A directory that is gone at the end of the test.
struct Scratch {
    Path path =
        std::filesystem::temp_directory_path() / ("custos-" + crypto::hex(crypto::random_bytes(8)));
    Scratch() { make_directory(path); }
    ~Scratch() { std::filesystem::remove_all(path); }
};

template <class Act>
ErrorCode failure_of(Act&& act) {
    try {
        act();
    } catch (const Error& error) {
        return error.code();
    }
    return ErrorCode::interrupted;
}

mode_t mode_of(const Path& path) {
    struct stat status {};
    REQUIRE(::stat(path.c_str(), &status) == 0);
    return status.st_mode & 07777;
}

}  // namespace

TEST_CASE("file is made for its owner alone and never over another", "[vault][os]") {
    const Scratch scratch;
    const Path path = scratch.path / "a";
    write_new_file(path, bytes_of("one"));

    CHECK(mode_of(path) == 0600);
    CHECK(mode_of(scratch.path) == 0700);
    CHECK(failure_of([&] { write_new_file(path, bytes_of("two")); }) == ErrorCode::conflict);
    CHECK(to_string(read_file(path, 3)) == "one");
    CHECK(failure_of([&] { (void)read_file(path, 2); }) == ErrorCode::usage);
    CHECK(failure_of([&] { (void)read_file(scratch.path / "b", 2); }) == ErrorCode::not_found);
}

TEST_CASE("file does not follow a symbolic link that somebody planted", "[vault][os]") {
    const Scratch scratch;
    std::filesystem::create_symlink(scratch.path / "elsewhere", scratch.path / "link");
    CHECK(failure_of([&] { write_new_file(scratch.path / "link", bytes_of("x")); }) ==
          ErrorCode::conflict);
    CHECK_FALSE(std::filesystem::exists(scratch.path / "elsewhere"));
}

TEST_CASE("file is replaced whole and leaves no temporary file", "[vault][os]") {
    const Scratch scratch;
    write_file_atomically(scratch.path / "a", bytes_of("one"));
    write_file_atomically(scratch.path / "a", bytes_of("two"));
    CHECK(to_string(read_file(scratch.path / "a", 10)) == "two");
    CHECK(names_in(scratch.path) == std::vector<std::string>{"a"});
    CHECK(failure_of([&] { write_file_atomically(scratch.path / "no" / "a", bytes_of("x")); }) ==
          ErrorCode::not_found);
}

TEST_CASE("file reports a full disk as such", "[vault][os]") {
    CHECK(failure_of([] { throw_system_error(ENOSPC, "write", "x"); }) == ErrorCode::no_space);
    CHECK(failure_of([] { throw_system_error(EDQUOT, "write", "x"); }) == ErrorCode::no_space);
}

TEST_CASE("directory is made with its parents, and again without harm", "[vault][os]") {
    const Scratch scratch;
    make_directory(scratch.path / "a" / "b" / "c");
    make_directory(scratch.path / "a" / "b" / "c");
    CHECK(std::filesystem::is_directory(scratch.path / "a" / "b" / "c"));
    write_new_file(scratch.path / "f", {});
    CHECK(failure_of([&] { make_directory(scratch.path / "f"); }) == ErrorCode::conflict);
    CHECK(failure_of([&] { make_directory("/proc/a/b"); }) == ErrorCode::not_found);
}

TEST_CASE("lock lets readers in together and a writer alone", "[vault][os]") {
    const Scratch scratch;
    const Path path = scratch.path / "lock";
    {
        const Lock one(path, Access::read);
        const Lock two(path, Access::read);
        CHECK(failure_of([&] { const Lock writer(path, Access::write); }) == ErrorCode::busy);
    }
    const Lock writer(path, Access::write);
    CHECK(failure_of([&] { const Lock reader(path, Access::read); }) == ErrorCode::busy);
    CHECK(failure_of([&] { const Lock second(path, Access::write); }) == ErrorCode::busy);
}

}  // namespace custos::vault
