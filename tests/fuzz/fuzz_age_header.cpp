// SPDX-License-Identifier: GPL-3.0-or-later
// The header of an age file, and keys: any bytes.
#include <algorithm>
#include <cstdint>

#include "crypto/age/header.h"
#include "crypto/age/keys.h"
#include "crypto/age/stanzas.h"
#include "crypto/error.h"

namespace {

namespace age = custos::crypto::age;
using custos::ByteView;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

// What is read is written again as it was, but for the MAC, whose key nobody knows here.
void read_as_header(ByteView data) {
    const age::ReadHeader read = age::read_header(data);
    if (read.state != age::HeaderState::complete) return;
    const age::Header& header = read.header;
    require(header.size() <= data.size() && header.size() <= age::kHeaderSizeMax);
    require(!header.stanzas.empty() && header.stanzas.size() <= age::kStanzasMax);

    const age::FileKey key;
    const custos::Bytes again = age::write_header(header.stanzas, key, header.nonce);
    require(again.size() == header.size());
    require(std::ranges::equal(ByteView(again).first(header.covered.size()), header.covered));
    require(age::is_authentic(age::read_header(again).header, key));
    // One byte less is too few, and what is behind does not matter.
    require(age::read_header(data.first(header.size() - 1)).state == age::HeaderState::needs_more);
    require(age::read_header(data.first(header.size())).state == age::HeaderState::complete);
    for (const age::Stanza& stanza : header.stanzas) static_cast<void>(age::is_well_formed(stanza));
}

void read_as_key(ByteView data) {
    const std::string_view text = custos::text_of(data);
    if (const auto recipient = age::Recipient::parse(text)) require(recipient->text() == text);
    if (const auto identity = age::Identity::parse(data)) {
        require(std::ranges::equal(identity->text().reveal(), data));
    }
    try {
        const auto identities = age::parse_identity_file(custos::SecretBytes(data));
        require(!identities.empty() && identities.size() <= age::kIdentitiesMax);
    } catch (const custos::Error& error) {
        require(error.code() == custos::ErrorCode::usage);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    read_as_header({data, size});
    read_as_key({data, size});
    return 0;
}
