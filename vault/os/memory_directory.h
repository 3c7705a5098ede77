// SPDX-License-Identifier: GPL-3.0-or-later
// A directory that lies in memory and on no disk, for a program that insists on files.
#pragma once

#include <optional>
#include <string>

#include "vault/os/file.h"

namespace custos::vault {

class MemoryDirectory {
public:
    // Mode 0700, a random name, on a tmpfs. Error{refused} where there is none, or where memory may
    // be written to a swap space that is not encrypted.
    static MemoryDirectory make();
    MemoryDirectory(MemoryDirectory&& other) noexcept;
    MemoryDirectory& operator=(MemoryDirectory&&) = delete;
    MemoryDirectory(const MemoryDirectory&) = delete;
    MemoryDirectory& operator=(const MemoryDirectory&) = delete;
    // Overwrites every file in it, then removes them and the directory.
    ~MemoryDirectory();

    const Path& path() const { return path_; }

private:
    explicit MemoryDirectory(Path path) : path_(std::move(path)) {}
    Path path_;
};

// What could write memory to a disk, for a person: the first swap space that is neither in memory
// nor encrypted ("/dev/sda3"), or nothing. `swaps` is what /proc/swaps holds; `uuid_of` gives
// /sys/block/<name>/dm/uuid.
[[nodiscard]] std::optional<std::string> plain_swap(const std::string& swaps,
                                                    std::string (*uuid_of)(const std::string&));

}  // namespace custos::vault
