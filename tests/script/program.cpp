// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/script/program.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <stdexcept>

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace custos::script {
namespace {

constexpr int kSecondsMax = 120;
constexpr int kPollMs = 20;
constexpr int kNotStarted = 127;

struct Pipe {
    int read = -1;
    int write = -1;
};

[[noreturn]] void fail(const std::string& doing) {
    throw std::runtime_error("cannot " + doing + ": " + std::strerror(errno));
}

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) fail("make a pipe");
    return {ends[0], ends[1]};
}

void close_if_open(int& descriptor) {
    if (descriptor >= 0) close(descriptor);
    descriptor = -1;
}

// Runs in the child: only calls that are safe between fork and exec, and exit without clean-up.
class Child {
public:
    Child(const Call& call, const Pipe& out, const Pipe& err, int terminal)
        : call_(call), out_(out), err_(err), terminal_(terminal) {}

    [[noreturn]] void run() {
        setsid();
        if (chdir(call_.directory.c_str()) != 0) _exit(kNotStarted);
        if (call_.terminal != Terminal::none) ioctl(terminal_, TIOCSCTTY, 0);
        const bool full = call_.terminal == Terminal::full;
        const char* input = call_.input_file.empty() ? "/dev/null" : call_.input_file.c_str();
        const bool from_terminal = full && call_.input_file.empty();
        place(from_terminal ? terminal_ : open(input, O_RDONLY | O_CLOEXEC), 0);
        place(full ? terminal_ : out_.write, 1);
        place(full ? terminal_ : err_.write, 2);
        for (const auto& [number, file] : call_.open_files)
            place(open(file.c_str(), O_RDONLY), number);
        exec();
    }

private:
    static void place(int from, int number) {
        if (from < 0) _exit(kNotStarted);
        if (from == number) {
            fcntl(number, F_SETFD, 0);
        } else if (dup2(from, number) < 0) {
            _exit(kNotStarted);
        }
    }

    [[noreturn]] void exec() const {
        std::vector<char*> argv;
        for (const std::string& word : call_.argv) argv.push_back(const_cast<char*>(word.c_str()));
        argv.push_back(nullptr);
        std::vector<std::string> settings;
        for (const auto& [name, value] : call_.environment) settings.push_back(name + "=" + value);
        std::vector<char*> environment;
        for (std::string& setting : settings) environment.push_back(setting.data());
        environment.push_back(nullptr);
        for (const int signal : {SIGINT, SIGPIPE, SIGHUP, SIGTERM}) std::signal(signal, SIG_DFL);
        environ = environment.data();
        execvp(argv[0], argv.data());
        _exit(kNotStarted);
    }

    const Call& call_;
    Pipe out_;
    Pipe err_;
    int terminal_;
};

// The parent's ends.
struct Watch {
    pid_t child = 0;
    int out = -1;
    int err = -1;
    int terminal = -1;
};

// Whether a prompt that came after `from` waits for an answer. A line editor draws its prompt again
// while somebody types: with one, a prompt is new if it was switched on (bracketed paste) since.
bool stands_at_prompt(const std::string& text, std::size_t from) {
    if (text.size() < from + 2) return false;
    const std::size_t editor_on = text.rfind("\x1b[?2004h");
    const std::size_t editor_off = text.rfind("\x1b[?2004l");
    const bool edits = editor_on != std::string::npos &&
                       (editor_off == std::string::npos || editor_off < editor_on);
    if (edits && editor_on < from) return false;
    const std::string end = text.substr(text.size() - 2);
    return end == ": " || end == "? " || end == "> ";
}

// "await:TEXT=>KEYS": what is to be on the terminal first, and the keys as they are.
struct Awaited {
    std::string text;
    std::string keys;
};

Awaited awaited_by(const std::string& answer) {
    const std::string begin = "await:";
    const std::size_t arrow = answer.find("=>");
    if (answer.rfind(begin, 0) != 0 || arrow == std::string::npos) return {};
    return {answer.substr(begin.size(), arrow - begin.size()), answer.substr(arrow + 2)};
}

// "signal:KILL" in place of an answer, at the prompt.
constexpr const char* kSignal = "signal:";

int signal_called(const std::string& keys) {
    if (keys == "KILL") return SIGKILL;
    if (keys == "HUP") return SIGHUP;
    return keys == "TERM" ? SIGTERM : 0;
}

void answer(const Call& call, const Watch& watch, Outcome& outcome, std::size_t& answered_at) {
    if (outcome.answers_given == call.answers.size()) return;
    std::string text = call.answers[outcome.answers_given];
    const Awaited awaited = awaited_by(text);
    const bool now = awaited.text.empty()
                         ? stands_at_prompt(outcome.terminal, answered_at)
                         : outcome.terminal.find(awaited.text, answered_at) != std::string::npos;
    if (!now) return;
    answered_at = outcome.terminal.size();
    ++outcome.answers_given;
    if (!awaited.text.empty()) {
        if (write(watch.terminal, awaited.keys.data(), awaited.keys.size()) < 0)
            fail("write to the terminal");
        return;
    }
    if (text.rfind(kSignal, 0) == 0) {
        kill(watch.child, signal_called(text.substr(std::string(kSignal).size())));
        return;
    }
    if (text.empty() || static_cast<unsigned char>(text.back()) >= 0x20) text += "\n";
    if (write(watch.terminal, text.data(), text.size()) < 0) fail("write to the terminal");
}

// False when the other side is closed.
bool take(int& descriptor, std::string& to) {
    std::array<char, 65536> buffer{};
    const ssize_t got = read(descriptor, buffer.data(), buffer.size());
    if (got > 0) {
        to.append(buffer.data(), static_cast<std::size_t>(got));
        return true;
    }
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
    close_if_open(descriptor);  // EIO: nobody holds the terminal any more
    return false;
}

void watch_to_the_end(const Call& call, Watch& watch, Outcome& outcome) {
    const std::time_t end = std::time(nullptr) + kSecondsMax;
    std::size_t answered_at = 0;
    bool ended = false;
    int status = 0;
    while (watch.out >= 0 || watch.err >= 0 || !ended) {
        std::array<pollfd, 3> waiting = {pollfd{watch.out, POLLIN, 0}, pollfd{watch.err, POLLIN, 0},
                                         pollfd{watch.terminal, POLLIN, 0}};
        const bool had_ended = ended;  // what it wrote stands in the pipes
        const int ready = poll(waiting.data(), waiting.size(), kPollMs);
        if (waiting[0].revents != 0) take(watch.out, outcome.out);
        if (waiting[1].revents != 0) take(watch.err, outcome.err);
        if (waiting[2].revents != 0) take(watch.terminal, outcome.terminal);
        if (watch.terminal >= 0) answer(call, watch, outcome, answered_at);
        if (!ended) ended = waitpid(watch.child, &status, WNOHANG) == watch.child;
        if (had_ended && ready == 0) break;  // a grandchild may hold the pipes
        if (std::time(nullptr) > end) {
            kill(-watch.child, SIGKILL);
            throw std::runtime_error(
                "the program did not end within two minutes; on its terminal: " + outcome.terminal);
        }
    }
    pollfd left{watch.terminal, POLLIN, 0};  // what was written just before the end
    while (watch.terminal >= 0 && poll(&left, 1, 0) > 0 && take(watch.terminal, outcome.terminal)) {
    }
    outcome.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Outcome run_program(const Call& call) {
    Pipe out = make_pipe();
    Pipe err = make_pipe();
    int master = -1;
    int slave = -1;
    if (call.terminal != Terminal::none) {
        winsize size{};
        size.ws_row = 40;
        size.ws_col = 100;
        if (openpty(&master, &slave, nullptr, nullptr, &size) != 0) fail("make a terminal");
        fcntl(master, F_SETFD, FD_CLOEXEC);
        fcntl(slave, F_SETFD, FD_CLOEXEC);
    }
    const pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) Child(call, out, err, slave).run();
    close_if_open(out.write);
    close_if_open(err.write);
    Outcome outcome;
    Watch watch{child, out.read, err.read, master};
    watch_to_the_end(call, watch, outcome);
    close_if_open(slave);  // held so long, because a terminal that nobody has open hangs up
    close_if_open(watch.out);
    close_if_open(watch.err);
    close_if_open(watch.terminal);
    if (outcome.status == kNotStarted) throw std::runtime_error("cannot start " + call.argv.at(0));
    return outcome;
}

}  // namespace custos::script
