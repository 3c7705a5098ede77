// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/objects/check.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "crypto/error.h"
#include "vault/objects/workers.h"

namespace custos::vault {
namespace {

// Up to this size an object is one piece of work; larger ones are read by all workers together.
constexpr std::uint64_t kTogetherFrom = 64 * 1024 * 1024;

// What is wrong with one object, or nothing. Only damage is a finding; an interruption goes on.
std::optional<ObjectFinding> look_at(const Path& objects, const Object& object,
                                     const std::function<void(const ObjectFile&)>& look) {
    try {
        look(ObjectFile::in(objects, object));
        return std::nullopt;
    } catch (const Error& error) {
        if (error.code() == ErrorCode::interrupted) throw;
        return ObjectFinding{object.name, error.what(), ObjectFinding::Kind::lost};
    }
}

void read_alone(const ObjectFile& object, const Tick& tick) {
    AgeBlocks blocks(object.file());
    for (std::uint64_t i = 0; i < object.file().block_count(); ++i) tick(blocks.open(i).size());
}

}  // namespace

std::vector<ObjectFinding> check_objects(const Path& objects, const std::vector<Object>& wanted,
                                         bool read_all, const Tick& tick) {
    std::vector<ObjectFinding> findings;
    std::mutex mutex;
    share_out(wanted.size(), [&] {
        return [&](std::uint64_t index) {
            const Object& object = wanted[index];
            if (object.stored_size >= kTogetherFrom) return;
            auto finding = look_at(objects, object, [&](const ObjectFile& file) {
                if (read_all) read_alone(file, tick);
            });
            if (!finding) return;
            const std::lock_guard guard(mutex);
            findings.push_back(std::move(*finding));
        };
    });
    for (const Object& object : wanted) {
        if (object.stored_size < kTogetherFrom) continue;
        auto finding = look_at(objects, object, [&](const ObjectFile& file) {
            if (read_all) check_tags(file, tick);
        });
        if (finding) findings.push_back(std::move(*finding));
    }
    std::sort(findings.begin(), findings.end(),
              [](const ObjectFinding& a, const ObjectFinding& b) { return a.name < b.name; });
    return findings;
}

std::vector<ObjectFinding> unexpected_objects(const Path& objects,
                                              const std::vector<Object>& wanted) {
    std::set<std::string> names;
    for (const Object& object : wanted) names.insert(object.name);
    std::vector<ObjectFinding> findings;
    for (const std::string& folder : names_in(objects)) {
        std::error_code ignored;
        if (!std::filesystem::is_directory(
                std::filesystem::symlink_status(objects / folder, ignored))) {
            findings.push_back(
                {folder, "a file that is none of ours", ObjectFinding::Kind::foreign});
            continue;
        }
        for (const std::string& name : names_in(objects / folder)) {
            const bool in_place = folder == kIncomingDirectory || folder == name.substr(0, 2);
            if (in_place && names.contains(name)) continue;
            // An attachment that was interrupted: the next one clears it away.
            if (folder == kIncomingDirectory && is_object_name(name)) continue;
            const std::string where = folder + "/" + name;
            if (is_object_name(name)) {
                findings.push_back({where, "a sealed object that the log does not name",
                                    ObjectFinding::Kind::unnamed});
            } else {
                findings.push_back(
                    {where, "a file that is none of ours", ObjectFinding::Kind::foreign});
            }
        }
    }
    return findings;
}

}  // namespace custos::vault
