// SPDX-License-Identifier: GPL-3.0-or-later
// age files on a disk, written and read in constant memory. Sealed objects and backup segments are
// both of this kind; what is in them is their own affair.
#pragma once

#include <cstdint>
#include <span>

#include "crypto/age/age.h"
#include "vault/os/file.h"

namespace custos::vault {

// Plaintext is read in blocks of this size, the last one shorter.
inline constexpr std::size_t kBlockChunks = 8;
inline constexpr std::size_t kBlockSize = kBlockChunks * crypto::age::kChunkSize;

// Writes a new age file from its beginning to its end.
class AgeWriter {
public:
    // `file` is new and empty. `expected_size` of the plaintext saves memory when it is small; it
    // binds nobody. Errors as crypto::age::seal_header().
    AgeWriter(File file, std::span<const crypto::age::Recipient> recipients,
              std::uint64_t expected_size = kBlockSize);
    AgeWriter(const AgeWriter&) = delete;
    AgeWriter& operator=(const AgeWriter&) = delete;
    ~AgeWriter();

    void write(ByteView plain);
    // The last chunk is written; nothing may follow. Whether and how it becomes durable is up to
    // the caller, who gets the file back.
    [[nodiscard]] File finish();

    std::uint64_t file_size() const noexcept { return at_; }

private:
    AgeWriter(File file, crypto::age::SealedHeader header, std::size_t chunks);
    void seal_block(crypto::age::Last last);

    File file_;
    crypto::age::ChunkCipher cipher_;
    Bytes plain_;  // waits: only what follows shows whether a chunk is the last
    Bytes sealed_;
    std::size_t filled_ = 0;
    std::uint64_t next_chunk_ = 0;
    std::uint64_t at_ = 0;
    std::uint64_t written_back_ = 0;
};

// An age file whose header has been opened. Blocks are read with AgeBlocks.
class AgeFile {
public:
    // Error{wrong_passphrase} if none of the identities opens it; Error{integrity} if it is no age
    // file, cut off, or its header was changed. `what` names it in messages: "object", "segment".
    AgeFile(File file, std::span<const crypto::age::Identity> identities, const std::string& what);

    std::uint64_t plain_size() const noexcept { return plain_size_; }
    std::uint64_t file_size() const noexcept { return file_size_; }
    std::uint64_t header_size() const noexcept { return header_size_; }
    std::uint64_t block_count() const noexcept;
    const File& file() const noexcept { return file_; }

private:
    friend class AgeBlocks;
    File file_;
    std::string what_;
    std::uint64_t file_size_ = 0;
    std::uint64_t header_size_ = 0;
    std::uint64_t plain_size_ = 0;
    std::optional<crypto::age::PayloadKey> key_;
};

// Reads the blocks of an AgeFile, which must outlive it, in any order. For one thread: a second
// worker makes a second one.
class AgeBlocks {
public:
    explicit AgeBlocks(const AgeFile& file);
    AgeBlocks(const AgeBlocks&) = delete;
    AgeBlocks& operator=(const AgeBlocks&) = delete;
    ~AgeBlocks();

    // The plaintext of a block, genuine: whoever sealed the file wrote it there. Valid until the
    // next call. Error{integrity} if a bit of it was changed, or bytes are missing.
    ByteView open(std::uint64_t block);
    // Likewise, into `out`, which has room for kBlockSize bytes. Returns how many there are.
    std::size_t open_into(std::uint64_t block, MutableByteView out);
    // The bytes of the file that the block opened last was read from: where, and what.
    std::uint64_t sealed_offset() const noexcept { return sealed_offset_; }
    ByteView sealed() const noexcept { return ByteView(sealed_).first(sealed_size_); }

private:
    const AgeFile& file_;
    crypto::age::ChunkCipher cipher_;
    Bytes sealed_;
    Bytes plain_;
    std::size_t sealed_size_ = 0;
    std::uint64_t sealed_offset_ = 0;
};

}  // namespace custos::vault
