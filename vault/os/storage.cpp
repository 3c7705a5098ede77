// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/storage.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "crypto/error.h"

namespace custos::vault {
namespace {

constexpr std::time_t kConstantTime = 946'684'800;  // date -u -d 2000-01-01 +%s
constexpr std::uint64_t kCopyBuffer = 256 * 1024;
constexpr std::int64_t kNanoseconds = 1'000'000'000;

std::int64_t nanoseconds(const timespec& time) {
    return std::int64_t{time.tv_sec} * kNanoseconds + std::int64_t{time.tv_nsec};
}

struct stat status_of(const File& file) {
    struct stat status {};
    if (::fstat(file.descriptor(), &status) != 0) throw_system_error(errno, "look at", file.name());
    return status;
}

const char* kind_of(mode_t mode) {
    if (S_ISDIR(mode)) return "a directory";
    if (S_ISFIFO(mode)) return "a pipe";
    if (S_ISSOCK(mode)) return "a socket";
    return "a device";
}

}  // namespace

FileState state_of(const File& file) {
    const struct stat status = status_of(file);
    return {std::uint64_t{status.st_dev}, std::uint64_t{status.st_ino},
            static_cast<std::uint64_t>(status.st_size), nanoseconds(status.st_mtim),
            nanoseconds(status.st_ctim)};
}

File open_regular(const Path& path) {
    File file = File::open(path, File::Wait::no);
    const mode_t mode = status_of(file).st_mode;
    if (S_ISREG(mode)) return file;
    throw Error{
        ErrorCode::usage, "cannot read " + file.name() + ": it is " + kind_of(mode),
        "name a file; for a whole directory, name the files in it or put them into an archive"};
}

void set_constant_times(const File& file) {
    const std::array<timespec, 2> times = {timespec{kConstantTime, 0}, timespec{kConstantTime, 0}};
    if (::futimens(file.descriptor(), times.data()) != 0) {
        throw_system_error(errno, "set the time of", file.name());
    }
}

void start_writeback(const File& file, std::uint64_t offset, std::uint64_t size) noexcept {
    (void)::sync_file_range(file.descriptor(), static_cast<off_t>(offset), static_cast<off_t>(size),
                            SYNC_FILE_RANGE_WRITE);
}

std::uint64_t free_bytes(const Path& directory) {
    struct statvfs status {};
    if (::statvfs(directory.c_str(), &status) != 0) {
        throw_system_error(errno, "look at", directory.filename().string());
    }
    return std::uint64_t{status.f_bavail} * std::uint64_t{status.f_frsize};
}

void copy_bytes(const File& from, std::uint64_t offset, std::uint64_t size, const File& to) {
    auto in = static_cast<off_t>(offset);
    auto out = static_cast<off_t>(offset);
    std::uint64_t left = size;
    while (left > 0) {
        const ssize_t done =
            ::copy_file_range(from.descriptor(), &in, to.descriptor(), &out, left, 0);
        if (done <= 0) break;  // the reason shows below, if there is one
        left -= static_cast<std::uint64_t>(done);
    }
    Bytes buffer(static_cast<std::size_t>(std::min<std::uint64_t>(left, kCopyBuffer)));
    while (left > 0) {
        const std::uint64_t at = offset + size - left;
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(left, buffer.size()));
        const MutableByteView piece = MutableByteView(buffer).first(wanted);
        if (from.read_at(at, piece) != wanted) {
            throw Error{ErrorCode::failed, "cannot copy " + from.name() + ": it ends too early"};
        }
        to.write_at(at, piece);
        left -= wanted;
    }
}

FileSystem::FileSystem(const Path& directory)
    : descriptor_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
      name_(directory.filename().string()) {
    if (descriptor_ < 0) throw_system_error(errno, "open the directory", name_);
}

FileSystem::~FileSystem() { ::close(descriptor_); }

void FileSystem::sync() {
    if (::syncfs(descriptor_) != 0) throw_system_error(errno, "make durable the files in", name_);
}

void rename_to_new(const Path& from, const Path& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return;
    // File systems that know no such flag still know hard links, which never replace anything.
    if (errno == EINVAL || errno == ENOSYS) {
        if (::link(from.c_str(), to.c_str()) == 0) {
            (void)::unlink(from.c_str());
            return;
        }
    }
    throw_system_error(errno, "make", to.filename().string());
}

void rename_quickly(const Path& from, const Path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0) {
        throw_system_error(errno, "rename", from.filename().string());
    }
}

}  // namespace custos::vault
