// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/memory_directory.h"

#include <array>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"

namespace custos::vault {
namespace {

constexpr std::array kPlaces = {"/dev/shm", "/run/shm"};

std::string first_line(const std::string& path) {
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

std::string whole(const std::string& path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string device_uuid(const std::string& name) {
    return first_line("/sys/block/" + name + "/dm/uuid");
}

bool is_in_memory(const Path& place) {
    struct statfs status {};
    return ::statfs(place.c_str(), &status) == 0 && status.f_type == TMPFS_MAGIC;
}

// In place: on a tmpfs the same pages are written again.
void overwrite(const Path& path) {
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0) return;
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
        constexpr std::array<char, 4096> kZeros{};
        for (off_t at = 0; at < status.st_size; at += static_cast<off_t>(kZeros.size())) {
            if (::pwrite(descriptor, kZeros.data(), kZeros.size(), at) <= 0) break;
        }
    }
    ::close(descriptor);
}

}  // namespace

std::optional<std::string> plain_swap(const std::string& swaps,
                                      std::string (*uuid_of)(const std::string&)) {
    std::istringstream lines(swaps);
    std::string line;
    std::getline(lines, line);  // headings
    while (std::getline(lines, line)) {
        const std::string name = line.substr(0, line.find_first_of(" \t"));
        if (name.empty() || name.starts_with("/dev/zram")) continue;
        const std::string device = name.substr(name.rfind('/') + 1);
        if (name.starts_with("/dev/dm-") && uuid_of(device).starts_with("CRYPT-")) continue;
        return name;
    }
    return std::nullopt;
}

MemoryDirectory MemoryDirectory::make() {
    if (const auto swap = plain_swap(whole("/proc/swaps"), device_uuid)) {
        throw Error{ErrorCode::refused,
                    "cannot give an editor the text: memory may be written to " + *swap +
                        ", which is not encrypted",
                    "turn it off (swapoff -a), or type the text line by line"};
    }
    for (const char* place : kPlaces) {
        if (!is_in_memory(place)) continue;
        Path path = Path(place) / ("custos-" + crypto::hex(crypto::random_bytes(8)));
        if (::mkdir(path.c_str(), 0700) == 0) return MemoryDirectory(std::move(path));
    }
    throw Error{ErrorCode::refused,
                "cannot give an editor the text: this system has no directory in memory",
                "type the text line by line"};
}

MemoryDirectory::MemoryDirectory(MemoryDirectory&& other) noexcept
    : path_(std::exchange(other.path_, Path())) {}

MemoryDirectory::~MemoryDirectory() {
    if (path_.empty()) return;
    std::error_code ignored;
    using Walk = std::filesystem::recursive_directory_iterator;
    for (Walk at(path_, ignored); at != Walk(); at.increment(ignored)) overwrite(at->path());
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace custos::vault
