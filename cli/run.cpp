// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/run.h"

#include <cstdlib>
#include <exception>
#include <new>

#include <unistd.h>

#include "cli/commands/bodies.h"
#include "cli/help.h"
#include "crypto/error.h"
#include "crypto/secret.h"
#include "vault/os/process.h"

namespace custos::cli {
namespace {

std::string variable(const char* name) {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): there is one thread yet, and nothing sets variables
    const char* value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

bool is_colored(Color color, int descriptor) {
    if (color != Color::automatic) return color == Color::always;
    return ::isatty(descriptor) == 1 && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

Printer printer_for(const Globals& globals) {
    return {STDOUT_FILENO, is_colored(globals.color, STDOUT_FILENO), ::isatty(STDOUT_FILENO) == 1};
}

Talk talk_for(const Globals& globals) {
    return {STDERR_FILENO, is_colored(globals.color, STDERR_FILENO), ::isatty(STDERR_FILENO) == 1,
            globals.quiet || globals.machine()};  // a program reads errors, not notes
}

// Where to look is the user's business; an empty or relative path would follow the working
// directory.
vault::Path state_directory() {
    const vault::Path state = variable("XDG_STATE_HOME");
    if (state.is_absolute()) return state / "custos";
    const vault::Path home = variable("HOME");
    if (home.is_absolute()) return home / ".local" / "state" / "custos";
    return {};
}

bool can_draw() {
    const std::string terminal = variable("TERM");
    return !terminal.empty() && terminal != "dumb";
}

void check_words(const Command& command, const Arguments& arguments) {
    const std::size_t count = arguments.words().size();
    if (count < command.body->words_min) {
        throw Error{ErrorCode::usage, "incomplete command: " + std::string(command.words),
                    "usage: " + usage_of(command)};
    }
    if (count > command.body->words_max) {
        throw Error{ErrorCode::usage,
                    "cannot use the word " + arguments.word(command.body->words_max),
                    "usage: " + usage_of(command)};
    }
}

int dispatch(const CommandLine& line, Context& context) {
    switch (line.asked) {
        case Asked::help: print_help(context, line.help_topic); return 0;
        case Asked::version: return kVersion.run(context, Arguments());
        case Asked::command: break;
    }
    const Body& body = *line.command->body;
    const Arguments arguments = Arguments::parse(body.options, line.given);
    check_words(*line.command, arguments);
    return body.run(context, arguments);
}

int run_command(const CommandLine& line, const Setup& setup) {
    Context context{line.globals,      setup,     printer_for(line.globals), talk_for(line.globals),
                    state_directory(), can_draw()};
    try {
        start_crypto();
        const int status = dispatch(line, context);
        context.out.flush();
        return status;
    } catch (const Error&) {
        if (context.out.reader_left()) return static_cast<int>(ErrorCode::failed);
        context.out.try_flush();  // what was answered before the failure is true
        throw;
    }
}

int tell(Talk& talk, const Error& error, bool json) {
    talk.error(error, json ? Talk::Form::json : Talk::Form::text);
    return static_cast<int>(error.code());
}

}  // namespace

int run(int argc, char** argv, const Setup& setup) {
    const std::vector<std::string> tokens(argv + (argc > 0 ? 1 : 0), argv + argc);
    bool json = wants_json(tokens);
    Talk talk = talk_for(Globals{});
    try {
        vault::harden_process();
        vault::catch_interrupts();
        const CommandLine line = cut_command_line(tokens);
        talk = talk_for(line.globals);
        json = line.globals.machine();
        return run_command(line, setup);
    } catch (const Error& error) {
        return tell(talk, error, json);
    } catch (const std::bad_alloc&) {
        return tell(talk, Error{ErrorCode::failed, "there is not enough memory"}, json);
    } catch (const std::exception&) {
        // Its words may hold stored text, so they are not told.
        return tell(
            talk,
            Error{ErrorCode::failed, "custos failed in a way that it does not understand",
                  "the vault is as the last successful command left it; please report this"},
            json);
    }
}

}  // namespace custos::cli
