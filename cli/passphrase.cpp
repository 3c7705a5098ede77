// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/passphrase.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unistd.h>

#include "cli/strength.h"
#include "crypto/error.h"
#include "vault/os/file.h"
#include "vault/os/process.h"

namespace custos::cli {
namespace {

// Room for the passphrase, its line end, and one byte that shows that it is too long.
constexpr std::size_t kLineMax = kPassphraseSizeMax + 3;

class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int number() const noexcept { return number_; }

private:
    int number_;
};

SecretBytes first(const SecretBytes& bytes, std::size_t size) {
    return SecretBytes(bytes.reveal().first(size));
}

// Up to and including the first line feed, so that one descriptor can hold two passphrases.
SecretBytes read_line(int descriptor, const std::string& what) {
    SecretBytes line(kLineMax);
    std::size_t size = 0;
    while (size < kLineMax) {
        vault::throw_if_interrupted();
        const ssize_t got = ::read(descriptor, line.reveal().data() + size, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) vault::throw_system_error(errno, "read", "the " + what);
        if (got == 0 || line.reveal()[size++] == '\n') break;
    }
    return first(line, size);
}

SecretBytes read_passphrase_file(const vault::Path& path) {
    vault::File file = vault::File::open(path);
    SecretBytes content(kLineMax);
    const std::size_t size = file.read(content.reveal());
    return first(content, size);
}

std::optional<SecretBytes> read_source(const PassphraseSource& source, const std::string& what) {
    if (source.descriptor) return passphrase_from_line(read_line(*source.descriptor, what), what);
    if (source.file) return passphrase_from_line(read_passphrase_file(*source.file), what);
    return std::nullopt;
}

void say(int terminal, const std::string& text) {
    std::string_view rest = text;
    while (!rest.empty()) {
        const ssize_t written = ::write(terminal, rest.data(), rest.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return;
        rest.remove_prefix(static_cast<std::size_t>(written));
    }
}

int open_terminal(const Context& context, const std::string& what, const std::string& options) {
    const std::string hint = "give it with " + options + "-file FILE or " + options + "-fd N";
    if (context.globals.no_input) {
        throw Error{ErrorCode::usage, "no " + what + " given, and asking is off (--no-input)",
                    hint};
    }
    const int terminal = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (terminal < 0) {
        throw Error{ErrorCode::usage, "no " + what + " given, and there is no terminal to ask on",
                    hint};
    }
    return terminal;
}

SecretBytes ask(int terminal, const std::string& prompt, const std::string& what) {
    const vault::EchoOff echo_off(terminal);
    say(terminal, prompt + ": ");
    SecretBytes line = read_line(terminal, what);
    say(terminal, "\n");
    if (line.empty()) throw Error{ErrorCode::usage, "no " + what + " was typed"};  // end of input
    return line;
}

void check_icu(UErrorCode status) {
    if (U_FAILURE(status)) {
        throw Error{ErrorCode::usage, "cannot use the passphrase: it is not valid UTF-8",
                    "save the passphrase file as UTF-8"};
    }
}

std::int32_t as_int32(std::size_t size) { return static_cast<std::int32_t>(size); }

// Every buffer is a SecretBytes: ICU works in the memory it is given.
SecretBytes composed(ByteView utf8) {
    // NFC makes UTF-16 at most three times as long, and a code unit at most three bytes of UTF-8.
    const std::size_t units = 3 * utf8.size() + 1;
    SecretBytes wide(units * sizeof(UChar));
    SecretBytes normal(units * sizeof(UChar));
    SecretBytes narrow(3 * units);
    auto* const from = reinterpret_cast<UChar*>(wide.reveal().data());
    auto* const to = reinterpret_cast<UChar*>(normal.reveal().data());
    std::int32_t from_size = 0;
    std::int32_t narrow_size = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8(from, as_int32(units), &from_size, text_of(utf8).data(), as_int32(utf8.size()),
                  &status);
    check_icu(status);
    const std::int32_t to_size = unorm2_normalize(unorm2_getNFCInstance(&status), from, from_size,
                                                  to, as_int32(units), &status);
    check_icu(status);
    u_strToUTF8(reinterpret_cast<char*>(narrow.reveal().data()), as_int32(narrow.size()),
                &narrow_size, to, to_size, &status);
    check_icu(status);
    return first(narrow, static_cast<std::size_t>(narrow_size));
}

}  // namespace

SecretBytes passphrase_from_line(const SecretBytes& line, const std::string& what) {
    ByteView text = line.reveal();
    if (!text.empty() && text.back() == '\n') text = text.first(text.size() - 1);
    if (!text.empty() && text.back() == '\r') text = text.first(text.size() - 1);
    if (text.empty()) throw Error{ErrorCode::usage, "the " + what + " is empty"};
    if (text.size() > kPassphraseSizeMax) {
        throw Error{ErrorCode::usage, "the " + what + " is longer than " +
                                          std::to_string(kPassphraseSizeMax) + " bytes"};
    }
    const auto is_line_or_null = [](std::uint8_t c) { return c == '\n' || c == '\r' || c == '\0'; };
    if (std::any_of(text.begin(), text.end(), is_line_or_null)) {
        throw Error{ErrorCode::usage, "the " + what + " is more than one line of text",
                    "a passphrase file holds the passphrase alone"};
    }
    return composed(text);
}

void unlock_with_passphrase(Context& context, const std::string& of_what,
                            const std::function<bool(const SecretBytes&)>& attempt) {
    const Error wrong{ErrorCode::wrong_passphrase,
                      "cannot unlock " + of_what + ": no key slot accepts this passphrase",
                      "look at keyboard layout and caps lock; a vault without its passphrase can "
                      "only be restored from a backup"};
    if (const auto given = read_source(context.globals.passphrase, "passphrase")) {
        if (!attempt(*given)) throw wrong;
        return;
    }
    const Descriptor terminal(open_terminal(context, "passphrase", "--passphrase"));
    for (int i = 1; i <= kPassphraseTries; ++i) {
        const SecretBytes line = ask(terminal.number(), "Passphrase for " + of_what, "passphrase");
        if (line.size() > 1 && attempt(passphrase_from_line(line, "passphrase"))) return;
        if (i < kPassphraseTries) say(terminal.number(), "Not the right one. Please try again.\n");
    }
    throw wrong;
}

SecretBytes new_passphrase(Context& context, const std::string& for_what, FallBack fall_back) {
    const std::string what = "new passphrase";
    if (auto given = read_source(context.globals.new_passphrase, what)) return std::move(*given);
    if (fall_back == FallBack::yes) {
        if (auto given = read_source(context.globals.passphrase, "passphrase")) {
            return std::move(*given);
        }
    }
    const Descriptor terminal(open_terminal(
        context, what, fall_back == FallBack::yes ? "--passphrase" : "--new-passphrase"));
    for (int i = 1; i <= kPassphraseTries; ++i) {
        const SecretBytes line = ask(terminal.number(), "New passphrase for " + for_what, what);
        if (line.size() <= 1) {
            say(terminal.number(), "It must not be empty.\n");
            continue;
        }
        const SecretBytes again = ask(terminal.number(), "The same once more", what);
        if (equal_secrets(line.reveal(), again.reveal())) {
            SecretBytes chosen = passphrase_from_line(line, what);
            const std::string advice = advice_on(chosen.reveal());
            if (!advice.empty()) say(terminal.number(), advice + "\n");
            return chosen;
        }
        say(terminal.number(), "The two differ. Please try again.\n");
    }
    throw Error{ErrorCode::usage, "no new passphrase: it was not typed twice in the same way"};
}

}  // namespace custos::cli
