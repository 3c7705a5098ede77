// SPDX-License-Identifier: GPL-3.0-or-later
// What exiftool sees in pictures that we made, and in what is left of them.
#include <algorithm>
#include <sstream>

#include <catch2/catch_test_macros.hpp>

#include "../vault/exhibits/pictures.h"
#include "program.h"
#include "vault/exhibits/clean.h"
#include "vault/exhibits/metadata.h"

namespace custos {
namespace {

namespace exhibits = vault::exhibits;

// Lines of "[group] Name : value", less what is said of the file and its pixels.
std::vector<std::string> seen_by_exiftool(const test::ScratchFolder& scratch, const char* name,
                                          const Bytes& picture) {
    scratch.write(name, text_of(picture));
    const test::Run run =
        test::run(scratch, {"exiftool", "-a", "-u", "-U", "-ee", "-G1", "-s", name});
    std::istringstream lines(run.out);
    std::vector<std::string> seen;
    for (std::string line; std::getline(lines, line);) {
        line.erase(std::unique(line.begin(), line.end(),
                               [](char a, char b) { return a == ' ' && b == ' '; }),
                   line.end());
        const std::string group = line.substr(0, line.find(']') + 1);
        const bool is_of_file = group == "[File]" || group == "[System]" || group == "[ExifTool]" ||
                                group == "[Composite]";
        const bool is_of_pixels = group == "[PNG]" || group == "[PNG-pHYs]" || group == "[JFIF]";
        if (!is_of_file && !is_of_pixels) seen.push_back(line);
        if (is_of_file && line.find("Comment") != std::string::npos) seen.push_back(line);
        if (line.find("Warning") != std::string::npos) seen.push_back(line);
    }
    return seen;
}

bool any_names(const std::vector<std::string>& lines, std::string_view word) {
    return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
        return line.find(word) != std::string::npos;
    });
}

}  // namespace

TEST_CASE("exiftool sees in our test pictures what we see", "[interop][pictures]") {
    test::program_or_skip("exiftool");
    const test::ScratchFolder scratch;
    const auto seen = seen_by_exiftool(scratch, "telling.jpg", test::telling_jpeg());
    for (const char* word : {"GPSLatitude", "GPSLongitude", "SerialNumber", "OwnerName",
                             "[XMP-photoshop] City", "[IPTC] City", "Comment", "Panel 7"}) {
        INFO(word);
        CHECK(any_names(seen, word));
    }
    const auto png = seen_by_exiftool(scratch, "telling.png", test::telling_png());
    CHECK(any_names(png, "GPSLatitude"));
    CHECK(any_names(png, "[XMP-photoshop] City"));
}

TEST_CASE("exiftool sees nothing but the picture in what was cleaned", "[interop][pictures]") {
    test::program_or_skip("exiftool");
    const test::ScratchFolder scratch;
    const auto cleaned = [](const Bytes& file) { return exhibits::clean_picture(file).bytes; };
    CHECK(seen_by_exiftool(scratch, "upright.jpg", cleaned(test::telling_jpeg(1))).empty());

    // Turned pictures keep how they are turned, alone.
    for (const auto& [name, picture] : {std::pair{"turned.jpg", test::telling_jpeg(6)},
                                        std::pair{"turned.png", test::telling_png()}}) {
        const auto seen = seen_by_exiftool(scratch, name, cleaned(picture));
        for (const std::string& line : seen) {
            INFO(line);
            CHECK(line.find("[IFD0] Orientation") == 0);
        }
        CHECK(seen.size() == 1);
    }
}

}  // namespace custos
