// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/qr.h"

#include <memory>

#include <qrencode.h>

#include "crypto/error.h"
#include "vault/publish/scripts.h"

namespace custos::vault::publish {
namespace {

constexpr std::size_t kQuietZone = 4;  // modules, as ISO/IEC 18004 asks for

struct FreeCode {
    void operator()(QRcode* code) const { QRcode_free(code); }
};

}  // namespace

QrCode make_qr(std::string_view text) {
    const std::string bytes(text);
    std::unique_ptr<QRcode, FreeCode> made;
    if (!bytes.empty() && bytes.size() <= kQrTextMax) {
        made.reset(QRcode_encodeString8bit(bytes.c_str(), 0, QR_ECLEVEL_M));
    }
    if (!made) {
        throw Error{ErrorCode::refused,
                    "cannot make a QR code of " + std::to_string(bytes.size()) + " bytes"};
    }
    QrCode code;
    code.size = static_cast<std::size_t>(made->width);
    code.dark.reserve(code.size * code.size);
    for (std::size_t i = 0; i < code.size * code.size; ++i) {
        code.dark.push_back((made->data[i] & 1U) != 0);
    }
    return code;
}

std::string qr_svg(const QrCode& code, std::string_view label) {
    const std::string side = std::to_string(code.size + 2 * kQuietZone);
    std::string out = "<svg class=\"qr\" role=\"img\" aria-label=\"" + html_escaped(label) +
                      "\" viewBox=\"0 0 " + side + " " + side +
                      "\" shape-rendering=\"crispEdges\"><rect width=\"" + side + "\" height=\"" +
                      side + "\" fill=\"#fff\"/><path d=\"";
    for (std::size_t y = 0; y < code.size; ++y) {
        for (std::size_t x = 0; x < code.size;) {
            std::size_t end = x;
            while (end < code.size && code.dark[y * code.size + end]) ++end;
            if (end > x) {
                out += "M" + std::to_string(x + kQuietZone) + " " + std::to_string(y + kQuietZone) +
                       "h" + std::to_string(end - x) + "v1h-" + std::to_string(end - x) + "z";
            }
            x = end + 1;
        }
    }
    return out + "\"/></svg>";
}

}  // namespace custos::vault::publish
