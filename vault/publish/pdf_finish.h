// SPDX-License-Identifier: GPL-3.0-or-later
// What cairo cannot write into a PDF, behind its bytes, which stay as they are: an incremental
// update (ISO 32000-1, 7.5.6) with the language, descriptions of the pictures (14.9.3), the title
// as what windows are called (12.2), and a file that readers show as an attachment (7.11.4).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.h"

namespace custos::vault::publish {

struct PdfFinish {
    std::string language;                   // BCP 47
    std::vector<std::string> descriptions;  // of its pictures, in their order; UTF-8
    // The attachment; without a name there is none. Printable ASCII without brackets and
    // backslashes; the content does not hold "endstream".
    std::string name = {};
    std::string description = {};
    std::string media_type = {};  // like "application/pdf"
    std::string_view content = {};
};

// Nothing if `pdf` does not end as cairo ends its files or has not so many pictures, or if one of
// the above does not hold.
[[nodiscard]] std::optional<Bytes> finished_pdf(ByteView pdf, const PdfFinish& finish);

}  // namespace custos::vault::publish
