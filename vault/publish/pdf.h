// SPDX-License-Identifier: GPL-3.0-or-later
// statement.pdf, drawn by the program custos-pdf: fonts are parsed there, in a process without
// keys, open files, sockets or an environment.
#pragma once

#include <string>
#include <vector>

#include "crypto/bytes.h"
#include "crypto/minisign.h"
#include "vault/os/file.h"
#include "vault/publish/render.h"

namespace custos::vault::publish {

inline constexpr const char* kPdfProgram = "custos-pdf";
inline constexpr std::string_view kPdfRequestSchema = "custos.pdf/2";

// A PDF, or why there is none.
struct PdfOutcome {
    Bytes pdf;
    std::string why_not;  // "no font here has U+4E00 CJK UNIFIED IDEOGRAPH-4E00"
    std::string next;     // what to do about it
};

// What custos-pdf reads: all that it draws, and nothing else: JSON, and the pictures.
// docs/formats/pdf-request.md.
[[nodiscard]] std::string pdf_request(const Edition& edition,
                                      const crypto::minisign::PublicKey& key);

// edition.pdf as it is published: with its language, descriptions of its pictures, and what is
// signed as an attachment, unless that is empty, for the pages that people pass on. Error{failed}
// for a PDF that make_pdf() would not have given.
[[nodiscard]] Bytes package_pdf(const Edition& edition, const std::string& claims);

// The same files as the leak scan is to read them: of PDFs what a reader gets out of them.
[[nodiscard]] Files readable(Files package);

// `program` may be empty or not there. Never throws for what the program does. A PDF that cannot be
// read back, or not be finished for a package, is none.
[[nodiscard]] PdfOutcome make_pdf(const Edition& edition, const crypto::minisign::PublicKey& key,
                                  const Path& program);

}  // namespace custos::vault::publish
