// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 beside the work: one thread hashes the blocks that another one reads and seals. The
// digest is the slowest step of sealing a large file, and cannot be split.
//
//   while (...) {
//       const MutableByteView buffer = digest.next_buffer();   // waits for a free one
//       ... fill it ...
//       const ByteView block = digest.submit(size);            // hashed from now on; read it as
//       you like
//       ... use block, until the next next_buffer() ...
//   }
//   digest.finish();
#pragma once

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "crypto/bytes.h"
#include "crypto/hash.h"

namespace custos::vault {

class DigestThread {
public:
    static constexpr std::size_t kBufferSize = 512 * 1024;
    static constexpr std::size_t kBuffers = 6;

    DigestThread();
    DigestThread(const DigestThread&) = delete;
    DigestThread& operator=(const DigestThread&) = delete;
    ~DigestThread();

    MutableByteView next_buffer();
    ByteView submit(std::size_t size);
    [[nodiscard]] crypto::Digest finish();

private:
    void run();
    void end_and_join();

    crypto::Sha256 hash_;
    std::array<Bytes, kBuffers> buffers_;
    std::array<std::size_t, kBuffers> sizes_{};
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t submitted_ = 0;
    std::size_t hashed_ = 0;
    bool ended_ = false;
    std::thread thread_;  // last: starts when the rest is there
};

}  // namespace custos::vault
