// SPDX-License-Identifier: GPL-3.0-or-later
// The process itself: hardened before anything else, and interruptible.
#pragma once

namespace custos::vault {

// To be called first in main(). No core dumps, no reading of our memory by others of the same user,
// no new privileges for children, files private by default, descriptors 0 to 2 open (on /dev/null
// if they were closed, so that no file of ours can become "stdout"), data formats independent of
// the locale, no SIGPIPE. Best effort, but for the descriptors: throws Error{failed} without them.
void harden_process();

// From now on SIGINT, SIGTERM and SIGHUP are noted; the second one ends the process at once with
// status 130 after giving the terminal back its settings.
void catch_interrupts();

[[nodiscard]] bool is_interrupted() noexcept;
// Throws Error{interrupted}. To be called in long loops.
void throw_if_interrupted();

// Gives every key by itself, without echo, for as long as it lives; Ctrl-C still interrupts. The
// terminal is given back as EchoOff does, which must not live at the same time.
class KeyInput {
public:
    explicit KeyInput(int terminal);
    KeyInput(const KeyInput&) = delete;
    KeyInput& operator=(const KeyInput&) = delete;
    ~KeyInput();
};

// Turns a terminal's echo off for as long as it lives; interrupts give it back too. One at a time.
class EchoOff {
public:
    explicit EchoOff(int terminal);
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    ~EchoOff();
};

}  // namespace custos::vault
