// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/read_exhibit.h"

#include "vault/exhibits/clean.h"
#include "vault/exhibits/derive.h"
#include "vault/objects/catalog.h"
#include "vault/objects/media_type.h"
#include "vault/publish/shown_exhibits.h"

namespace custos::vault::publish {

using nlohmann::json;

Exhibit read_exhibit(const Vault& vault, const Record& record,
                     const std::map<std::string, std::string>& persons) {
    Exhibit out;
    out.code = record.code;
    out.protection = protection_named(record.fields.value("protection", std::string()));
    for (const json& person : record.fields.value("persons", json::array())) {
        const auto code = persons.find(person.get<std::string>());
        if (code != persons.end()) out.persons.push_back(code->second);
    }
    if (record.object.is_null()) return out;
    out.file = Exhibit::File::original;
    if (!exhibits::is_cleaned(record.fields)) return out;
    const Object object = object_of(vault, record.id);
    out.size = object.size;
    if (object.size > kExhibitSizeMax) {
        out.file = Exhibit::File::cleaned;
        return out;
    }
    auto bytes = std::make_shared<const Bytes>(exhibits::file_of(vault, object));
    // What the record says of itself can be edited; what its bytes are cannot.
    if (!exhibits::is_clean_picture(*bytes)) return out;
    out.file = Exhibit::File::cleaned;
    out.media_type =
        media_type_of(ByteView(*bytes).first(std::min(bytes->size(), kSignatureSizeMax)));
    out.bytes = std::move(bytes);
    return out;
}

}  // namespace custos::vault::publish
