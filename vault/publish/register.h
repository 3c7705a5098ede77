// SPDX-License-Identifier: GPL-3.0-or-later
// The register: a signed list of everything that an organisation published or withdrew, numbered
// without a gap, so that a missing one shows (docs/formats/register.md).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/hash.h"
#include "vault/publish/key_history.h"

namespace custos::vault::publish {

inline constexpr std::string_view kRegisterSchema = "custos.register/1";
inline constexpr std::size_t kRegisterSizeMax = std::size_t{16} << 20;
inline constexpr std::size_t kRegisterLinesMax = 10'000;
inline constexpr const char* kRegisterFile = "register.json";

// One act. It is public, and stands in the log as the body of an entry about the vault.
struct RegisterLine {
    std::uint64_t number = 0;  // from 1
    bool is_retraction = false;
    std::string index;  // of the publication
    std::string date;   // of the publication; for a retraction, the day of it
    std::string
        package;        // hexadecimal digest of the manifest; for a retraction, of what it retracts
    std::string title;  // of a publication
    std::string language;  // of a publication
    std::string
        replaces;        // index of an earlier one that this one corrects or replaces; may be empty
    std::string reason;  // of a retraction

    bool operator==(const RegisterLine&) const = default;
};
[[nodiscard]] nlohmann::json as_json(const RegisterLine& line);
[[nodiscard]] std::optional<RegisterLine> read_register_line(const nlohmann::json& object);

struct Register {
    std::string as_of;       // UTC: "2019-12-31T09:30:00.000Z"
    std::string public_key;  // that signs it, as minisign writes it
    std::vector<RegisterLine> lines;
    KeyHistory keys;
};
[[nodiscard]] std::string write_register(const Register& it);
// Nothing if it is none, is over a limit, or misses a number.
[[nodiscard]] std::optional<Register> read_register(ByteView bytes);
// A page for readers: plain HTML, nothing loaded, nothing run.
[[nodiscard]] std::string render_register(const Register& it);

// What a register says of a package.
struct Standing {
    bool is_listed = false;
    std::optional<RegisterLine> retraction;  // of it, or of what replaced it last
    std::optional<RegisterLine> newer;       // what replaces it, the newest, if that is in force
};
[[nodiscard]] Standing standing_of(const Register& it, const crypto::Digest& package);

}  // namespace custos::vault::publish
