// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/editor.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "cli/harmless.h"
#include "crypto/error.h"
#include "vault/os/confined.h"
#include "vault/os/memory_directory.h"
#include "vault/os/process.h"
#include "vault/records/check.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

constexpr const char* kFileName = "text";
// Not from PATH: whoever can set it could put another program there.
constexpr std::array kProgramDirectories = {"/usr/bin", "/bin"};

// -Z and -R: no shell and no other file from inside the editor.
constexpr std::array kVimArguments = {
    "-Z",    "-N",
    "-n",    "-i",
    "NONE",  "-u",
    "NONE",  "-U",
    "NONE",  "--noplugin",
    "--cmd", "set encoding=utf-8 nobackup nowritebackup noundofile noswapfile viminfo= nomodeline",
    "-c",    "set linebreak display=lastline shortmess+=I"};
constexpr std::array kNanoArguments = {"--ignorercfiles", "--restricted", "--nonewlines",
                                       "--softwrap", "--atblanks"};

enum class Family { vim, nano };

struct Row {
    const char* name;
    Family family;
};
// `vi` is taken only where it is a vim.
constexpr std::array kRows = {Row{"nano", Family::nano}, Row{"vim", Family::vim},
                              Row{"vi", Family::vim}, Row{"vim.tiny", Family::vim},
                              Row{"vim.basic", Family::vim}};
constexpr const char* kNames = "nano, vim, vi (where it is a vim)";

std::vector<std::string> arguments_of(Family family) {
    if (family == Family::nano) return {kNanoArguments.begin(), kNanoArguments.end()};
    return {kVimArguments.begin(), kVimArguments.end()};
}

std::optional<Editor> installed(const Row& row) {
    std::error_code error;
    for (const char* directory : kProgramDirectories) {
        const vault::Path named = vault::Path(directory) / row.name;
        const vault::Path real = std::filesystem::canonical(named, error);
        if (error) continue;
        const std::string name = real.filename().string();
        const bool fits = row.family == Family::nano ? name == "nano" : name.starts_with("vim");
        if (fits) return Editor{row.name, real, arguments_of(row.family)};
    }
    return std::nullopt;
}

const Row* row_named(std::string_view name) {
    const auto* const found =
        std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) { return name == row.name; });
    return found == kRows.end() ? nullptr : found;
}

std::string variable(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing sets variables
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

// "/usr/bin/vim -f" is vim.
std::string name_in(const std::string& command) {
    const std::string program = command.substr(0, command.find(' '));
    return program.substr(program.rfind('/') == std::string::npos ? 0 : program.rfind('/') + 1);
}

void write_text(const vault::Path& file, const std::string& text) {
    vault::File out = vault::File::create(file);
    out.write(bytes_of(text.empty() ? text : text + "\n"));
    out.close();
}

}  // namespace

std::optional<Editor> find_editor(const Context&, const std::string& wanted) {
    const std::string name = wanted.empty() ? name_in(variable("EDITOR")) : wanted;
    const Row* row = row_named(name);
    return row == nullptr ? std::nullopt : installed(*row);
}

void check_editor(const Context& context, const std::string& wanted) {
    if (wanted.empty() || find_editor(context, wanted)) return;
    if (row_named(wanted) != nullptr) {
        throw Error{ErrorCode::usage, "cannot use the editor " + wanted + ": it is not installed",
                    "texts can be typed line by line without one"};
    }
    throw Error{ErrorCode::usage,
                "cannot use the editor " + vault::harmless_excerpt(wanted, 20) +
                    ": custos does not know how to start it so that it leaves nothing behind",
                "it can start " + std::string(kNames)};
}

std::optional<std::string> edit_text(Console& console, const Editor& editor,
                                     const std::string& text) {
    try {
        const vault::MemoryDirectory directory = vault::MemoryDirectory::make();
        const vault::Path file = directory.path() / kFileName;
        const std::string home = directory.path().string();
        write_text(file, text);
        vault::ConfinedProgram program{editor.program, editor.arguments, {}, directory.path()};
        program.arguments.emplace_back(kFileName);
        program.environment = {"PATH=/usr/bin:/bin",
                               "HOME=" + home,
                               "TMPDIR=" + home,
                               "XDG_CONFIG_HOME=" + home,
                               "XDG_DATA_HOME=" + home,
                               "XDG_CACHE_HOME=" + home,
                               "LANG=C.UTF-8",
                               "LC_ALL=C.UTF-8",
                               "TERM=" + variable("TERM")};
        const int status = vault::run_confined(program);
        vault::throw_if_interrupted();
        if (status != 0) {
            console.say("  The editor ended with status " + std::to_string(status) +
                        ": the text is as it was.\n");
            return std::nullopt;
        }
        const Bytes bytes = vault::read_file(file, vault::kTextSizeMax + 1);
        std::string changed(text_of(bytes));
        changed.erase(changed.find_last_not_of('\n') + 1);
        if (const auto why = vault::text_refusal(changed, vault::Lines::many)) {
            console.say("  What the editor wrote was not taken: it " + harmless(*why) + ".\n");
            return std::nullopt;
        }
        if (changed == text) return std::nullopt;
        return changed;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::interrupted) throw;
        console.say("  " + harmless(error.what()) + "\n  " + harmless(error.hint()) + "\n");
        return std::nullopt;
    }
}

}  // namespace custos::cli
