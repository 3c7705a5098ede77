// SPDX-License-Identifier: GPL-3.0-or-later
// custos version: which custos this is, and which libraries it runs with.
#include <nlohmann/json.hpp>
#include <openssl/crypto.h>
#include <sodium.h>
#include <unicode/uvernum.h>

#include "cli/commands/bodies.h"
#include "cli/context.h"

namespace custos::cli {
namespace {

int version(Context& context, const Arguments&) {
    const std::vector<std::pair<std::string, std::string>> libraries = {
        {"sqlcipher", CUSTOS_SQLCIPHER_VERSION},
        {"libsodium", sodium_version_string()},
        {"openssl", OpenSSL_version(OPENSSL_VERSION_STRING)},
        {"icu", U_ICU_VERSION},
        {"compiler", __VERSION__},
    };
    if (context.globals.json) {
        nlohmann::json built = nlohmann::json::object();
        for (const auto& [name, text] : libraries) built[name] = text;
        context.out.document(
            {{"schema", "custos.version/1"}, {"version", CUSTOS_VERSION}, {"libraries", built}});
        return 0;
    }
    context.out.line("custos " CUSTOS_VERSION);
    if (!context.globals.quiet) context.out.fields(libraries, 2);
    return 0;
}

}  // namespace

const Body kVersion = {version, {}, 0, 0, "    custos version\n    custos version --json"};

}  // namespace custos::cli
