// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a PDF that is read for the leak scan.
#include <cstdint>

#include "vault/publish/pdf_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    (void)custos::vault::publish::pdf_text({data, size});
    return 0;
}
