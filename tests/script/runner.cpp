// SPDX-License-Identifier: GPL-3.0-or-later
// runner [--keep] PROGRAM SCRIPT: runs one script of command lines against custos.
// tests/script/README.md has the language.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "tests/script/script.h"

namespace fs = std::filesystem;
using custos::script::Script;
using custos::script::Verdict;

namespace {

constexpr int kSkipped = 77;

std::string read_all(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

fs::path fresh_directory() {
    std::string pattern = (fs::temp_directory_path() / "custos-script-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a directory");
    return fs::canonical(pattern);
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    const bool keep = !words.empty() && words[0] == "--keep";
    if (keep) words.erase(words.begin());
    if (words.size() != 2) {
        std::cerr << "usage: runner [--keep] PROGRAM SCRIPT\n";
        return 2;
    }
    fs::path root;
    int status = 1;
    try {
        root = fresh_directory();
        Script script(fs::canonical(words[0]).string(), root.string());
        const Verdict verdict = script.run(read_all(words[1]));
        std::cerr << fs::path(words[1]).filename().string() << ": " << verdict.text << "\n";
        status = verdict.skipped ? kSkipped : (verdict.passed ? 0 : 1);
    } catch (const std::exception& exception) {
        std::cerr << words[1] << ": " << exception.what() << "\n";
    }
    if (keep) {
        std::cerr << "kept: " << root.string() << "\n";
    } else if (!root.empty()) {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }
    return status;
}
