// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/verify_page.h"

#include "vault/publish/fingerprint.h"
#include "vault/publish/pages/embedded.h"
#include "vault/publish/scripts.h"

namespace custos::vault::publish {
namespace {

std::string script() {
    std::string out = "\n";
    for (const std::string_view part :
         {embedded::bytes_js, embedded::blake2b_js, embedded::minisign_js}) {
        out += part;
    }
    out += "const PGP_EVEN = \"" + std::string(pgp_word_list(0)) + "\";\n";
    out += "const PGP_ODD = \"" + std::string(pgp_word_list(1)) + "\";\n";
    out += "const WORDS = " + std::string(embedded::words_json) + ";\n";
    for (const std::string_view part :
         {embedded::register_js, embedded::sd_jwt_js, embedded::proof_js, embedded::package_js,
          embedded::zip_js, embedded::qr_js, embedded::scan_js, embedded::verify_js})
        out += part;
    return out;
}

}  // namespace

std::string render_verify_page() {
    const std::string code = script();
    const std::string policy = "default-src 'none'; style-src " +
                               source_expression(embedded::verify_css) + "; script-src " +
                               source_expression(code) + "; base-uri 'none'; form-action 'none'";
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"en\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n";
    out +=
        "<meta http-equiv=\"Content-Security-Policy\" content=\"" + html_escaped(policy) + "\">\n";
    out += "<meta name=\"referrer\" content=\"no-referrer\">\n";
    out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
    out += "<title>Is this statement authentic?</title>\n";
    out += "<style>" + std::string(embedded::verify_css) + "</style>\n</head>\n<body>\n";
    out += std::string(embedded::verify_body_html);
    return out + "<script>" + code + "</script>\n</body>\n</html>\n";
}

}  // namespace custos::vault::publish
