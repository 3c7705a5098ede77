// SPDX-License-Identifier: GPL-3.0-or-later
// Chromium by playwright-core (npm), offline.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "program.h"
#include "vault/publish/leak_scan.h"

namespace custos::test {

// Skips the running test where node, Chromium or playwright-core is missing.
void need_browser();

// Hands `job` to pages.mjs and gives its answer.
nlohmann::json browse(const ScratchFolder& scratch, nlohmann::json job);

nlohmann::json in_base64(const vault::publish::Files& files);

// The public key of sample_key(seed), as minisign writes it.
std::string key_line(std::uint8_t seed = 7);

}  // namespace custos::test
