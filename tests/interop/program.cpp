// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/interop/program.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <catch2/catch_test_macros.hpp>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace custos::test {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
    folder_ = (fs::temp_directory_path() / "custos-interop-XXXXXX").string();
    if (mkdtemp(folder_.data()) == nullptr) throw std::runtime_error("no scratch folder");
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

std::string ScratchFolder::write(const std::string& name, std::string_view text) const {
    std::ofstream out(path(name), std::ios::binary);
    out << text;
    if (!out.flush()) throw std::runtime_error("cannot write " + name);
    return path(name);
}

std::string ScratchFolder::read(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + name);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

Run run(const ScratchFolder& scratch, const std::vector<std::string>& command,
        std::string_view input) {
    const std::string in = scratch.write(".stdin", input);
    const std::string out = scratch.write(".stdout", "");
    std::vector<std::string> words = command;
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);

    const pid_t child = fork();
    if (child == 0) {
        const int from = open(in.c_str(), O_RDONLY | O_CLOEXEC);
        const int to = open(out.c_str(), O_WRONLY | O_CLOEXEC);
        const bool ready = dup2(from, STDIN_FILENO) >= 0 && dup2(to, STDOUT_FILENO) >= 0 &&
                           dup2(to, STDERR_FILENO) >= 0 && chdir(scratch.path("").c_str()) == 0;
        if (ready) execvp(argv.front(), argv.data());
        _exit(127);
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) throw std::runtime_error("cannot run");
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, scratch.read(".stdout")};
}

void program_or_skip(const std::string& name) {
    const char* const path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (access((folder + "/" + name).c_str(), X_OK) == 0) return;
    }
    SKIP(name << " is not installed");
}

}  // namespace custos::test
