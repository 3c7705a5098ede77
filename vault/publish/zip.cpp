// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/zip.h"

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <system_error>
#include <utility>

#include <zlib.h>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"

namespace custos::vault::publish {
namespace {

// APPNOTE.TXT 4.3.7, 4.3.12 and 4.3.16. A local header and its entry in the directory share what
// stands between the version and the length of the extra field.
constexpr std::uint32_t kLocalSignature = 0x04034B50;      // "PK\3\4"
constexpr std::uint32_t kDirectorySignature = 0x02014B50;  // "PK\1\2"
constexpr std::uint32_t kEndSignature = 0x06054B50;        // "PK\5\6"
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kDirectorySize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kSharedSize = 26;
static_assert(kLocalSize == 4 + kSharedSize);

constexpr unsigned kStored = 0;
constexpr unsigned kDeflated = 8;
constexpr unsigned kVersion = 20;
constexpr unsigned kFirstDay = (1U << 5U) | 1U;  // 1980-01-01, the first that DOS knows
// How hard it was compressed, and that names are UTF-8: what ASCII is.
constexpr unsigned kHarmlessFlags = 0x0806;
constexpr unsigned kUnix = 3;  // who made an entry, and so what its attributes mean
constexpr unsigned kFileType = 0170000;
constexpr unsigned kRegularFile = 0100000;
constexpr unsigned kDosFolder = 0x10;

constexpr std::size_t kPiece = 256 * 1024;

class Writer {
public:
    Writer& u16(std::uint64_t value) { return little(value, 2); }
    Writer& u32(std::uint64_t value) { return little(value, 4); }
    Writer& raw(ByteView bytes) {
        append(bytes_, bytes);
        return *this;
    }
    const Bytes& bytes() const { return bytes_; }

private:
    Writer& little(std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i, value >>= 8U)
            bytes_.push_back(static_cast<std::uint8_t>(value));
        return *this;
    }
    Bytes bytes_;
};

std::uint32_t u16_at(ByteView bytes, std::size_t at) {
    return static_cast<std::uint32_t>(bytes[at]) | static_cast<std::uint32_t>(bytes[at + 1]) << 8U;
}
std::uint32_t u32_at(ByteView bytes, std::size_t at) {
    return u16_at(bytes, at) | u16_at(bytes, at + 2) << 16U;
}

std::uint32_t crc_of(std::uint32_t crc, ByteView piece) {
    return static_cast<std::uint32_t>(crc32_z(crc, piece.data(), piece.size()));
}

using Listed = ZipReader::Listed;

// The first entry of a directory; nothing if it is none.
std::optional<Listed> listed_at(ByteView bytes) {
    if (bytes.size() < kDirectorySize || u32_at(bytes, 0) != kDirectorySignature)
        return std::nullopt;
    const std::size_t length = u16_at(bytes, 28);
    if (bytes.size() < kDirectorySize + length) return std::nullopt;
    Listed listed;
    listed.name = to_string(bytes.subspan(kDirectorySize, length));
    listed.offset = u32_at(bytes, 42);
    listed.shared = to_bytes(bytes.subspan(6, kSharedSize));
    const unsigned type = u16_at(bytes, 40) & kFileType;
    listed.is_special =
        (bytes[38] & kDosFolder) != 0 || (bytes[5] == kUnix && type != 0 && type != kRegularFile);
    listed.has_more = u32_at(bytes, 32) != 0;  // a comment, other parts
    return listed;
}

// One file behind what was written so far. It is read twice: its CRC stands before it.
Listed append_file(File& to, std::uint64_t offset, const Path& path) {
    Bytes buffer(kPiece);
    const auto each_piece = [&](auto&& take) {
        File file = File::open(path);
        for (std::size_t got = file.read(buffer); got > 0; got = file.read(buffer))
            take(ByteView{buffer}.first(got));
    };
    std::uint32_t crc = 0;
    std::uint64_t size = 0;
    each_piece([&](ByteView piece) {
        crc = crc_of(crc, piece);
        size += piece.size();
    });
    Listed listed;
    listed.name = path.filename().string();
    listed.offset = offset;
    Writer shared;
    shared.u16(kVersion).u16(0).u16(kStored).u16(0).u16(kFirstDay);
    shared.u32(crc).u32(size).u32(size).u16(listed.name.size()).u16(0);
    listed.shared = shared.bytes();
    to.write(Writer().u32(kLocalSignature).raw(listed.shared).raw(bytes_of(listed.name)).bytes());
    std::uint64_t written = 0;
    std::uint32_t again = 0;
    each_piece([&](ByteView piece) {
        to.write(piece);
        again = crc_of(again, piece);
        written += piece.size();
    });
    if (written != size || again != crc)
        throw Error{ErrorCode::failed, "cannot write the ZIP file: a file changed meanwhile"};
    return listed;
}

void write_entries(File& to, const Path& directory, const std::vector<std::string>& names) {
    std::uint64_t offset = 0;
    Writer tail;
    for (const std::string& name : names) {
        const Listed listed = append_file(to, offset, directory / name);
        tail.u32(kDirectorySignature).u16(kVersion).raw(listed.shared);
        tail.u16(0).u16(0).u16(0).u32(0).u32(listed.offset).raw(bytes_of(name));
        offset += kLocalSize + name.size() + u32_at(listed.shared, 14);
    }
    const std::uint64_t length = tail.bytes().size();
    tail.u32(kEndSignature).u16(0).u16(0).u16(names.size()).u16(names.size());
    tail.u32(length).u32(offset).u16(0);
    to.write(tail.bytes());
}

std::uint64_t zip_size_of(const Path& directory, const std::vector<std::string>& names) {
    std::uint64_t size = kEndSize;
    for (const std::string& name : names) {
        size += kLocalSize + kDirectorySize + 2 * name.size() +
                std::filesystem::file_size(directory / name);
    }
    return size;
}

std::string lower_case(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

class Inflater {
public:
    Inflater() {
        if (inflateInit2(&stream_, -15) != Z_OK)
            throw Error{ErrorCode::failed, "cannot read the ZIP file: zlib refused"};
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;
    ~Inflater() { inflateEnd(&stream_); }
    z_stream& stream() { return stream_; }

private:
    z_stream stream_{};
};

}  // namespace

void write_zip(const Path& directory, const Path& file) {
    const std::string shown = file.filename().string();
    const auto cannot = [&](const char* why) { return "cannot write " + shown + ": " + why; };
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, ignored))) {
        throw Error{ErrorCode::conflict, cannot("it exists already"),
                    "name a file that does not exist yet"};
    }
    const std::vector<std::string> names = names_in(directory);
    if (names.size() > kZipEntriesMax || zip_size_of(directory, names) > kZipSizeMax) {
        throw Error{ErrorCode::refused, cannot("it would have more than 4 GiB, or 1024 files"),
                    "give the folder away as it is"};
    }
    const Path folder = file.has_parent_path() ? file.parent_path() : Path(".");
    const Path staged = folder / ("." + shown + ".tmp." + crypto::hex(crypto::random_bytes(8)));
    try {
        File to = File::create(staged);
        write_entries(to, directory, names);
        to.sync();
        to.close();
        rename_durably(staged, file);
    } catch (const Error&) {
        std::filesystem::remove(staged, ignored);
        throw;
    }
}

ZipReader::ZipReader(Source source, std::string shown)
    : source_(std::move(source)), shown_(std::move(shown)) {
    if (source_.size < kEndSize) refuse("it is no ZIP file");
    if (source_.size > kZipSizeMax) refuse("it is longer than 4 GiB");
    const std::uint64_t end = source_.size - kEndSize;
    const Bytes tail = bytes_at(end, kEndSize);
    if (u32_at(tail, 0) != kEndSignature) refuse("it is no ZIP file, or has a comment");
    const std::size_t count = u16_at(tail, 10);
    const std::uint64_t length = u32_at(tail, 12);
    const std::uint64_t begin = u32_at(tail, 16);
    if (u32_at(tail, 4) != 0 || u16_at(tail, 8) != count || u16_at(tail, 20) != 0)
        refuse("it is one part of several, or has a comment");
    if (count > kZipEntriesMax) refuse("it has more than 1024 files");
    if (begin + length != end || length > count * (kDirectorySize + kFileNameMax))
        refuse("its directory is not where it says");
    read_directory(begin, end, count);
}

ZipReader ZipReader::open(const Path& path) {
    const auto file = std::make_shared<File>(File::open(path));
    const std::string shown = path.filename().string();
    return {{file->size(),
             [file](std::uint64_t offset, MutableByteView out) {
                 if (file->read_at(offset, out) != out.size())
                     throw Error{ErrorCode::failed, "a file changed while it was read"};
             }},
            shown};
}

// Files follow one another from the first byte to the directory, in its order.
void ZipReader::read_directory(std::uint64_t begin, std::uint64_t end, std::size_t count) {
    const Bytes all = bytes_at(begin, end - begin);
    ByteView rest = all;
    std::set<std::string> lower;
    std::uint64_t next = 0;
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto listed = listed_at(rest);
        if (!listed) refuse("its directory is damaged");
        if (!is_file_name(listed->name)) refuse("a name in it is no name of a file");
        if (!lower.insert(lower_case(listed->name)).second) refuse("two files in it have one name");
        const Entry entry = entry_of(*listed);
        if ((total += entry.size) > kZipSizeMax) refuse("more than 4 GiB are in it");
        if (listed->offset != next || entry.data + entry.stored > begin)
            refuse(listed->name + " is not where its directory says");
        Bytes wanted = Writer().u32(kLocalSignature).raw(listed->shared).bytes();
        append(wanted, listed->name);
        if (bytes_at(next, wanted.size()) != wanted)
            refuse("its directory says of " + listed->name + " what its beginning does not");
        entries_.emplace(listed->name, entry);
        next = entry.data + entry.stored;
        rest = rest.subspan(kDirectorySize + listed->name.size());
    }
    if (!rest.empty() || next != begin) refuse("there is something between its files");
}

// Error{integrity} unless it is a file, stored or deflated and nothing else.
ZipReader::Entry ZipReader::entry_of(const Listed& listed) const {
    const ByteView shared = listed.shared;
    const Entry entry{listed.offset + kLocalSize + listed.name.size(), u32_at(shared, 14),
                      u32_at(shared, 18), u32_at(shared, 10), u16_at(shared, 4) == kDeflated};
    if (listed.is_special) refuse(listed.name + " in it is no file");
    if (listed.has_more || u16_at(shared, 24) != 0)
        refuse("it holds more than files: " + listed.name);
    if (u16_at(shared, 0) > kVersion || (u16_at(shared, 2) & ~kHarmlessFlags) != 0 ||
        (!entry.is_deflated && u16_at(shared, 4) != kStored)) {
        refuse(listed.name + " in it is encrypted, streamed or compressed in a way not known here");
    }
    if (!entry.is_deflated && entry.stored != entry.size) refuse(listed.name + " has two sizes");
    if (entry.size > kZipSmall && entry.size > entry.stored * kZipRatioMax)
        refuse(listed.name + " would become more than 100 times as long");
    return entry;
}

std::vector<std::string> ZipReader::names() const {
    std::vector<std::string> names;
    for (const auto& [name, entry] : entries_) names.push_back(name);
    return names;
}

std::optional<Bytes> ZipReader::read(const std::string& name, std::size_t limit) const {
    const auto found = entries_.find(name);
    if (found == entries_.end() || found->second.size > limit) return std::nullopt;
    Bytes bytes;
    each_piece(found->second, [&](ByteView piece) { append(bytes, piece); });
    return bytes;
}

std::optional<PackageReader::Facts> ZipReader::facts(const std::string& name) const {
    const auto found = entries_.find(name);
    if (found == entries_.end()) return std::nullopt;
    const Entry& entry = found->second;
    return facts_of(entry.size, [&](const Take& take) { return each_piece(entry, take); });
}

std::uint64_t ZipReader::each_piece(const Entry& entry, const Take& take) const {
    std::uint32_t crc = 0;
    const Take check = [&](ByteView piece) {
        crc = crc_of(crc, piece);
        take(piece);
    };
    const std::uint64_t size =
        entry.is_deflated ? each_inflated(entry, check) : each_stored(entry, check);
    if (size != entry.size || crc != entry.crc) refuse("a file in it is damaged");
    return size;
}

std::uint64_t ZipReader::each_stored(const Entry& entry, const Take& take) const {
    for (std::uint64_t at = 0; at < entry.stored; at += kPiece)
        take(bytes_at(entry.data + at, std::min<std::uint64_t>(kPiece, entry.stored - at)));
    return entry.stored;
}

// One stream of deflate that takes up all that is stored, and never more than it says it becomes.
std::uint64_t ZipReader::each_inflated(const Entry& entry, const Take& take) const {
    Inflater inflater;
    z_stream& stream = inflater.stream();
    Bytes out(kPiece);
    std::uint64_t size = 0;
    int state = Z_OK;
    for (std::uint64_t at = 0; at < entry.stored; at += kPiece) {
        Bytes in = bytes_at(entry.data + at, std::min<std::uint64_t>(kPiece, entry.stored - at));
        stream.next_in = in.data();
        stream.avail_in = static_cast<uInt>(in.size());
        do {
            stream.next_out = out.data();
            stream.avail_out = static_cast<uInt>(out.size());
            state = inflate(&stream, Z_NO_FLUSH);
            const std::size_t got = out.size() - stream.avail_out;
            if ((size += got) > entry.size) refuse("a file in it is longer than it says");
            take(ByteView{out}.first(got));
        } while (state == Z_OK && (stream.avail_in > 0 || stream.avail_out == 0));
        if (state != Z_OK && state != Z_BUF_ERROR) break;
    }
    const bool is_whole =
        state == Z_STREAM_END && stream.avail_in == 0 && stream.total_in == entry.stored;
    if (!is_whole) refuse("a file in it is damaged");
    return size;
}

Bytes ZipReader::bytes_at(std::uint64_t offset, std::uint64_t count) const {
    if (offset > source_.size || count > source_.size - offset) refuse("it ends too early");
    Bytes bytes(count);
    source_.read(offset, bytes);
    return bytes;
}

void ZipReader::refuse(const std::string& why) const {
    throw Error{ErrorCode::integrity, "cannot read " + shown_ + ": " + why,
                "get it again from its publisher; if another program packed it, unpack it, and "
                "verify the folder"};
}

}  // namespace custos::vault::publish
