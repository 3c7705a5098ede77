// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/check.h"

#include <algorithm>
#include <set>

#include <sys/stat.h>

#include "crypto/checkpoint.h"
#include "crypto/error.h"
#include "crypto/merkle.h"
#include "vault/drafts/drafts.h"
#include "vault/objects/check.h"
#include "vault/records/store.h"
#include "vault/replay.h"

namespace custos::vault {
namespace {

constexpr const char* kRestore =
    "restore from a backup into a new directory: custos backup restore";

class Findings {
public:
    void error(std::string where, std::string what, std::string next = kRestore) {
        add(Severity::error, std::move(where), std::move(what), std::move(next));
    }
    void add(Severity severity, std::string where, std::string what, std::string next) {
        all_.push_back({severity, std::move(what), std::move(where), std::move(next)});
    }
    // One part of the check: what stops it is a finding, and the next part still runs.
    void part(const std::string& where, const std::function<void()>& look) {
        try {
            look();
        } catch (const Error& failure) {
            if (failure.code() == ErrorCode::interrupted) throw;
            error(where, failure.what());
        }
    }
    std::vector<Finding> take() { return std::move(all_); }

private:
    std::vector<Finding> all_;
};

void check_header(const Vault& vault, Findings& findings) {
    const Bytes on_disk = read_file(vault.directory() / kHeaderFile, kHeaderSize + 1);
    if (on_disk != encode(vault.header())) {
        findings.error(kHeaderFile, "vault.hdr was changed since the vault was opened",
                       "put it back from a backup");
    }
}

// One checkpoint after the other, each against the root of as many entries.
class Checkpoints {
public:
    Checkpoints(const Vault& vault, Findings& findings) : vault_(vault), findings_(findings) {
        vault.log().each_checkpoint(
            [&](std::uint64_t size, const std::string& note) { notes_.emplace_back(size, note); });
    }

    void entry(const StoredEntry& stored) {
        tree_.append(crypto::leaf_hash(stored.entry));
        if (const auto entry = decode_entry(stored.entry)) author_ = entry->author;
        if (next_ < notes_.size() && notes_[next_].first == tree_.size())
            compare(notes_[next_++].second);
    }

    void end() {
        for (; next_ < notes_.size(); ++next_) {
            findings_.error("log", "the checkpoint of " + std::to_string(notes_[next_].first) +
                                       " entries covers more than the log has");
        }
        if (notes_.empty() || notes_.back().first != tree_.size()) {
            findings_.error("log", "the newest entries of the log are under no signed checkpoint");
        }
        if (!(vault_.log().head() == Head{tree_.size(), tree_.root()})) {
            findings_.error("log", "the saved state of the tree does not follow from the entries");
        }
    }

private:
    // The author of the last entry signed the change that it ended.
    void compare(const std::string& note) {
        const std::string the_checkpoint =
            "the checkpoint of " + std::to_string(tree_.size()) + " entries";
        const auto author = vault_.author(author_);
        const std::string& origin = vault_.log().origin();
        const std::vector<crypto::NoteKey> keys =
            author ? std::vector<crypto::NoteKey>{{origin, author->key}}
                   : std::vector<crypto::NoteKey>{};
        const auto checkpoint = crypto::open_checkpoint(note, keys);
        if (!checkpoint || checkpoint->origin != origin) {
            findings_.error("log", the_checkpoint + " is not signed by its author");
        } else if (!(checkpoint->head() == crypto::TreeHead{tree_.size(), tree_.root()})) {
            findings_.error("log", the_checkpoint + " does not fit the entries");
        }
    }

    const Vault& vault_;
    Findings& findings_;
    std::vector<std::pair<std::uint64_t, std::string>> notes_;
    std::size_t next_ = 0;
    crypto::MerkleFrontier tree_;
    AuthorId author_{};
};

void check_log(const Vault& vault, Findings& findings, const CheckProgress& progress) {
    progress.begin("log", vault.log().head().size);
    (void)verify_log(vault.database(), vault.header().id,
                     [&](const LogFinding& finding) { findings.error("log", finding.what); });
    Checkpoints checkpoints(vault, findings);
    vault.log().each(0, vault.log().head().size, [&](std::uint64_t, const StoredEntry& stored) {
        checkpoints.entry(stored);
        progress.done(1);
    });
    checkpoints.end();
}

void check_index(const Vault& vault, Findings& findings) {
    Database fresh = empty_index();
    replay(vault.log(), fresh);
    for (std::string& what : compare_indexes(vault.database(), fresh)) {
        findings.error(kDatabaseFile, std::move(what));
    }
}

void check_object_files(const Vault& vault, bool read_all, Findings& findings,
                        const CheckProgress& progress) {
    std::vector<Object> wanted;
    std::uint64_t sum = 0;
    std::set<std::string> seen;
    findings.part("log", [&] {
        each_record(vault, Kind::exhibit, [&](const Record& record) {
            if (record.object.is_null()) return;
            const auto object = object_from(record.object);
            if (!object) {
                findings.error("log",
                               "what the log says of the file of " + record.code + " is damaged");
            } else if (seen.insert(object->name).second) {
                wanted.push_back(*object);
                sum += object->stored_size;
            }
        });
    });
    progress.begin("objects", sum);
    const Path objects = vault.objects_directory();
    for (const ObjectFinding& finding : check_objects(objects, wanted, read_all, progress.done)) {
        findings.error("objects/" + finding.name, finding.what);
    }
    for (const ObjectFinding& finding : unexpected_objects(objects, wanted)) {
        findings.add(Severity::warning, "objects/" + finding.name, finding.what,
                     "move it out of the vault if you do not know it");
    }
}

// They are no part of the vault's content, so what is wrong with one is only a warning.
void check_drafts(const Vault& vault, Findings& findings) {
    for (const StoredDraft& draft : Drafts(vault).all()) {
        if (draft.content) continue;
        findings.add(Severity::warning, std::string(kDraftsDirectory) + "/" + draft.name,
                     "a draft is damaged, or was begun under another master key",
                     "custos drafts discard " + draft.name.substr(0, 8));
    }
}

// Modes, owners of names, and what does not belong here.
void check_files(const Vault& vault, Findings& findings) {
    const auto look = [&](const Path& path, const std::string& name, mode_t wanted) {
        struct stat status {};
        if (::lstat(path.c_str(), &status) != 0) {
            findings.error(name, name + " is missing");
        } else if (S_ISLNK(status.st_mode)) {
            findings.error(name, name + " is a symbolic link", "find out who put it there");
        } else if ((status.st_mode & 0777U & ~wanted) != 0) {
            findings.add(Severity::warning, name,
                         "others on this computer may read or change " + name,
                         S_ISDIR(status.st_mode) ? "chmod 700 it" : "chmod 600 it");
        }
    };
    const Path& directory = vault.directory();
    look(directory, directory.filename().string(), 0700);
    for (const char* file : {kHeaderFile, kDatabaseFile, kLockFile})
        look(directory / file, file, 0600);
    look(directory / kObjectsDirectory, kObjectsDirectory, 0700);
    const std::vector<std::string> known = {
        kHeaderFile,       kDatabaseFile,    kLockFile,
        kObjectsDirectory, kDraftsDirectory, std::string(kDatabaseFile) + "-journal"};
    for (const std::string& name : names_in(directory)) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        findings.add(Severity::warning, name, "a file that is none of ours",
                     "move it out of the vault if you do not know it");
    }
}

}  // namespace

std::string_view name_of(Severity severity) {
    switch (severity) {
        case Severity::note: return "note";
        case Severity::warning: return "warning";
        case Severity::error: return "error";
    }
    return "error";
}

bool has_errors(const std::vector<Finding>& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::error; });
}

std::vector<Finding> check_vault(Vault& vault, const CheckOptions& options,
                                 const CheckProgress& progress) {
    Findings findings;
    findings.part(kHeaderFile, [&] { check_header(vault, findings); });
    findings.part("files", [&] { check_files(vault, findings); });
    progress.begin("database", 0);
    findings.part(kDatabaseFile, [&] {
        for (const std::string& what : vault.database().findings())
            findings.error(kDatabaseFile, what);
    });
    findings.part("log", [&] { check_log(vault, findings, progress); });
    progress.begin("index", 0);
    findings.part(kDatabaseFile, [&] { check_index(vault, findings); });
    findings.part("objects",
                  [&] { check_object_files(vault, options.read_objects, findings, progress); });
    findings.part(kDraftsDirectory, [&] { check_drafts(vault, findings); });
    return findings.take();
}

}  // namespace custos::vault
