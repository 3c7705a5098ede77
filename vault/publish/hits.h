// SPDX-License-Identifier: GPL-3.0-or-later
// What the searches of the leak scan hit, and which hits say something that others do not.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "vault/publish/forms.h"

namespace custos::vault::publish {

inline constexpr std::uint32_t kNobody = 0xFFFFFFFF;

// By its place in the file. Files and what is read out of them are shorter than 4 GiB.
struct Hit {
    std::uint32_t begin = 0;  // of the file
    std::uint32_t end = 0;
    std::uint32_t first = 0;  // the same in the text of the view, where its words can be read
    std::uint32_t last = 0;   // behind it
    std::uint32_t person = kNobody;
    Rule rule = Rule::name;
    Severity severity = Severity::exact;
};

// In the order in which Sieve takes them: by place, the longest and most certain first. From the
// `first` one on.
void sort_hits(std::vector<Hit>& hits, std::size_t first);
// Puts two sorted rows into one order, the second of which begins at `middle`.
void merge_hits(std::vector<Hit>& hits, std::size_t middle);

// Leaves out hits that say no more than another one: a part of a whole name or of a name that may
// be printed, a shorter or less certain hit of the same rule, a telephone number that is known.
// Its memory is used again for the next view.
class Sieve {
public:
    // Calls `keep(hit)` for each that is left, in order, until it returns false.
    template <class Keep>
    void sieve(const std::vector<Hit>& sorted, Keep keep) {
        start(sorted);
        for (const Hit& hit : sorted) {
            if (hit.rule == Rule::released) {
                released_ = std::max<std::size_t>(released_, hit.end);
            } else if (!is_said(hit)) {
                note(hit);
                if (!keep(hit)) return;
            }
        }
    }

private:
    // What one place of the table is about: a rule, or what several of them have in common.
    enum class About : std::uint32_t { whole_name = 0x100, part = 0x101 };
    // How far hits that began before reach.
    struct Reach {
        std::uint32_t view = 0;  // of which the others are; another one: empty
        std::uint32_t person = 0;
        std::uint32_t about = 0;
        std::uint32_t any = 0;
        std::uint32_t exact = 0;
    };

    void start(const std::vector<Hit>& hits);
    bool is_said(const Hit& hit);
    void note(const Hit& hit);
    Reach& reach(std::uint32_t person, std::uint32_t about);
    std::size_t place_of(std::uint32_t person, std::uint32_t about) const;

    std::size_t released_ = 0;
    std::vector<std::uint32_t> numbers_;
    std::vector<Reach> reaches_ = std::vector<Reach>(64);
    std::size_t used_ = 0;
    std::uint32_t view_ = 0;
};

}  // namespace custos::vault::publish
