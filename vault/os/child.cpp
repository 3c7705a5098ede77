// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/child.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/error.h"
#include "vault/os/process.h"

namespace custos::vault {
namespace {

constexpr std::size_t kTalkMax = 4096;
constexpr int kCannotStart = 127;

Error failure(const Child& child, const std::string& why) {
    return {ErrorCode::failed, "cannot run " + child.program.filename().string() + ": " + why};
}

class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        close();
        number_ = std::exchange(other.number_, -1);
        return *this;
    }
    ~Descriptor() { close(); }

    int number() const { return number_; }
    bool is_open() const { return number_ >= 0; }
    void close() {
        if (number_ >= 0) ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

struct Pipe {
    Descriptor read;
    Descriptor write;
};

Pipe make_pipe(const Child& child) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw failure(child, "no more pipes");
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void limit(__rlimit_resource what, rlim_t most) {
    const rlimit both{most, most};
    setrlimit(what, &both);
}

// Between fork and exec: system calls only.
[[noreturn]] void become(const Child& child, char* const* argv, char* const* environment, int in,
                         int out, int err) {
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
        struct sigaction action {};
        action.sa_handler = number == SIGPIPE ? SIG_DFL : SIG_IGN;  // its parent ends it
        sigaction(number, &action, nullptr);
    }
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_AS, child.memory_max);
    limit(RLIMIT_CPU, static_cast<rlim_t>(child.time_max.count()));
    if (dup2(in, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2) {
        syscall(SYS_close_range, 3U, ~0U, 0U);
        execve(argv[0], argv, environment);
    }
    _exit(kCannotStart);
}

// The child's process, killed and reaped whatever happens.
class Running {
public:
    explicit Running(pid_t pid) : pid_(pid) {}
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;
    ~Running() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        int ignored = 0;
        while (::waitpid(pid_, &ignored, 0) < 0 && errno == EINTR) {
        }
    }
    int wait() {
        int state = 0;
        while (::waitpid(pid_, &state, 0) < 0 && errno == EINTR) {
        }
        pid_ = 0;
        return WIFEXITED(state) ? WEXITSTATUS(state) : -1;
    }

private:
    pid_t pid_;
};

class Conversation {
public:
    Conversation(const Child& child, ByteView input, Descriptor in, Descriptor out, Descriptor err)
        : child_(child),
          input_(input),
          in_(std::move(in)),
          out_(std::move(out)),
          err_(std::move(err)),
          end_(std::chrono::steady_clock::now() + child.time_max) {
        fcntl(in_.number(), F_SETFL, O_NONBLOCK);
    }

    void hold(ChildResult& result) {
        if (input_.empty()) in_.close();
        while (in_.is_open() || out_.is_open() || err_.is_open()) {
            throw_if_interrupted();
            if (std::chrono::steady_clock::now() > end_) {
                throw failure(child_, "it took longer than " +
                                          std::to_string(child_.time_max.count()) + " seconds");
            }
            std::array<pollfd, 3> waiting = {pollfd{in_.number(), POLLOUT, 0},
                                             pollfd{out_.number(), POLLIN, 0},
                                             pollfd{err_.number(), POLLIN, 0}};
            constexpr int kLookAgainMs = 200;
            if (::poll(waiting.data(), waiting.size(), kLookAgainMs) <= 0) continue;
            if (waiting[0].revents != 0) feed();
            if (waiting[1].revents != 0) read_out(result.out);
            if (waiting[2].revents != 0) read_talk(result.talk);
        }
    }

private:
    void feed() {
        const ssize_t done = ::write(in_.number(), input_.data(), input_.size());
        if (done < 0 && (errno == EAGAIN || errno == EINTR)) return;
        if (done < 0) {  // it does not want the rest
            in_.close();
            return;
        }
        input_ = input_.subspan(static_cast<std::size_t>(done));
        if (input_.empty()) in_.close();
    }

    // Nothing at the end, which closes it.
    ByteView read_some(Descriptor& from) {
        const ssize_t got = ::read(from.number(), buffer_.data(), buffer_.size());
        if (got < 0 && errno == EINTR) return {};
        if (got <= 0) from.close();
        return ByteView(buffer_).first(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    }

    void read_out(Bytes& to) {
        const ByteView some = read_some(out_);
        if (to.size() + some.size() > child_.output_max) {
            throw failure(child_,
                          "it wrote more than " + std::to_string(child_.output_max) + " bytes");
        }
        to.insert(to.end(), some.begin(), some.end());
    }

    void read_talk(std::string& to) {
        const ByteView some = read_some(err_);
        to += text_of(some.first(std::min(some.size(), kTalkMax - to.size())));
    }

    const Child& child_;
    ByteView input_;
    Descriptor in_;
    Descriptor out_;
    Descriptor err_;
    std::chrono::steady_clock::time_point end_;
    std::array<unsigned char, 65536> buffer_{};
};

}  // namespace

ChildResult run_child(const Child& child, ByteView input) {
    std::vector<std::string> words = {child.program.string()};
    words.insert(words.end(), child.arguments.begin(), child.arguments.end());
    std::vector<std::string> settings = {"LC_ALL=C.UTF-8", "TZ=UTC", "PATH=/usr/bin:/bin"};
    std::vector<char*> argv;
    std::vector<char*> environment;
    for (std::string& word : words) argv.push_back(word.data());
    for (std::string& setting : settings) environment.push_back(setting.data());
    argv.push_back(nullptr);
    environment.push_back(nullptr);

    Pipe in = make_pipe(child);
    Pipe out = make_pipe(child);
    Pipe err = make_pipe(child);
    const pid_t pid = ::fork();
    if (pid < 0) throw failure(child, "no more processes");
    if (pid == 0) {
        become(child, argv.data(), environment.data(), in.read.number(), out.write.number(),
               err.write.number());
    }
    Running running(pid);
    in.read.close();
    out.write.close();
    err.write.close();
    ChildResult result;
    Conversation(child, input, std::move(in.write), std::move(out.read), std::move(err.read))
        .hold(result);
    result.status = running.wait();
    if (result.status == kCannotStart) throw failure(child, "it cannot be started");
    return result;
}

Path program_folder() {
    std::error_code error;
    const Path program = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? Path() : program.parent_path();
}

}  // namespace custos::vault
