// SPDX-License-Identifier: GPL-3.0-or-later
// A file inside a PDF, behind its bytes, which stay as they are: an incremental update (ISO
// 32000-1, 7.5.6) with an embedded file (7.11.4) that readers show as an attachment. cairo cannot
// write one.
#pragma once

#include <optional>
#include <string_view>

#include "crypto/bytes.h"

namespace custos::vault::publish {

// `name` and `description` are printable ASCII without brackets and backslashes, `media_type` is
// like "application/pdf"; `content` does not hold "endstream". Nothing if `pdf` does not end as
// cairo ends its files, or one of these does not hold: then there is no attachment.
[[nodiscard]] std::optional<Bytes> with_attachment(ByteView pdf, std::string_view name,
                                                   std::string_view description,
                                                   std::string_view media_type, ByteView content);

}  // namespace custos::vault::publish
