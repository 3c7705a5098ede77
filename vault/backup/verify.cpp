// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/verify.h"

#include <algorithm>
#include <system_error>

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/backup/follow.h"
#include "vault/objects/check.h"
#include "vault/os/storage.h"

namespace custos::vault {
namespace {

constexpr const char* kBackUpAgain = "run custos backup create again while the vault is well";
constexpr const char* kMoveAway = "move it away if you do not know it";

void add(TargetReport& report, Severity severity, const std::string& where, const std::string& what,
         const std::string& next) {
    report.findings.push_back({severity, what, where, next});
}

std::uint64_t bytes_below(const Path& directory) {
    std::uint64_t sum = 0;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(directory, error), end;
         !error && it != end; it.increment(error)) {
        if (it->is_regular_file(error)) sum += it->file_size(error);
    }
    return sum;
}

void look_at_names(const Target& target, TargetReport& report) {
    const auto unknown = [&](const std::string& where) {
        const bool unfinished = where.find(kTemporaryInfix) != std::string::npos;
        add(report, unfinished ? Severity::note : Severity::warning, where,
            unfinished ? "left by a backup that was interrupted" : "a file that is none of ours",
            unfinished ? "the next custos backup create removes it" : kMoveAway);
    };
    const std::vector<std::string> headers = target.header_names();
    for (const std::string& name : names_in(target.directory())) {
        const bool known = name == kSegmentsDirectory || name == target.objects().filename() ||
                           std::find(headers.begin(), headers.end(), name) != headers.end();
        if (!known) unknown(name);
    }
    const std::vector<std::string> segments = target.segment_names();
    for (const std::string& file : names_in(target.segments())) {
        const std::string name = file.substr(0, file.find('.'));
        const bool known = file == name + std::string(kSegmentSuffix) &&
                           std::find(segments.begin(), segments.end(), name) != segments.end();
        if (!known) unknown(std::string(kSegmentsDirectory) + "/" + file);
    }
}

void look_at_headers(const Target& target, const Vault* vault, TargetReport& report) {
    const std::vector<TargetHeader> headers = headers_in(target);
    for (const std::string& name : target.header_names()) {
        const bool good =
            std::any_of(headers.begin(), headers.end(),
                        [&](const TargetHeader& header) { return header.file == name; });
        if (!good) {
            add(report, Severity::error, name, "no header, a damaged one, or another vault's",
                kMoveAway);
        }
    }
    if (headers.empty()) {
        add(report, Severity::error, "header",
            "there is no header: the passphrase restores nothing, only the recovery identity does",
            kBackUpAgain);
    }
    if (vault == nullptr) return;
    const Bytes current = encode(vault->header());
    const bool has_current =
        std::any_of(headers.begin(), headers.end(),
                    [&](const TargetHeader& header) { return header.bytes == current; });
    if (!has_current) {
        add(report, Severity::warning, "header",
            "the vault's present header is not there: an older passphrase applies", kBackUpAgain);
    }
    for (const TargetHeader& header : headers) {
        if (header.header.generation >= vault->header().generation && header.bytes != current) {
            add(report, Severity::error, header.file, "a header that this vault never had",
                kMoveAway);
        }
    }
}

void report_chain(const Chain& chain, TargetReport& report) {
    const auto file = [](const std::string& name) {
        return std::string(kSegmentsDirectory) + "/" + name + std::string(kSegmentSuffix);
    };
    for (const UnreadableSegment& segment : chain.unreadable) {
        add(report, Severity::error, file(segment.name), segment.why, kBackUpAgain);
    }
    if (!chain.missing.empty()) {
        add(report, Severity::error, kSegmentsDirectory, "missing: " + chain.missing, kBackUpAgain);
    }
    for (const SegmentFile& segment : chain.others) {
        add(report, Severity::warning, file(segment.name),
            "not a part of the newest backup: entries " + std::to_string(segment.facts.first) +
                " to " + std::to_string(segment.facts.end) +
                " of another line of history, or behind a gap",
            "keep it until you know why it is there");
    }
    if (chain.segments.empty() && chain.unreadable.empty() && chain.missing.empty()) {
        add(report, Severity::error, kSegmentsDirectory, "there is no segment", kBackUpAgain);
    }
}

// Follows the log through the whole chain. False, and a finding, where it breaks off.
bool follow(const Target& target, Identities identities, const Chain& chain, LogFollower& follower,
            TargetReport& report, const BackupProgress& progress) {
    bool whole = true;
    for (const SegmentFile& segment : chain.segments) {
        const std::string where =
            std::string(kSegmentsDirectory) + "/" + segment.name + std::string(kSegmentSuffix);
        // Behind a break only the segment's own form can be looked at.
        SegmentVisitor visitor;
        if (whole) {
            visitor.entry = [&](const Entry& entry, const StoredEntry& stored) {
                follower.entry(entry, stored);
            };
            visitor.checkpoint = [&](std::uint64_t size, const std::string& note) {
                follower.checkpoint(size, note);
            };
        }
        try {
            SegmentParser parser(visitor);
            read_segment(target, segment.name, identities, parser, progress.done);
            if (!whole) continue;
            if (!parser.is_signed_by(follower.signers())) {
                throw Error{ErrorCode::integrity, "nobody of this vault signed the segment"};
            }
            if (!(follower.head() == Head{segment.facts.end, segment.facts.root})) {
                throw Error{ErrorCode::integrity,
                            "the segment does not lead to the state that it names"};
            }
        } catch (const Error& error) {
            if (error.code() == ErrorCode::interrupted) throw;
            add(report, Severity::error, where, error.what(), kBackUpAgain);
            whole = false;
        }
    }
    return whole;
}

void compare_with_vault(const Vault& vault, const Head& head, TargetReport& report) {
    const Head ours = vault.log().head();
    const auto note = vault.log().checkpoint(head.size);
    const auto checkpoint = note ? crypto::peek_checkpoint(*note) : std::nullopt;
    if (head.size > ours.size) {
        add(report, Severity::warning, "log",
            "the backup has " + std::to_string(head.size - ours.size) +
                " entries that the vault has not",
            "the vault may be an old copy: compare before you go on with it");
    } else if (!checkpoint || !(checkpoint->head() == head)) {
        add(report, Severity::error, "log", "the backup's log is no part of the vault's",
            "one of the two was changed, or they were worked on apart");
    } else if (head.size < ours.size) {
        add(report, Severity::note, "log",
            "the vault has " + std::to_string(ours.size - head.size) + " newer entries",
            "run custos backup create");
    }
}

void check_target_objects(const Target& target, const LogFollower& follower, TargetReport& report,
                          const BackupProgress& progress) {
    const std::vector<Object> objects = follower.objects();
    report.objects = objects.size();
    std::uint64_t sum = 0;
    for (const Object& object : objects) sum += object.stored_size;
    progress.begin("reading attachments", sum);
    for (const ObjectFinding& finding :
         check_objects(target.objects(), objects, true, progress.done)) {
        add(report, Severity::error, "objects/" + finding.name, finding.what, kBackUpAgain);
    }
    for (const ObjectFinding& finding : unexpected_objects(target.objects(), objects)) {
        const bool ours = finding.kind == ObjectFinding::Kind::unnamed;
        add(report, ours ? Severity::note : Severity::warning, "objects/" + finding.name,
            finding.what,
            ours ? "it was purged since, or belongs to a backup that was interrupted" : kMoveAway);
    }
}

void look_at_age_file(const Path& path, const std::string& where, TargetReport& report) {
    try {
        // No identity opens it; everything before that is looked at.
        const AgeFile file(open_regular(path), {}, "the file");
    } catch (const Error& error) {
        if (error.code() == ErrorCode::wrong_passphrase) return;
        add(report, Severity::error, where, error.what(), kBackUpAgain);
    }
}

}  // namespace

TargetReport verify_target(const Target& target, Identities identities, const Vault* vault,
                           const BackupProgress& progress) {
    TargetReport report;
    report.bytes = bytes_below(target.directory());
    look_at_names(target, report);
    look_at_headers(target, vault, report);
    const Chain chain = read_chain(target, identities);
    report_chain(chain, report);
    report.segments = chain.segments.size();
    if (chain.segments.empty()) return report;
    report.time = chain.segments.back().facts.time;

    std::uint64_t sum = 0;
    for (const SegmentFile& segment : chain.segments) sum += segment.size;
    progress.begin("reading segments", sum);
    LogFollower follower(target.vault());
    if (!follow(target, identities, chain, follower, report, progress)) return report;
    try {
        follower.finish();
    } catch (const Error& error) {
        add(report, Severity::error, "log", error.what(), kBackUpAgain);
        return report;
    }
    report.head = follower.head();
    if (vault != nullptr) compare_with_vault(*vault, *report.head, report);
    check_target_objects(target, follower, report, progress);
    return report;
}

TargetReport look_at_target(const Target& target) {
    TargetReport report;
    report.bytes = bytes_below(target.directory());
    look_at_names(target, report);
    look_at_headers(target, nullptr, report);
    for (const std::string& name : target.segment_names()) {
        ++report.segments;
        look_at_age_file(target.segment(name), std::string(kSegmentsDirectory) + "/" + name,
                         report);
    }
    for (const std::string& folder : names_in(target.objects())) {
        for (const std::string& name : names_in(target.objects() / folder)) {
            ++report.objects;
            look_at_age_file(target.objects() / folder / name, "objects/" + folder + "/" + name,
                             report);
        }
    }
    return report;
}

}  // namespace custos::vault
