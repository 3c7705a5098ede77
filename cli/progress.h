// SPDX-License-Identifier: GPL-3.0-or-later
// How far long work has come, on stderr: on a terminal one line that is rewritten with rate and
// time left, elsewhere one line when a stage begins. Nothing with --quiet or JSON.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "cli/context.h"

namespace custos::cli {

enum class Unit { items, bytes };

class Progress {
public:
    explicit Progress(Context& context) : context_(context) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress() { end(); }

    // "sealing 3 files". `total` 0: not known.
    void stage(const std::string& what, std::uint64_t total, Unit unit = Unit::items);
    // Cheap: draws at most ten times a second. Throws Error{interrupted} after Ctrl-C.
    void at(std::uint64_t done);
    // Takes the line away.
    void end();

private:
    void draw(std::uint64_t done);
    bool silent() const;

    using Steady = std::chrono::steady_clock;
    Context& context_;
    std::string what_;
    std::uint64_t total_ = 0;
    Unit unit_ = Unit::items;
    Steady::time_point begun_;
    Steady::time_point drawn_;
    bool shown_ = false;
};

// "12.3 MiB", "4,711" and "2 min 5 s".
[[nodiscard]] std::string amount_text(std::uint64_t amount, Unit unit);
[[nodiscard]] std::string duration_text(std::uint64_t seconds);

}  // namespace custos::cli
