// SPDX-License-Identifier: GPL-3.0-or-later
// A published package whose files somebody else wrote: manifest, signature comments, key, any file.
#include <cstdint>
#include <string>

#include "crypto/error.h"
#include "crypto/secret.h"
#include "vault/publish/verify.h"

namespace {

using custos::Bytes;
using custos::ByteView;
namespace publish = custos::vault::publish;
namespace minisign = custos::crypto::minisign;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

const minisign::SecretKey& our_key() {
    static const minisign::SecretKey key =
        minisign::secret_key_of(custos::crypto::SigningSeed(Bytes(32, 1)));
    return key;
}

// A manifest of any bytes, signed by the right key: what the parser sees behind the signature.
void verify_signed_manifest(ByteView manifest) {
    publish::Files files;
    files[publish::kManifestFile] = custos::to_bytes(manifest);
    publish::Manifest named;
    const auto read = publish::read_manifest(manifest);
    if (read) named = *read;
    const std::string signature = minisign::sign(
        our_key(), custos::crypto::Blake2b512().update(manifest).finish(),
        publish::trusted_comment(named, publish::kManifestFile), publish::kUntrustedComment);
    files[std::string(publish::kManifestFile) + publish::kSignatureSuffix] =
        custos::to_bytes(custos::bytes_of(signature));
    const auto verification =
        publish::verify_package(publish::MemoryReader(files), minisign::public_key_of(our_key()));
    // Authentic only if it lists nothing that is not there.
    const bool empty =
        read && read->files.empty() && read->approver.empty() && read->log_key.empty();
    require((verification.result == publish::Result::authentic) == empty);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    const ByteView input(data, size);
    static_cast<void>(publish::read_comment(custos::text_of(input)));
    try {
        verify_signed_manifest(input);
    } catch (const custos::Error& error) {
        // A comment that minisign does not take: too long, or no UTF-8.
        require(error.code() == custos::ErrorCode::usage);
    }

    // Any bytes as each file of a package, with a key and without one.
    for (const char* name : {publish::kManifestFile, publish::kKeyFile, publish::kHtmlFile}) {
        publish::Files files;
        files[name] = custos::to_bytes(input);
        files[std::string(name) + publish::kSignatureSuffix] = custos::to_bytes(input);
        const publish::MemoryReader reader(files);
        require(publish::verify_package(reader, minisign::public_key_of(our_key())).result ==
                publish::Result::altered);
        require(publish::verify_package(reader, std::nullopt).result == publish::Result::altered);
        require(publish::verify_file(reader, name, std::nullopt).result ==
                publish::Result::altered);
    }
    return 0;
}
