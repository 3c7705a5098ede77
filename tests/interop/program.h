// SPDX-License-Identifier: GPL-3.0-or-later
// Other people's programs, run without a shell in a scratch folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

namespace custos::test {

// A folder of its own under the system's temporary one, gone with all in it at the end.
class ScratchFolder {
public:
    ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder();

    std::string path(const std::string& name) const { return folder_ + "/" + name; }
    std::string write(const std::string& name, std::string_view text) const;  // gives its path
    std::string read(const std::string& name) const;

private:
    std::string folder_;
};

struct Run {
    int status = -1;
    std::string out;  // stdout and stderr
    bool succeeded() const { return status == 0; }
};

// Runs `command` (found in PATH) inside `scratch` with `input` as its stdin.
Run run(const ScratchFolder& scratch, const std::vector<std::string>& command,
        std::string_view input = {});

// Skips the running test if there is no such program.
void program_or_skip(const std::string& name);

}  // namespace custos::test
