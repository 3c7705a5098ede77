// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/digest_thread.h"

#include "crypto/secret.h"

namespace custos::vault {

DigestThread::DigestThread() {
    for (Bytes& buffer : buffers_) buffer.resize(kBufferSize);
    thread_ = std::thread([this] { run(); });
}

DigestThread::~DigestThread() {
    end_and_join();
    for (Bytes& buffer : buffers_) wipe(buffer);
}

void DigestThread::end_and_join() {
    {
        const std::lock_guard guard(mutex_);
        ended_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) thread_.join();
}

MutableByteView DigestThread::next_buffer() {
    std::unique_lock guard(mutex_);
    changed_.wait(guard, [this] { return submitted_ - hashed_ < kBuffers; });
    return buffers_[submitted_ % kBuffers];
}

ByteView DigestThread::submit(std::size_t size) {
    const std::lock_guard guard(mutex_);
    const std::size_t slot = submitted_++ % kBuffers;
    sizes_[slot] = size;
    changed_.notify_all();
    return ByteView(buffers_[slot]).first(size);
}

void DigestThread::run() {
    std::unique_lock guard(mutex_);
    for (;;) {
        changed_.wait(guard, [this] { return ended_ || hashed_ < submitted_; });
        if (hashed_ == submitted_) return;
        const std::size_t slot = hashed_ % kBuffers;
        const ByteView block = ByteView(buffers_[slot]).first(sizes_[slot]);
        guard.unlock();
        hash_.update(block);
        guard.lock();
        ++hashed_;
        changed_.notify_all();
    }
}

crypto::Digest DigestThread::finish() {
    end_and_join();
    return hash_.finish();
}

}  // namespace custos::vault
