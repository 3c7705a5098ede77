// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/age_file.h"

#include <algorithm>

#include "crypto/error.h"
#include "vault/os/storage.h"

namespace custos::vault {

namespace age = crypto::age;

namespace {

constexpr std::uint64_t kWritebackSize = 8 * 1024 * 1024;
constexpr std::size_t kHeaderFirstRead = 4 * 1024;  // two post-quantum recipients fit

Error damaged(const std::string& what, const std::string& name, const std::string& why) {
    return Error{ErrorCode::integrity, what + " " + name + " " + why};
}

// The parsed header; `file_size` bounds what is read.
age::Header read_age_header(const File& file, std::uint64_t file_size, const std::string& what) {
    const auto most =
        static_cast<std::size_t>(std::min<std::uint64_t>(file_size, age::kHeaderSizeMax));
    Bytes beginning;
    for (std::size_t wanted = std::min(kHeaderFirstRead, most);; wanted = most) {
        beginning.resize(wanted);
        beginning.resize(file.read_at(0, beginning));
        age::ReadHeader read = age::read_header(beginning);
        if (read.state == age::HeaderState::complete) return std::move(read.header);
        if (read.state == age::HeaderState::malformed || wanted == most) {
            throw damaged(what, file.name(), "is not an age file, or its header is damaged");
        }
    }
}

}  // namespace

// ---- writing -----------------------------------------------------------------------------------

AgeWriter::AgeWriter(File file, std::span<const age::Recipient> recipients,
                     std::uint64_t expected_size)
    : AgeWriter(std::move(file), age::seal_header(recipients),
                static_cast<std::size_t>(
                    std::min<std::uint64_t>(age::chunk_count(expected_size), kBlockChunks))) {}

AgeWriter::AgeWriter(File file, age::SealedHeader header, std::size_t chunks)
    : file_(std::move(file)),
      cipher_(header.key),
      plain_(chunks * age::kChunkSize),
      sealed_(chunks * age::kSealedChunkSize) {
    file_.write(header.bytes);
    at_ = header.bytes.size();
}

AgeWriter::~AgeWriter() { wipe(plain_); }

void AgeWriter::write(ByteView plain) {
    while (!plain.empty()) {
        if (filled_ == plain_.size()) seal_block(age::Last::no);
        const std::size_t taken = std::min(plain.size(), plain_.size() - filled_);
        std::copy_n(plain.begin(), taken, plain_.begin() + static_cast<std::ptrdiff_t>(filled_));
        filled_ += taken;
        plain = plain.subspan(taken);
    }
}

void AgeWriter::seal_block(age::Last last) {
    std::size_t sealed = 0;
    std::size_t done = 0;
    do {
        const std::size_t size = std::min(age::kChunkSize, filled_ - done);
        const bool at_end = last == age::Last::yes && done + size == filled_;
        cipher_.seal(next_chunk_++, at_end ? age::Last::yes : age::Last::no,
                     ByteView(plain_).subspan(done, size),
                     MutableByteView(sealed_).subspan(sealed, size + age::kChunkTagSize));
        done += size;
        sealed += size + age::kChunkTagSize;
    } while (done < filled_);
    file_.write(ByteView(sealed_).first(sealed));
    at_ += sealed;
    filled_ = 0;
    if (at_ - written_back_ >= kWritebackSize) {
        start_writeback(file_, written_back_, at_ - written_back_);
        written_back_ = at_;
    }
}

File AgeWriter::finish() {
    seal_block(age::Last::yes);
    return std::move(file_);
}

// ---- reading -----------------------------------------------------------------------------------

AgeFile::AgeFile(File file, std::span<const age::Identity> identities, const std::string& what)
    : file_(std::move(file)), what_(what), file_size_(file_.size()) {
    const age::Header header = read_age_header(file_, file_size_, what_);
    age::OpenedHeader opened = age::open_header(header, identities);
    switch (opened.verdict) {
        case age::Verdict::success: break;
        case age::Verdict::no_match:
            throw Error{ErrorCode::wrong_passphrase, "cannot open " + what_ + " " + file_.name() +
                                                         ": it is sealed to another key"};
        case age::Verdict::hmac_failure:
        case age::Verdict::header_failure:
        case age::Verdict::payload_failure:
        case age::Verdict::armor_failure:
            throw damaged(what_, file_.name(), "has a changed header");
    }
    header_size_ = header.size();
    const auto plain = age::plain_size(file_size_ - header_size_);
    if (!plain) throw damaged(what_, file_.name(), "is cut off");
    plain_size_ = *plain;
    key_ = std::move(opened.key);
}

std::uint64_t AgeFile::block_count() const noexcept {
    return plain_size_ == 0 ? 1 : (plain_size_ - 1) / kBlockSize + 1;
}

AgeBlocks::AgeBlocks(const AgeFile& file)
    : file_(file),
      cipher_(*file.key_),
      sealed_(std::min<std::uint64_t>(kBlockChunks * age::kSealedChunkSize, file.file_size())),
      plain_() {}

AgeBlocks::~AgeBlocks() { wipe(plain_); }

ByteView AgeBlocks::open(std::uint64_t block) {
    plain_.resize(
        static_cast<std::size_t>(std::min<std::uint64_t>(kBlockSize, file_.plain_size())));
    const std::size_t size = open_into(block, plain_);
    return ByteView(plain_).first(size);
}

std::size_t AgeBlocks::open_into(std::uint64_t block, MutableByteView out) {
    const std::uint64_t first_chunk = block * kBlockChunks;
    const std::uint64_t chunks = age::chunk_count(file_.plain_size());
    const std::uint64_t plain_left = file_.plain_size() - block * kBlockSize;
    const auto plain = static_cast<std::size_t>(std::min<std::uint64_t>(kBlockSize, plain_left));
    const auto here =
        static_cast<std::size_t>(std::min<std::uint64_t>(kBlockChunks, chunks - first_chunk));

    sealed_offset_ = file_.header_size_ + age::sealed_chunk_at(first_chunk);
    sealed_size_ = plain + here * age::kChunkTagSize;
    const MutableByteView sealed = MutableByteView(sealed_).first(sealed_size_);
    if (file_.file_.read_at(sealed_offset_, sealed) != sealed_size_) {
        throw damaged(file_.what_, file_.file_.name(), "became shorter while it was read");
    }
    for (std::size_t i = 0; i < here; ++i) {
        const std::size_t size = std::min(age::kChunkSize, plain - i * age::kChunkSize);
        const auto last = first_chunk + i + 1 == chunks ? age::Last::yes : age::Last::no;
        if (!cipher_.open(first_chunk + i, last,
                          sealed.subspan(i * age::kSealedChunkSize, size + age::kChunkTagSize),
                          out.subspan(i * age::kChunkSize, size))) {
            throw damaged(file_.what_, file_.file_.name(), "was changed or is damaged");
        }
    }
    return plain;
}

}  // namespace custos::vault
