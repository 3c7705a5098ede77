// SPDX-License-Identifier: GPL-3.0-or-later
// Sealed objects against the log: missing, truncated, changed, foreign.
#pragma once

#include <vector>

#include "vault/objects/object.h"
#include "vault/objects/sealed_file.h"

namespace custos::vault {

struct ObjectFinding {
    std::string name;  // below the objects directory
    std::string what;
    enum class Kind {
        lost,
        unnamed,
        foreign
    };  // damaged or gone; ours but not in the log; not ours
    Kind kind = Kind::lost;
};

// Opens every object, and reads all of it if `read_all`. In several threads; so is `tick` called.
[[nodiscard]] std::vector<ObjectFinding> check_objects(const Path& objects,
                                                       const std::vector<Object>& wanted,
                                                       bool read_all, const Tick& tick);

// Files below `objects` that are none of `wanted`. What an interrupted command left in incoming/ is
// no finding: the next command that writes clears it away.
[[nodiscard]] std::vector<ObjectFinding> unexpected_objects(const Path& objects,
                                                            const std::vector<Object>& wanted);

}  // namespace custos::vault
