// SPDX-License-Identifier: GPL-3.0-or-later
// ZIP files made field by field, so that each field can be wrong.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "crypto/bytes.h"

namespace custos::test {

struct Member {
    std::string name;
    Bytes stored;
    std::uint64_t size = 0;
    std::uint64_t crc = 0;
    unsigned version = 20, flags = 0, method = 0, extra = 0;
    unsigned made_by = 20, attributes = 0, unix_type = 0, comment = 0, disk = 0;
    std::string local_name = {};  // as the beginning says; empty: the same
    std::string gap = {};         // before it
};

Member stored(const std::string& name, const std::string& text);
Member deflated(const std::string& name, const std::string& text);

Bytes zip_of(const std::vector<Member>& members, const std::string& before_directory = {},
             const std::string& behind = {});

// What programs that unpack ZIP files were attacked with, and what is one past a limit; each with
// what is wrong with it.
std::vector<std::pair<std::string, Bytes>> hostile_zips();

}  // namespace custos::test
