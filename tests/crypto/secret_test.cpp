// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/secret.h"

#include <array>
#include <csignal>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include <catch2/catch_test_macros.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/kdf.h"
#include "crypto/seal.h"

namespace custos {
namespace {

using Key = Secret<struct KeyKind, 32>;
using OtherKey = Secret<struct OtherKeyKind, 32>;

// Moved, never copied; and one kind of key does not pass for another.
static_assert(!std::is_copy_constructible_v<Key> && !std::is_copy_assignable_v<Key>);
static_assert(!std::is_copy_constructible_v<SecretBytes> &&
              !std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<Key> && std::is_nothrow_move_assignable_v<Key>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes> &&
              std::is_nothrow_move_assignable_v<SecretBytes>);
static_assert(!std::is_convertible_v<Key, OtherKey> && !std::is_constructible_v<OtherKey, Key>);
static_assert(!std::is_constructible_v<crypto::SealingKey, crypto::MasterKey>);
// Nothing turns into a secret, or out of one, by itself.
static_assert(!std::is_convertible_v<ByteView, Key> && !std::is_convertible_v<Key, ByteView>);
static_assert(!std::is_convertible_v<ByteView, SecretBytes>);
static_assert(!std::is_convertible_v<SecretBytes, ByteView>);

// The signal that ends a child which runs `touch`, or 0.
template <class Touch>
int signal_of(Touch touch) {
    const pid_t child = fork();
    if (child == 0) {
        for (const int number : {SIGSEGV, SIGABRT, SIGBUS}) std::signal(number, SIG_DFL);
        touch();
        _exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kSanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#else
constexpr bool kSanitized = false;
#endif

TEST_CASE("a secret starts as zeros, or as the copy of exactly its size", "[crypto][secret]") {
    const Bytes wanted(32, 7);
    CHECK(to_bytes(Key().reveal()) == Bytes(32, 0));
    CHECK(to_bytes(Key(wanted).reveal()) == wanted);
    CHECK(to_bytes(SecretBytes(ByteView(wanted)).reveal()) == wanted);
    for (const std::size_t size : {0U, 1U, 31U, 33U, 64U}) {
        CHECK_THROWS_AS(Key(ByteView(Bytes(size))), std::length_error);
    }
}

TEST_CASE("a random secret differs from the next one", "[crypto][secret]") {
    CHECK(to_bytes(Key::random().reveal()) != to_bytes(Key::random().reveal()));
}

TEST_CASE("a moved secret leaves its old owner empty", "[crypto][secret]") {
    SecretBytes from(bytes_of("passphrase"));
    const std::uint8_t* const where = from.reveal().data();

    SecretBytes to(std::move(from));
    CHECK(to.reveal().data() == where);
    CHECK(from.empty());  // NOLINT(bugprone-use-after-move): that is what is asked

    SecretBytes third(bytes_of("other"));
    third = std::move(to);
    CHECK(text_of(third.reveal()) == "passphrase");
    CHECK(to.empty());  // NOLINT(bugprone-use-after-move)
}

TEST_CASE("a duplicate has memory of its own", "[crypto][secret]") {
    const SecretBytes one(bytes_of("seed"));
    SecretBytes two = one.duplicate();
    two.reveal()[0] = 'f';
    CHECK(text_of(one.reveal()) == "seed");
    CHECK(text_of(two.reveal()) == "feed");
}

TEST_CASE("a secret of no bytes needs no memory", "[crypto][secret]") {
    const SecretBytes none;
    CHECK(none.empty());
    CHECK(none.duplicate().reveal().empty());
    CHECK(SecretBytes(ByteView{}).size() == 0);
}

TEST_CASE("a secret is followed by a page that nobody may touch", "[crypto][secret]") {
    if (kSanitized) SKIP("a sanitizer takes the signal first");
    const int signal = signal_of([] {
        Key key;
        volatile std::uint8_t* const end = key.reveal().data() + Key::kSize;
        *end = 1;
    });
    CHECK((signal == SIGSEGV || signal == SIGBUS));
}

TEST_CASE("a secret that was written in front of is noticed when it is freed", "[crypto][secret]") {
    if (kSanitized) SKIP("a sanitizer takes the signal first");
    const int signal = signal_of([] {
        Key key;
        volatile std::uint8_t* const before = key.reveal().data() - 1;
        *before = static_cast<std::uint8_t>(*before + 1);
    });
    CHECK(signal != 0);
}

TEST_CASE("the memory of a secret is gone after its owner", "[crypto][secret]") {
    if (kSanitized) SKIP("a sanitizer takes the signal first");
    const int signal = signal_of([] {
        const std::uint8_t* where = nullptr;
        {
            const Key key = Key::random();
            where = key.reveal().data();
        }
        const volatile std::uint8_t* const gone = where;
        _exit(*gone);
    });
    CHECK((signal == SIGSEGV || signal == SIGBUS));
}

TEST_CASE("wipe leaves zeros, and no text", "[crypto][secret]") {
    std::array<std::uint8_t, 8> bytes{1, 2, 3, 4, 5, 6, 7, 8};
    wipe(bytes);
    CHECK(bytes == std::array<std::uint8_t, 8>{});

    std::string text = "a passphrase that is longer than a short string";
    const char* const where = text.data();
    const std::size_t size = text.size();
    wipe(text);
    CHECK(text.empty());
    CHECK(std::string(where, size).find_first_not_of('\0') == std::string::npos);

    wipe(MutableByteView{});
}

TEST_CASE("equal_secrets tells every bit and every size", "[crypto][secret]") {
    const Bytes one = {0x00, 0x5a, 0xff};
    CHECK(equal_secrets(one, Bytes(one)));
    CHECK(equal_secrets({}, {}));
    for (std::size_t bit = 0; bit < one.size() * 8; ++bit) {
        Bytes other = one;
        other[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CHECK_FALSE(equal_secrets(one, other));
    }
    for (std::size_t size = 0; size < one.size(); ++size) {
        CHECK_FALSE(equal_secrets(one, ByteView(one).first(size)));
    }
}

TEST_CASE("secrets_are_locked gives the same answer each time", "[crypto][secret]") {
    CHECK(secrets_are_locked() == secrets_are_locked());
}

}  // namespace
}  // namespace custos
