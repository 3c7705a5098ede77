// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/output_file.h"

#include <filesystem>
#include <system_error>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/random.h"
#include "vault/os/storage.h"

namespace custos::vault {
namespace {

constexpr std::size_t kWaitingMax = 256 * 1024;

}  // namespace

OutputFile::OutputFile(Path path, Existing existing) : path_(std::move(path)), existing_(existing) {
    const std::filesystem::file_status status = std::filesystem::symlink_status(path_);
    if (std::filesystem::exists(status)) {
        const std::string name = path_.filename().string();
        if (existing_ == Existing::refuse) {
            throw Error{ErrorCode::conflict, "cannot write " + name + ": it is there already",
                        "give another name, or replace it with --force"};
        }
        if (!std::filesystem::is_regular_file(status))
            throw Error{ErrorCode::conflict, "cannot replace " + name + ": it is no regular file"};
    }
    temporary_ = path_.parent_path() / (".custos-" + crypto::hex(crypto::random_bytes(8)));
    file_.emplace(File::create(temporary_));
}

OutputFile::~OutputFile() {
    if (published_) return;
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
}

void OutputFile::flush() {
    file_->write(bytes_of(waiting_));
    digest_.update(bytes_of(waiting_));
    waiting_.clear();
}

void OutputFile::write(std::string_view bytes) {
    waiting_ += bytes;
    if (waiting_.size() >= kWaitingMax) flush();
}

crypto::Digest OutputFile::finish() {
    flush();
    file_->sync();
    file_->close();
    return digest_.finish();
}

void OutputFile::publish() {
    if (existing_ == Existing::replace) {
        rename_durably(temporary_, path_);
    } else {
        rename_to_new(temporary_, path_);
        sync_directory(path_.parent_path().empty() ? Path(".") : path_.parent_path());
    }
    published_ = true;
}

}  // namespace custos::vault
