// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/form/terminal_console.h"

#include <array>
#include <cerrno>
#include <span>

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/wrap.h"
#include "crypto/error.h"
#include "crypto/secret.h"
#include "vault/os/process.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

constexpr std::size_t kReadSize = 4096;
// What the system's own line editing takes; it drops the rest of a longer line without a word.
constexpr std::size_t kSystemLineMax = 4095;
constexpr std::size_t kRowsUnknown = 24;

constexpr std::string_view kPasteOn = "\x1b[?2004h";
constexpr std::string_view kPasteOff = "\x1b[?2004l";
// A row that is wider than the terminal thinks is cut, not wrapped.
constexpr std::string_view kWrapOff = "\x1b[?7l";
constexpr std::string_view kWrapOn = "\x1b[?7h";

Error input_ended() {
    return Error{ErrorCode::interrupted, "the input ended before the record was saved"};
}

winsize size_of_terminal() {
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0) size = {};
    return size;
}

bool more_is_waiting() {
    pollfd input{STDIN_FILENO, POLLIN, 0};
    return ::poll(&input, 1, 0) > 0 && (input.revents & POLLIN) != 0;
}

// Brackets a line with what the terminal must do meanwhile, whatever ends it.
class Bracketed {
public:
    explicit Bracketed(Talk& talk) : talk_(talk) {}
    Bracketed(const Bracketed&) = delete;
    Bracketed& operator=(const Bracketed&) = delete;
    ~Bracketed() { talk_.raw(std::string(kWrapOn) + std::string(kPasteOff) + "\r\n"); }

private:
    Talk& talk_;
};

}  // namespace

TerminalConsole::TerminalConsole(Talk& talk, Keys keys) : talk_(talk) {
    if (keys == Keys::one_by_one) keys_.emplace(STDIN_FILENO);
}

TerminalConsole::~TerminalConsole() { wipe(waiting_); }

std::size_t TerminalConsole::columns() const { return columns_of_terminal(STDERR_FILENO); }

std::size_t TerminalConsole::rows() const {
    const std::size_t rows = size_of_terminal().ws_row;
    return rows < 5 ? kRowsUnknown : rows;
}

void TerminalConsole::say(std::string_view text) { talk_.raw(text); }

std::vector<std::string> TerminalConsole::ask(const Asking& asking) {
    if (keys_) return ask_by_keys(asking);
    return {ask_by_line(asking)};
}

void TerminalConsole::read_some() {
    std::array<char, kReadSize> buffer{};
    for (;;) {
        vault::throw_if_interrupted();
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) throw input_ended();
        waiting_.append(buffer.data(), static_cast<std::size_t>(got));
        wipe(MutableByteView{reinterpret_cast<std::uint8_t*>(buffer.data()), buffer.size()});
        return;
    }
}

std::vector<std::string> TerminalConsole::ask_by_keys(const Asking& asking) {
    using Event = LineEditor::Event;
    editor_.begin(
        asking.many_lines ? LineEditor::Pasting::many_lines : LineEditor::Pasting::one_line,
        asking.present);
    if (asking.begin_with_present) editor_.insert(asking.present);

    const Bracketed bracketed(talk_);
    talk_.raw(std::string(kPasteOn) + std::string(kWrapOff));
    std::size_t lines_shown = 0;
    for (;;) {
        std::string_view rest = waiting_;
        const Event event = editor_.feed(rest);
        waiting_.erase(0, waiting_.size() - rest.size());
        if (event == Event::ended) throw input_ended();
        if (event == Event::entered || !more_is_waiting()) {
            std::string prompt = asking.prompt;
            if (editor_.whole_lines() != lines_shown) {
                lines_shown = editor_.whole_lines();
                prompt = "(" + std::to_string(lines_shown) + " lines pasted) " + prompt;
            }
            talk_.raw(editor_.shown(prompt, columns()));
        }
        if (event == Event::entered) break;
        read_some();
    }
    if (editor_.was_cut()) {
        talk_.raw(
            "\r\n  Not everything was taken: it was too long, or no text. Look at it again with "
            "!.");
    }
    return editor_.take_lines();
}

std::string TerminalConsole::ask_by_line(const Asking& asking) {
    talk_.raw(asking.prompt);
    std::size_t end = waiting_.find('\n');
    while (end == std::string::npos) {
        if (waiting_.size() > kLineSizeMax) throw Error{ErrorCode::usage, "the line is too long"};
        read_some();
        end = waiting_.find('\n');
    }
    std::string line = waiting_.substr(0, end);
    waiting_.erase(0, end + 1);
    if (line.size() >= kSystemLineMax) {
        talk_.raw("  This terminal cuts lines after 4,095 bytes: look at it again with !.\n");
    }
    if (const auto why = vault::text_refusal(line, vault::Lines::many)) {
        talk_.raw("  This line was not taken: it " + *why + ".\n");
        return ask_by_line(asking);
    }
    return line;
}

}  // namespace custos::cli
