// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/editor.h"

#include <catch2/catch_test_macros.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/error.h"
#include "vault/os/confined.h"
#include "vault/os/memory_directory.h"

using namespace custos;
using namespace custos::cli;

namespace {

std::string no_uuid(const std::string&) { return {}; }
std::string encrypted(const std::string&) { return "CRYPT-LUKS2-00-swap"; }

constexpr const char* kHeading = "Filename Type Size Used Priority\n";

}  // namespace

TEST_CASE("swap space that could keep a text is noticed", "[cli][editor]") {
    using vault::plain_swap;
    CHECK_FALSE(plain_swap(kHeading, no_uuid));
    CHECK_FALSE(plain_swap("", no_uuid));
    CHECK_FALSE(plain_swap(std::string(kHeading) + "/dev/zram0 partition 1 0 5\n", no_uuid));
    CHECK_FALSE(plain_swap(std::string(kHeading) + "/dev/dm-1 partition 1 0 5\n", encrypted));
    CHECK(plain_swap(std::string(kHeading) + "/dev/dm-1 partition 1 0 5\n", no_uuid) ==
          "/dev/dm-1");
    CHECK(plain_swap(std::string(kHeading) + "/dev/zram0 partition 1 0 5\n/swapfile file 1 0 -2\n",
                     encrypted) == "/swapfile");
}

TEST_CASE("a directory in memory is private, and nothing of it is left", "[cli][editor]") {
    vault::Path path;
    {
        const vault::MemoryDirectory directory = vault::MemoryDirectory::make();
        path = directory.path();
        struct stat status {};
        REQUIRE(::stat(path.c_str(), &status) == 0);
        CHECK((status.st_mode & 0777U) == 0700U);
        vault::write_new_file(path / "text", bytes_of("a line"));
        vault::make_directory(path / "below");
        vault::write_new_file(path / "below" / "more", bytes_of("another"));
    }
    CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a confined program writes in its directory and nowhere else", "[cli][editor]") {
    if (!vault::can_confine()) SKIP("this kernel has no Landlock");
    const vault::MemoryDirectory directory = vault::MemoryDirectory::make();
    const std::string outside =
        (std::filesystem::temp_directory_path() / "custos-confined-test").string();
    vault::ConfinedProgram program{"/bin/sh", {"-c", ""}, {"PATH=/usr/bin:/bin"}, directory.path()};
    const auto run = [&](const std::string& script) {
        program.arguments[1] = script;
        return vault::run_confined(program);
    };

    CHECK(run("echo text > here") == 0);
    CHECK(std::filesystem::exists(directory.path() / "here"));
    CHECK(run("echo text > " + outside) != 0);
    CHECK_FALSE(std::filesystem::exists(outside));
    CHECK(run("echo text > /dev/null") == 0);
    const vault::MemoryDirectory other = vault::MemoryDirectory::make();
    vault::write_new_file(other.path() / "there", bytes_of("before"));
    CHECK(run("echo text > " + (other.path() / "there").string()) != 0);
    CHECK(run("rm -f " + (other.path() / "there").string()) != 0);
    CHECK(vault::read_file(other.path() / "there", 100) == to_bytes(bytes_of("before")));
    CHECK(run("exit 7") == 7);
    CHECK(run("kill -9 $$") == 128 + 9);
    program.program = "/no/such/program";
    CHECK_THROWS_AS(vault::run_confined(program), Error);
}

TEST_CASE("only editors that leave nothing behind are started", "[cli][editor]") {
    const Context context{{}, {}, Printer(-1, false, false), Talk(-1, false, false, true), {}};
    for (const char* name : {"emacs", "code", "ed", "micro", "/tmp/vim", "vim;sh", "../vim"}) {
        CHECK_FALSE(find_editor(context, name));
        CHECK_THROWS_AS(check_editor(context, name), Error);
    }
    CHECK_NOTHROW(check_editor(context, ""));
    if (const auto vim = find_editor(context, "vim")) {
        CHECK(vim->program.is_absolute());
        CHECK(std::find(vim->arguments.begin(), vim->arguments.end(), "-Z") !=
              vim->arguments.end());
    }
}
