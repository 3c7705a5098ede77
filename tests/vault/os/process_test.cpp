// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/process.h"

#include <array>
#include <cerrno>
#include <csignal>

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <pty.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "crypto/error.h"

using namespace custos;

namespace {

// Runs `body` in a process of its own; its result is the status, 128 + signal if one ended it.
template <class Body>
int in_child(const Body& body) {
    const pid_t child = fork();
    if (child == 0) _exit(body());
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("harden_process leaves no core, no ptrace, no new privileges and private files",
          "[os][process]") {
    const int status = in_child([] {
        vault::harden_process();
        rlimit core{};
        getrlimit(RLIMIT_CORE, &core);
        if (core.rlim_cur != 0 || core.rlim_max != 0) return 1;
        if (prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) != 0) return 2;
        if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) return 3;
        if (umask(0) != 077) return 4;
        return 0;
    });
    CHECK(status == 0);
}

TEST_CASE("harden_process opens standard streams that were closed", "[os][process]") {
    for (const int closed : {0, 1, 2}) {
        const int status = in_child([closed] {
            close(closed);
            vault::harden_process();
            return fcntl(closed, F_GETFD) >= 0 ? 0 : 1;
        });
        CHECK(status == 0);
    }
}

TEST_CASE("harden_process turns a broken pipe into an error code", "[os][process]") {
    const int status = in_child([] {
        vault::harden_process();
        std::array<int, 2> ends{};
        if (pipe(ends.data()) != 0) return 1;
        close(ends[0]);
        return write(ends[1], "x", 1) < 0 && errno == EPIPE ? 0 : 2;
    });
    CHECK(status == 0);
}

TEST_CASE("catch_interrupts notes the first signal and ends with 130 at the second",
          "[os][process]") {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        const int first = in_child([signal] {
            vault::catch_interrupts();
            raise(signal);
            if (!vault::is_interrupted()) return 1;
            try {
                vault::throw_if_interrupted();
            } catch (const Error& error) {
                return error.code() == ErrorCode::interrupted ? 0 : 2;
            }
            return 3;
        });
        CHECK(first == 0);
        const int second = in_child([signal] {
            vault::catch_interrupts();
            raise(signal);
            raise(signal);
            return 0;
        });
        CHECK(second == 130);
    }
}

TEST_CASE("catch_interrupts leaves ignored signals ignored", "[os][process]") {
    const int status = in_child([] {
        std::signal(SIGHUP, SIG_IGN);
        vault::catch_interrupts();
        raise(SIGHUP);
        return vault::is_interrupted() ? 1 : 0;
    });
    CHECK(status == 0);
}

TEST_CASE("EchoOff turns the echo off and gives it back, also when interrupted", "[os][process]") {
    int master = -1;
    int terminal = -1;
    REQUIRE(openpty(&master, &terminal, nullptr, nullptr, nullptr) == 0);
    const auto echoes = [&] {
        termios settings{};
        tcgetattr(terminal, &settings);
        return (settings.c_lflag & static_cast<tcflag_t>(ECHO)) != 0;
    };
    {
        const vault::EchoOff off(terminal);
        CHECK_FALSE(echoes());
    }
    CHECK(echoes());
    const int status = in_child([&] {
        vault::catch_interrupts();
        const vault::EchoOff off(terminal);
        raise(SIGINT);
        raise(SIGINT);
        return 0;
    });
    CHECK(status == 130);
    CHECK(echoes());
    close(terminal);
    close(master);
    CHECK_THROWS_AS(vault::EchoOff(-1), Error);
}
