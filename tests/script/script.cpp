// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/script/script.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <nlohmann/json.hpp>
#include <regex.h>
#include <unistd.h>

#include "tests/script/words.h"

namespace fs = std::filesystem;

namespace custos::script {
namespace {

struct Skip : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[noreturn]] void fail(const std::string& why) { throw std::runtime_error(why); }

void need(const std::vector<std::string>& words, std::size_t least, std::size_t most) {
    if (words.size() < least || words.size() > most) fail("wrong number of words");
}

void hold(bool is, bool wanted, const std::string& what) {
    if (is != wanted) fail(wanted ? "it does not hold that " + what : "it holds that " + what);
}

std::string read_all(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) fail("cannot read " + path);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_all(const std::string& path, std::string_view text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (!out) fail("cannot write " + path);
}

bool matches(const std::string& pattern, const std::string& text) {
    regex_t compiled;
    if (regcomp(&compiled, pattern.c_str(), REG_EXTENDED | REG_NEWLINE | REG_NOSUB) != 0) {
        fail("cannot read the pattern " + pattern);
    }
    const bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
    regfree(&compiled);
    return found;
}

std::size_t number(const std::string& text) {
    std::size_t used = 0;
    const unsigned long value = std::stoul(text, &used);
    if (used != text.size()) fail("not a number: " + text);
    return value;
}

bool is_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (access((folder + "/" + name).c_str(), X_OK) == 0) return true;
    }
    return false;
}

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
    return text;
}

// ".items[0].fields.title", ".items.length"; null if there is no such thing.
const nlohmann::json* at_path(const nlohmann::json& document, const std::string& path,
                              nlohmann::json& length) {
    const nlohmann::json* at = &document;
    std::size_t i = 0;
    while (i < path.size() && at != nullptr) {
        const std::size_t end = std::min(path.find_first_of(".[", i + 1), path.size());
        std::string step = path.substr(i + 1, end - i - 1);
        if (path[i] == '[') {
            if (step.empty() || step.back() != ']') fail("[ without ] in " + path);
            step.pop_back();
            const std::size_t index = number(step);
            at = at->is_array() && index < at->size() ? &(*at)[index] : nullptr;
        } else if (step == "length" && at->is_array()) {
            length = at->size();
            at = &length;
        } else if (!step.empty()) {
            at = at->is_object() && at->contains(step) ? &(*at)[step] : nullptr;
        }
        i = end;
    }
    return at;
}

std::vector<std::string> files_below(const std::string& path) {
    if (!fs::is_directory(path)) return {path};
    std::vector<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(path)) {
        if (entry.is_regular_file()) files.push_back(entry.path().string());
    }
    return files;
}

}  // namespace

const std::vector<Script::Verb>& Script::verbs() {
    static const std::vector<Verb> kVerbs = {
        {"append", &Script::append},
        {"chmod", &Script::chmod},
        {"cmp", &Script::cmp},
        {"cp", &Script::cp},
        {"custos", &Script::custos},
        {"env", &Script::env},
        {"exec", &Script::exec},
        {"exists", &Script::exists},
        {"fd", &Script::descriptor},
        {"flip", &Script::flip},
        {"grep", &Script::grep},
        {"grep-none", &Script::grep_none},
        {"json", &Script::json},
        {"lines", &Script::lines},
        {"mkdir", &Script::mkdir},
        {"mode", &Script::mode},
        {"mv", &Script::mv},
        {"rm", &Script::rm},
        {"set", &Script::set},
        {"skip-unless", &Script::skip_unless},
        {"status", &Script::status},
        {"stderr", &Script::stderr_},
        {"stdin", &Script::input},
        {"stdout", &Script::stdout_},
        {"terminal", &Script::terminal},
        {"truncate", &Script::truncate},
        {"tty", &Script::tty},
        {"ttyout", &Script::terminal_output},
    };
    return kVerbs;
}

Script::Script(std::string program, std::string root)
    : program_(std::move(program)), root_(std::move(root)), work_(root_ + "/work") {
    for (const char* folder : {"/work", "/home", "/state", "/tmp", "/bin"})
        fs::create_directory(root_ + folder);
    fs::create_symlink(program_, root_ + "/bin/custos");
    const char* path = std::getenv("PATH");
    environment_ = {
        {"PATH", root_ + "/bin:" + (path == nullptr ? "/usr/bin:/bin" : path)},
        {"HOME", root_ + "/home"},
        {"XDG_STATE_HOME", root_ + "/state"},
        {"TMPDIR", root_ + "/tmp"},
        {"LANG", "C.UTF-8"},
        {"TERM", "xterm"},
    };
    for (const char* name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE"}) {
        if (const char* value = std::getenv(name)) environment_[name] = value;
    }
    variables_ = {{"WORK", work_},
                  {"HOME", root_ + "/home"},
                  {"STATE", root_ + "/state"},
                  {"TMP", root_ + "/tmp"}};
}

Verdict Script::run(std::string_view text) {
    std::vector<std::string> commands;
    std::string file;
    std::string content;
    const auto finish_file = [&] {
        if (file.empty()) return;
        fs::create_directories(fs::path(path(file)).parent_path());
        write_all(path(file), content);
    };
    std::istringstream in{std::string(text)};
    for (std::string line; std::getline(in, line);) {
        if (line.size() > 6 && line.starts_with("-- ") && line.ends_with(" --")) {
            finish_file();
            file = line.substr(3, line.size() - 6);
            content.clear();
        } else if (file.empty()) {
            commands.push_back(line);
        } else {
            content += line + "\n";
        }
    }
    finish_file();
    for (std::size_t i = 0; i < commands.size(); ++i) {
        try {
            run_line(commands[i]);
        } catch (const Skip& skip) {
            return {false, true, std::string("skipped: ") + skip.what()};
        } catch (const std::exception& exception) {
            return {false, false,
                    "line " + std::to_string(i + 1) + ": " + commands[i] + "\n  " +
                        exception.what() + last_output()};
        }
    }
    return {true, false, "passed"};
}

void Script::run_line(std::string_view line) {
    Words words = split_words(line, [&](const std::string& name) { return value_of(name); });
    if (words.empty()) return;
    const Must must = words[0] == "!" ? Must::fail : Must::hold;
    if (must == Must::fail) words.erase(words.begin());
    if (words.empty()) fail("nothing after !");
    for (const Verb& verb : verbs()) {
        if (verb.name != words[0]) continue;
        words.erase(words.begin());
        (this->*verb.act)(must, words);
        return;
    }
    fail("unknown verb " + words[0]);
}

std::string Script::value_of(const std::string& name) const {
    const auto found = variables_.find(name);
    if (found == variables_.end()) fail("no variable " + name);
    return found->second;
}

std::string Script::path(const std::string& name) const {
    return name.starts_with("/") ? name : work_ + "/" + name;
}

std::string Script::content_of(const std::string& name) const {
    if (name == "stdout") return last_.out;
    if (name == "stderr") return last_.err;
    if (name == "terminal") return last_.terminal;
    return read_all(path(name));
}

std::string Script::last_output() const {
    if (!has_run_) return {};
    std::string text = "\n  status " + std::to_string(last_.status);
    text +=
        "\n--- stdout\n" + last_.out.substr(0, 4000) + "\n--- stderr\n" + last_.err.substr(0, 4000);
    if (!last_.terminal.empty()) text += "\n--- terminal\n" + last_.terminal.substr(0, 4000);
    return text;
}

// ---- running programs
// ----------------------------------------------------------------------------

void Script::custos(Must must, const Words& words) {
    Words argv = {"custos"};
    argv.insert(argv.end(), words.begin(), words.end());
    call(must, argv);
}

void Script::exec(Must must, const Words& words) { call(must, words); }

void Script::call(Must must, Words argv) {
    if (argv.empty()) fail("nothing to run");
    next_.argv = std::move(argv);
    next_.environment = environment_;
    next_.directory = work_;
    const Call now = std::exchange(next_, Call{});
    has_run_ = true;
    last_ = Outcome{};
    last_ = run_program(now);
    if (must == Must::hold && last_.status != 0) fail("it failed");
    if (must == Must::fail && last_.status == 0) fail("it should have failed");
    if (last_.answers_given != now.answers.size()) {
        fail("it asked " + std::to_string(last_.answers_given) + " times");
    }
}

void Script::input(Must, const Words& words) {
    need(words, 1, 1);
    next_.input_file = path(words[0]);
}

void Script::descriptor(Must, const Words& words) {
    need(words, 2, 2);
    next_.open_files[static_cast<int>(number(words[0]))] = path(words[1]);
}

void Script::tty(Must, const Words& words) {
    next_.terminal = Terminal::control;
    next_.answers = words;
}

void Script::terminal(Must, const Words& words) {
    next_.terminal = Terminal::full;
    next_.answers = words;
}

void Script::env(Must, const Words& words) {
    for (const std::string& word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos) {
            environment_.erase(word);
        } else {
            environment_[word.substr(0, equals)] = word.substr(equals + 1);
        }
    }
}

void Script::set(Must, const Words& words) {
    need(words, 2, 3);
    if (words[1] == "stdout" || words[1] == "stderr") {
        variables_[words[0]] = trimmed(content_of(words[1]));
    } else if (words[1] == "json") {
        need(words, 3, 3);
        nlohmann::json length;
        const nlohmann::json document = nlohmann::json::parse(last_.out);
        const nlohmann::json* value = at_path(document, words[2], length);
        if (value == nullptr) fail("there is no " + words[2]);
        variables_[words[0]] = value->is_string() ? value->get<std::string>() : value->dump();
    } else {
        variables_[words[0]] = words[1];
    }
}

void Script::skip_unless(Must, const Words& words) {
    for (const std::string& word : words) {
        if (!is_program(word)) throw Skip("there is no " + word + " here");
    }
}

// ---- looking at what came of it
// --------------------------------------------------------------------

void Script::status(Must must, const Words& words) {
    need(words, 1, 1);
    hold(last_.status == static_cast<int>(number(words[0])), must == Must::hold,
         "the status is " + words[0]);
}

namespace {

void check_text(bool wanted, const std::vector<std::string>& words, const std::string& text,
                const std::string& name) {
    need(words, 0, 1);
    if (words.empty()) return hold(!text.empty(), wanted, name + " has something in it");
    hold(matches(words[0], text), wanted, name + " matches " + words[0]);
}

}  // namespace

void Script::stdout_(Must must, const Words& words) {
    check_text(must == Must::hold, words, last_.out, "stdout");
}
void Script::stderr_(Must must, const Words& words) {
    check_text(must == Must::hold, words, last_.err, "stderr");
}
void Script::terminal_output(Must must, const Words& words) {
    check_text(must == Must::hold, words, last_.terminal, "the terminal");
}

void Script::json(Must must, const Words& given) {
    Words words = given;
    if (!words.empty() && !words[0].starts_with(".")) {
        std::rotate(words.begin(), words.begin() + 1, words.end());
    } else {
        words.push_back("stdout");
    }
    need(words, 2, 3);
    const std::string source = words.back();
    const nlohmann::json document = nlohmann::json::parse(content_of(source));
    nlohmann::json length;
    const nlohmann::json* value = at_path(document, words[0], length);
    const std::string what = "there is " + words[0] + " in " + source;
    if (words.size() == 2) return hold(value != nullptr, must == Must::hold, what);
    if (value == nullptr) return hold(false, must == Must::hold, what);
    const std::string text = value->is_string() ? value->get<std::string>() : value->dump();
    hold(text == words[1], must == Must::hold,
         words[0] + " is " + words[1] + " (it is " + text + ")");
}

void Script::lines(Must must, const Words& words) {
    need(words, 1, 2);
    const std::string text = content_of(words.size() == 2 ? words[1] : "stdout");
    const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    hold(count == number(words[0]), must == Must::hold,
         "there are " + words[0] + " lines (" + std::to_string(count) + ")");
}

void Script::cmp(Must must, const Words& words) {
    need(words, 2, 2);
    const auto all = [&](const std::string& name) {
        if (!fs::is_directory(path(name))) return content_of(name);
        std::vector<std::string> files = files_below(path(name));
        std::sort(files.begin(), files.end());
        std::string text;
        for (const std::string& file : files) {
            const std::string content = read_all(file);
            text += file.substr(path(name).size()) + ' ' + std::to_string(content.size()) + '\n' +
                    content;
        }
        return text;
    };
    hold(all(words[0]) == all(words[1]), must == Must::hold,
         words[0] + " and " + words[1] + " are the same");
}

void Script::exists(Must must, const Words& words) {
    for (const std::string& word : words) {
        hold(fs::exists(fs::symlink_status(path(word))), must == Must::hold, word + " exists");
    }
}

void Script::mode(Must must, const Words& words) {
    need(words, 2, 2);
    const auto bits =
        static_cast<unsigned>(fs::status(path(words[1])).permissions() & fs::perms::mask);
    std::ostringstream octal;
    octal << std::oct << bits;
    hold(octal.str() == words[0], must == Must::hold,
         words[1] + " has mode " + words[0] + " (" + octal.str() + ")");
}

void Script::grep(Must must, const Words& words) {
    need(words, 2, 2);
    bool found = false;
    const bool on_terminal = words[1] == "terminal";
    if (on_terminal) found = last_.terminal.find(words[0]) != std::string::npos;
    for (const std::string& file : files_below(path(words[1]))) {
        if (!on_terminal) found |= read_all(file).find(words[0]) != std::string::npos;
    }
    hold(found, must == Must::hold, words[0] + " is in " + words[1]);
}

void Script::grep_none(Must must, const Words& words) {
    grep(must == Must::hold ? Must::fail : Must::hold, words);
}

// ---- files
// -----------------------------------------------------------------------------------------

void Script::cp(Must, const Words& words) {
    need(words, 2, 2);
    if (words[0] == "stdout" || words[0] == "stderr")
        return write_all(path(words[1]), content_of(words[0]));
    fs::copy(path(words[0]), path(words[1]),
             fs::copy_options::recursive | fs::copy_options::overwrite_existing);
}

void Script::mv(Must, const Words& words) {
    need(words, 2, 2);
    fs::rename(path(words[0]), path(words[1]));
}

void Script::rm(Must, const Words& words) {
    for (const std::string& word : words) fs::remove_all(path(word));
}

void Script::mkdir(Must, const Words& words) {
    for (const std::string& word : words) fs::create_directories(path(word));
}

void Script::chmod(Must, const Words& words) {
    need(words, 2, 2);
    fs::permissions(path(words[1]), static_cast<fs::perms>(std::stoul(words[0], nullptr, 8)));
}

// flip FILE OFFSET: changes one bit of the byte there.
void Script::flip(Must, const Words& words) {
    need(words, 2, 2);
    std::string content = read_all(path(words[0]));
    const std::size_t offset = number(words[1]);
    if (offset >= content.size())
        fail("there are only " + std::to_string(content.size()) + " bytes");
    content[offset] = static_cast<char>(static_cast<unsigned char>(content[offset]) ^ 1U);
    write_all(path(words[0]), content);
}

void Script::append(Must, const Words& words) {
    need(words, 2, 2);
    const std::string content =
        fs::exists(path(words[0])) ? read_all(path(words[0])) : std::string();
    write_all(path(words[0]), content + words[1]);
}

void Script::truncate(Must, const Words& words) {
    need(words, 2, 2);
    fs::resize_file(path(words[0]), number(words[1]));
}

}  // namespace custos::script
