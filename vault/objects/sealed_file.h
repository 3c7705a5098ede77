// SPDX-License-Identifier: GPL-3.0-or-later
// Sealing one of the user's files into an object, and opening it again. Constant memory, whatever
// the size; the user's file is read once and never changed.
#pragma once

#include <functional>

#include "vault/objects/age_file.h"
#include "vault/objects/object.h"

namespace custos::vault {

// Called from the thread of the caller or a worker of share_out() with bytes done since the last
// call. May throw, to stop.
using Tick = std::function<void(std::uint64_t bytes)>;

struct SealedFile {
    Object object;
    Bytes beginning;  // first bytes of the user's file, for media_type_of(); the caller wipes them
};

// Seals `source` into objects/incoming/. Not durable yet: whoever seals many files makes them
// durable together. Error{failed} if the file changes while it is read; on any Error nothing is
// left.
[[nodiscard]] SealedFile seal_file(const Path& objects, File source, const Tick& tick);
// The same for bytes that lie in memory.
[[nodiscard]] SealedFile seal_bytes(const Path& objects, ByteView plain);

// A sealed object, opened for reading. Error{integrity} if it is missing, is not of the stored
// size, is damaged, or opens with another identity only.
class ObjectFile {
public:
    static ObjectFile in(const Path& objects, const Object& object);
    static ObjectFile at(const Path& file, const Object& object);

    const Object& object() const noexcept { return object_; }
    const AgeFile& file() const noexcept { return file_; }

private:
    ObjectFile(const Path& file, const Object& object);
    Object object_;
    AgeFile file_;
};

// Checks every byte of the sealed file by its tags: faster than its digest, and as certain for
// whoever trusts the log. Several workers; `tick` is called from all of them.
void check_tags(const ObjectFile& object, const Tick& tick);

// Gives the user's file to `sink`, piece by piece, each genuine. At the end its digest is compared
// with the log's: Error{integrity} then means that what was given out is not what was attached.
void open_object(const ObjectFile& object, const std::function<void(ByteView)>& sink);

// Copies the sealed file to the new file `to`, checking every byte of it on the way. Not durable
// yet.
void copy_checked(const ObjectFile& object, const Path& to, const Tick& tick);

}  // namespace custos::vault
