// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"

namespace custos::vault {
namespace {

constexpr mode_t kFileMode = 0600;
constexpr mode_t kDirectoryMode = 0700;

std::string last_part(const Path& path) {
    const std::string name = path.filename().string();
    return name.empty() ? path.parent_path().filename().string() : name;
}

Path parent_of(const Path& path) {
    const Path parent = path.parent_path();
    return parent.empty() ? Path(".") : parent;
}

int open_descriptor(const Path& path, int flags, const std::string& doing) {
    for (;;) {
        const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, kFileMode);
        if (descriptor >= 0) return descriptor;
        if (errno != EINTR) throw_system_error(errno, doing, last_part(path));
    }
}

}  // namespace

void throw_system_error(int error_number, const std::string& doing, const std::string& name) {
    const std::string message =
        "cannot " + doing + " " + name + ": " + std::generic_category().message(error_number);
    switch (error_number) {
        case ENOSPC:
        case EDQUOT:
            throw Error{ErrorCode::no_space, message,
                        "free some space and try again; nothing was changed"};
        case ENOENT: throw Error{ErrorCode::not_found, message};
        case EEXIST: throw Error{ErrorCode::conflict, message};
        default: throw Error{ErrorCode::failed, message};
    }
}

File File::open(const Path& path, Wait wait) {
    const int flags = wait == Wait::yes ? O_RDONLY : O_RDONLY | O_NONBLOCK | O_NOCTTY;
    return {open_descriptor(path, flags, "open"), last_part(path)};
}

File File::create(const Path& path) {
    return {open_descriptor(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, "create"),
            last_part(path)};
}

File::File(File&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), name_(std::move(other.name_)) {}

File& File::operator=(File&& other) noexcept {
    if (this != &other) {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = std::exchange(other.descriptor_, -1);
        name_ = std::move(other.name_);
    }
    return *this;
}

File::~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::uint64_t File::size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) throw_system_error(errno, "look at", name_);
    return static_cast<std::uint64_t>(status.st_size);
}

bool File::is_regular() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) throw_system_error(errno, "look at", name_);
    return S_ISREG(status.st_mode);
}

std::size_t File::read(MutableByteView out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::read(descriptor_, out.data() + done, out.size() - done);
        if (got == 0) break;
        if (got < 0) {
            if (errno == EINTR) continue;
            throw_system_error(errno, "read", name_);
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

std::size_t File::read_at(std::uint64_t offset, MutableByteView out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t got = ::pread(descriptor_, out.data() + done, out.size() - done,
                                    static_cast<off_t>(offset + done));
        if (got == 0) break;
        if (got < 0) {
            if (errno == EINTR) continue;
            throw_system_error(errno, "read", name_);
        }
        done += static_cast<std::size_t>(got);
    }
    return done;
}

void File::write(ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(descriptor_, bytes.data(), bytes.size());
        if (put < 0) {
            if (errno == EINTR) continue;
            throw_system_error(errno, "write", name_);
        }
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
}

void File::write_at(std::uint64_t offset, ByteView bytes) const {
    while (!bytes.empty()) {
        const ssize_t put =
            ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (put < 0) {
            if (errno == EINTR) continue;
            throw_system_error(errno, "write", name_);
        }
        offset += static_cast<std::uint64_t>(put);
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
}

void File::sync() {
    if (::fsync(descriptor_) != 0) throw_system_error(errno, "make durable", name_);
}

void File::close() {
    const int descriptor = std::exchange(descriptor_, -1);
    if (descriptor >= 0 && ::close(descriptor) != 0 && errno != EINTR) {
        throw_system_error(errno, "close", name_);
    }
}

Bytes read_file(const Path& path, std::size_t limit) {
    File file = File::open(path);
    Bytes bytes;
    std::array<std::uint8_t, 65536> buffer{};
    for (;;) {
        const std::size_t got = file.read(buffer);
        if (got == 0) return bytes;
        if (bytes.size() + got > limit) {
            throw Error{ErrorCode::usage, "cannot read " + file.name() + ": it is longer than " +
                                              std::to_string(limit) + " bytes"};
        }
        append(bytes, ByteView{buffer}.first(got));
    }
}

void write_file_atomically(const Path& path, ByteView bytes) {
    const Path temporary = parent_of(path) / (path.filename().string() + ".tmp." +
                                              crypto::hex(crypto::random_bytes(8)));
    try {
        write_new_file(temporary, bytes);
        rename_durably(temporary, path);
    } catch (const Error&) {
        ::unlink(temporary.c_str());
        throw;
    }
}

void write_new_file(const Path& path, ByteView bytes) {
    File file = File::create(path);
    try {
        file.write(bytes);
        file.sync();
        file.close();
    } catch (const Error&) {
        ::unlink(path.c_str());
        throw;
    }
    sync_directory(parent_of(path));
}

void make_directory(const Path& path) {
    if (::mkdir(path.c_str(), kDirectoryMode) == 0) {
        sync_directory(parent_of(path));
        return;
    }
    const int error_number = errno;
    std::error_code ignored;
    // In /proc nothing can be made, whatever is there.
    const Path parent = path.parent_path();
    if (error_number == ENOENT && !parent.empty() && !std::filesystem::exists(parent, ignored)) {
        make_directory(parent);
        make_directory(path);
        return;
    }
    if (error_number == EEXIST && std::filesystem::is_directory(path, ignored)) return;
    throw_system_error(error_number, "make the directory", last_part(path));
}

void sync_directory(const Path& path) {
    const int descriptor = open_descriptor(path, O_RDONLY | O_DIRECTORY, "open the directory");
    const int result = ::fsync(descriptor);
    const int error_number = errno;
    ::close(descriptor);
    // Some file systems (FAT on USB sticks by FUSE) cannot sync directories: they say EINVAL.
    if (result != 0 && error_number != EINVAL) {
        throw_system_error(error_number, "make durable the directory", last_part(path));
    }
}

void rename_durably(const Path& from, const Path& to) {
    if (::rename(from.c_str(), to.c_str()) != 0)
        throw_system_error(errno, "rename", last_part(from));
    sync_directory(parent_of(to));
    if (parent_of(from) != parent_of(to)) sync_directory(parent_of(from));
}

void remove_file(const Path& path) {
    if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
        throw_system_error(errno, "remove", last_part(path));
    }
}

std::vector<std::string> names_in(const Path& directory) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator it(directory, error), end; !error && it != end;
         it.increment(error)) {
        names.push_back(it->path().filename().string());
    }
    if (error && error != std::errc::no_such_file_or_directory) {
        throw_system_error(error.value(), "list the directory", last_part(directory));
    }
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace custos::vault
