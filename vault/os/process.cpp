// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/process.h"

#include <cerrno>
#include <clocale>
#include <csignal>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "crypto/error.h"

namespace custos::vault {
namespace {

constexpr int kInterruptedStatus = 130;

volatile std::sig_atomic_t interrupts = 0;

// The terminal whose echo is off, for the signal handler: -1 if none.
volatile std::sig_atomic_t quiet_terminal = -1;
termios loud_settings{};
void (*stop_handler)(int) = SIG_DFL;

void give_terminal_back() noexcept {
    if (quiet_terminal >= 0) tcsetattr(quiet_terminal, TCSAFLUSH, &loud_settings);
}

extern "C" void on_interrupt(int) {
    if (interrupts != 0) {
        give_terminal_back();
        _exit(kInterruptedStatus);
    }
    interrupts = 1;
}

void open_standard_descriptors() {
    for (int number = 0; number <= 2; ++number) {
        if (fcntl(number, F_GETFD) >= 0) continue;
        if (errno != EBADF || ::open("/dev/null", O_RDWR) != number) {
            throw Error{ErrorCode::failed,
                        "cannot open /dev/null in place of a closed standard stream"};
        }
    }
}

}  // namespace

void harden_process() {
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    umask(077);
    open_standard_descriptors();
    std::signal(SIGPIPE, SIG_IGN);  // NOLINT(cert-err33-c): SIGPIPE can be ignored everywhere
    // NOLINTNEXTLINE(concurrency-mt-unsafe): before there is a second thread
    std::setlocale(LC_ALL, "C");
}

void catch_interrupts() {
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    sigemptyset(&action.sa_mask);
    // Without SA_RESTART: somebody who waits at a prompt is woken.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before {};
        sigaction(signal, nullptr, &before);
        if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);  // nohup
    }
}

bool is_interrupted() noexcept { return interrupts != 0; }

void throw_if_interrupted() {
    if (is_interrupted()) throw Error{ErrorCode::interrupted, "interrupted"};
}

namespace {

template <class Change>
void change_terminal(int terminal, int when, Change&& change) {
    if (tcgetattr(terminal, &loud_settings) != 0) {
        throw Error{ErrorCode::failed, "cannot turn the echo of the terminal off"};
    }
    quiet_terminal = terminal;
    // Stopped here, the shell would get a terminal without echo.
    stop_handler = std::signal(SIGTSTP, SIG_IGN);
    termios settings = loud_settings;
    change(settings);
    tcsetattr(terminal, when, &settings);
}

void end_of_change(int when) noexcept {
    if (quiet_terminal >= 0) tcsetattr(quiet_terminal, when, &loud_settings);
    quiet_terminal = -1;
    std::signal(SIGTSTP, stop_handler);  // NOLINT(cert-err33-c): it was the handler before
}

}  // namespace

// What was typed ahead is dropped: it was not meant to be a passphrase, nor an answer after one.
EchoOff::EchoOff(int terminal) {
    change_terminal(terminal, TCSAFLUSH, [](termios& settings) {
        settings.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
    });
}

EchoOff::~EchoOff() { end_of_change(TCSAFLUSH); }

KeyInput::KeyInput(int terminal) {
    change_terminal(terminal, TCSADRAIN, [](termios& settings) {
        settings.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHONL | ICANON | IEXTEN);
        settings.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IXON | ISTRIP);
        settings.c_cc[VMIN] = 1;
        settings.c_cc[VTIME] = 0;
        settings.c_cc[VQUIT] = _POSIX_VDISABLE;
        settings.c_cc[VSUSP] = _POSIX_VDISABLE;
    });
}

KeyInput::~KeyInput() { end_of_change(TCSADRAIN); }

}  // namespace custos::vault
