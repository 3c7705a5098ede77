// SPDX-License-Identifier: GPL-3.0-or-later
// Where the coded pixels of a JPEG end. The codes are followed, coefficient by coefficient, and no
// pixel is made: what stands behind them, or is coded a second time, is no part of the picture.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "vault/exhibits/jpeg.h"

namespace custos::vault::exhibits {

inline constexpr std::size_t kJpegBlocksMax = 16u * 1024 * 1024;  // of 8 x 8, all components
inline constexpr std::uint64_t kJpegVisitsMax = std::uint64_t{1} << 28U;  // blocks times scans

// For Huffman codes, sequential (SOF0, SOF1) and progressive (SOF2), 8 bits. Segments are to be
// given in the order of the file.
class JpegCoding {
public:
    // False if the segment is not what it has to be.
    [[nodiscard]] bool take_frame(const JpegSegment& segment);
    [[nodiscard]] bool take_huffman(ByteView payload);
    [[nodiscard]] bool take_restart_interval(ByteView payload);
    // How many of the coded bytes behind the scan's header are its pixels. Nothing if they are
    // damaged or cut off, or the scan repeats what was there before.
    [[nodiscard]] std::optional<std::size_t> take_scan(const JpegSegment& segment);
    // Whether there were pixels for every component.
    [[nodiscard]] bool is_complete() const;

private:
    struct Table {
        bool is_defined = false;
        std::array<std::int32_t, 17> first{};  // code of each length
        std::array<std::int32_t, 17> count{};
        std::array<std::int32_t, 17> at{};  // of its value
        std::array<std::uint8_t, 256> values{};
    };
    struct Component {
        std::uint8_t id = 0;
        std::uint32_t h = 1;
        std::uint32_t v = 1;
        std::uint32_t blocks_across = 0;          // that the picture needs
        std::uint32_t blocks_down = 0;            // likewise
        std::uint32_t row = 0;                    // blocks in memory across, with those of MCUs
        std::array<int, 64> bits{};               // the lowest bit that is known; -1: none
        std::vector<std::uint64_t> coefficients;  // progressive: which of a block are not zero
    };
    struct Scan {
        std::vector<Component*> components;
        std::vector<const Table*> dc;
        std::vector<const Table*> ac;
        unsigned first = 0;
        unsigned last = 0;
        unsigned high = 0;
        unsigned low = 0;
    };
    class Bits;

    std::optional<Scan> read_scan(ByteView payload);
    bool progress(const Scan& scan);
    bool pass(const Scan& scan, Bits& bits);
    bool pass_unit(const Scan& scan, std::uint32_t x, std::uint32_t y, Bits& bits);
    bool pass_block(const Scan& scan, std::size_t index, std::uint32_t x, std::uint32_t y,
                    Bits& bits);
    static bool pass_sequential(const Table& dc, const Table& ac, Bits& bits);
    bool pass_first(const Scan& scan, const Table& ac, std::uint64_t& block, Bits& bits);
    bool pass_refinement(const Scan& scan, const Table& ac, std::uint64_t& block, Bits& bits);

    bool is_progressive_ = false;
    std::uint32_t width_ = 0;
    std::uint32_t height_ = 0;
    std::uint32_t h_max_ = 1;
    std::uint32_t v_max_ = 1;
    std::vector<Component> components_;
    std::array<std::array<Table, 4>, 2> tables_{};
    std::uint32_t restart_interval_ = 0;
    std::uint64_t visits_ = 0;
    std::uint32_t ended_blocks_ = 0;  // of a run of blocks that have nothing more
};

}  // namespace custos::vault::exhibits
