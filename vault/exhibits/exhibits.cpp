// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/exhibits.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "crypto/error.h"
#include "vault/objects/catalog.h"
#include "vault/objects/media_type.h"
#include "vault/objects/sealed_file.h"
#include "vault/records/store.h"

namespace custos::vault::exhibits {
namespace {

bool is_read_here(std::string_view media_type) {
    static constexpr std::array<std::string_view, 4> kTypes = {"image/jpeg", "image/png",
                                                               "image/webp", "application/pdf"};
    return std::find(kTypes.begin(), kTypes.end(), media_type) != kTypes.end();
}

// Of a film only the beginning is opened.
std::string media_type_of_file(const ObjectFile& file) {
    AgeBlocks blocks(file.file());
    const ByteView block = blocks.open(0);
    const auto size =
        std::min<std::uint64_t>({block.size(), kSignatureSizeMax, file.object().size});
    return std::string(media_type_of(block.first(static_cast<std::size_t>(size))));
}

}  // namespace

Bytes file_of(const Vault& vault, const Object& object) {
    if (object.size > kPictureSizeMax) {
        throw Error{ErrorCode::refused,
                    "the file is larger than the 128 MiB that are read in memory",
                    "extract it with custos extract, and look at it with another program"};
    }
    Bytes bytes;
    bytes.reserve(static_cast<std::size_t>(object.size));
    open_object(ObjectFile::in(vault.objects_directory(), object),
                [&](ByteView piece) { append(bytes, piece); });
    return bytes;
}

ExhibitMetadata metadata_of(const Vault& vault, const RecordId& exhibit) {
    const Object object = object_of(vault, exhibit);
    ExhibitMetadata out;
    out.code = code_of(vault, exhibit);
    out.size = object.size;
    out.media_type = media_type_of_file(ObjectFile::in(vault.objects_directory(), object));
    if (is_read_here(out.media_type)) out.metadata = read_metadata(file_of(vault, object));
    return out;
}

}  // namespace custos::vault::exhibits
