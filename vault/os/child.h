// SPDX-License-Identifier: GPL-3.0-or-later
// A program that we start to do one thing: bytes in, bytes out, nothing inherited.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "vault/os/file.h"

namespace custos::vault {

struct Child {
    Path program;  // absolute: no search in PATH, no shell
    std::vector<std::string> arguments;
    std::chrono::seconds time_max{60};
    std::size_t output_max = 64u * 1024 * 1024;
    std::size_t memory_max = 1024u * 1024 * 1024;  // of address space
};

struct ChildResult {
    int status = -1;  // as it exited; -1 if a signal ended it
    Bytes out;
    std::string talk;  // the first 4 KiB of its stderr
};

// Runs it to its end (with SIGPIPE ignored, as harden_process() has it) with `input` as its stdin.
// It gets an environment of its own (no HOME, UTC, C.UTF-8), no open file of ours, no core dump,
// and may write no file. It dies with us. Error{failed} if it cannot be started, takes too long or
// says too much; Error{interrupted} ends it too.
[[nodiscard]] ChildResult run_child(const Child& child, ByteView input);

// The folder in which the running program lies, for what is installed beside it. Empty if unknown.
[[nodiscard]] Path program_folder();

}  // namespace custos::vault
