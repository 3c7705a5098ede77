// SPDX-License-Identifier: GPL-3.0-or-later
// verify.html takes the key from its QR code: a picture that is chosen or dropped, or the camera.
#include <cmath>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "../vault/exhibits/pictures.h"
#include "browser.h"
#include "crypto/encoding.h"
#include "sample.h"
#include "vault/publish/qr.h"
#include "vault/publish/verify_page.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;
using test::browse;
using test::in_base64;
using test::key_line;
using test::need_browser;

constexpr std::size_t kWidth = 640;
constexpr std::size_t kHeight = 480;

// How a code lies before whoever photographs it.
struct View {
    double degrees = 0;
    double side = 300;  // pixels
    double tilt = 0;    // how much farther away its lower edge is
    std::uint8_t dark = 20;
    std::uint8_t light = 240;
};

// Grey pixels of a picture with a code in its middle.
Bytes seen(const std::string& text, const View& view) {
    constexpr double kQuiet = 4;
    constexpr double kDegree = 3.14159265358979 / 180;
    const QrCode code = make_qr(text);
    const double modules = static_cast<double>(code.size) + 2 * kQuiet;
    Bytes pixels(kWidth * kHeight, 128);
    for (std::size_t y = 0; y < kHeight; ++y) {
        for (std::size_t x = 0; x < kWidth; ++x) {
            const double right = static_cast<double>(x) - kWidth / 2.0;
            const double down = static_cast<double>(y) - kHeight / 2.0;
            const double far = 1 + view.tilt * down / view.side;
            const double turned_x = std::cos(view.degrees * kDegree) * right * far +
                                    std::sin(view.degrees * kDegree) * down * far;
            const double turned_y = -std::sin(view.degrees * kDegree) * right * far +
                                    std::cos(view.degrees * kDegree) * down * far;
            const double u = (turned_x / view.side + 0.5) * modules;
            const double v = (turned_y / view.side + 0.5) * modules;
            if (u < 0 || v < 0 || u >= modules || v >= modules) continue;
            const double column = std::floor(u - kQuiet);
            const double row = std::floor(v - kQuiet);
            const auto size = static_cast<double>(code.size);
            const bool is_dark = column >= 0 && row >= 0 && column < size && row < size &&
                                 code.dark[static_cast<std::size_t>(row) * code.size +
                                           static_cast<std::size_t>(column)];
            pixels[y * kWidth + x] = is_dark ? view.dark : view.light;
        }
    }
    return pixels;
}

std::string png_of(const Bytes& pixels) {
    Bytes lines;
    for (std::size_t y = 0; y < kHeight; ++y) {
        lines.push_back(0);
        append(lines, ByteView(pixels).subspan(y * kWidth, kWidth));
    }
    return crypto::base64(test::png_of(kWidth, kHeight, 8, 0, lines));
}

// A film of one frame, which Chromium's camera shows again and again.
std::string film_of(const Bytes& pixels) {
    std::string film = "YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\nFRAME\n";
    film += custos::text_of(pixels);
    return film + std::string(kWidth * kHeight / 2, '\x80');
}

json job_with(const json& of_case) {
    json job = {{"name", "case"}, {"files", in_base64(test::sample_package())}};
    job.update(of_case);
    return job;
}

json run(const json& cases, const std::string& film = {}) {
    const test::ScratchFolder scratch;
    json job = {{"page", scratch.write(kVerifyPageFile, render_verify_page())}, {"verify", cases}};
    if (!film.empty()) job["camera"] = scratch.write("camera.y4m", film);
    const json answer = browse(scratch, job);
    CHECK(answer.at("requests").empty());
    CHECK(answer.at("console") == json::array());
    return answer.at("results");
}

}  // namespace

TEST_CASE("verify.html reads the key from a picture of its QR code", "[browser][verify][qr]") {
    need_browser();
    std::vector<View> views;
    for (int degrees = 0; degrees < 360; degrees += 15)
        views.push_back({static_cast<double>(degrees), 300, 0});
    for (const double side : {110.0, 160.0, 460.0}) views.push_back({3, side, 0});
    for (const double tilt : {-0.35, -0.2, 0.2, 0.35}) views.push_back({8, 320, tilt});
    views.push_back({0, 300, 0, 90, 150});
    json cases = json::array();
    for (const View& view : views)
        cases.push_back(job_with({{"picture", png_of(seen(key_line(), view))}}));
    cases.push_back(job_with({{"picture", png_of(seen(key_line(), {}))}, {"dropped", true}}));
    const json results = run(cases);
    std::size_t read = 0;
    for (const json& result : results) read += result.at("key") == key_line() ? 1U : 0U;
    CHECK(read == cases.size());
    CHECK(results.back().at("result") == "authentic");
    CHECK(results.back().at("note") == "The key was read from the QR code.");
    WARN("pictures of QR codes that were read: " << read << " of " << cases.size());
}

TEST_CASE("verify.html says why a picture gave no key, and leaves the one that was there",
          "[browser][verify][qr]") {
    need_browser();
    const json results = run({
        job_with({{"key", key_line()}, {"picture", png_of(Bytes(kWidth * kHeight, 200))}}),
        job_with({{"key", key_line()}, {"picture", crypto::base64(bytes_of("no picture"))}}),
        job_with({{"picture", png_of(seen("https://example.org/", {}))}}),
        job_with({{"scan", true}}),
        job_with({{"scan", true}, {"language", "fr"}}),
    });
    for (const std::size_t i : {0U, 1U}) {
        CHECK(results.at(i).at("note").get<std::string>().find("No QR code was found") == 0);
        CHECK(results.at(i).at("key") == key_line());
        CHECK(results.at(i).at("result") == "authentic");
    }
    CHECK(results.at(2).at("note") == "That QR code holds no key.");
    CHECK(results.at(2).at("key") == "");
    CHECK(results.at(2).at("result") == "unknown_key");
    CHECK(results.at(3).at("note").get<std::string>().find("Choose a picture") !=
          std::string::npos);
    CHECK(results.at(4).at("note").get<std::string>().find("Choisissez") != std::string::npos);
    CHECK(results.at(3).at("camera") == false);
}

TEST_CASE("verify.html reads the key in front of the camera", "[browser][verify][qr]") {
    need_browser();
    json cases = json::array();
    cases.push_back(job_with({{"scan", true}}));
    const json results = run(cases, film_of(seen(key_line(), {20, 260, 0.2})));
    CHECK(results.at(0).at("key") == key_line());
    CHECK(results.at(0).at("result") == "authentic");
    CHECK(results.at(0).at("camera") == false);  // not looked at any longer
}

}  // namespace custos::vault::publish
