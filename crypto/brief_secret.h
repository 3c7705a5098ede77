// SPDX-License-Identifier: GPL-3.0-or-later
// A secret for the length of one operation: in ordinary memory (the stack, mostly), wiped by its
// owner. Not locked, not between guard pages: those cost 20 us each, more than most of what is done
// with a key that wraps one other key. What is held for longer is a Secret (crypto/secret.h).
#pragma once

#include <array>
#include <cstddef>
#include <cstring>
#include <span>

#include "crypto/bytes.h"
#include "crypto/secret.h"

namespace custos {

// N bytes, zero at first. `Kind` is a name only, as with Secret. Can be moved, not copied: the
// bytes are copied and the source wiped.
template <class Kind, std::size_t N>
class BriefSecret {
public:
    static constexpr std::size_t kSize = N;

    BriefSecret() noexcept = default;
    explicit BriefSecret(std::span<const std::uint8_t, N> copy_of) noexcept {
        std::memcpy(bytes_.data(), copy_of.data(), N);
    }
    static BriefSecret random() noexcept {
        BriefSecret fresh;
        detail::fill_random(fresh.bytes_);
        return fresh;
    }

    BriefSecret(BriefSecret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
    BriefSecret& operator=(BriefSecret&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            wipe(other.bytes_);
        }
        return *this;
    }
    BriefSecret(const BriefSecret&) = delete;
    BriefSecret& operator=(const BriefSecret&) = delete;
    ~BriefSecret() { wipe(bytes_); }

    std::span<const std::uint8_t, N> reveal() const noexcept { return bytes_; }
    std::span<std::uint8_t, N> reveal() noexcept { return bytes_; }
    BriefSecret duplicate() const noexcept { return BriefSecret(reveal()); }

private:
    std::array<std::uint8_t, N> bytes_{};
};

}  // namespace custos
