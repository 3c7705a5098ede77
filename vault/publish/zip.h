// SPDX-License-Identifier: GPL-3.0-or-later
// A package as one file: ZIP, as little of it as is needed. docs/formats/package.md has the rules.
//
// Programs read the same ZIP file differently: one by its directory at the end, another from the
// beginning, one takes the first of two equal names and another the last. What is read here can be
// read one way only, and anything else is refused: no paths, no two names that are one on some
// system, no byte that is in no file.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "vault/os/file.h"
#include "vault/publish/verify.h"

namespace custos::vault::publish {

inline constexpr std::size_t kZipEntriesMax = 1024;
inline constexpr std::uint64_t kZipSizeMax = 0xFFFF'FFFE;  // of all; of what is in it, together
inline constexpr std::uint64_t kZipSmall = 1024 * 1024;    // an entry up to here has any ratio
inline constexpr std::uint64_t kZipRatioMax = 100;         // larger ones: size to what is stored
inline constexpr const char* kZipSuffix = ".zip";

// Makes `file`, which must not exist, of all files in `directory`, which has files alone: stored,
// sorted by name, without dates, owners or modes, so that the same files give the same bytes. Whole
// and durable when it returns, else not there. Error{conflict} if there is something of that name,
// Error{refused} if it would be longer than kZipSizeMax.
void write_zip(const Path& directory, const Path& file);

class ZipReader final : public PackageReader {
public:
    // Where the bytes come from: reads at an offset until the view is full.
    struct Source {
        std::uint64_t size = 0;
        std::function<void(std::uint64_t offset, MutableByteView out)> read;
    };
    // Error{integrity} for anything but such a ZIP file. `shown` is its name in messages.
    ZipReader(Source source, std::string shown);
    static ZipReader open(const Path& file);

    // One entry of the directory.
    struct Listed {
        std::string name;
        std::uint64_t offset = 0;
        Bytes shared;  // what its directory entry and its local header both say
        bool is_special = false;
        bool has_more = false;
    };

    std::vector<std::string> names() const override;
    // They check what they read by its CRC: Error{integrity} where it is wrong.
    std::optional<Bytes> read(const std::string& name, std::size_t limit) const override;
    std::optional<Facts> facts(const std::string& name) const override;

private:
    struct Entry {
        std::uint64_t data = 0;  // offset
        std::uint64_t stored = 0;
        std::uint64_t size = 0;
        std::uint32_t crc = 0;
        bool is_deflated = false;
    };
    Entry entry_of(const Listed& listed) const;
    void read_directory(std::uint64_t begin, std::uint64_t end, std::size_t count);
    std::uint64_t each_piece(const Entry& entry, const Take& take) const;
    std::uint64_t each_inflated(const Entry& entry, const Take& take) const;
    std::uint64_t each_stored(const Entry& entry, const Take& take) const;
    Bytes bytes_at(std::uint64_t offset, std::uint64_t count) const;
    [[noreturn]] void refuse(const std::string& why) const;

    Source source_;
    std::string shown_;
    std::map<std::string, Entry> entries_;
};

}  // namespace custos::vault::publish
