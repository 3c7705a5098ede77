// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/own_text.h"

#include <algorithm>

#include "vault/publish/fingerprint.h"
#include "vault/publish/package.h"
#include "vault/publish/plan.h"

namespace custos::vault::publish {
namespace {

// One of each thing that a text can hold, and nothing in it.
constexpr const char* kNothing =
    "# x\n\nx[^1]\n\n- x\n\n1. x\n\n> x\n\n    x\n\n|x|\n|-|\n|x|\n\n{withheld}\n\nx\n\n"
    "{/withheld}\n\n[^1]: x\n";

Edition edition_of_nothing(const std::string& language) {
    Material material;
    material.statement.index = "x";
    material.statement.title = "x";
    material.statement.language = language;
    material.statement.body = kNothing;
    material.statement.sources = {"D-XXXXX"};
    material.known.emplace("D-XXXXX", "D-XXXXX");
    material.sources.emplace("D-XXXXX", Source{"D-XXXXX", "x", {}, {}, {}});
    return edition_of(material, make_plan(material));
}

bool is_word(char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= '0' && c <= '9') ||
           (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

OwnText::OwnText(const Edition& edition, const crypto::minisign::SecretKey& key)
    : key_(crypto::minisign::public_key_of(key)) {
    Edition nothing = edition_of_nothing(edition.language);
    for (const Edition& other : edition.translations)
        nothing.translations.push_back(edition_of_nothing(other.language));
    for (const auto& [name, bytes] : make_package(nothing, key)) {
        std::string_view text = custos::text_of(bytes);
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            lines_.emplace(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }
}

std::string OwnText::taken_out_of(std::string text) const {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (lines_.contains(std::string_view(text).substr(at, end - at)))
            std::replace_if(text.begin() + static_cast<std::ptrdiff_t>(at),
                            text.begin() + static_cast<std::ptrdiff_t>(end), is_word, '.');
        at = end + 1;
    }
    return without_fingerprint_words(std::move(text), key_);
}

}  // namespace custos::vault::publish
