// SPDX-License-Identifier: GPL-3.0-or-later
// custos disclose: withheld parts of a publication, for somebody who may see them.
#include "vault/publish/disclose.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "crypto/error.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

namespace publish = vault::publish;

constexpr std::array kOptions = {
    Option{"paragraph", 'p', Takes::values, "N", "its number in statement.json"},
    Option{"language", '\0', Takes::value, "LANG", "of a translation that --paragraph is in"},
    Option{"fact", 'f', Takes::values, "HANDLE", "what stands behind P-7K3QD, or I-2M9XA:date"},
    Option{"to", '\0', Takes::value, "FILE", "where to write it; needed"},
    Option{"index", '\0', Takes::value, "INDEX", "of which publication; else of the newest"},
    Option{"reason", '\0', Takes::value, "TEXT", "to whom and why, for the log"},
};

publish::DisclosureRequest request_of(const Arguments& arguments) {
    publish::DisclosureRequest request;
    for (const std::string& text : arguments.texts("paragraph")) {
        const auto number = decimal(text, 1'000'000);
        if (!number)
            throw Error{ErrorCode::usage, "cannot disclose this paragraph: it is no number"};
        request.paragraphs.push_back(*number);
    }
    request.language = arguments.text("language");
    request.facts = arguments.texts("fact");
    request.index = arguments.text("index");
    request.reason = arguments.text("reason");
    return request;
}

int disclose(Context& context, const Arguments& arguments) {
    const std::string to = arguments.text("to");
    if (to.empty())
        throw Error{ErrorCode::usage, "cannot disclose without a file", "name one with --to FILE"};
    const publish::DisclosureRequest request = request_of(arguments);
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const publish::DisclosedParts parts = publish::disclose(vault, id, request, to);
    if (context.globals.machine()) {
        context.out.document(
            {{"schema", "custos.disclose/1"},
             {"id", vault::code_of(vault, id)},
             {"index", parts.index},
             {"file", to},
             {"paragraphs", request.paragraphs},
             {"language",
              request.language.empty() ? nlohmann::json() : nlohmann::json(request.language)},
             {"facts", request.facts}});
        return 0;
    }
    context.out.fields({{"index", parts.index}, {"file", to}});
    context.talk.note(
        "whoever has this file can read and prove what is in it: give it only to who may know");
    return 0;
}

}  // namespace

const Body kDisclose = {
    disclose,
    kOptions,
    1,
    1,
    "A publication signs what it withholds without showing it: passages between {withheld}\n"
    "and {/withheld}, and the names, dates and places behind what readers see. This writes\n"
    "chosen ones to a file for a court or an authority, who can prove with it that they are\n"
    "what was signed at the time. It is logged.\n"
    "\n"
    "    custos disclose S-4D2KM --paragraph 7 --to court.sd-jwt --reason 'court, case 12'\n"
    "    custos disclose S-4D2KM --fact P-7K3QD --fact I-2M9XA:date --to court.sd-jwt\n"
    "    custos verify package --disclosure court.sd-jwt --key organisation.pub",
};

}  // namespace custos::cli
