// SPDX-License-Identifier: GPL-3.0-or-later
// A script: command lines as a user types them, and what must come of them (README.md here).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tests/script/program.h"

namespace custos::script {

struct Verdict {
    bool passed = false;
    bool skipped = false;
    std::string text;  // "passed", or line, reason and what the last program wrote
};

class Script {
public:
    // `program` is run as custos; `root` is an empty directory that the script may fill.
    Script(std::string program, std::string root);

    // Writes the files of `text` and runs its lines until one fails.
    Verdict run(std::string_view text);

private:
    using Words = std::vector<std::string>;
    enum class Must { hold, fail };
    struct Verb {
        std::string_view name;
        void (Script::*act)(Must must, const Words& words);
    };
    static const std::vector<Verb>& verbs();

    void run_line(std::string_view line);
    std::string value_of(const std::string& name) const;
    std::string path(const std::string& name) const;
    // A file, or "stdout", "stderr", "terminal" of the last program.
    std::string content_of(const std::string& name) const;
    std::string last_output() const;

    void custos(Must must, const Words& words);
    void exec(Must must, const Words& words);
    void call(Must must, Words argv);
    void status(Must must, const Words& words);
    void stdout_(Must must, const Words& words);
    void stderr_(Must must, const Words& words);
    void terminal_output(Must must, const Words& words);
    void json(Must must, const Words& words);
    void lines(Must must, const Words& words);
    void cmp(Must must, const Words& words);
    void exists(Must must, const Words& words);
    void mode(Must must, const Words& words);
    void grep(Must must, const Words& words);
    void grep_none(Must must, const Words& words);
    void input(Must must, const Words& words);
    void descriptor(Must must, const Words& words);
    void tty(Must must, const Words& words);
    void terminal(Must must, const Words& words);
    void env(Must must, const Words& words);
    void set(Must must, const Words& words);
    void skip_unless(Must must, const Words& words);
    void cp(Must must, const Words& words);
    void mv(Must must, const Words& words);
    void rm(Must must, const Words& words);
    void mkdir(Must must, const Words& words);
    void chmod(Must must, const Words& words);
    void flip(Must must, const Words& words);
    void append(Must must, const Words& words);
    void truncate(Must must, const Words& words);

    std::string program_;
    std::string root_;
    std::string work_;
    std::map<std::string, std::string> environment_;
    std::map<std::string, std::string> variables_;
    Call next_;  // what has been prepared for the next program
    Outcome last_;
    bool has_run_ = false;
};

}  // namespace custos::script
