// SPDX-License-Identifier: GPL-3.0-or-later
// custos-pdf: draws a planned statement. JSON and pictures on stdin, a PDF on stdout, one line on
// stderr if it cannot. It holds no key, opens no vault and no socket; custos starts it
// (vault/publish/pdf.h).
//
// Exit status: 0 done, 1 failed, 2 no such request, 13 no font has a character, or a picture cannot
// be drawn: stderr has a line "missing HEX..." with the code points, or "picture NUMBER WHY".
#include <algorithm>
#include <array>
#include <exception>
#include <string>

#include <unistd.h>

#include "cli/pdf/document.h"
#include "cli/pdf/draw.h"
#include "cli/pdf/sandbox.h"
#include "crypto/error.h"
#include "vault/records/json_input.h"

namespace {

using custos::Error;
using custos::ErrorCode;

std::string read_all(int from) {
    std::string all;
    std::array<char, 65536> buffer{};
    while (all.size() <= custos::vault::kJsonSizeMax + custos::pdf::kPicturesSizeMax + 1) {
        const ssize_t got = ::read(from, buffer.data(), buffer.size());
        if (got < 0) throw Error{ErrorCode::failed, "cannot read what to draw"};
        if (got == 0) break;
        all.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return all;
}

void write_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t done = ::write(to, bytes.data(), bytes.size());
        if (done <= 0) throw Error{ErrorCode::failed, "cannot write the PDF"};
        bytes.remove_prefix(static_cast<std::size_t>(done));
    }
}

std::string hexadecimal(char32_t character) {
    std::string digits;
    for (int shift = 20; shift >= 0; shift -= 4) {
        digits += "0123456789ABCDEF"[(character >> static_cast<unsigned>(shift)) & 0xFU];
    }
    return digits.substr(std::min<std::size_t>(digits.find_first_not_of('0'), 2));
}

int run() {
    custos::pdf::enter_sandbox();
    const custos::pdf::Document document = custos::pdf::read_document(read_all(STDIN_FILENO));
    custos::pdf::Typesetter typesetter;
    const auto pages = custos::pdf::compose(document, typesetter);
    if (!typesetter.missing().empty()) {
        std::string talk = "missing";
        for (const char32_t each : typesetter.missing()) {
            if (talk.size() < 200) talk += " " + hexadecimal(each);
        }
        write_all(STDERR_FILENO, talk + "\n");
        return static_cast<int>(ErrorCode::refused);
    }
    write_all(STDOUT_FILENO, custos::pdf::draw(document, pages));
    return 0;
}

}  // namespace

int main() {
    try {
        return run();
    } catch (const Error& error) {
        const std::string talk = std::string(error.what()) + "\n";
        if (::write(STDERR_FILENO, talk.data(), talk.size()) < 0) return 1;
        return static_cast<int>(error.code());
    } catch (const std::exception&) {
        return 1;
    }
}
