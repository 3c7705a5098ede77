// SPDX-License-Identifier: GPL-3.0-or-later
// What sealing and copying many or large files needs beyond vault/os/file.h. Errors as there.
#pragma once

#include <compare>
#include <cstdint>

#include "vault/os/file.h"

namespace custos::vault {

// Which file it is and what state it is in: two equal ones mean that nobody wrote in between.
struct FileState {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;
    std::int64_t changed_ns = 0;
    auto operator<=>(const FileState&) const = default;
};
[[nodiscard]] FileState state_of(const File& file);

// An existing file of the user's, to be read once. A directory, pipe, socket or device is
// Error{usage}; opening never waits for another process.
[[nodiscard]] File open_regular(const Path& path);

// The same instant for every file of ours, 2000-01-01T00:00:00Z: times tell when somebody worked.
void set_constant_times(const File& file);

// Asks the system to begin writing these bytes to the disk, so that sync() has less to wait for.
// A hint: it makes nothing durable and never fails.
void start_writeback(const File& file, std::uint64_t offset, std::uint64_t size) noexcept;

// What an ordinary user may still write where `directory` lies.
[[nodiscard]] std::uint64_t free_bytes(const Path& directory);

// Copies these bytes to the same place in `to`, in the kernel where it can. Error{failed} if `from`
// ends before.
void copy_bytes(const File& from, std::uint64_t offset, std::uint64_t size, const File& to);

// The file system that holds a directory. Made before the files are written, so that sync() learns
// of every failure since; one sync() for many files is cheaper than File::sync() for each.
class FileSystem {
public:
    explicit FileSystem(const Path& directory);
    FileSystem(const FileSystem&) = delete;
    FileSystem& operator=(const FileSystem&) = delete;
    ~FileSystem();

    void sync();

private:
    int descriptor_;
    std::string name_;
};

// Renames within one file system. Error{conflict} if `to` is there already, whatever it is.
void rename_to_new(const Path& from, const Path& to);
// Renames without making it durable, for files that may be in either place after a crash.
void rename_quickly(const Path& from, const Path& to);

}  // namespace custos::vault
