// SPDX-License-Identifier: GPL-3.0-or-later
#include "browser.h"

#include <cstdlib>
#include <filesystem>

#include <catch2/catch_test_macros.hpp>

#include "crypto/encoding.h"
#include "sample.h"

namespace custos::test {
namespace {

std::string npm_packages() {
    const char* given = std::getenv("CUSTOS_NPM");  // NOLINT(concurrency-mt-unsafe)
    return given != nullptr ? given : CUSTOS_BROWSER_DIR "/../../.deps/npm";
}

}  // namespace

void need_browser() {
    program_or_skip("node");
    program_or_skip("chromium");
    if (!std::filesystem::exists(npm_packages() + "/node_modules/playwright-core")) {
        SKIP("no npm package playwright-core here: ./dev test brings it, or set CUSTOS_NPM");
    }
}

nlohmann::json browse(const ScratchFolder& scratch, nlohmann::json job) {
    job["chromium"] = "/usr/bin/chromium";
    const Run done =
        run(scratch, {"node", CUSTOS_BROWSER_DIR "/pages.mjs", npm_packages()}, job.dump());
    INFO(done.out);
    REQUIRE(done.succeeded());
    return nlohmann::json::parse(done.out.substr(done.out.rfind("{\"requests\"")));
}

nlohmann::json in_base64(const vault::publish::Files& files) {
    nlohmann::json out = nlohmann::json::object();
    for (const auto& [name, bytes] : files) out[name] = crypto::base64(bytes);
    return out;
}

std::string key_line(std::uint8_t seed) {
    return crypto::minisign::public_key_line(crypto::minisign::public_key_of(sample_key(seed)));
}

}  // namespace custos::test
