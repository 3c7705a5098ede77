// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/approval.h"

#include <array>

#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/note.h"

namespace custos::vault::publish {
namespace {

std::string text_for(const Approval& approval) {
    return std::string(kApprovalSchema) + "\nindex " + approval.index + "\nsums " +
           crypto::hex(approval.sums.view()) + "\nrules " + approval.rules + "\npassed-over " +
           crypto::hex(approval.passed_over.view()) + "\n";
}

// What follows `name` on the first line, which `text` is moved past.
std::optional<std::string> take_line(std::string_view& text, std::string_view name) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos || text.substr(0, name.size()) != name) return std::nullopt;
    std::string taken(text.substr(name.size(), end - name.size()));
    text.remove_prefix(end + 1);
    return taken;
}

std::optional<crypto::Digest> digest_in(const std::optional<std::string>& line) {
    const auto bytes = line ? crypto::from_hex(*line) : std::nullopt;
    if (!bytes || bytes->size() != crypto::Digest::kSize) return std::nullopt;
    return crypto::Digest::from(*bytes);
}

}  // namespace

std::string sign_approval(const Approval& approval, const crypto::SigningSeed& seed) {
    const std::string text = text_for(approval);
    return crypto::write_note({text, {crypto::sign_text(text, kApproverName, seed)}});
}

std::optional<Approval> open_approval(std::string_view note, const crypto::VerifyKey& key) {
    const std::array<crypto::NoteKey, 1> known = {{{std::string(kApproverName), key}}};
    if (note.size() > kApprovalSizeMax) return std::nullopt;
    const auto parsed = crypto::parse_note(note);
    // One signature, and nothing of others beside it.
    if (!parsed || parsed->signatures.size() != 1 || !crypto::verify_note(*parsed, known))
        return std::nullopt;
    std::string_view rest = parsed->text;
    const auto schema = take_line(rest, "");
    const auto index = take_line(rest, "index ");
    const auto sums = digest_in(take_line(rest, "sums "));
    const auto rules = take_line(rest, "rules ");
    const auto passed_over = digest_in(take_line(rest, "passed-over "));
    if (schema != kApprovalSchema || !index || !sums || !rules || !passed_over || !rest.empty())
        return std::nullopt;
    return Approval{*index, *sums, *rules, *passed_over};
}

std::string approver_text(const crypto::VerifyKey& key) {
    return crypto::write_vkey({std::string(kApproverName), key});
}

std::optional<crypto::VerifyKey> read_approver(std::string_view text) {
    try {
        const crypto::NoteKey key = crypto::read_vkey(text);
        if (key.name != kApproverName) return std::nullopt;
        return key.key;
    } catch (const Error&) {
        return std::nullopt;
    }
}

}  // namespace custos::vault::publish
