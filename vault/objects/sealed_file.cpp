// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/sealed_file.h"

#include <algorithm>

#include "crypto/error.h"
#include "vault/objects/digest_thread.h"
#include "vault/objects/media_type.h"
#include "vault/objects/padding.h"
#include "vault/objects/workers.h"
#include "vault/os/storage.h"

namespace custos::vault {

namespace age = crypto::age;

namespace {

// Below this, starting a thread costs more than it saves.
constexpr std::uint64_t kDigestThreadFrom = 4 * kBlockSize;

Error changed_while_read(const File& source) {
    return Error{ErrorCode::failed,
                 "cannot attach " + source.name() + ": it changed while it was read",
                 "wait until the program that writes it has finished, and try again"};
}

using Sink = std::function<void(ByteView)>;

void keep_beginning(Bytes& beginning, ByteView block) {
    if (beginning.empty()) {
        beginning = to_bytes(block.first(std::min(block.size(), kSignatureSizeMax)));
    }
}

crypto::Digest seal_large(const File& source, std::uint64_t size, AgeWriter& writer,
                          Bytes& beginning, const Tick& tick) {
    static_assert(DigestThread::kBufferSize == kBlockSize);
    DigestThread digest;
    for (std::uint64_t at = 0; at < size;) {
        const MutableByteView buffer = digest.next_buffer();
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - at));
        if (source.read_at(at, buffer.first(wanted)) != wanted) throw changed_while_read(source);
        const ByteView block = digest.submit(wanted);
        keep_beginning(beginning, block);
        writer.write(block);
        at += wanted;
        tick(wanted);
    }
    return digest.finish();
}

crypto::Digest seal_small(const File& source, std::uint64_t size, AgeWriter& writer,
                          Bytes& beginning, const Tick& tick) {
    crypto::Sha256 digest;
    Bytes buffer(static_cast<std::size_t>(std::min<std::uint64_t>(kBlockSize, size)));
    for (std::uint64_t at = 0; at < size;) {
        const auto wanted =
            static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), size - at));
        if (source.read_at(at, MutableByteView(buffer).first(wanted)) != wanted) {
            throw changed_while_read(source);
        }
        const ByteView block = ByteView(buffer).first(wanted);
        keep_beginning(beginning, block);
        digest.update(block);
        writer.write(block);
        at += wanted;
        tick(wanted);
    }
    wipe(buffer);
    return digest.finish();
}

void write_zeros(AgeWriter& writer, std::uint64_t count) {
    static const Bytes zeros(kBlockSize);
    while (count > 0) {
        const auto now = static_cast<std::size_t>(std::min<std::uint64_t>(zeros.size(), count));
        writer.write(ByteView(zeros).first(now));
        count -= now;
    }
}

// Seals `size` bytes, which `pass` gives to the writer and digests.
SealedFile seal_into(File target, std::uint64_t size,
                     const std::function<crypto::Digest(AgeWriter&, Bytes& beginning)>& pass) {
    const age::Identity identity = age::Identity::random(kObjectKeyKind);
    const std::array recipients = {identity.recipient()};
    const std::uint64_t padded = padded_size(size);
    AgeWriter writer(std::move(target), recipients, padded);
    SealedFile sealed;
    sealed.object.size = size;
    sealed.object.sha256 = pass(writer, sealed.beginning);
    write_zeros(writer, padded - size);
    File done = writer.finish();
    sealed.object.stored_size = writer.file_size();
    sealed.object.identity = to_string(identity.text().reveal());
    set_constant_times(done);
    done.close();
    return sealed;
}

SealedFile seal_source(File target, const File& source, const Tick& tick) {
    const FileState before = state_of(source);
    if (before.size > kObjectSizeMax) {
        throw Error{ErrorCode::usage,
                    "cannot attach " + source.name() + ": it is larger than 64 TiB"};
    }
    return seal_into(std::move(target), before.size, [&](AgeWriter& writer, Bytes& beginning) {
        const auto seal = before.size < kDigestThreadFrom ? seal_small : seal_large;
        const crypto::Digest digest = seal(source, before.size, writer, beginning, tick);
        if (state_of(source) != before) throw changed_while_read(source);
        return digest;
    });
}

// A new object in incoming/, or nothing.
SealedFile new_object(const Path& objects, const std::function<SealedFile(File)>& seal) {
    const std::string name = random_object_name();
    const Path path = incoming_path(objects, name);
    try {
        SealedFile sealed = seal(File::create(path));
        sealed.object.name = name;
        return sealed;
    } catch (const Error&) {
        remove_file(path);
        throw;
    }
}

// The padding is opened too, so that all of the file is known to be genuine.
crypto::Digest open_large(const AgeFile& file, std::uint64_t left, const Sink& sink) {
    AgeBlocks blocks(file);
    DigestThread digest;
    for (std::uint64_t i = 0; i < file.block_count(); ++i) {
        const std::size_t size = blocks.open_into(i, digest.next_buffer());
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(size, left));
        left -= wanted;
        const ByteView block = digest.submit(wanted);
        if (wanted > 0) sink(block);
    }
    return digest.finish();
}

crypto::Digest open_small(const AgeFile& file, std::uint64_t left, const Sink& sink) {
    AgeBlocks blocks(file);
    crypto::Sha256 digest;
    for (std::uint64_t i = 0; i < file.block_count(); ++i) {
        const ByteView block = blocks.open(i);
        const ByteView wanted =
            block.first(static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), left)));
        left -= wanted.size();
        digest.update(wanted);
        if (!wanted.empty()) sink(wanted);
    }
    return digest.finish();
}

AgeFile open_sealed(const Path& path, const Object& object) {
    File file = open_regular(path);
    if (file.size() != object.stored_size) {
        throw Error{ErrorCode::integrity,
                    "the sealed object " + object.name +
                        " has another size than "
                        "the one that was stored",
                    "bring it back from a backup: custos backup restore into a new directory"};
    }
    std::vector<age::Identity> identities;
    if (auto identity = age::Identity::parse(bytes_of(object.identity))) {
        identities.push_back(std::move(*identity));
    }
    try {
        AgeFile opened(std::move(file), identities, "the sealed object");
        if (opened.plain_size() == padded_size(object.size)) return opened;
    } catch (const Error& error) {
        if (error.code() != ErrorCode::wrong_passphrase) throw;
    }
    throw Error{ErrorCode::integrity,
                "the sealed object " + object.name + " is not the one that was stored",
                "bring it back from a backup: custos backup restore into a new directory"};
}

}  // namespace

SealedFile seal_file(const Path& objects, File source, const Tick& tick) {
    return new_object(objects,
                      [&](File target) { return seal_source(std::move(target), source, tick); });
}

SealedFile seal_bytes(const Path& objects, ByteView plain) {
    return new_object(objects, [&](File target) {
        return seal_into(std::move(target), plain.size(), [&](AgeWriter& writer, Bytes& beginning) {
            keep_beginning(beginning, plain);
            writer.write(plain);
            return crypto::sha256(plain);
        });
    });
}

ObjectFile::ObjectFile(const Path& file, const Object& object)
    : object_(object), file_(open_sealed(file, object)) {}

ObjectFile ObjectFile::in(const Path& objects, const Object& object) {
    return {find_object(objects, object.name), object};
}

ObjectFile ObjectFile::at(const Path& file, const Object& object) { return {file, object}; }

void check_tags(const ObjectFile& object, const Tick& tick) {
    const AgeFile& file = object.file();
    share_out(file.block_count(), [&] {
        auto blocks = std::make_shared<AgeBlocks>(file);
        return [blocks, &tick](std::uint64_t index) { tick(blocks->open(index).size()); };
    });
}

void open_object(const ObjectFile& object, const std::function<void(ByteView)>& sink) {
    const auto open = object.object().size < kDigestThreadFrom ? open_small : open_large;
    if (open(object.file(), object.object().size, sink) != object.object().sha256) {
        throw Error{ErrorCode::integrity,
                    "what was in the sealed object " + object.object().name +
                        " is not what the log says was attached",
                    "do not use what was written; restore from a backup"};
    }
}

void copy_checked(const ObjectFile& object, const Path& to, const Tick& tick) {
    const AgeFile& file = object.file();
    try {
        File copy = File::create(to);
        copy_bytes(file.file(), 0, file.header_size(), copy);
        share_out(file.block_count(), [&] {
            auto blocks = std::make_shared<AgeBlocks>(file);
            return [blocks, &copy, &tick](std::uint64_t index) {
                (void)blocks->open(index);
                copy.write_at(blocks->sealed_offset(), blocks->sealed());
                tick(blocks->sealed().size());
            };
        });
        set_constant_times(copy);
        copy.close();
    } catch (const Error&) {
        remove_file(to);
        throw;
    }
}

}  // namespace custos::vault
