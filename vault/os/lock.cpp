// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/lock.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "crypto/error.h"

namespace custos::vault {

Lock::Lock(const Path& file, Access access) {
    descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor_ < 0 && access == Access::read && (errno == EROFS || errno == EACCES)) {
        descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    }
    if (descriptor_ < 0) throw_system_error(errno, "open", "lock");

    struct flock request {};
    request.l_type = static_cast<short>(access == Access::write ? F_WRLCK : F_RDLCK);
    request.l_whence = SEEK_SET;
    if (::fcntl(descriptor_, F_OFD_SETLK, &request) == 0) return;
    const int error_number = errno;
    ::close(std::exchange(descriptor_, -1));
    if (error_number == EAGAIN || error_number == EACCES) {
        throw Error{ErrorCode::busy, "cannot open the vault: another custos is using it",
                    "wait until it has finished, then try again"};
    }
    throw_system_error(error_number, "lock", "lock");
}

std::optional<Lock> Lock::try_byte(const Path& file, std::uint64_t offset) {
    Lock lock;
    lock.descriptor_ = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock.descriptor_ < 0 && errno == EROFS) return lock;  // nobody can write there
    if (lock.descriptor_ < 0) throw_system_error(errno, "open", "lock");
    struct flock request {};
    request.l_type = F_WRLCK;
    request.l_whence = SEEK_SET;
    request.l_start = static_cast<off_t>(offset);
    request.l_len = 1;
    if (::fcntl(lock.descriptor_, F_OFD_SETLK, &request) == 0) return lock;
    if (errno == EAGAIN || errno == EACCES) return std::nullopt;
    throw_system_error(errno, "lock", "lock");
}

Lock::Lock(Lock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

Lock& Lock::operator=(Lock&& other) noexcept {
    if (this != &other) {
        if (descriptor_ >= 0) ::close(descriptor_);
        descriptor_ = std::exchange(other.descriptor_, -1);
    }
    return *this;
}

Lock::~Lock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace custos::vault
