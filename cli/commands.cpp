// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>

#include "cli/command.h"
#include "cli/commands/bodies.h"

namespace custos::cli {
namespace {

constexpr std::array kCommands = {
    Command{"add", "KIND", Group::records, "put a new record into the vault", &kAdd},
    Command{"attach", "ID FILE...", Group::evidence, "seal files into the vault as exhibits",
            &kAttach},
    Command{"backup create", "TARGET", Group::backup, "put what is new into a backup",
            &kBackupCreate},
    Command{"backup list", "TARGET", Group::backup, "the parts of a backup", &kBackupList},
    Command{"backup restore", "TARGET NEWDIR", Group::backup, "make a vault from a backup",
            &kBackupRestore},
    Command{"backup verify", "TARGET", Group::backup, "would this backup bring the vault back?",
            &kBackupVerify},
    Command{"check", "", Group::vault, "look at everything that could be wrong", &kCheck},
    Command{"completion", "bash|zsh|fish", Group::help, "print a completion script for a shell",
            &kCompletion},
    Command{"corroborate", "ID [FIELD]", Group::finding,
            "which evidence speaks for a record, or against it", &kCorroborate},
    Command{"count", "[--by FIELD[,FIELD]]", Group::finding,
            "how many acts, victims or incidents, by their fields", &kCount},
    Command{"disclose", "ID --to FILE", Group::publication,
            "withheld parts of a publication, for who may see them", &kDisclose},
    Command{"drafts", "[resume|discard DRAFT]", Group::records,
            "what was typed and is no record yet", &kDrafts},
    Command{"duplicates", "[KIND]", Group::finding, "persons and incidents that look like one",
            &kDuplicates},
    Command{"edit", "ID", Group::records, "make a new revision of a record", &kEdit},
    Command{"exhibit clean", "E-ID", Group::evidence,
            "a new exhibit of the pixels of a picture alone", &kExhibitClean},
    Command{"exhibit metadata", "E-ID", Group::evidence,
            "what the file of an exhibit says of place, time, device and persons",
            &kExhibitMetadata},
    Command{"exhibit verify", "E-ID", Group::evidence,
            "is the file of an exhibit what was attached, or made of its original?",
            &kExhibitVerify},
    Command{"export bag", "FILE", Group::backup, "everything, for age and tar, without custos",
            &kExportBag},
    Command{"export csv", "FILE|-", Group::records, "records as a table", &kExportCsv},
    Command{"export geojson", "FILE|-", Group::records, "places for maps, coarse enough to publish",
            &kExportGeojson},
    Command{"export graph", "FILE|-", Group::records, "who did what to whom, as a graph",
            &kExportGraph},
    Command{"export jsonl", "FILE|-", Group::records, "records as lines that import reads",
            &kExportJsonl},
    Command{"extract", "E-ID", Group::evidence, "copy the file of an exhibit out of the vault",
            &kExtract},
    Command{"field add", "KIND x_NAME", Group::vault, "give a kind a field of your own",
            &kFieldAdd},
    Command{"field list", "", Group::vault, "the fields of your own", &kFieldList},
    Command{"field remove", "KIND x_NAME", Group::vault, "ask for a field of your own no more",
            &kFieldRemove},
    Command{"help", "[COMMAND|TOPIC|vocabulary [NAME]]", Group::help,
            "explain a command or a topic", &kHelp},
    Command{"history", "ID", Group::records, "what happened to a record", &kHistory},
    Command{"import csv", "FILE|-", Group::records, "the rows of a table as records", &kImportCsv},
    Command{"import jsonl", "FILE|-", Group::records, "many records at once, all of them or none",
            &kImportJsonl},
    Command{"init", "[DIR]", Group::vault, "make a vault", &kInit},
    Command{"key add", "--author NAME", Group::vault, "give another person a way into the vault",
            &kKeyAdd},
    Command{"key export", "FILE", Group::vault, "write the organisation's public key", &kKeyExport},
    Command{"key list", "", Group::vault, "who can open the vault, and what it signs with",
            &kKeyList},
    Command{"key passphrase", "", Group::vault, "change the passphrase", &kKeyPassphrase},
    Command{"key remove", "PERSON", Group::vault, "take a person's way in away", &kKeyRemove},
    Command{"key revoke", "--reason TEXT", Group::vault,
            "say that the publication key is not to be believed", &kKeyRevoke},
    Command{"key rotate", "", Group::vault, "a new publication key, vouched for by the old one",
            &kKeyRotate},
    Command{"link", "ID ROLE ID", Group::records, "link a record to another one", &kLink},
    Command{"list", "[KIND]", Group::finding, "the records of a kind, chosen and ordered", &kList},
    Command{"log check", "--against FILE", Group::vault,
            "does the log continue what was kept elsewhere?", &kLogCheck},
    Command{"log checkpoint", "", Group::vault, "the newest signed state of the log",
            &kLogCheckpoint},
    Command{"log prove", "INDEX", Group::vault, "prove that an entry is in the log", &kLogProve},
    Command{"log show", "", Group::vault, "every change of the vault", &kLogShow},
    Command{"log stamp", "--checkpoint FILE --query FILE", Group::vault,
            "have an authority say when the log was so", &kLogStamp},
    Command{"merge", "KEEP OTHER", Group::records, "make two records of one person or incident one",
            &kMerge},
    Command{"purge", "ID --reason TEXT", Group::records, "destroy a record for good", &kPurge},
    Command{"query list", "", Group::finding, "the saved questions", &kQueryList},
    Command{"query remove", "NAME", Group::finding, "forget a saved question", &kQueryRemove},
    Command{"query run", "NAME", Group::finding, "ask a saved question", &kQueryRun},
    Command{"query save", "NAME -- COMMAND...", Group::finding, "keep a question in the vault",
            &kQuerySave},
    Command{"related", "ID", Group::finding, "who did what to whom, around one record", &kRelated},
    Command{"restore", "ID", Group::records, "bring a record back from the trash", &kRestore},
    Command{"schema", "[KIND|VOCABULARY]", Group::help, "what records can hold", &kSchema},
    Command{"search", "QUERY", Group::finding, "find records by their words", &kSearch},
    Command{"show", "ID", Group::finding, "one record, as it is or as it was", &kShow},
    Command{"statement affected", "PERSON", Group::publication,
            "which publications mention a person", &kStatementAffected},
    Command{"statement approve", "ID", Group::publication,
            "stand for what another person wrote, byte for byte", &kStatementApprove},
    Command{"statement check", "ID", Group::publication,
            "look for protected persons in the final bytes", &kStatementCheck},
    Command{"statement decide", "ID FINDING... --accept|--revoke --reason TEXT", Group::publication,
            "note that a fuzzy finding may stand", &kStatementDecide},
    Command{"statement preview", "ID", Group::publication,
            "what a statement would say, and of whom", &kStatementPreview},
    Command{"statement publish", "ID --output DIR", Group::publication,
            "check, sign and write a statement", &kStatementPublish},
    Command{"statement register", "", Group::publication,
            "everything that was published or withdrawn", &kStatementRegister},
    Command{"statement retract", "ID --reason TEXT", Group::publication,
            "withdraw what was published", &kStatementRetract},
    Command{"status", "", Group::vault, "what is in the vault, and in what state it is", &kStatus},
    Command{"term add", "VOCABULARY x_KEY", Group::vault, "give a vocabulary a word of your own",
            &kTermAdd},
    Command{"term list", "[VOCABULARY]", Group::vault, "the words of your own", &kTermList},
    Command{"term retire", "VOCABULARY x_KEY", Group::vault, "offer a word of your own no more",
            &kTermRetire},
    Command{"timeline", "", Group::finding, "what happened, in the order of its dates", &kTimeline},
    Command{"trash", "ID", Group::records, "put a record out of sight", &kTrash},
    Command{"unlink", "ID ROLE ID", Group::records, "take a link away", &kUnlink},
    Command{"unmerge", "ID", Group::records, "take a merge back", &kUnmerge},
    Command{"verify", "PATH", Group::publication, "is a published statement what was signed?",
            &kVerify},
    Command{"verify-page", "FILE", Group::publication,
            "write the page that checks statements in a browser", &kVerifyPage},
    Command{"version", "", Group::help, "which custos this is, and what it was built with",
            &kVersion},
};

constexpr bool is_sorted() {
    for (std::size_t i = 1; i < kCommands.size(); ++i) {
        if (!(kCommands.at(i - 1).words < kCommands.at(i).words)) return false;
    }
    return true;
}
static_assert(is_sorted(), "the table is searched by halves");

}  // namespace

std::span<const Command> all_commands() { return kCommands; }

const Command* find_command(std::string_view words) {
    const auto* const found = std::lower_bound(
        kCommands.begin(), kCommands.end(), words,
        [](const Command& command, std::string_view w) { return command.words < w; });
    return found != kCommands.end() && found->words == words ? &*found : nullptr;
}

bool is_command_group(std::string_view word) {
    const std::string begin = std::string(word) + " ";
    return std::any_of(kCommands.begin(), kCommands.end(),
                       [&](const Command& command) { return command.words.starts_with(begin); });
}

std::string_view title_of(Group group) {
    switch (group) {
        case Group::vault: return "The vault";
        case Group::records: return "Records";
        case Group::finding: return "Finding";
        case Group::evidence: return "Evidence";
        case Group::publication: return "Publication";
        case Group::backup: return "Backup";
        case Group::help: return "Help";
    }
    return "";
}

std::string usage_of(const Command& command) {
    std::string text = "custos " + std::string(command.words);
    if (!command.arguments.empty()) text += " " + std::string(command.arguments);
    if (!command.body->options.empty()) text += " [options]";
    return text;
}

}  // namespace custos::cli
