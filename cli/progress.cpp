// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progress.h"

#include <array>

#include "cli/harmless.h"
#include "vault/os/process.h"

namespace custos::cli {
namespace {

constexpr auto kRedraw = std::chrono::milliseconds(100);
constexpr auto kFirstDraw = std::chrono::milliseconds(400);  // short work draws nothing
constexpr const char* kEraseLine = "\r\x1b[K";

std::string with_separators(std::uint64_t number) {
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
    return digits;
}

}  // namespace

std::string amount_text(std::uint64_t amount, Unit unit) {
    if (unit == Unit::items) return with_separators(amount);
    static constexpr std::array<const char*, 5> kUnits = {"B", "KiB", "MiB", "GiB", "TiB"};
    std::size_t step = 0;
    std::uint64_t tenths = amount;
    if (amount >= 1024) {
        tenths = amount / 1024 * 10 + amount % 1024 * 10 / 1024;
        for (step = 1; step + 1 < kUnits.size() && tenths >= 10'240; ++step) tenths /= 1024;
        return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " " +
               kUnits.at(step);
    }
    return std::to_string(tenths) + " B";
}

std::string duration_text(std::uint64_t seconds) {
    const auto both = [](std::uint64_t big, const char* big_unit, std::uint64_t small,
                         const char* small_unit) {
        return std::to_string(big) + " " + big_unit + " " + std::to_string(small) + " " +
               small_unit;
    };
    if (seconds < 60) return std::to_string(seconds) + " s";
    if (seconds < 3600) return both(seconds / 60, "min", seconds % 60, "s");
    return both(seconds / 3600, "h", seconds % 3600 / 60, "min");
}

bool Progress::silent() const { return context_.talk.is_quiet() || context_.globals.machine(); }

void Progress::stage(const std::string& what, std::uint64_t total, Unit unit) {
    end();
    what_ = harmless(what);
    total_ = total;
    unit_ = unit;
    begun_ = Steady::now();
    drawn_ = begun_ + kFirstDraw - kRedraw;
    if (!silent() && !context_.talk.is_terminal()) context_.talk.note(what_);
}

void Progress::at(std::uint64_t done) {
    vault::throw_if_interrupted();
    if (silent() || !context_.talk.is_terminal()) return;
    const auto now = Steady::now();
    if (now - drawn_ < kRedraw) return;
    drawn_ = now;
    draw(done);
}

void Progress::draw(std::uint64_t done) {
    const auto spent = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begun_).count());
    std::string text = what_ + ": " + amount_text(done, unit_);
    if (total_ > 0) text += " of " + amount_text(total_, unit_);
    if (spent > 0 && done > 0) {
        const double rate = static_cast<double>(done) * 1000.0 / static_cast<double>(spent);
        text += ", " + amount_text(static_cast<std::uint64_t>(rate), unit_) + "/s";
        if (total_ > done) {
            const double left = static_cast<double>(total_ - done) / rate;
            text += ", " + duration_text(static_cast<std::uint64_t>(left) + 1) + " left";
        }
    }
    context_.talk.raw(kEraseLine + shortened(text, 78));
    shown_ = true;
}

void Progress::end() {
    if (shown_) context_.talk.raw(kEraseLine);
    shown_ = false;
}

}  // namespace custos::cli
