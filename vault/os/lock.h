// SPDX-License-Identifier: GPL-3.0-or-later
// One writer, or many readers, per vault.
//
// An open-file-description lock (fcntl F_OFD_SETLK) on the file "lock": it belongs to the
// descriptor and dies with the process, so it is never stale. Taking it does not wait.
#pragma once

#include "vault/os/file.h"

namespace custos::vault {

enum class Access { read, write };

class Lock {
public:
    // Makes the file if it is missing. Error{busy} if another process holds it in a way that does
    // not go together with `access`.
    Lock(const Path& file, Access access);
    Lock(Lock&& other) noexcept;
    Lock& operator=(Lock&& other) noexcept;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    ~Lock();

private:
    int descriptor_ = -1;
};

}  // namespace custos::vault
