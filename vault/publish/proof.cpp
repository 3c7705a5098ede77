// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/proof.h"

#include <array>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/merkle.h"
#include "crypto/tlog_proof.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

std::string extra_of(const ProvenEntry& proven) {
    return json{{"entry", crypto::base64(proven.entry)},
                {"salt", crypto::base64(proven.salt)},
                {"body", crypto::base64(proven.body)}}
        .dump();
}

std::optional<Bytes> bytes_in(const json& object, const char* name) {
    const auto found = object.find(name);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return crypto::from_base64(found->get_ref<const std::string&>());
}

std::optional<ProvenEntry> read_extra(const crypto::TlogProof& proof) {
    if (!proof.extra) return std::nullopt;
    const json extra = json::parse(proof.extra->begin(), proof.extra->end(), nullptr, false);
    if (!extra.is_object()) return std::nullopt;
    auto entry = bytes_in(extra, "entry");
    auto salt = bytes_in(extra, "salt");
    auto body = bytes_in(extra, "body");
    if (!entry || !salt || !body) return std::nullopt;
    return ProvenEntry{std::move(*entry), std::move(*salt), std::move(*body),
                       proof.index,       proof.hashes,     proof.checkpoint};
}

}  // namespace

std::string write_publication_proof(const ProvenEntry& proven) {
    const std::string extra = extra_of(proven);
    return crypto::write_tlog_proof(
        {to_bytes(bytes_of(extra)), proven.index, proven.hashes, proven.checkpoint});
}

std::optional<ProofFacts> check_publication_proof(std::string_view file,
                                                  const crypto::NoteKey& log_key,
                                                  const crypto::Digest& package) {
    const auto proof = crypto::parse_tlog_proof(file);
    const auto proven = proof ? read_extra(*proof) : std::nullopt;
    if (!proven || write_publication_proof(*proven) != file) return std::nullopt;

    const std::array<crypto::NoteKey, 1> known = {{log_key}};
    const auto checked = crypto::verify_tlog_proof(file, crypto::leaf_hash(proven->entry), known);
    const auto entry = decode_entry(proven->entry);
    if (checked.verdict != crypto::ProofVerdict::included || !entry ||
        entry->index != checked.index || entry->verb != Verb::publish ||
        entry->subject != kVaultSubject ||
        checked.checkpoint.origin != "custos/" + crypto::hex(entry->log) ||
        body_digest(proven->salt, proven->body) != entry->body) {
        return std::nullopt;
    }
    const json body = json::parse(proven->body.begin(), proven->body.end(), nullptr, false);
    auto line = body.is_object() ? read_register_line(body) : std::nullopt;
    if (!line || line->is_retraction || line->package != crypto::hex(package.view()))
        return std::nullopt;
    return ProofFacts{std::move(*line), entry->time, checked.checkpoint};
}

}  // namespace custos::vault::publish
