// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands/package_options.h"

#include "crypto/error.h"

namespace custos::cli {

namespace publish = vault::publish;

std::vector<publish::Acceptance> acceptances(const Arguments& arguments) {
    std::vector<publish::Acceptance> accepted;
    for (const std::string& text : arguments.texts("accept"))
        accepted.push_back(publish::read_acceptance(text));
    return accepted;
}

publish::WithPdf with_pdf(const Arguments& arguments) {
    if (arguments.has("pdf") && arguments.has("no-pdf")) {
        throw Error{ErrorCode::usage, "cannot make a package both with and without a PDF",
                    "give one of --pdf and --no-pdf"};
    }
    if (arguments.has("no-pdf")) return publish::WithPdf::never;
    return arguments.has("pdf") ? publish::WithPdf::always : publish::WithPdf::if_possible;
}

void warn_of_missing_pdf(Context& context, const std::string& why) {
    if (!why.empty()) context.talk.warning(why);
}

}  // namespace custos::cli
