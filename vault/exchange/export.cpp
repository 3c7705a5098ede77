// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/export.h"

#include <algorithm>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/exchange/escape.h"
#include "vault/os/process.h"
#include "vault/records/describe.h"

namespace custos::vault {

using nlohmann::json;

void each_chosen(const Vault& vault, const ExportQuery& query,
                 const std::function<void(const Record&)>& visit) {
    if (!query.where.empty() && !query.kind) {
        throw Error{ErrorCode::usage, "cannot choose records by their fields without a kind",
                    "give --kind as well"};
    }
    const auto chosen = [&](const Record& record) {
        throw_if_interrupted();
        if (record.state == State::live) visit(record);
    };
    if (query.where.empty()) return each_record(vault, query.kind, chosen);
    ListQuery list;
    list.kind = query.kind;
    list.where = query.where;
    list.sort = "created";
    (void)each_listed(vault, list, chosen);
}

void count_record(ExportCount& count, const Record& record) {
    ++count.records;
    ++count.kinds[record.id.kind];
    const auto level = record.fields.find("protection");
    ++count
          .protection[level != record.fields.end() && level->is_string() ? level->get<std::string>()
                                                                         : std::string()];
    if (record.object.is_object()) ++count.exhibits_with_files;
}

json line_of(const Vault& vault, const Record& record) {
    return {{"kind", name_of(record.id.kind)},
            {"id", to_text(record.id)},
            {"revision", record.revision},
            {"fields", record.fields},
            {"links", links_with_fields(vault, record.id)}};
}

ExportCount export_jsonl(const Vault& vault, const ExportQuery& query, const WriteText& write) {
    ExportCount count;
    std::vector<RecordId> written;
    std::vector<RecordId> wanted;
    each_chosen(vault, query, [&](const Record& record) {
        count_record(count, record);
        write(json_line(line_of(vault, record)));
        if (query.kind) return;
        written.push_back(record.id);
        for (const FieldReference& reference :
             references(vault.schema(), record.id.kind, record.fields))
            wanted.push_back(reference.to);
        for (const Link& link : record.links) wanted.push_back(link.to);
    });
    std::sort(written.begin(), written.end());
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    for (const RecordId& id : wanted) {
        if (!std::binary_search(written.begin(), written.end(), id)) ++count.missing;
    }
    return count;
}

void log_export(Change& change, std::string_view format, const ExportCount& count,
                const crypto::Digest& digest) {
    json kinds = json::object();
    for (const auto& [kind, number] : count.kinds) kinds[std::string(name_of(kind))] = number;
    const json body = {{"format", format},
                       {"records", count.records},
                       {"kinds", std::move(kinds)},
                       {"sha256", crypto::hex(digest.view())}};
    change.append({Verb::export_, std::string(kVaultSubject), {}, to_bytes(bytes_of(body.dump()))});
}

}  // namespace custos::vault
