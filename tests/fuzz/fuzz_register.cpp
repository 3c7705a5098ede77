// SPDX-License-Identifier: GPL-3.0-or-later
// A register, a key history, an approval, and a publication's log proof that somebody else wrote.
#include <cstdint>
#include <string>

#include <nlohmann/json.hpp>

#include "crypto/secret.h"
#include "vault/publish/approval.h"
#include "vault/publish/proof.h"
#include "vault/publish/register.h"

namespace {

using custos::Bytes;
using custos::ByteView;
namespace crypto = custos::crypto;
namespace publish = custos::vault::publish;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void read_as_register(ByteView input) {
    const auto it = publish::read_register(input);
    if (!it) return;
    const auto again = publish::read_register(custos::bytes_of(publish::write_register(*it)));
    // Text that is no UTF-8 is replaced, and can grow beyond a limit by that.
    require(!again || again->lines.size() == it->lines.size());
    if (it->lines.size() > 100) return;
    const std::string page = publish::render_register(*it);
    require(page.find("<script") == std::string::npos);
    static_cast<void>(publish::standing_of(*it, crypto::sha256({})));
}

void read_as_keys(ByteView input) {
    const crypto::minisign::SecretKey key =
        crypto::minisign::secret_key_of(crypto::SigningSeed(Bytes(32, 1)));
    const auto history = publish::read_key_history(input);
    if (!history) return;
    const auto trusted = publish::follow_keys(crypto::minisign::public_key_of(key), *history);
    // Nobody can make a note for this key without its seed.
    require(trusted.keys.size() == 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    const ByteView input(data, size);
    const std::string_view text = custos::text_of(input);
    const crypto::VerifyKey key = crypto::verify_key_of(crypto::SigningSeed(Bytes(32, 2)));
    read_as_register(input);
    read_as_keys(input);
    static_cast<void>(publish::open_rotation(text));
    static_cast<void>(publish::open_revocation(text));
    require(!publish::open_approval(text, key));
    static_cast<void>(publish::read_approver(text));
    require(!publish::check_publication_proof(text, {"custos/00", key}, crypto::sha256({})));
    return 0;
}
