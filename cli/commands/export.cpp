// SPDX-License-Identifier: GPL-3.0-or-later
// custos export: records out of the vault, as plain text that other programs read.
#include "vault/exchange/export.h"

#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "cli/progress.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/exchange/bag.h"
#include "vault/exchange/csv.h"
#include "vault/exchange/geojson.h"
#include "vault/exchange/graph.h"
#include "vault/exchange/output_file.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr Option kKind{"kind", 'k', Takes::value, "KIND", "records of this kind only"};
constexpr Option kWhere{"where", 'w', Takes::values, "EXPR", "only those: \"place.country=TH\""};
constexpr Option kForce{"force", 'f', Takes::nothing, "", "replace the file if it is there"};

constexpr std::array kJsonlOptions = {kKind, kWhere, kForce};
constexpr std::array kCsvOptions = {
    kKind, kWhere, kForce,
    Option{"delimiter", '\0', Takes::value, "WORD", "comma (the default), semicolon, tab"}};
constexpr std::array kGeojsonOptions = {kKind, kWhere, kForce};
constexpr std::array kGraphOptions = {
    Option{"format", '\0', Takes::value, "WORD", "graphml (the default) or dot"},
    Option{"identities", '\0', Takes::nothing, "", "write names of protected persons, and titles"},
    kForce};

constexpr std::array kBagOptions = {
    Option{"recipient", 'r', Takes::values, "KEY",
           "age1… that can open it; the recovery recipient if none"}};

using Produce = std::function<vault::ExportCount(const vault::Vault&, const vault::WriteText&)>;

vault::ExportQuery query_of(const Arguments& arguments) {
    vault::ExportQuery query;
    if (const auto kind = arguments.maybe("kind")) query.kind = vault::require_kind(*kind);
    query.where = arguments.texts("where");
    if (!query.where.empty() && !query.kind)
        throw Error{ErrorCode::usage, "--where needs --kind", "say which kind the fields are of"};
    return query;
}

std::string kinds_text(const vault::ExportCount& count) {
    std::string text;
    for (const auto& [kind, number] : count.kinds) {
        text += (text.empty() ? "" : ", ") + amount_text(number, Unit::items) + " " +
                std::string(number == 1 ? name_of(kind) : vault::row_of(kind).plural);
    }
    return text.empty() ? "no records" : text;
}

// "3 of P3, 1 of P4": what somebody who finds the file would find.
std::string levels_text(const vault::ExportCount& count) {
    std::string text;
    for (const auto& [level, number] : count.protection) {
        text += (text.empty() ? "" : ", ") + amount_text(number, Unit::items) +
                (level.empty() ? " without a level" : " of " + level);
    }
    return text;
}

class ExportCommand {
public:
    ExportCommand(Context& context, const Arguments& arguments, std::string format)
        : context_(context), arguments_(arguments), format_(std::move(format)) {}

    int run(const Produce& produce) {
        const std::string& file = arguments_.word(0);
        return file == "-" ? to_stdout(produce) : to_file(file, produce);
    }

private:
    int to_file(const vault::Path& path, const Produce& produce) {
        vault::OutputFile out(
            path, arguments_.has("force") ? vault::Existing::replace : vault::Existing::refuse);
        vault::Vault vault = open_vault(context_, vault::Access::write);
        const vault::ExportCount count =
            produce(vault, [&](std::string_view piece) { out.write(piece); });
        const crypto::Digest digest = out.finish();
        log(vault, count, digest);
        out.publish();
        const std::string name = path.filename().string();
        if (context_.globals.machine()) {
            context_.out.document(document(count, digest, name));
        } else {
            context_.talk.note("wrote " + kinds_text(count) + " to " + name + ", sha256 " +
                               crypto::hex(digest.view()));
        }
        warn(count, name);
        return 0;
    }

    // Twice the same: for the log, which comes first, and then to stdout.
    int to_stdout(const Produce& produce) {
        vault::Vault vault = open_vault(context_, vault::Access::write);
        crypto::Sha256 digest;
        const vault::ExportCount count =
            produce(vault, [&](std::string_view piece) { digest.update(bytes_of(piece)); });
        log(vault, count, digest.finish());
        produce(vault, [&](std::string_view piece) { context_.out.raw(piece); });
        context_.out.flush();
        warn(count, "what was written");
        return 0;
    }

    void log(vault::Vault& vault, const vault::ExportCount& count,
             const crypto::Digest& digest) const {
        vault::Change change(vault);
        vault::log_export(change, format_, count, digest);
        change.commit();
    }

    json document(const vault::ExportCount& count, const crypto::Digest& digest,
                  const std::string& name) const {
        json kinds = json::object();
        for (const auto& [kind, number] : count.kinds)
            kinds[std::string(vault::name_of(kind))] = number;
        json levels = json::object();
        for (const auto& [level, number] : count.protection)
            levels[level.empty() ? "none" : level] = number;
        return {{"schema", "custos.export/1"},
                {"format", format_},
                {"file", name},
                {"records", count.records},
                {"kinds", std::move(kinds)},
                {"protection", std::move(levels)},
                {"sha256", crypto::hex(digest.view())}};
    }

    void warn(const vault::ExportCount& count, const std::string& name) {
        if (count.records > 0) {
            context_.talk.warning(name + " is not encrypted: it tells of " + levels_text(count));
        }
        if (count.exhibits_with_files > 0) {
            context_.talk.note("the files of " +
                               amount_text(count.exhibits_with_files, Unit::items) +
                               " exhibits are not in it: custos extract copies them");
        }
        if (count.missing > 0) {
            context_.talk.warning(
                "records in it point at " + amount_text(count.missing, Unit::items) +
                " that are in the trash or purged, and so are not in it: an import into another "
                "vault refuses those lines");
        }
        if (count.links_cut > 0) {
            context_.talk.note("what is said of " + amount_text(count.links_cut, Unit::items) +
                               " links (grades, places) is not in a table: export jsonl has it");
        }
        if (count.long_cells > 0) {
            context_.talk.warning(amount_text(count.long_cells, Unit::items) +
                                  " cells are longer than spreadsheet programs keep (32,767 "
                                  "characters): they would cut them");
        }
    }

    Context& context_;
    const Arguments& arguments_;
    std::string format_;
};

int export_jsonl(Context& context, const Arguments& arguments) {
    const vault::ExportQuery query = query_of(arguments);
    return ExportCommand(context, arguments, "jsonl")
        .run([&](const auto& vault, const auto& write) {
            return vault::export_jsonl(vault, query, write);
        });
}

int export_csv(Context& context, const Arguments& arguments) {
    const vault::ExportQuery query = query_of(arguments);
    const char delimiter = vault::delimiter_named(arguments.text("delimiter", "comma"));
    if (delimiter == '\0') throw Error{ErrorCode::usage, "--delimiter is comma, semicolon or tab"};
    return ExportCommand(context, arguments, "csv").run([&](const auto& vault, const auto& write) {
        return vault::export_csv(vault, query, delimiter, write);
    });
}

int export_geojson(Context& context, const Arguments& arguments) {
    const vault::ExportQuery query = query_of(arguments);
    return ExportCommand(context, arguments, "geojson")
        .run([&](const auto& vault, const auto& write) {
            return vault::export_geojson(vault, query, write);
        });
}

int export_graph(Context& context, const Arguments& arguments) {
    const std::string format = arguments.text("format", "graphml");
    if (format != "graphml" && format != "dot")
        throw Error{ErrorCode::usage, "--format is graphml or dot"};
    const auto identities =
        arguments.has("identities") ? vault::Identities::write : vault::Identities::leave_out;
    return ExportCommand(context, arguments, format).run([&](const auto& vault, const auto& write) {
        return vault::export_graph(
            vault, format == "dot" ? vault::GraphFormat::dot : vault::GraphFormat::graphml,
            identities, write);
    });
}

std::vector<crypto::age::Recipient> recipients_of(const vault::Vault& vault,
                                                  const Arguments& arguments) {
    std::vector<std::string> texts = arguments.texts("recipient");
    if (texts.empty()) {
        if (const auto recovery = vault.setting(vault::Verb::recovery))
            texts.push_back(recovery->value("recipient", ""));
    }
    if (texts.empty()) {
        throw Error{ErrorCode::usage, "cannot make a bag that nobody could open",
                    "this vault has no recovery recipient: give --recipient age1…"};
    }
    std::vector<crypto::age::Recipient> recipients;
    for (const std::string& text : texts) {
        const auto recipient = crypto::age::Recipient::parse(text);
        if (!recipient) {
            throw Error{ErrorCode::usage,
                        "\"" + vault::harmless_excerpt(text, 20) + "\" is no age recipient",
                        "one begins with age1 or age1pq1"};
        }
        recipients.push_back(*recipient);
    }
    return recipients;
}

int export_bag(Context& context, const Arguments& arguments) {
    const vault::Path path = arguments.word(0);
    vault::Vault vault = open_vault(context, vault::Access::write);
    const auto recipients = recipients_of(vault, arguments);
    Progress progress(context);
    progress.stage("making a bag", 0, Unit::bytes);
    const vault::Bagged bagged = vault::export_bag(
        vault, path, recipients, [&](std::uint64_t bytes) { progress.at(bytes); });
    progress.end();
    const std::string name = path.filename().string();
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.export/1"},
                              {"format", "bag"},
                              {"file", name},
                              {"records", bagged.count.records},
                              {"files", bagged.files},
                              {"bytes", bagged.bytes},
                              {"sha256", crypto::hex(bagged.digest.view())}});
    } else {
        context.talk.note("wrote " + kinds_text(bagged.count) + " and " +
                          amount_text(bagged.files, Unit::items) +
                          (bagged.files == 1 ? " file" : " files") + " to " + name + ", sha256 " +
                          crypto::hex(bagged.digest.view()));
    }
    return 0;
}

}  // namespace

const Body kExportJsonl = {
    export_jsonl,
    kJsonlOptions,
    1,
    1,
    "Every live record, or those chosen, one JSON object a line, with ids, fields\n"
    "and links: what custos import jsonl reads, into this vault or another one. FILE\n"
    "- is stdout.\n"
    "\n"
    "The file is plain text, for you alone to read (0600), and whole or not there at\n"
    "all. It holds everything, identities included, whatever the protection: say\n"
    "where it goes, and remember that deleting does not wipe a disk. The log notes\n"
    "that it was made. Files of exhibits are not in it, nor is what lies in the\n"
    "trash.\n"
    "\n"
    "    custos export jsonl all.jsonl\n"
    "    custos export jsonl - --kind incident --where place.country=TH",
};

const Body kExportCsv = {
    export_csv,
    kCsvOptions,
    1,
    1,
    "The same as a table for spreadsheets: a row a record, a column a field, ids and\n"
    "links in columns of their own. What custos import csv reads; rows that were\n"
    "changed come back as new revisions. With --kind the table has the columns of\n"
    "one kind, which is easier to read. FILE - is stdout.\n"
    "\n"
    "No cell can be taken for a formula: an apostrophe is put before it, and taken\n"
    "away on import. Spreadsheet programs change dates and long numbers: tell them\n"
    "that all columns are text. As with export jsonl, the file is plain text.\n"
    "\n"
    "    custos export csv persons.csv --kind person\n"
    "    custos export csv incidents.csv --kind incident --delimiter semicolon",
};

const Body kExportGeojson = {
    export_geojson,
    kGeojsonOptions,
    1,
    1,
    "The places of records for maps (RFC 7946), no more exactly than may be\n"
    "published: by each place's publish_precision, a province where none is set; P3\n"
    "shows no more than a province, P4 nothing. Coordinates are rounded, dates of\n"
    "coarse places too. Features have codes and terms, and no text of anybody's.\n"
    "FILE - is stdout.\n"
    "\n"
    "Few points in one cell can still tell who it was: look before you publish.\n"
    "\n"
    "    custos export geojson map.geojson --kind incident",
};

const Body kExportGraph = {
    export_graph,
    kGraphOptions,
    1,
    1,
    "Persons, incidents, acts and involvements as a graph, with their references and\n"
    "links as edges, in GraphML (Gephi, yEd, NetworkX) or DOT (Graphviz). Persons of\n"
    "P2 and above, and those without a level, appear by their code alone; titles of\n"
    "incidents stay out, since they may hold names. FILE - is stdout.\n"
    "\n"
    "    custos export graph network.graphml\n"
    "    custos export graph - --format dot | dot -Tsvg > network.svg",
};

const Body kExportBag = {
    export_bag,
    kBagOptions,
    1,
    1,
    "Every live record as JSON, the files of exhibits, digests of all of them and a\n"
    "page that says what it is, in a tar in an age file: readable in twenty years\n"
    "with two common programs and without custos. It is sealed to the recipients\n"
    "given, or else to the recovery recipient. An existing file is never\n"
    "overwritten.\n"
    "\n"
    "    custos export bag vault.tar.age\n"
    "    custos export bag court.tar.age --recipient age1…\n"
    "    age --decrypt -i identity.txt vault.tar.age | tar -x",
};

}  // namespace custos::cli
