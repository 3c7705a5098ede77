// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader can get out of a PDF that custos-pdf drew, for the leak scan: the final bytes hold
// it compressed and as numbers of glyphs.
#pragma once

#include <optional>
#include <string>

#include "crypto/bytes.h"

namespace custos::vault::publish {

// Of all its streams together, without pictures.
inline constexpr std::size_t kPdfInflatedMax = 256u * 1024 * 1024;

// The words of the pages, one line a line of a page; the document's properties and every other
// string; what of pictures could be text; and, as they are, other streams but fonts. Nothing if
// `pdf` is not of the form that cairo writes: then its bytes are what is to be looked through.
[[nodiscard]] std::optional<std::string> pdf_text(ByteView pdf);

}  // namespace custos::vault::publish
