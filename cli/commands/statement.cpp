// SPDX-License-Identifier: GPL-3.0-or-later
// custos statement preview, check, publish: from records to something that strangers may read.
#include <algorithm>
#include <array>
#include <system_error>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/commands/package_options.h"
#include "cli/open_vault.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/publication_key.h"
#include "vault/publish/gather.h"
#include "vault/publish/preview.h"
#include "vault/publish/publish.h"
#include "vault/publish/render.h"
#include "vault/publish/statements.h"
#include "vault/publish/zip.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
namespace publish = vault::publish;

constexpr std::array kCheckOptions = {kAcceptOption, kPdfOption, kNoPdfOption};

constexpr std::array kPublishOptions = {
    Option{"output", 'o', Takes::value, "DIR", "where to put the package; needed"},
    Option{"zip", '\0', Takes::nothing, "", "write it as one file as well, DIR.zip"},
    kAcceptOption,
    kReasonOption,
    kPdfOption,
    kNoPdfOption,
};

void warn_of_void_approval(Context& context, const std::string& why) {
    if (!why.empty()) context.talk.warning("the approval is void: " + why);
}

json text_or_null(const std::string& text) { return text.empty() ? json() : json(text); }

json as_json(const publish::Finding& finding) {
    return {{"id", text_or_null(finding.id)},
            {"rule", finding.rule},
            {"severity", publish::text_of(finding.severity)},
            {"file", finding.file},
            {"record", text_or_null(finding.record)},
            {"line", finding.line},
            {"offset", finding.offset},
            {"form", finding.form},
            {"next", finding.next}};
}

json as_json(const std::vector<publish::Finding>& findings) {
    json list = json::array();
    for (const publish::Finding& finding : findings) list.push_back(as_json(finding));
    return list;
}

std::string place_of(const publish::Finding& finding) {
    if (finding.line == 0)
        return finding.form == "file name" ? finding.file + " (name)" : finding.file;
    return finding.file + ":" + std::to_string(finding.line);
}

// Fuzzy findings are decided one by one, exact ones mended record by record.
bool is_one(const publish::Finding& a, const publish::Finding& b) {
    return a.severity == publish::Severity::exact || a.id == b.id;
}

// What is said of the same in several files stands on one line.
struct Line {
    const publish::Finding* finding;
    std::vector<std::string> places;
};

std::vector<Line> grouped(const std::vector<publish::Finding>& findings) {
    std::vector<Line> lines;
    for (const publish::Finding& finding : findings) {
        const auto same = std::find_if(lines.begin(), lines.end(), [&](const Line& line) {
            return line.finding->rule == finding.rule && line.finding->record == finding.record &&
                   line.finding->severity == finding.severity &&
                   line.finding->next == finding.next && is_one(*line.finding, finding);
        });
        const std::string place = place_of(finding);
        if (same == lines.end()) {
            lines.push_back({&finding, {place}});
        } else if (std::find(same->places.begin(), same->places.end(), place) ==
                   same->places.end()) {
            same->places.push_back(place);
        }
    }
    return lines;
}

std::string joined(const std::vector<std::string>& places) {
    constexpr std::size_t kShownMax = 6;
    std::string text;
    for (std::size_t i = 0; i < std::min(places.size(), kShownMax); ++i)
        text += (i > 0 ? ", " : "") + places[i];
    if (places.size() > kShownMax)
        text += " and " + std::to_string(places.size() - kShownMax) + " more";
    return text;
}

void print_findings(Context& context, const std::vector<publish::Finding>& findings) {
    for (const Line& line : grouped(findings)) {
        const publish::Finding& finding = *line.finding;
        std::string text = std::string(publish::text_of(finding.severity)) + " " + finding.rule;
        if (!finding.record.empty()) text += " of " + finding.record;
        context.out.line(
            text + ": " + joined(line.places),
            finding.severity == publish::Severity::exact ? Style::bad : Style::warning);
        const bool decidable = finding.severity == publish::Severity::fuzzy;
        context.out.line("    " + (decidable ? finding.id + ": " : "") + finding.next);
    }
}

json as_json(const publish::Preview& shown, const std::string& code) {
    json plan = json::array();
    for (const publish::PlanRow& row : shown.plan.rows) {
        plan.push_back({{"handle", row.handle},
                        {"record", row.record},
                        {"appearance", row.appearance},
                        {"shown", row.shown},
                        {"reason", row.reason}});
    }
    json problems = json::array();
    for (const publish::Problem& problem : shown.problems) {
        problems.push_back({{"rule", problem.rule},
                            {"record", text_or_null(problem.record)},
                            {"line", problem.line},
                            {"message", problem.message},
                            {"next", problem.next}});
    }
    return {{"schema", "custos.statement.preview/1"},
            {"id", code},
            {"plan", plan},
            {"problems", problems},
            {"text", publish::render_markdown(shown.edition)}};
}

int statement_preview(Context& context, const Arguments& arguments) {
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const publish::Preview shown = publish::preview(publish::gather(vault, id));
    if (context.globals.machine()) {
        context.out.document(as_json(shown, vault::code_of(vault, id)));
        return 0;
    }
    Table table{{"HANDLE", "APPEARS", "AS", "BECAUSE"}, {}};
    for (const publish::PlanRow& row : shown.plan.rows) {
        table.rows.push_back({row.handle, row.appearance, row.shown, row.reason});
    }
    context.out.table(table);
    if (!shown.plan.rows.empty()) context.out.blank();
    context.out.paragraph(publish::render_markdown(shown.edition));
    for (const publish::Problem& problem : shown.problems) {
        context.talk.warning(
            problem.message +
            (problem.line > 0 ? " (line " + std::to_string(problem.line) + ")" : "") + "; " +
            problem.next);
    }
    return 0;
}

int statement_check(Context& context, const Arguments& arguments) {
    const std::vector<publish::Acceptance> accepted = acceptances(arguments);
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const publish::Check check = publish::check_statement(vault, id, accepted, with_pdf(arguments));
    warn_of_missing_pdf(context, check.pdf_missing);
    warn_of_void_approval(context, check.approval_void);
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.statement.check/1"},
                              {"id", vault::code_of(vault, id)},
                              {"rules", publish::kScanRules},
                              {"needs_approval", check.needs_approval},
                              {"approved", check.is_approved},
                              {"approval_void", text_or_null(check.approval_void)},
                              {"findings", as_json(check.findings)},
                              {"accepted", as_json(check.accepted)}});
    } else if (check.findings.empty()) {
        context.out.line("no known term found in " + std::to_string(check.package.size()) +
                         " files");
        context.talk.note(
            "names, faces and facts that the vault does not know were not looked for");
    } else {
        print_findings(context, check.findings);
    }
    return check.findings.empty() ? 0 : static_cast<int>(ErrorCode::refused);
}

// "package.zip" of "package" and "package/". Error{conflict} if it is there already.
vault::Path zip_beside(const std::string& directory) {
    vault::Path path = directory;
    if (!path.has_filename()) path = path.parent_path();
    path += publish::kZipSuffix;
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
        throw Error{ErrorCode::conflict,
                    "cannot publish to " + path.filename().string() + ": it exists already",
                    "name a directory beside which there is no such file"};
    }
    return path;
}

// The package has left, whatever becomes of this.
void write_zip_of(const std::string& directory, const vault::Path& file) {
    try {
        publish::write_zip(directory, file);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::interrupted) throw;
        throw Error{ErrorCode::partly_done,
                    "published to " + directory + ", but not as one file: " + error.what(),
                    "pack the files of the directory, without their path"};
    }
}

int statement_publish(Context& context, const Arguments& arguments) {
    const std::string output = arguments.text("output");
    if (output.empty()) {
        throw Error{ErrorCode::usage, "cannot publish without a directory",
                    "name one with --output DIR"};
    }
    const std::vector<publish::Acceptance> accepted = acceptances(arguments);
    const std::string zip = arguments.has("zip") ? zip_beside(output).string() : std::string();
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId id = vault::resolve(vault, arguments.word(0));
    const publish::Published published = publish::publish_statement(
        vault, id, output, accepted, arguments.text("reason"), with_pdf(arguments));
    warn_of_missing_pdf(context, published.pdf_missing);
    warn_of_void_approval(context, published.approval_void);
    if (!zip.empty()) write_zip_of(output, zip);
    const crypto::minisign::PublicKey key = vault::publication_key(vault);
    if (context.globals.machine()) {
        context.out.document(
            {{"schema", "custos.statement.publish/1"},
             {"id", vault::code_of(vault, id)},
             {"index", published.index},
             {"directory", output},
             {"zip", text_or_null(zip)},
             {"package", crypto::hex(published.digest.view())},
             {"files", published.files},
             {"approved_by", published.by_two_persons ? "two persons" : "one person"},
             {"pdf_missing", text_or_null(published.pdf_missing)},
             {"key",
              {{"id", crypto::minisign::key_id_text(key.id)},
               {"public_key", crypto::minisign::public_key_line(key)},
               {"fingerprint", publish::fingerprint_of(key)}}}});
        return 0;
    }
    std::vector<std::pair<std::string, std::string>> facts = {
        {"index", published.index},
        {"directory", output},
        {"files", std::to_string(published.files.size())},
        {"package", crypto::hex(published.digest.view())},
        {"key", crypto::minisign::public_key_line(key)}};
    if (!zip.empty()) facts.emplace_back("in one file", zip);
    context.out.fields(facts);
    context.talk.note(std::string(published.by_two_persons ? "approved by a second person"
                                                           : "checked by one person") +
                      ": no known term found; what the vault does not know was not looked for");
    return 0;
}

}  // namespace

const Body kStatementPreview = {
    statement_preview,
    {},
    1,
    1,
    "Shows how each person, date and place that the statement mentions by a handle would\n"
    "appear, and why, and then the text as readers would see it. Nothing leaves the vault.\n"
    "\n"
    "    custos statement preview S-4D2KM",
};

const Body kStatementCheck = {
    statement_check,
    kCheckOptions,
    1,
    1,
    "Makes the whole package in memory and looks through the final bytes of every file for\n"
    "names, aliases, numbers and contacts of every protected person in the vault. Exit\n"
    "status 13 with findings. Exact ones cannot be passed over; a fuzzy one can, once\n"
    "somebody has looked at it: with \"statement decide\", or here by rule and record. No\n"
    "finding means that no known term was found, not that nobody can be recognised.\n"
    "\n"
    "    custos statement check S-4D2KM\n"
    "    custos statement check S-4D2KM --accept near_name:P-7K3QD",
};

const Body kStatementPublish = {
    statement_publish,
    kPublishOptions,
    1,
    1,
    "Checks the statement, and if there is no finding writes the signed package to a\n"
    "directory that does not exist yet, and logs that it left. With --zip the same files\n"
    "are in DIR.zip as well, for sending: verify takes it as it is.\n"
    "\n"
    "    custos statement publish S-4D2KM --output package\n"
    "    custos statement publish S-4D2KM --output package --zip\n"
    "    custos verify package --key organisation.pub",
};

}  // namespace custos::cli
