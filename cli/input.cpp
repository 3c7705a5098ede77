// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/input.h"

#include <array>
#include <cerrno>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "crypto/error.h"
#include "vault/os/process.h"
#include "vault/records/assign.h"
#include "vault/records/json_input.h"
#include "vault/records/schema.h"

namespace custos::cli {
namespace {

std::string read_stdin(const Context& context, std::size_t limit) {
    for (const PassphraseSource& source :
         {context.globals.passphrase, context.globals.new_passphrase}) {
        if (source.descriptor != STDIN_FILENO) continue;
        throw Error{ErrorCode::usage, "cannot read both data and a passphrase from stdin",
                    "give the passphrase by another descriptor or by a file"};
    }
    std::string text;
    std::array<char, 65536> buffer{};
    for (;;) {
        vault::throw_if_interrupted();
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) vault::throw_system_error(errno, "read", "stdin");
        if (got == 0) return text;
        text.append(buffer.data(), static_cast<std::size_t>(got));
        if (text.size() > limit) {
            throw Error{ErrorCode::usage,
                        "stdin holds more than " + std::to_string(limit) + " bytes"};
        }
    }
}

}  // namespace

std::string read_input(const Context& context, const std::string& file, std::size_t limit) {
    if (file == "-") return read_stdin(context, limit);
    return to_string(vault::read_file(file, limit));
}

nlohmann::json read_json_input(const Context& context, const std::string& file) {
    return vault::parse_json(read_input(context, file, vault::kJsonSizeMax));
}

std::vector<std::string> assign_before_opening(vault::Kind kind, nlohmann::json& fields,
                                               const std::vector<std::string>& assignments) {
    std::vector<std::string> own;
    for (const std::string& assignment : assignments) {
        if (vault::is_own_name(assignment)) {
            own.push_back(assignment);
        } else {
            vault::assign(vault::builtin_schema(), kind, fields, assignment);
        }
    }
    return own;
}

}  // namespace custos::cli
