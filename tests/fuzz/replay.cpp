// SPDX-License-Identifier: GPL-3.0-or-later
// A main for fuzz targets without libFuzzer: runs the target over every file in a folder, once, and
// over nothing and each single byte. What matters is that it comes back.
#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int argc, char** argv) {
    namespace fs = std::filesystem;
    std::size_t replayed = 0;

    LLVMFuzzerTestOneInput(nullptr, 0);
    for (int byte = 0; byte < 256; ++byte) {
        const std::array<std::uint8_t, 1> input{static_cast<std::uint8_t>(byte)};
        LLVMFuzzerTestOneInput(input.data(), input.size());
    }
    for (int i = 1; i < argc; ++i) {
        if (!fs::is_directory(argv[i])) continue;
        for (const auto& entry : fs::recursive_directory_iterator(argv[i])) {
            if (!entry.is_regular_file()) continue;
            std::ifstream file(entry.path(), std::ios::binary);
            const std::vector<char> text{std::istreambuf_iterator<char>(file), {}};
            const std::vector<std::uint8_t> input(text.begin(), text.end());
            LLVMFuzzerTestOneInput(input.data(), input.size());
            ++replayed;
        }
    }
    std::printf("replayed %zu files\n", replayed);
    return 0;
}
