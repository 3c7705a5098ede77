// SPDX-License-Identifier: GPL-3.0-or-later
// What every package of a publisher says, whatever the statement: the style and the script of the
// page, the words around the text, how to verify. It is nobody's name, even where a person is
// called White, Font or Page.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "crypto/minisign.h"
#include "vault/publish/leak_scan.h"
#include "vault/publish/render.h"

namespace custos::vault::publish {

class OwnText {
public:
    // Of a package in the languages of `edition`, signed by `key`.
    OwnText(const Edition& edition, const crypto::minisign::SecretKey& key);

    // `text` of a file with dots in place of its own lines, from end to end, and of the words of
    // the key. As many bytes and lines; a line that has one letter of the statement stays as it is.
    [[nodiscard]] std::string taken_out_of(std::string text) const;

private:
    std::set<std::string, std::less<>> lines_;
    crypto::minisign::PublicKey key_;
};

}  // namespace custos::vault::publish
