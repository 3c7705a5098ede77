// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/create.h"

#include <set>
#include <system_error>

#include <nlohmann/json.hpp>

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/backup/chain.h"
#include "vault/backup/keys.h"
#include "vault/objects/age_file.h"
#include "vault/objects/catalog.h"
#include "vault/os/storage.h"

namespace custos::vault {

using nlohmann::json;

namespace {

constexpr std::uint64_t kCopyPiece = 8 * 1024 * 1024;
constexpr std::size_t kSyncTogetherFrom = 8;

Path temporary_for(const Path& path) {
    return path.string() + std::string(kTemporaryInfix) + crypto::hex(crypto::random_bytes(8));
}

// What an interrupted run of ours left behind.
void remove_temporaries(const Path& directory) {
    for (const std::string& name : names_in(directory)) {
        if (name.find(kTemporaryInfix) != std::string::npos) remove_file(directory / name);
    }
}

std::set<std::string> objects_in(const Target& target) {
    std::set<std::string> names;
    for (const std::string& folder : names_in(target.objects())) {
        remove_temporaries(target.objects() / folder);
        for (std::string& name : names_in(target.objects() / folder)) {
            if (is_object_name(name)) names.insert(std::move(name));
        }
    }
    return names;
}

// ---- objects
// -------------------------------------------------------------------------------------

void copy_object(const Path& from, const Path& to, const BackupProgress& progress, bool sync_now) {
    const File source = open_regular(from);
    const Path temporary = temporary_for(to);
    try {
        File copy = File::create(temporary);
        const std::uint64_t size = source.size();
        for (std::uint64_t at = 0; at < size; at += kCopyPiece) {
            const std::uint64_t now = std::min(kCopyPiece, size - at);
            copy_bytes(source, at, now, copy);
            start_writeback(copy, at, now);
            progress.done(now);
        }
        set_constant_times(copy);
        if (sync_now) copy.sync();
        copy.close();
        rename_quickly(temporary, to);
    } catch (const Error&) {
        remove_file(temporary);
        throw;
    }
}

// Copies what the target lacks, and makes it durable.
void copy_objects(const Vault& vault, const Target& target, const BackupProgress& progress,
                  BackupResult& result) {
    const std::set<std::string> there = objects_in(target);
    std::vector<Path> sources;
    std::uint64_t sum = 0;
    for (const std::string& name : object_names(vault)) {
        if (there.contains(name)) continue;
        sources.push_back(find_object(vault.objects_directory(), name));
        sum += std::filesystem::file_size(sources.back());
    }
    if (sources.empty()) return;
    if (sum > free_bytes(target.objects())) {
        throw Error{ErrorCode::no_space,
                    "cannot back up: " + std::to_string(sum >> 20U) +
                        " MiB of attachments do not fit into the target",
                    "free some space or use another target; nothing was changed"};
    }
    progress.begin("copying attachments", sum);
    FileSystem together(target.objects());
    const bool one_by_one = sources.size() < kSyncTogetherFrom;
    std::set<Path> folders;
    for (const Path& source : sources) {
        const Path place = object_path(target.objects(), source.filename().string());
        if (folders.insert(place.parent_path()).second) make_directory(place.parent_path());
        copy_object(source, place, progress, one_by_one);
    }
    if (!one_by_one) together.sync();
    for (const Path& folder : folders) sync_directory(folder);
    result.objects = sources.size();
    result.bytes += sum;
}

void copy_header(const Vault& vault, const Target& target, BackupResult& result) {
    const Bytes header = encode(vault.header());
    for (const TargetHeader& there : headers_in(target)) {
        if (there.bytes == header) return;
    }
    write_file_atomically(target.directory() / (std::string(kHeaderPrefix) + random_object_name()),
                          header);
    result.bytes += header.size();
}

// ---- the segment
// ---------------------------------------------------------------------------------

// Whether the segment's end is a state that this vault has been in.
bool is_ours(const Log& log, const SegmentFacts& facts) {
    const auto note = log.checkpoint(facts.end);
    const auto checkpoint = note ? crypto::peek_checkpoint(*note) : std::nullopt;
    return checkpoint && checkpoint->root == facts.root;
}

Head note_in_log(Vault& vault, const SegmentFacts& facts, const std::string& name) {
    Change change(vault);
    const json body = {{"first", facts.first}, {"segment", name}, {"sequence", facts.sequence}};
    change.append({Verb::backup, std::string(kVaultSubject), {}, to_bytes(bytes_of(body.dump()))});
    return change.commit();
}

void write_lines(const Vault& vault, const SegmentFacts& facts, AgeWriter& file,
                 const BackupProgress& progress) {
    SegmentWriter lines(facts, [&](ByteView line) { file.write(line); });
    Query checkpoints(
        vault.database(),
        "SELECT size, note FROM log_checkpoint WHERE size > ? AND size <= ? ORDER BY size");
    checkpoints.bind(facts.first, facts.end);
    bool more = checkpoints.step();
    vault.log().each(facts.first, facts.end, [&](std::uint64_t index, const StoredEntry& stored) {
        lines.entry(stored);
        if (more && static_cast<std::uint64_t>(checkpoints.integer(0)) == index + 1) {
            lines.checkpoint(index + 1, std::string(checkpoints.text(1)));
            more = checkpoints.step();
        }
        progress.done(1);
    });
    lines.seal(vault.log().origin(), vault.author_seed());
}

std::uint64_t write_segment(const Vault& vault, const Target& target, const SegmentFacts& facts,
                            const std::string& name, const BackupProgress& progress) {
    const Path path = target.segment(name);
    const Path temporary = temporary_for(path);
    try {
        AgeWriter writer(File::create(temporary), backup_recipients(vault));
        write_lines(vault, facts, writer, progress);
        File file = writer.finish();
        set_constant_times(file);
        file.sync();
        file.close();
        rename_durably(temporary, path);
        return writer.file_size();
    } catch (const Error&) {
        remove_file(temporary);
        throw;
    }
}

}  // namespace

BackupResult create_backup(Vault& vault, const Path& directory, const BackupProgress& progress) {
    finish_incoming(vault);
    const Target target = Target::of_vault(directory, vault.header().id);
    target.make();
    remove_temporaries(target.segments());
    remove_temporaries(target.directory());
    const auto identities = backup_identities(vault.master_key(), vault.header().id);
    const Chain chain = read_chain(
        target, identities, [&](const SegmentFacts& facts) { return is_ours(vault.log(), facts); });

    BackupResult result;
    result.head = vault.log().head();
    result.segments = chain.segments.size();
    copy_objects(vault, target, progress, result);
    copy_header(vault, target, result);
    if (chain.end() == result.head.size) return result;

    SegmentFacts facts;
    facts.vault = vault.header().id;
    facts.sequence = chain.segments.size() + 1;
    if (!chain.segments.empty()) facts.previous = chain.segments.back().name;
    facts.first = chain.end();
    facts.header = crypto::sha256(encode(vault.header()));
    facts.time = vault.surroundings().clock();
    result.segment = random_object_name();
    result.head = note_in_log(vault, facts, result.segment);
    facts.end = result.head.size;
    facts.root = result.head.root;
    progress.begin("writing the log", facts.end - facts.first);
    result.bytes += write_segment(vault, target, facts, result.segment, progress);
    result.first = facts.first;
    result.end = facts.end;
    ++result.segments;
    return result;
}

}  // namespace custos::vault
