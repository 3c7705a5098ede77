// SPDX-License-Identifier: GPL-3.0-or-later
// custos verify-page: the page with which readers check statements in a browser.
#include "vault/publish/verify_page.h"

#include <system_error>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/context.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/hash.h"

namespace custos::cli {
namespace {

namespace publish = vault::publish;

int verify_page(Context& context, const Arguments& arguments) {
    const vault::Path file = arguments.word(0);
    std::error_code ignored;
    if (std::filesystem::symlink_status(file, ignored).type() !=
        std::filesystem::file_type::not_found) {
        throw Error{ErrorCode::conflict,
                    "cannot write " + file.filename().string() + ": it exists already",
                    "name a file that does not exist yet"};
    }
    const std::string page = publish::render_verify_page();
    vault::write_new_file(file, bytes_of(page));
    const std::string digest = crypto::hex(crypto::sha256(bytes_of(page)).view());
    if (context.globals.machine()) {
        context.out.document(
            {{"schema", "custos.verify_page/1"}, {"file", arguments.word(0)}, {"sha256", digest}});
        return 0;
    }
    context.out.fields({{"file", arguments.word(0)}, {"sha256", digest}});
    context.talk.note("publish it apart from the statements: on your site, on paper its SHA-256");
    return 0;
}

}  // namespace

const Body kVerifyPage = {
    verify_page,
    {},
    1,
    1,
    "Writes the page verify.html, with which readers check your statements in a browser,\n"
    "offline and without custos. It is the same from every copy of this version of custos,\n"
    "needs no vault and holds nothing of yours. Publish it apart from the statements: a page\n"
    "that comes with what it checks can be made to say anything.\n"
    "\n"
    "    custos verify-page verify.html",
};

}  // namespace custos::cli
