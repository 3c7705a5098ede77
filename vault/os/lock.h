// SPDX-License-Identifier: GPL-3.0-or-later
// One writer, or many readers, per vault.
//
// An open-file-description lock (fcntl F_OFD_SETLK) on the file "lock": it belongs to the
// descriptor and dies with the process, so it is never stale. Taking it does not wait.
#pragma once

#include <cstdint>
#include <optional>

#include "vault/os/file.h"

namespace custos::vault {

enum class Access { read, write };

class Lock {
public:
    // Makes the file if it is missing. Error{busy} if another process holds it in a way that does
    // not go together with `access`.
    Lock(const Path& file, Access access);
    // One byte of a file, anywhere in it, for this process alone: many small locks in one file.
    // Nothing if another one has it.
    static std::optional<Lock> try_byte(const Path& file, std::uint64_t offset);
    Lock(Lock&& other) noexcept;
    Lock& operator=(Lock&& other) noexcept;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock();

private:
    Lock() = default;
    int descriptor_ = -1;
};

}  // namespace custos::vault
