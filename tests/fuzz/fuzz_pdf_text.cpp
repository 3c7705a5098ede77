// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a PDF that is read for the leak scan, and finished for a package.
#include <cstdint>

#include "vault/publish/pdf_finish.h"
#include "vault/publish/pdf_objects.h"
#include "vault/publish/pdf_text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace publish = custos::vault::publish;
    const custos::ByteView pdf(data, size);
    (void)publish::pdf_text(pdf);
    for (const publish::PdfPicture& picture : publish::pdf_pictures(pdf)) {
        if (picture.offset > size || picture.jpeg.size() > size - picture.offset) __builtin_trap();
    }
    for (const std::size_t figures : {0U, 1U}) {
        const auto finished =
            publish::finished_pdf(pdf, {"km", std::vector<std::string>(figures, "alt"), "name",
                                        "description", "text/plain", "content"});
        if (finished && finished->size() <= size) __builtin_trap();
    }
    return 0;
}
