// SPDX-License-Identifier: GPL-3.0-or-later
// A file for what leaves the vault: 0600, whole or not there at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/hash.h"
#include "vault/os/file.h"

namespace custos::vault {

enum class Existing { refuse, replace };

class OutputFile {
public:
    // Opens a file of another name beside `path`. Error{conflict} if `path` is there and is not to
    // be replaced, or is no regular file.
    OutputFile(Path path, Existing existing);
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;
    // Removes what was written, unless publish() was called.
    ~OutputFile();

    void write(std::string_view bytes);
    // On the disk, though not under its name yet. Gives the digest of all of it.
    [[nodiscard]] crypto::Digest finish();
    // Under its name, durably.
    void publish();

private:
    void flush();

    Path path_;
    Path temporary_;
    Existing existing_;
    std::optional<File> file_;
    std::string waiting_;
    crypto::Sha256 digest_;
    bool published_ = false;
};

}  // namespace custos::vault
