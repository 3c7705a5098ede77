// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/sd_jwt.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "crypto/encoding.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

constexpr const char* kDigests = "_sd";
constexpr const char* kElement = "...";
constexpr const char* kAlgorithm = "_sd_alg";

bool is_reserved(std::string_view name) {
    return name == kDigests || name == kElement || name == kAlgorithm;
}

std::string written(const json& disclosure) {
    return crypto::base64url(bytes_of(disclosure.dump()));
}

// Nothing unless it is one JSON value, nothing behind it, no key twice in an object, not too deep.
std::optional<json> read_strictly(std::string_view text) {
    std::vector<std::set<std::string>> keys;
    bool good = true;
    const auto look = [&](int depth, json::parse_event_t event, json& parsed) {
        if (event == json::parse_event_t::object_start) keys.emplace_back();
        if (event == json::parse_event_t::object_end) keys.pop_back();
        if (event == json::parse_event_t::key)
            good = keys.back().insert(parsed.get_ref<const std::string&>()).second && good;
        good = good && static_cast<std::size_t>(depth) <= kSdJwtDepthMax;
        return true;
    };
    json value = json::parse(text.begin(), text.end(), look, /*allow_exceptions=*/false);
    if (!good || value.is_discarded()) return std::nullopt;
    return value;
}

// Why it is none, or nothing to say.
struct Refusal {
    SdJwtVerdict verdict;
    std::string what;
};

OpenedSdJwt refused(SdJwtVerdict verdict, std::string what) {
    OpenedSdJwt out;
    out.verdict = verdict;
    out.what = std::move(what);
    return out;
}

// Puts disclosures where their digests stand: RFC 9901 section 7.1.
class Opener {
public:
    explicit Opener(const std::vector<std::string>& disclosures) {
        for (const std::string& text : disclosures) {
            if (!given_.emplace(crypto::disclosure_digest(text), text).second)
                refuse(SdJwtVerdict::bad_disclosure, "a disclosure is there twice");
        }
    }

    json open(json payload) {
        const auto algorithm = payload.find(kAlgorithm);
        if (algorithm != payload.end()) {
            if (*algorithm != "sha-256")
                refuse(SdJwtVerdict::wrong_algorithm, "its digests are not SHA-256");
            payload.erase(algorithm);
        }
        json claims = opened(std::move(payload), 1);
        if (used_ != given_.size()) {
            refuse(SdJwtVerdict::bad_disclosure, "a disclosure belongs to nothing that was signed");
        }
        return claims;
    }

private:
    [[noreturn]] static void refuse(SdJwtVerdict verdict, std::string what) {
        throw Refusal{verdict, std::move(what)};
    }

    json opened(json value, std::size_t depth) {
        if (depth > kSdJwtDepthMax) refuse(SdJwtVerdict::malformed, "it is nested too deep");
        if (value.is_object()) return opened_object(std::move(value), depth);
        if (value.is_array()) return opened_array(value, depth);
        return value;
    }

    json opened_object(json object, std::size_t depth) {
        json out = json::object();
        json digests = json::array();
        for (auto& [name, value] : object.items()) {
            if (name == kElement || name == kAlgorithm)
                refuse(SdJwtVerdict::malformed, "a reserved name stands where it may not");
            if (name == kDigests) {
                digests = value;
            } else {
                out[name] = opened(std::move(value), depth + 1);
            }
        }
        if (!digests.is_array()) refuse(SdJwtVerdict::malformed, "its digests are no list");
        for (const json& digest : digests) {
            auto disclosure = disclosed(digest);
            if (!disclosure) continue;
            if (!disclosure->is_property)
                refuse(SdJwtVerdict::bad_disclosure, "a disclosure stands in the wrong place");
            if (out.contains(disclosure->name))
                refuse(SdJwtVerdict::bad_disclosure, "a disclosed claim is there already");
            out[disclosure->name] = opened(std::move(disclosure->value), depth + 1);
        }
        return out;
    }

    json opened_array(json& array, std::size_t depth) {
        json out = json::array();
        for (json& element : array) {
            if (!element.is_object() || !element.contains(kElement)) {
                out.push_back(opened(std::move(element), depth + 1));
                continue;
            }
            if (element.size() != 1)
                refuse(SdJwtVerdict::malformed, "a reserved name stands where it may not");
            auto disclosure = disclosed(element.at(kElement));
            if (!disclosure) continue;
            if (disclosure->is_property)
                refuse(SdJwtVerdict::bad_disclosure, "a disclosure stands in the wrong place");
            out.push_back(opened(std::move(disclosure->value), depth + 1));
        }
        return out;
    }

    // What was given for a digest; nothing if it is kept back, or a decoy.
    std::optional<Disclosure> disclosed(const json& digest) {
        if (!digest.is_string() ||
            !crypto::is_disclosure_digest(digest.get_ref<const std::string&>())) {
            refuse(SdJwtVerdict::malformed, "it holds a digest that is none");
        }
        const std::string& text = digest.get_ref<const std::string&>();
        if (!seen_.insert(text).second) refuse(SdJwtVerdict::malformed, "a digest is there twice");
        const auto found = given_.find(text);
        if (found == given_.end()) return std::nullopt;
        ++used_;
        auto disclosure = read_disclosure(found->second);
        if (!disclosure) refuse(SdJwtVerdict::bad_disclosure, "a disclosure is malformed");
        return disclosure;
    }

    std::map<std::string, std::string> given_;  // by digest
    std::set<std::string> seen_;
    std::size_t used_ = 0;
};

// "EdDSA" (RFC 8037) is what we write; "Ed25519" (RFC 9864) is its newer name.
bool is_ed25519(const json& header) {
    const auto algorithm = header.find("alg");
    return algorithm != header.end() && (*algorithm == "EdDSA" || *algorithm == "Ed25519");
}

}  // namespace

std::string SdJwtIssuer::salt_for(std::string_view what, const json& value) const {
    return crypto::base64url(salt_(std::string(what) + "\n" + value.dump()));
}

std::string SdJwtIssuer::add_element(json& array, const json& value, std::string_view what) {
    std::string disclosure = written(json::array({salt_for(what, value), value}));
    array.push_back({{kElement, crypto::disclosure_digest(disclosure)}});
    return disclosure;
}

std::string SdJwtIssuer::add_property(json& object, const std::string& name, const json& value,
                                      std::string_view what) {
    std::string disclosure = written(json::array({salt_for(what, value), name, value}));
    json& digests = object[kDigests];
    digests.push_back(crypto::disclosure_digest(disclosure));
    std::sort(digests.begin(), digests.end());  // where a digest stands tells nothing
    return disclosure;
}

void SdJwtIssuer::add_decoys(json& object, std::size_t step, std::string_view what) {
    json& digests = object[kDigests];
    for (std::size_t i = 0; digests.empty() || digests.size() % step != 0; ++i) {
        const Bytes salt = salt_(std::string(what) + "/decoy/" + std::to_string(i));
        digests.push_back(crypto::disclosure_digest(crypto::base64url(salt)));
    }
    std::sort(digests.begin(), digests.end());
}

std::string issue_sd_jwt(json claims, std::string_view type, std::string_view key_id,
                         const crypto::SigningSeed& seed) {
    claims[kAlgorithm] = "sha-256";
    const json header = {{"alg", "EdDSA"}, {"kid", key_id}, {"typ", type}};
    return crypto::sign_jwt(header.dump(), claims.dump(), seed);
}

std::optional<Disclosure> read_disclosure(std::string_view text) {
    const auto bytes = crypto::from_base64url(text);
    auto parts = bytes ? read_strictly(text_of(*bytes)) : std::nullopt;
    if (!parts || !parts->is_array() || parts->size() < 2 || parts->size() > 3) return std::nullopt;
    if (!parts->front().is_string()) return std::nullopt;
    Disclosure out;
    out.salt = parts->front().get<std::string>();
    out.is_property = parts->size() == 3;
    if (out.is_property) {
        if (!parts->at(1).is_string()) return std::nullopt;
        out.name = parts->at(1).get<std::string>();
        if (is_reserved(out.name)) return std::nullopt;
    }
    out.value = std::move(parts->back());
    return out;
}

OpenedSdJwt open_sd_jwt(std::string_view text, const crypto::VerifyKey& key) {
    const auto parsed = crypto::parse_sd_jwt(text);
    if (!parsed) return refused(SdJwtVerdict::malformed, "it is no SD-JWT");
    const auto header = read_strictly(parsed->header);
    if (!header || !header->is_object())
        return refused(SdJwtVerdict::malformed, "its header is malformed");
    if (!is_ed25519(*header))
        return refused(SdJwtVerdict::wrong_algorithm, "it is not signed with Ed25519");
    if (!crypto::verify_jwt(*parsed, key))
        return refused(SdJwtVerdict::not_signed, "it is not signed by this key");
    return open_signed_sd_jwt(*parsed);
}

OpenedSdJwt open_signed_sd_jwt(const crypto::SdJwt& sd_jwt) {
    auto header = read_strictly(sd_jwt.header);
    auto payload = read_strictly(sd_jwt.payload);
    if (!header || !header->is_object() || !payload || !payload->is_object())
        return refused(SdJwtVerdict::malformed, "its header or its claims are malformed");
    // An extension that must be understood is one that is not.
    if (header->contains("crit"))
        return refused(SdJwtVerdict::malformed, "it asks for something unknown");
    try {
        OpenedSdJwt out;
        out.claims = Opener(sd_jwt.disclosures).open(std::move(*payload));
        out.header = std::move(*header);
        out.verdict = SdJwtVerdict::authentic;
        return out;
    } catch (const Refusal& refusal) {
        return refused(refusal.verdict, refusal.what);
    }
}

}  // namespace custos::vault::publish
