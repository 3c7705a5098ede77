// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/os/confined.h"

#include <cerrno>
#include <csignal>

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "crypto/error.h"

namespace custos::vault {
namespace {

constexpr int kNotStarted = 127;

// Every right of the first version of Landlock that changes something. Reading stays free.
constexpr std::uint64_t kChanging = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                    LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                                    LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                                    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                    LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

long landlock_version() noexcept {
    return ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

bool allow(int rules, const char* path, std::uint64_t rights) noexcept {
    landlock_path_beneath_attr rule{};
    rule.parent_fd = ::open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0) return false;
    rule.allowed_access = rights;
    const long result =
        ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    ::close(rule.parent_fd);
    return result == 0;
}

// Between fork and exec: no memory is taken here.
bool confine_to(const char* directory) noexcept {
    landlock_ruleset_attr attributes{};
    attributes.handled_access_fs = kChanging;
    const auto rules =
        static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
    if (rules < 0) return false;
    // What is missing of these on some system is not needed there. Not /dev: /dev/shm lies below
    // it.
    for (const char* device : {"/dev/tty", "/dev/pts", "/dev/null"})
        (void)allow(rules, device, LANDLOCK_ACCESS_FS_WRITE_FILE);
    const bool done = allow(rules, directory, kChanging) &&
                      ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                      ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    ::close(rules);
    return done;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (std::string& text : texts) all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

}  // namespace

bool can_confine() noexcept { return landlock_version() >= 1; }

int run_confined(const ConfinedProgram& program) {
    std::vector<std::string> words = {program.program.string()};
    words.insert(words.end(), program.arguments.begin(), program.arguments.end());
    std::vector<std::string> settings = program.environment;
    const std::vector<char*> argv = pointers(words);
    const std::vector<char*> environment = pointers(settings);
    const bool confined = can_confine();

    const pid_t child = ::fork();
    if (child < 0) throw_system_error(errno, "start", program.program.filename().string());
    if (child == 0) {
        for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGTSTP})
            (void)std::signal(signal, SIG_DFL);
        if (::chdir(program.directory.c_str()) != 0) ::_exit(kNotStarted);
        if (confined && !confine_to(program.directory.c_str())) ::_exit(kNotStarted);
        ::execve(argv.front(), argv.data(), environment.data());
        ::_exit(kNotStarted);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) throw_system_error(errno, "wait for", program.program.filename());
    }
    const int result = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (result != kNotStarted) return result;
    throw Error{ErrorCode::failed, "cannot start " + program.program.filename().string() +
                                       " in a directory of its own"};
}

}  // namespace custos::vault
