// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/backup/restore.h"

#include <atomic>
#include <mutex>
#include <set>
#include <system_error>

#include <nlohmann/json.hpp>

#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/anchor.h"
#include "vault/backup/follow.h"
#include "vault/backup/keys.h"
#include "vault/objects/sealed_file.h"
#include "vault/objects/workers.h"
#include "vault/os/storage.h"
#include "vault/records/index.h"
#include "vault/records/rows.h"

namespace custos::vault {

using nlohmann::json;

namespace {

constexpr std::size_t kHeadersTriedMax = 16;  // each costs an Argon2id
constexpr std::uint64_t kGenerationMax = std::uint64_t{1} << 48;
constexpr std::uint64_t kAloneMax =
    64 * 1024 * 1024;  // larger objects are copied by all workers together

// ---- the log
// -------------------------------------------------------------------------------------

// A purge destroyed the bodies that came before it; older segments still have them.
void erase_purged(Transaction& transaction, Log& log, const Entry& entry) {
    const auto id = parse_id(entry.subject);
    const auto record = id ? find_row(transaction.database(), *id) : std::nullopt;
    if (!record) return;
    std::vector<std::uint64_t> indexes;
    {
        Query events(transaction.database(), "SELECT idx FROM event WHERE row = ? AND idx < ?");
        events.bind(record->row, entry.index);
        while (events.step()) indexes.push_back(static_cast<std::uint64_t>(events.integer(0)));
    }
    for (const std::uint64_t index : indexes) log.erase_body(transaction, index);
}

// Brings the log and its index back, believing nothing that is not verified.
void bring_back_log(const Target& target, Identities identities, const Chain& chain,
                    LogFollower& follower, Transaction& transaction, Log& log,
                    const BackupProgress& progress) {
    IndexWriter index(transaction.database());
    SegmentVisitor visitor;
    visitor.entry = [&](const Entry& entry, const StoredEntry& stored) {
        follower.entry(entry, stored);
        log.append_stored(transaction, stored);
        index.apply(transaction, entry, stored.body);
        if (entry.verb == Verb::purge) erase_purged(transaction, log, entry);
    };
    visitor.checkpoint = [&](std::uint64_t size, const std::string& note) {
        follower.checkpoint(size, note);
        log.put_checkpoint(transaction, size, note);
    };
    for (const SegmentFile& segment : chain.segments) {
        SegmentParser parser(visitor);
        read_segment(target, segment.name, identities, parser, progress.done);
        if (!parser.is_signed_by(follower.signers()) ||
            !(follower.head() == Head{segment.facts.end, segment.facts.root})) {
            throw Error{ErrorCode::integrity,
                        "nobody of this vault signed the segment " + segment.name,
                        "run custos backup verify, and use another backup"};
        }
    }
    follower.finish();
    index.flush();
}

// ---- objects
// -------------------------------------------------------------------------------------

// Returns the names of those that are not there or damaged.
std::vector<std::string> bring_back_objects(const Target& target, const std::vector<Object>& wanted,
                                            const Path& objects, const BackupProgress& progress) {
    std::uint64_t sum = 0;
    for (const Object& object : wanted) sum += object.stored_size;
    if (sum > free_bytes(objects)) {
        throw Error{ErrorCode::no_space, "cannot restore: " + std::to_string(sum >> 20U) +
                                             " MiB of attachments do not fit here"};
    }
    progress.begin("bringing attachments back", sum);
    FileSystem together(objects);
    std::set<Path> folders;
    for (const Object& object : wanted) {
        const Path folder = object_path(objects, object.name).parent_path();
        if (folders.insert(folder).second) make_directory(folder);
    }
    std::vector<std::string> lost;
    std::mutex mutex;
    const auto bring_back = [&](const Object& object) {
        try {
            copy_checked(ObjectFile::at(object_path(target.objects(), object.name), object),
                         object_path(objects, object.name), progress.done);
        } catch (const Error& error) {
            if (error.code() != ErrorCode::integrity && error.code() != ErrorCode::not_found) throw;
            const std::lock_guard guard(mutex);
            lost.push_back(object.name);
        }
    };
    share_out(wanted.size(), [&] {
        return [&](std::uint64_t index) {
            if (wanted[index].stored_size < kAloneMax) bring_back(wanted[index]);
        };
    });
    for (const Object& object : wanted) {
        if (object.stored_size >= kAloneMax) bring_back(object);
    }
    together.sync();
    return lost;
}

// ---- the whole
// -----------------------------------------------------------------------------------

struct Job {
    const Target& target;
    Identities identities;
    const Path& directory;
    const Surroundings& surroundings;
    const RestoreOptions& options;
    const BackupProgress& progress;
};

void require_new(const Path& directory) {
    std::error_code ignored;
    if (!std::filesystem::exists(std::filesystem::symlink_status(directory, ignored))) return;
    throw Error{ErrorCode::conflict,
                "cannot restore to " + directory.filename().string() + ": it exists already",
                "name a directory that does not exist yet"};
}

Chain require_chain(const Job& job, Restored& restored) {
    Chain chain = read_chain(job.target, job.identities);
    if (chain.segments.empty() || !chain.missing.empty()) {
        const bool foreign =
            chain.segments.empty() && chain.missing.empty() && !chain.unreadable.empty();
        throw Error{
            ErrorCode::integrity,
            "cannot restore: " + (!chain.missing.empty() ? "the backup lacks " + chain.missing
                                  : foreign ? "no segment can be opened; the first one: " +
                                                  chain.unreadable.front().why
                                            : std::string("there is no segment")),
            "run custos backup verify to see everything, and use another backup"};
    }
    for (const UnreadableSegment& segment : chain.unreadable) {
        restored.notes.push_back("a segment was left out: " + segment.why);
    }
    restored.segments = chain.segments.size();
    return chain;
}

// What this device has seen of the vault, against what the backup holds. The last backup is usually
// older than the vault that was lost: that is said, not refused. Another history is refused.
void compare_with_anchor(const Job& job, const Log& log, const Head& head, Restored& restored) {
    const auto anchor = read_anchor(job.surroundings.state_directory, job.target.vault());
    const auto seen = anchor ? crypto::peek_checkpoint(anchor->checkpoint) : std::nullopt;
    if (!seen) return;
    if (seen->size > head.size) {
        restored.notes.push_back("this device has seen " + std::to_string(seen->size) +
                                 " log entries of the vault, and the backup has " +
                                 std::to_string(head.size) +
                                 ": what is newer is lost, unless there is a newer backup");
        return;
    }
    const auto note = log.checkpoint(seen->size);
    const auto same = note ? crypto::peek_checkpoint(*note) : std::nullopt;
    if ((same && same->head() == seen->head()) || job.options.accept_other_history) return;
    throw Error{
        ErrorCode::refused,
        "cannot restore: the backup has another history than the one that this device has seen",
        "find out which is right; --accept-other-history takes the backup's"};
}

// Everything up to the vault in its scratch directory. `finish` may add to it. Returns what this
// device is to remember of it.
Anchor restore_into(const Job& job, const Path& scratch, const Header& header, Unlocked keys,
                    const Chain& chain, const std::function<void(Vault&)>& finish,
                    Restored& restored) {
    std::uint64_t sum = 0;
    for (const SegmentFile& segment : chain.segments) sum += segment.size;
    job.progress.begin("bringing the log back", sum);
    Surroundings without_anchor = job.surroundings;
    without_anchor.state_directory.clear();  // nothing is known of this vault before it is whole
    LogFollower follower(job.target.vault());
    Vault vault = Vault::rebuild(scratch, header, std::move(keys), without_anchor,
                                 [&](Transaction& transaction, Log& log) {
                                     bring_back_log(job.target, job.identities, chain, follower,
                                                    transaction, log, job.progress);
                                     compare_with_anchor(job, log, follower.head(), restored);
                                 });
    restored.backed_up = follower.head();
    const std::vector<Object> objects = follower.objects();
    restored.lost =
        bring_back_objects(job.target, objects, vault.objects_directory(), job.progress);
    restored.objects = objects.size() - restored.lost.size();
    if (!restored.lost.empty() && !job.options.without_lost_objects) {
        throw Error{ErrorCode::integrity,
                    "cannot restore: " + std::to_string(restored.lost.size()) + " of " +
                        std::to_string(objects.size()) +
                        " attachments are missing or damaged in the backup",
                    "use another backup, or restore what is there with --without-lost"};
    }
    finish(vault);
    restored.head = vault.log().head();
    const auto newest = vault.log().newest_checkpoint();
    return {header.generation, newest.value_or("")};
}

Restored restore(const Job& job, const Header& header, Unlocked keys,
                 const std::function<void(Vault&)>& finish) {
    require_new(job.directory);
    Restored restored;
    const Chain chain = require_chain(job, restored);
    const Path whole = std::filesystem::absolute(job.directory);
    const Path named = whole.filename().empty() ? whole.parent_path() : whole;
    const Path scratch = named.parent_path() /
                         ("." + named.filename().string() + "." + random_object_name() + ".part");
    try {
        make_directory(named.parent_path());
        const Anchor anchor =
            restore_into(job, scratch, header, std::move(keys), chain, finish, restored);
        rename_to_new(scratch, named);
        sync_directory(named.parent_path());
        write_anchor(job.surroundings.state_directory, header.id, anchor);
    } catch (const std::exception&) {
        std::error_code ignored;
        std::filesystem::remove_all(scratch, ignored);
        throw;
    }
    return restored;
}

crypto::SigningSeed organisation_seed(const Vault& vault) {
    const auto setting = vault.setting(Verb::publication_key);
    auto bytes =
        setting ? crypto::from_base64(setting->value("seed", std::string())) : std::nullopt;
    if (!bytes || bytes->size() != crypto::SigningSeed::kSize) {
        throw Error{ErrorCode::integrity,
                    "cannot restore by the recovery identity: the log holds no publication key"};
    }
    crypto::SigningSeed seed{ByteView(*bytes)};
    wipe(*bytes);
    return seed;
}

void succeed(Vault& vault, const std::string& author) {
    const crypto::VerifyKey key = crypto::verify_key_of(vault.author_seed());
    const json body = succession_body(vault.header().id, key, author, organisation_seed(vault));
    Change change(vault);
    change.append(
        {Verb::succession, std::string(kVaultSubject), {}, to_bytes(bytes_of(body.dump()))});
    change.commit();
}

}  // namespace

UnlockedTarget unlock_target(const Target& target, const SecretBytes& passphrase,
                             const crypto::Argon2Policy& policy) {
    const std::vector<TargetHeader> headers = headers_in(target);
    if (headers.empty()) {
        throw Error{ErrorCode::integrity,
                    "there is no header in the backup, so no passphrase opens it",
                    "use the recovery identity: --identity FILE"};
    }
    std::optional<Error> damaged;
    for (std::size_t i = 0; i < std::min(headers.size(), kHeadersTriedMax); ++i) {
        try {
            auto keys = unlock(headers[i].header, passphrase, policy);
            if (keys) return {headers[i].header, std::move(*keys), i == 0};
        } catch (const Error& error) {
            if (error.code() != ErrorCode::integrity) throw;
            damaged = error;  // an older header may be whole
        }
    }
    if (damaged) throw Error{*damaged};
    throw Error{
        ErrorCode::wrong_passphrase, "cannot open the backup: no key slot accepts this passphrase",
        "check keyboard layout and capitals, or use the recovery identity: --identity FILE"};
}

Restored restore_by_passphrase(const Target& target, const UnlockedTarget& unlocked,
                               const Path& directory, const Surroundings& surroundings,
                               const RestoreOptions& options, const BackupProgress& progress) {
    const auto identities = backup_identities(unlocked.keys.master, target.vault());
    const Job job{target, identities, directory, surroundings, options, progress};
    Unlocked keys{unlocked.keys.master.duplicate(), unlocked.keys.author.duplicate(),
                  unlocked.keys.slot};
    Restored restored = restore(job, unlocked.header, std::move(keys), [](Vault&) {});
    if (!unlocked.is_newest) {
        restored.notes.emplace_back(
            "the backup has a newer header, which this passphrase does not open");
    }
    return restored;
}

Restored restore_by_identity(const Target& target, Identities identities, const Path& directory,
                             const SecretBytes& new_passphrase, const std::string& author,
                             const Surroundings& surroundings, const RestoreOptions& options,
                             const BackupProgress& progress) {
    const Job job{target, identities, directory, surroundings, options, progress};
    require_new(directory);  // before the passphrase costs its time
    Header header = new_header(surroundings.argon2.chosen);
    header.id = target.vault();
    // Above every header of before, or this device would take the new one for an old one.
    for (const TargetHeader& old : headers_in(target)) {
        if (old.header.generation < kGenerationMax)
            header.generation = std::max(header.generation, old.header.generation);
    }
    Unlocked keys{crypto::MasterKey::random(), crypto::SigningSeed::random(), 0};
    write_slot(header, keys.slot, new_passphrase, keys.master, keys.author);
    return restore(job, header, std::move(keys), [&](Vault& vault) { succeed(vault, author); });
}

}  // namespace custos::vault
