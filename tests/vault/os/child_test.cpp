// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/child.h"

#include <chrono>
#include <csignal>
#include <cstdlib>

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <unistd.h>

#include "crypto/error.h"

namespace custos::vault {
namespace {

Child shell(const std::string& script) { return {"/bin/sh", {"-c", script}}; }

std::string out_of(const std::string& script, const std::string& input = {}) {
    return to_string(run_child(shell(script), bytes_of(input)).out);
}

}  // namespace

TEST_CASE("child gets its input and gives its output, talk and status", "[os][child]") {
    std::signal(SIGPIPE, SIG_IGN);  // as harden_process() does
    std::string large(3'000'000, 'x');
    CHECK(out_of("cat", large) == large);
    const ChildResult result = run_child(shell("echo said >&2; exit 13"), {});
    CHECK(result.status == 13);
    CHECK(result.talk == "said\n");
    CHECK(run_child(shell("kill -9 $$"), {}).status == -1);
    CHECK(run_child(shell("exit 0"), bytes_of(large)).status == 0);  // input that nobody reads
}

TEST_CASE("child inherits neither environment nor files, and may write none", "[os][child]") {
    REQUIRE(setenv("CUSTOS_CHILD_TEST", "secret", 1) == 0);
    const int open_file = ::open("/dev/null", O_RDONLY);  // not marked close-on-exec
    REQUIRE(open_file > 2);
    const std::string environment = out_of("env");
    CHECK(environment.find("secret") == std::string::npos);
    CHECK(environment.find("HOME") == std::string::npos);
    CHECK(out_of("ls /proc/self/fd | wc -l") == "4\n");  // 0, 1, 2 and the folder that ls reads
    CHECK(out_of("ulimit -c; ulimit -f") == "0\n0\n");
    ::close(open_file);
    unsetenv("CUSTOS_CHILD_TEST");
}

TEST_CASE("child is ended when it takes too long or says too much", "[os][child]") {
    Child slow = shell("sleep 60");
    slow.time_max = std::chrono::seconds(1);
    CHECK_THROWS_AS(run_child(slow, {}), Error);

    Child loud = shell("cat");
    loud.output_max = 1000;
    const std::string input(1001, 'x');
    CHECK_THROWS_AS(run_child(loud, bytes_of(input)), Error);
    CHECK(run_child(loud, bytes_of(input.substr(1))).out.size() == 1000);
}

TEST_CASE("child that does not exist is an error that names it", "[os][child]") {
    try {
        (void)run_child({"/nowhere/no-such-program", {}}, {});
        FAIL("it ran");
    } catch (const Error& error) {
        CHECK(std::string(error.what()) == "cannot run no-such-program: it cannot be started");
    }
}

}  // namespace custos::vault
