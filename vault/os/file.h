// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a vault: made with 0600, never through a symbolic link, durable when said to be.
//
// Every failure is an Error: no_space (full disk, quota), not_found, conflict (exists already),
// failed (the rest, with the system's words). A failed fsync is never tried again: the caller must
// take the data as lost. Messages name the last part of a path only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "crypto/bytes.h"

namespace custos::vault {

using Path = std::filesystem::path;

// Owns one descriptor.
class File {
public:
    // An existing file, to be read; follows symbolic links (it may be the user's own file).
    // Wait::no for what may be a pipe: opening it does not wait for its other end.
    enum class Wait { yes, no };
    static File open(const Path& path, Wait wait = Wait::yes);
    // A new file of mode 0600; Error{conflict} if the name is taken, by anything.
    static File create(const Path& path);

    File(File&& other) noexcept;
    File& operator=(File&& other) noexcept;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File();

    std::uint64_t size() const;
    bool is_regular() const;
    // Reads until `out` is full or the file ends; returns the number of bytes read.
    std::size_t read(MutableByteView out);
    std::size_t read_at(std::uint64_t offset, MutableByteView out) const;
    void write(ByteView bytes);
    void write_at(std::uint64_t offset, ByteView bytes) const;
    // On the disk after this, contents and size.
    void sync();
    // Closes and reports what close() says. The destructor closes without a word.
    void close();

    int descriptor() const noexcept { return descriptor_; }
    const std::string& name() const noexcept { return name_; }

private:
    File(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}
    int descriptor_ = -1;
    std::string name_;  // last part of the path, for messages
};

// The whole file, at most `limit` bytes: a longer one is Error{usage}.
[[nodiscard]] Bytes read_file(const Path& path, std::size_t limit);

// Replaces or makes `path` so that after a crash it holds either what it held or `bytes`, whole:
// temporary file in the same directory, fsync, rename, fsync of the directory.
void write_file_atomically(const Path& path, ByteView bytes);

// Makes `path` durably; Error{conflict} if it exists already.
void write_new_file(const Path& path, ByteView bytes);

// Makes the directory (mode 0700) durably, and its missing parents. Fine if it exists.
void make_directory(const Path& path);
void sync_directory(const Path& path);

// Renames within one file system and makes it durable in both directories. Replaces an existing
// file.
void rename_durably(const Path& from, const Path& to);
// Removes a file if it is there.
void remove_file(const Path& path);

// The names (not paths) in a directory, sorted; empty if there is none.
[[nodiscard]] std::vector<std::string> names_in(const Path& directory);

// Throws the Error that fits `error_number`: "cannot <doing> <name>: <system's words>".
[[noreturn]] void throw_system_error(int error_number, const std::string& doing,
                                     const std::string& name);

}  // namespace custos::vault
