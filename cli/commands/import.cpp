// SPDX-License-Identifier: GPL-3.0-or-later
// custos import: many records at once, all of them or none.
#include "vault/exchange/import.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/input.h"
#include "cli/open_vault.h"
#include "cli/progress.h"
#include "crypto/error.h"
#include "vault/exchange/escape.h"
#include "vault/exchange/table.h"
#include "vault/records/text.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::size_t kRefusedShown = 10;

constexpr std::array kJsonlOptions = {
    Option{"dry-run", 'n', Takes::nothing, "", "say line by line what would happen"},
    Option{"partial", '\0', Takes::nothing, "", "store what can be stored, leave out the rest"},
    Option{"report", '\0', Takes::value, "FILE",
           "write every refused line and why into a new file"},
    Option{"update", '\0', Takes::value, "MODE",
           "records that are there: merge (the default), replace, refuse"},
    Option{"create-references", '\0', Takes::nothing, "",
           "make a record of each name that stands for one"},
};

constexpr std::array kCsvOptions = {
    kJsonlOptions[0],
    kJsonlOptions[1],
    kJsonlOptions[2],
    kJsonlOptions[3],
    kJsonlOptions[4],
    Option{"map", 'm', Takes::value, "FILE", "a mapping: which column is which field"},
    Option{"kind", 'k', Takes::value, "KIND", "what every row is"},
    Option{"encoding", '\0', Takes::value, "NAME", "such as windows-1252; UTF-8 if not given"},
    Option{"delimiter", '\0', Takes::value, "WORD",
           "comma, semicolon, tab; found out if not given"},
};

// A problem as --json and the report show it.
json json_of(std::size_t line, const vault::Problem& problem) {
    vault::Problem without_path = problem;
    without_path.path.clear();
    return {{"line", line}, {"field", problem.path}, {"why", to_text(without_path)}};
}

std::string text_of(std::size_t line, const vault::Problem& problem) {
    return "line " + std::to_string(line) + ": " + to_text(problem);
}

// The new file that --report asks for: made first, so that nothing is stored without it.
class Report {
public:
    explicit Report(const std::optional<std::string>& path) {
        if (!path) return;
        path_ = *path;
        file_.emplace(vault::File::create(path_));
    }
    Report(const Report&) = delete;
    Report& operator=(const Report&) = delete;
    ~Report() {
        if (!file_) return;
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
    }
    void add(std::size_t line, const vault::Problem& problem) {
        if (file_) file_->write(bytes_of(vault::json_line(json_of(line, problem))));
    }
    bool is_wanted() const { return !path_.empty(); }
    void finish() {
        if (!file_) return;
        file_->sync();
        file_->close();
        file_.reset();
    }

private:
    vault::Path path_;
    std::optional<vault::File> file_;
};

// What is remembered of each record until it is known whether it was stored.
struct Done {
    std::size_t line = 0;
    vault::Action action = vault::Action::refuse;
    std::string ref;
    vault::RecordId id;
};

using OpenRecords = std::function<std::unique_ptr<vault::RecordSource>(const vault::Vault&)>;

class ImportCommand {
public:
    ImportCommand(Context& context, const Arguments& arguments)
        : context_(context), dry_(arguments.has("dry-run")), report_(arguments.maybe("report")) {
        options_.store = !dry_;
        options_.partial = arguments.has("partial");
        options_.prepare.create_references = arguments.has("create-references");
        if (const auto mode = arguments.maybe("update")) {
            const auto update = vault::update_named(*mode);
            if (!update) throw Error{ErrorCode::usage, "--update is merge, replace or refuse"};
            options_.prepare.update = *update;
        }
    }

    // `size` bytes are to be read; `open` is called when the vault is there.
    int run(std::uint64_t size, const OpenRecords& open) {
        vault::Vault vault =
            open_vault(context_, dry_ ? vault::Access::read : vault::Access::write);
        const std::unique_ptr<vault::RecordSource> source = open(vault);
        Progress progress(context_);
        progress.stage(dry_ ? "checking" : "importing", size, Unit::bytes);
        const vault::ImportCount count = vault::import_records(
            vault, *source, options_,
            [&](const vault::Prepared& prepared) { note(vault, prepared); },
            [&](std::uint64_t bytes) { progress.at(bytes); });
        progress.end();
        report_.finish();
        std::stable_sort(done_.begin(), done_.end(),
                         [](const Done& a, const Done& b) { return a.line < b.line; });
        if (context_.globals.jsonl) {
            for (const Done& done : done_) context_.out.json_line(json_of(vault, done, count));
        } else if (context_.globals.json) {
            context_.out.document(document(vault, count));
        } else {
            print_names(vault, count);
        }
        return conclude(count);
    }

private:
    bool machine() const { return context_.globals.machine(); }

    void note(const vault::Vault& vault, const vault::Prepared& prepared) {
        const bool refused = prepared.action == vault::Action::refuse;
        if (dry_ && !machine()) print_line(vault, prepared);
        for (const vault::Problem& problem : prepared.problems) {
            report_.add(prepared.line, problem);
            if (shown_.size() < kRefusedShown) shown_.push_back(text_of(prepared.line, problem));
            if (context_.globals.json && refused)
                refused_.push_back(cli::json_of(prepared.line, problem));
        }
        if (refused) return;
        for (const std::string& each : prepared.notes) {
            if (!dry_ && notes_.size() < vault::kNotesMax)
                notes_.push_back("line " + std::to_string(prepared.line) + ": " + each);
        }
        ++kinds_[prepared.id.kind];
        if (machine() || !prepared.ref.empty())
            done_.push_back({prepared.line, prepared.action, prepared.ref, prepared.id});
    }

    // One line of a dry run.
    void print_line(const vault::Vault& vault, const vault::Prepared& prepared) {
        const std::string begin = "line " + std::to_string(prepared.line) + ": ";
        if (prepared.action == vault::Action::refuse) {
            for (const vault::Problem& problem : prepared.problems)
                context_.out.line(begin + "refused: " + to_text(problem));
            return;
        }
        const bool is_new = prepared.action == vault::Action::create;
        std::string text =
            begin + std::string(name_of(prepared.action)) + " " +
            (is_new ? std::string(name_of(prepared.id.kind)) : vault::code_of(vault, prepared.id));
        if (!prepared.ref.empty()) text += " \"" + prepared.ref + "\"";
        for (std::size_t i = 0; i < prepared.changed.size(); ++i)
            text += (i == 0 ? ": " : ", ") + prepared.changed[i];
        const auto links = prepared.links.size();
        if (links > 0) text += ", " + std::to_string(links) + (links == 1 ? " link" : " links");
        context_.out.line(text);
        for (const std::string& each : prepared.notes) context_.out.line(begin + "note: " + each);
    }

    static json json_of(const vault::Vault& vault, const Done& done,
                        const vault::ImportCount& count) {
        const bool there = count.stored || done.action != vault::Action::create;
        return {{"line", done.line},
                {"action", name_of(done.action)},
                {"ref", done.ref},
                {"kind", name_of(done.id.kind)},
                {"id", there ? json(vault::code_of(vault, done.id)) : json()}};
    }

    json document(const vault::Vault& vault, const vault::ImportCount& count) {
        json records = json::array();
        for (const Done& done : done_) records.push_back(json_of(vault, done, count));
        return {{"schema", "custos.import/1"},    {"total", count.total()},
                {"stored", count.stored},         {"created", count.created},
                {"updated", count.updated},       {"unchanged", count.unchanged},
                {"references", count.references}, {"refused", std::move(refused_)},
                {"records", std::move(records)}};
    }

    void print_names(const vault::Vault& vault, const vault::ImportCount& count) {
        if (!count.stored) return;
        Table table{{"NAME", "ID"}, {}};
        for (const Done& done : done_)
            table.rows.push_back({done.ref, vault::code_of(vault, done.id)});
        if (!table.rows.empty()) context_.out.table(table);
    }

    // What was done, for a person; and the exit status.
    int conclude(const vault::ImportCount& count) {
        const bool nothing = count.refused > 0 && (!options_.partial || count.total() == 0);
        std::string summary;
        for (const auto& [kind, number] : kinds_) {
            summary += (summary.empty() ? " " : ", ") + amount_text(number, Unit::items) + " " +
                       std::string(number == 1 ? name_of(kind) : vault::row_of(kind).plural);
        }
        if (summary.empty()) summary = " nothing: there are no records in it";
        if (count.updated > 0)
            summary += "; " + amount_text(count.updated, Unit::items) + " of them updated";
        if (count.unchanged > 0) {
            summary += "; " + amount_text(count.unchanged, Unit::items) +
                       " of them unchanged, as they were there already";
        }
        if (count.stored) {
            for (const std::string& each : notes_) context_.talk.note(each);
        }
        if (!nothing && !count.stopped)
            context_.talk.note((count.stored ? "imported" : "would import") + summary);
        if (count.refused == 0) return 0;

        const std::string message = refusals(count);
        if (nothing || count.stopped) {
            throw Error{ErrorCode::usage, "cannot import: nothing was stored" + message,
                        "custos schema KIND lists what a record can hold"};
        }
        context_.talk.warning(amount_text(count.refused, Unit::items) +
                              (count.refused == 1 ? " line was" : " lines were") +
                              " refused, the rest " + (dry_ ? "would be" : "was") + " stored");
        for (const std::string& line : shown_) context_.talk.warning(line);
        if (!report_.is_wanted() && count.refused > 1)
            context_.talk.note("--report FILE writes down every refused line");
        return static_cast<int>(ErrorCode::partly_done);
    }

    std::string refusals(const vault::ImportCount& count) const {
        std::string text;
        for (const std::string& line : shown_) text += "\n" + line;
        if (count.stopped) {
            text += "\nand more: the lines after " + amount_text(count.refused, Unit::items) +
                    " refused ones were not looked at";
        } else if (shown_.size() == kRefusedShown && !report_.is_wanted()) {
            text += "\n" + amount_text(count.refused, Unit::items) +
                    " lines in all: --report FILE writes every one of them";
        }
        return text;
    }

    Context& context_;
    bool dry_;
    Report report_;
    vault::ImportOptions options_;
    std::vector<Done> done_;
    std::map<vault::Kind, std::size_t> kinds_;
    std::vector<std::string> shown_;  // the first refusals
    std::vector<std::string> notes_;  // the first of them
    json refused_ = json::array();
};

vault::Source open_source(Context& context, const std::string& file) {
    if (file == "-") return vault::Source(read_input(context, file, vault::kPipedSizeMax));
    return vault::Source(vault::File::open(file));
}

int import_jsonl(Context& context, const Arguments& arguments) {
    vault::Source source = open_source(context, arguments.word(0));
    const std::uint64_t size = source.size();
    return ImportCommand(context, arguments).run(size, [&](const vault::Vault&) {
        return vault::jsonl_records(std::move(source));
    });
}

vault::Mapping mapping_of(const Arguments& arguments) {
    vault::Mapping mapping;
    if (const auto file = arguments.maybe("map"))
        mapping = vault::parse_mapping(to_string(vault::read_file(*file, vault::kMappingSizeMax)));
    if (const auto kind = arguments.maybe("kind")) mapping.kind = vault::require_kind(*kind);
    if (const auto encoding = arguments.maybe("encoding")) mapping.csv.encoding = *encoding;
    if (const auto word = arguments.maybe("delimiter")) {
        mapping.csv.delimiter = vault::delimiter_named(*word);
        if (mapping.csv.delimiter == '\0')
            throw Error{ErrorCode::usage, "--delimiter is comma, semicolon or tab"};
    }
    return mapping;
}

int import_csv(Context& context, const Arguments& arguments) {
    vault::Mapping mapping = mapping_of(arguments);
    vault::Source source = open_source(context, arguments.word(0));
    const std::uint64_t size = source.size();
    return ImportCommand(context, arguments).run(size, [&](const vault::Vault& vault) {
        return vault::table_records(vault.schema(), std::move(source), std::move(mapping));
    });
}

}  // namespace

const Body kImportJsonl = {
    import_jsonl,
    kJsonlOptions,
    1,
    1,
    "One JSON object a line, in one change: if anything is wrong, the lines with problems\n"
    "are named and nothing is stored. FILE - is stdin (at most 256 MiB; a file has no\n"
    "limit of its own).\n"
    "\n"
    "    {\"kind\":\"person\",\"ref\":\"w1\",\"fields\":{\"role\":\"witness\"}}\n"
    "    {\"kind\":\"testimony\",\"fields\":{\"witness\":\"w1\"},\n"
    "     \"links\":[{\"role\":\"about\",\"to\":\"I-2M9XA\"}]}       (on one line)\n"
    "\n"
    "A \"ref\" is a name inside the file, used in place of an id on any other line; in the\n"
    "body of a statement it is a handle: {w1}.\n"
    "\n"
    "With an \"id\" the line is about that record. If there is one, it gets a new revision:\n"
    "the fields given replace its fields, null takes one away, the others stay; with\n"
    "\"update\":\"replace\" (or --update replace) it has the fields given and no others.\n"
    "A record that is equal already is left alone. If there is none, and the id is written\n"
    "in full, a record with that id is made: so records keep their ids between vaults.\n"
    "\n"
    "--partial stores what can be stored and ends with status 3 if something could not;\n"
    "lines that point at a refused line are refused too. With --create-references, a text\n"
    "where an id belongs makes a record: a person of that name, a case of that title.\n"
    "\n"
    "    custos import jsonl records.jsonl --dry-run\n"
    "    custos import jsonl records.jsonl --partial --report refused.jsonl\n"
    "    custos import jsonl records.jsonl --json",
};

const Body kImportCsv = {
    import_csv,
    kCsvOptions,
    1,
    1,
    "A table as spreadsheets write it: comma, semicolon or tab, UTF-8 or UTF-16, cells in\n"
    "quotes with line ends in them. The first row names the columns, each other row is a\n"
    "record. FILE - is stdin.\n"
    "\n"
    "A column is called as its field (\"role\", \"place.country\", \"names.1.text\"), or id, ref,\n"
    "kind, revision, update, links.ROLE. In a list without a number, items stand between\n"
    "semicolons. Empty cells say nothing. For tables with names of their own write a\n"
    "mapping: other columns, dates, words, constants (docs/formats/mapping.md):\n"
    "\n"
    "    {\"kind\":\"person\",\n"
    "     \"columns\":{\"Nom\":\"names.1.text\",\n"
    "                \"Pays\":{\"to\":\"country\",\"values\":{\"Cambodge\":\"KH\"}},\n"
    "                \"Remarque\":null},\n"
    "     \"constants\":{\"protection\":\"P2\"}}\n"
    "\n"
    "What custos import jsonl says about ids, updates, references and --partial holds here\n"
    "too. An apostrophe before =, +, - or @ is taken away: it is how spreadsheets write\n"
    "text that is no formula.\n"
    "\n"
    "    custos import csv persons.csv --kind person --dry-run\n"
    "    custos import csv incidents.csv --map office.json --partial --report refused.jsonl",
};

}  // namespace custos::cli
