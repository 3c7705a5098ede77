// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exhibits/jpeg_coding.h"

#include <algorithm>

namespace custos::vault::exhibits {
namespace {

constexpr std::size_t kComponentsMax = 4;
constexpr std::size_t kUnitBlocksMax = 10;  // of all components in a unit (MCU)

std::uint32_t divided_up(std::uint32_t value, std::uint32_t by) { return (value + by - 1) / by; }

}  // namespace

// The bits of entropy-coded bytes. After the last one they are zeros, and the reader has failed.
class JpegCoding::Bits {
public:
    explicit Bits(ByteView coded) : coded_(coded) {}

    unsigned bit() {
        if (left_ == 0) load();
        return (byte_ >> --left_) & 1U;
    }
    unsigned bits(unsigned count) {
        unsigned value = 0;
        while (count-- > 0) value = (value << 1U) | bit();
        return value;
    }
    // The value of the next code; nothing if the table has no such code.
    std::optional<std::uint8_t> symbol(const Table& table) {
        std::int32_t code = 0;
        for (std::size_t length = 1; length <= 16; ++length) {
            code = (code << 1) | static_cast<std::int32_t>(bit());
            const std::int32_t index = code - table.first[length];
            if (index >= 0 && index < table.count[length])
                return table.values[static_cast<std::size_t>(table.at[length]) +
                                    static_cast<std::size_t>(index)];
        }
        return std::nullopt;
    }
    // Passes the rest of the byte and the restart marker `number`.
    bool restart(unsigned number) {
        left_ = 0;
        if (at_ + 1 >= coded_.size() || coded_[at_] != 0xFF || coded_[at_ + 1] != 0xD0 + number)
            return false;
        at_ += 2;
        return true;
    }
    bool failed() const { return failed_; }
    std::size_t used() const { return at_; }

private:
    void load() {
        left_ = 8;
        byte_ = 0;
        const bool is_stuffed =
            at_ + 1 < coded_.size() && coded_[at_] == 0xFF && coded_[at_ + 1] == 0;
        if (at_ >= coded_.size() || (coded_[at_] == 0xFF && !is_stuffed)) {
            failed_ = true;
            return;
        }
        byte_ = coded_[at_];
        at_ += is_stuffed ? 2 : 1;
    }

    ByteView coded_;
    std::size_t at_ = 0;
    unsigned byte_ = 0;
    unsigned left_ = 0;
    bool failed_ = false;
};

bool JpegCoding::take_frame(const JpegSegment& segment) {
    const ByteView payload = segment.payload;
    if (!components_.empty() || payload.size() < 6 || payload[0] != 8) return false;
    const std::size_t count = payload[5];
    if (count < 1 || count > kComponentsMax || payload.size() != 6 + 3 * count) return false;
    is_progressive_ = segment.marker == 0xC2;
    height_ = payload[1] * 256U + payload[2];
    width_ = payload[3] * 256U + payload[4];
    if (width_ == 0 || height_ == 0) return false;
    for (std::size_t i = 0; i < count; ++i) {
        Component one;
        one.id = payload[6 + 3 * i];
        one.h = payload[7 + 3 * i] >> 4U;
        one.v = payload[7 + 3 * i] & 15U;
        one.bits.fill(-1);
        const bool is_new = std::none_of(components_.begin(), components_.end(),
                                         [&](const Component& each) { return each.id == one.id; });
        if (!is_new || one.h < 1 || one.h > 4 || one.v < 1 || one.v > 4) return false;
        h_max_ = std::max(h_max_, one.h);
        v_max_ = std::max(v_max_, one.v);
        components_.push_back(std::move(one));
    }
    std::uint64_t blocks = 0;
    for (Component& one : components_) {
        one.blocks_across = divided_up(divided_up(width_ * one.h, h_max_), 8);
        one.blocks_down = divided_up(divided_up(height_ * one.v, v_max_), 8);
        one.row = divided_up(width_, 8 * h_max_) * one.h;
        blocks += std::uint64_t{one.row} * divided_up(height_, 8 * v_max_) * one.v;
    }
    if (blocks > kJpegBlocksMax) return false;
    for (Component& one : components_) {
        if (!is_progressive_) continue;
        one.coefficients.resize(std::size_t{one.row} * divided_up(height_, 8 * v_max_) * one.v);
    }
    return true;
}

bool JpegCoding::take_huffman(ByteView payload) {
    std::size_t at = 0;
    while (at < payload.size()) {
        if (payload.size() - at < 17 || (payload[at] >> 4U) > 1 || (payload[at] & 15U) > 3)
            return false;
        Table table;
        table.is_defined = true;
        std::int32_t code = 0;
        std::int32_t values = 0;
        for (std::size_t length = 1; length <= 16; ++length) {
            table.first[length] = code;
            table.count[length] = payload[at + length];
            table.at[length] = values;
            code += table.count[length];
            values += table.count[length];
            if (code > (1 << length) || values > 256) return false;
            code <<= 1;
        }
        const auto size = static_cast<std::size_t>(values);
        if (payload.size() - at - 17 < size) return false;
        std::copy_n(payload.begin() + static_cast<std::ptrdiff_t>(at + 17), size,
                    table.values.begin());
        tables_.at(payload[at] >> 4U).at(payload[at] & 15U) = table;
        at += 17 + size;
    }
    return at > 0;
}

bool JpegCoding::take_restart_interval(ByteView payload) {
    if (payload.size() != 2) return false;
    restart_interval_ = payload[0] * 256U + payload[1];
    return true;
}

std::optional<JpegCoding::Scan> JpegCoding::read_scan(ByteView payload) {
    if (payload.empty() || payload[0] < 1 || payload[0] > kComponentsMax) return std::nullopt;
    const std::size_t count = payload[0];
    if (payload.size() != 4 + 2 * count) return std::nullopt;
    Scan scan;
    scan.first = payload[1 + 2 * count];
    scan.last = payload[2 + 2 * count];
    scan.high = payload[3 + 2 * count] >> 4U;
    scan.low = payload[3 + 2 * count] & 15U;
    std::size_t blocks = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const auto found =
            std::find_if(components_.begin(), components_.end(),
                         [&](const Component& each) { return each.id == payload[1 + 2 * i]; });
        const std::size_t dc = payload[2 + 2 * i] >> 4U;
        const std::size_t ac = payload[2 + 2 * i] & 15U;
        if (found == components_.end() || dc > 3 || ac > 3) return std::nullopt;
        if (std::find(scan.components.begin(), scan.components.end(), &*found) !=
            scan.components.end())
            return std::nullopt;
        scan.components.push_back(&*found);
        scan.dc.push_back(&tables_[0].at(dc));
        scan.ac.push_back(&tables_[1].at(ac));
        blocks += std::size_t{found->h} * found->v;
        const bool needs_dc = scan.first == 0 && scan.high == 0;
        const bool needs_ac = scan.last > 0;
        if ((needs_dc && !scan.dc.back()->is_defined) || (needs_ac && !scan.ac.back()->is_defined))
            return std::nullopt;
    }
    if (count > 1 && blocks > kUnitBlocksMax) return std::nullopt;
    return scan;
}

// Each bit of each coefficient comes once: whatever came twice would be seen the second time only.
bool JpegCoding::progress(const Scan& scan) {
    if (!is_progressive_) {
        if (scan.first != 0 || scan.last != 63 || scan.high != 0 || scan.low != 0) return false;
    } else {
        const bool is_dc = scan.first == 0;
        if (scan.last > 63 || scan.first > scan.last || scan.low > 13) return false;
        if (is_dc ? scan.last != 0 : scan.components.size() != 1) return false;
        if (scan.high != 0 && scan.high != scan.low + 1) return false;
    }
    for (Component* component : scan.components) {
        for (unsigned k = scan.first; k <= scan.last; ++k) {
            const int wanted = scan.high == 0 ? -1 : static_cast<int>(scan.high);
            if (component->bits.at(k) != wanted) return false;
            component->bits.at(k) = static_cast<int>(scan.low);
        }
    }
    return true;
}

std::optional<std::size_t> JpegCoding::take_scan(const JpegSegment& segment) {
    const auto scan = read_scan(segment.payload);
    if (!scan || !progress(*scan)) return std::nullopt;
    Bits bits(segment.coded);
    if (!pass(*scan, bits) || bits.failed()) return std::nullopt;
    return bits.used();
}

bool JpegCoding::pass(const Scan& scan, Bits& bits) {
    // One component alone has no units: its blocks come row by row, those of the picture only.
    const bool is_alone = scan.components.size() == 1;
    const std::uint32_t across =
        is_alone ? scan.components.front()->blocks_across : divided_up(width_, 8 * h_max_);
    const std::uint32_t down =
        is_alone ? scan.components.front()->blocks_down : divided_up(height_, 8 * v_max_);
    ended_blocks_ = 0;
    std::uint32_t until_restart = restart_interval_;
    unsigned restarts = 0;
    for (std::uint32_t y = 0; y < down; ++y) {
        for (std::uint32_t x = 0; x < across; ++x) {
            if (restart_interval_ != 0 && until_restart == 0) {
                if (ended_blocks_ != 0 || !bits.restart(restarts++ & 7U)) return false;
                until_restart = restart_interval_;
            }
            --until_restart;
            if (!(is_alone ? pass_block(scan, 0, x, y, bits) : pass_unit(scan, x, y, bits)))
                return false;
        }
        if (bits.failed()) return false;
    }
    return ended_blocks_ == 0;
}

bool JpegCoding::pass_unit(const Scan& scan, std::uint32_t x, std::uint32_t y, Bits& bits) {
    for (std::size_t i = 0; i < scan.components.size(); ++i) {
        const Component& one = *scan.components[i];
        for (std::uint32_t v = 0; v < one.v; ++v) {
            for (std::uint32_t h = 0; h < one.h; ++h) {
                if (!pass_block(scan, i, x * one.h + h, y * one.v + v, bits)) return false;
            }
        }
    }
    return true;
}

bool JpegCoding::pass_block(const Scan& scan, std::size_t index, std::uint32_t x, std::uint32_t y,
                            Bits& bits) {
    if (++visits_ > kJpegVisitsMax) return false;
    if (!is_progressive_) return pass_sequential(*scan.dc[index], *scan.ac[index], bits);
    if (scan.first == 0) {
        if (scan.high != 0) {
            bits.bit();
            return true;
        }
        const auto size = bits.symbol(*scan.dc[index]);
        if (!size || *size > 11) return false;
        bits.bits(*size);
        return true;
    }
    Component& one = *scan.components[index];
    std::uint64_t& block = one.coefficients.at(std::size_t{y} * one.row + x);
    return scan.high == 0 ? pass_first(scan, *scan.ac[index], block, bits)
                          : pass_refinement(scan, *scan.ac[index], block, bits);
}

bool JpegCoding::pass_sequential(const Table& dc, const Table& ac, Bits& bits) {
    const auto size = bits.symbol(dc);
    if (!size || *size > 11) return false;
    bits.bits(*size);
    for (unsigned k = 1; k < 64; ++k) {
        const auto symbol = bits.symbol(ac);
        if (!symbol) return false;
        const unsigned zeros = *symbol >> 4U;
        const unsigned count = *symbol & 15U;
        if (count == 0 && zeros != 15) return zeros == 0;  // the end of the block
        k += zeros;
        if (k > 63) return false;
        bits.bits(count);
    }
    return true;
}

// The first bits of some coefficients of a block.
bool JpegCoding::pass_first(const Scan& scan, const Table& ac, std::uint64_t& block, Bits& bits) {
    if (ended_blocks_ > 0) {
        --ended_blocks_;
        return true;
    }
    for (unsigned k = scan.first; k <= scan.last; ++k) {
        const auto symbol = bits.symbol(ac);
        if (!symbol) return false;
        const unsigned zeros = *symbol >> 4U;
        const unsigned count = *symbol & 15U;
        if (count == 0 && zeros != 15) {
            ended_blocks_ = (1U << zeros) + bits.bits(zeros) - 1;
            return true;
        }
        k += zeros;
        if (k > scan.last) return false;
        if (count == 0) continue;
        bits.bits(count);
        block |= std::uint64_t{1} << k;
    }
    return true;
}

// One more bit of each coefficient of a block that is not zero, and new ones among those that are.
bool JpegCoding::pass_refinement(const Scan& scan, const Table& ac, std::uint64_t& block,
                                 Bits& bits) {
    unsigned k = scan.first;
    const auto is_known = [&](unsigned at) { return ((block >> at) & 1U) != 0; };
    while (k <= scan.last && ended_blocks_ == 0) {
        const auto symbol = bits.symbol(ac);
        if (!symbol) return false;
        unsigned zeros = *symbol >> 4U;
        const unsigned count = *symbol & 15U;
        if (count > 1) return false;
        if (count == 0 && zeros != 15) {
            ended_blocks_ = (1U << zeros) + bits.bits(zeros);
            break;
        }
        if (count == 1) bits.bit();  // its sign
        for (; k <= scan.last; ++k) {
            if (is_known(k)) {
                bits.bit();
            } else if (zeros-- == 0) {
                break;
            }
        }
        if (k > scan.last) {
            if (count == 1) return false;
            break;
        }
        if (count == 1) block |= std::uint64_t{1} << k;
        ++k;
    }
    if (ended_blocks_ == 0) return true;
    for (; k <= scan.last; ++k) {
        if (is_known(k)) bits.bit();
    }
    --ended_blocks_;
    return true;
}

bool JpegCoding::is_complete() const {
    return !components_.empty() &&
           std::all_of(components_.begin(), components_.end(),
                       [](const Component& each) { return each.bits[0] >= 0; });
}

}  // namespace custos::vault::exhibits
