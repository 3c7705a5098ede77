// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/qr.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

namespace custos::vault::publish {

TEST_CASE("qr is a square with three finders, the same for the same text", "[publish][qr]") {
    const QrCode code = make_qr("RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3");
    REQUIRE(code.size >= 21);
    REQUIRE(code.dark.size() == code.size * code.size);
    for (const std::size_t corner : {std::size_t{0}, code.size - 7, (code.size - 7) * code.size}) {
        const auto begin = code.dark.begin() + static_cast<std::ptrdiff_t>(corner);
        CHECK(std::all_of(begin, begin + 7, [](bool dark) { return dark; }));
    }
    CHECK(make_qr("same").dark == make_qr("same").dark);
    CHECK(make_qr("same").dark != make_qr("other").dark);
}

TEST_CASE("qr refuses nothing and one byte too many", "[publish][qr]") {
    CHECK_THROWS_AS(make_qr(""), Error);
    CHECK_NOTHROW(make_qr(std::string(kQrTextMax, 'a')));
    CHECK_THROWS_AS(make_qr(std::string(kQrTextMax + 1, 'a')), Error);
}

TEST_CASE("qr as SVG says what it is and holds nothing but shapes", "[publish][qr]") {
    const std::string svg = qr_svg(make_qr("text"), "a \"label\" <&>");
    CHECK(svg.find("role=\"img\" aria-label=\"a &quot;label&quot; &lt;&amp;&gt;\"") !=
          std::string::npos);
    CHECK(svg.find("<script") == std::string::npos);
    CHECK(svg.find("style=") == std::string::npos);
}

}  // namespace custos::vault::publish
