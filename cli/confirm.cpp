// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/confirm.h"

#include <cerrno>

#include <unistd.h>

#include "crypto/error.h"
#include "vault/os/process.h"

namespace custos::cli {

void confirm_by_typing(Context& context, const std::string& what, const std::string& word) {
    if (context.globals.no_input || ::isatty(STDIN_FILENO) != 1 || !context.talk.is_terminal())
        return;
    context.talk.raw(what + " Type " + word + " to go on: ");
    std::string answer;
    for (char c = 0; answer.size() <= word.size();) {
        vault::throw_if_interrupted();
        const ssize_t got = ::read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0 || c == '\n') break;
        answer.push_back(c);
    }
    if (answer != word) throw Error{ErrorCode::refused, "not confirmed: nothing was changed"};
}

}  // namespace custos::cli
