// SPDX-License-Identifier: GPL-3.0-or-later
// The pages in a real browser: Chromium by playwright-core (npm), offline.
#include <cstdlib>
#include <filesystem>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "program.h"
#include "sample.h"
#include "vault/publish/verify_page.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

std::string npm_packages() {
    const char* given = std::getenv("CUSTOS_NPM");  // NOLINT(concurrency-mt-unsafe)
    return given != nullptr ? given : CUSTOS_BROWSER_DIR "/../../.deps/npm";
}

void need_browser() {
    test::program_or_skip("node");
    test::program_or_skip("chromium");
    if (!std::filesystem::exists(npm_packages() + "/node_modules/playwright-core")) {
        SKIP("no npm package playwright-core here: ./dev test brings it, or set CUSTOS_NPM");
    }
}

json browse(const test::ScratchFolder& scratch, json job) {
    job["chromium"] = "/usr/bin/chromium";
    const test::Run run =
        test::run(scratch, {"node", CUSTOS_BROWSER_DIR "/pages.mjs", npm_packages()}, job.dump());
    INFO(run.out);
    REQUIRE(run.succeeded());
    return json::parse(run.out.substr(run.out.rfind("{\"requests\"")));
}

json in_base64(const Files& files) {
    json out = json::object();
    for (const auto& [name, bytes] : files) out[name] = crypto::base64(bytes);
    return out;
}

std::string key_line(std::uint8_t seed = 7) {
    return crypto::minisign::public_key_line(
        crypto::minisign::public_key_of(test::sample_key(seed)));
}

std::string html_of(const Files& files) { return to_string(files.at(kHtmlFile)); }

std::string with(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a statement's page checks its own text in Chromium, silently and offline",
          "[browser][render]") {
    need_browser();
    const test::ScratchFolder scratch;
    const std::string page = scratch.write("statement.html", html_of(test::sample_package()));

    const json answer = browse(scratch, {{"page", page}});
    CHECK(answer.at("requests").empty());
    CHECK(answer.at("console") == json::array());
    CHECK(answer.at("results").at(0).at("state") == "good");
    CHECK(answer.at("results").at(0).at("overflow") == 0);
    CHECK(answer.at("phone_overflow") == 0);
    const auto text = answer.at("results").at(0).at("text").get<std::string>();
    CHECK(text.find("Person A, a 37-year-old activist") != std::string::npos);
    CHECK(text.find("proves nothing by itself") != std::string::npos);
}

TEST_CASE("a statement's page is readable without JavaScript", "[browser][render]") {
    need_browser();
    const test::ScratchFolder scratch;
    const std::string page = scratch.write("statement.html", html_of(test::sample_package()));

    const json answer = browse(scratch, {{"page", page}, {"script", false}});
    const auto text = answer.at("results").at(0).at("text").get<std::string>();
    CHECK(text.find("Person A, a 37-year-old activist") != std::string::npos);
    CHECK(text.find(key_line()) != std::string::npos);
    CHECK(answer.at("results").at(0).at("state") == "");
}

TEST_CASE("a statement's page notices when it shows another text than was signed",
          "[browser][render]") {
    need_browser();
    const test::ScratchFolder scratch;
    const std::string html = html_of(test::sample_package());
    const std::vector<std::pair<std::string, std::string>> changes = {
        {"a 37-year-old activist, was attacked", "a 73-year-old activist, was attacked"},
        {"<h1 id=\"title\">Cambodia", "<h1 id=\"title\">Thailand"},
        {"27 December 2019</time>", "28 December 2019</time>"},
        {"<div class=\"block heading\">", "<p>More.</p><div class=\"block heading\">"},
        {"The device is shown", "The device is not shown"},
        {"id=25260", "id=25261"},
        {"&quot;number&quot;: 2", "&quot;number&quot;: 3"},
    };
    std::size_t noticed = 0;
    for (const auto& [from, to] : changes) {
        const std::string page = scratch.write("changed.html", with(html, from, to));
        const json answer = browse(scratch, {{"page", page}});
        INFO(from << " -> " << to);
        CHECK(answer.at("results").at(0).at("state") == "bad");
        noticed += answer.at("results").at(0).at("state") == "bad" ? 1U : 0U;
    }
    WARN("changed pages noticed by themselves: " << noticed << " of " << changes.size());
}

TEST_CASE("verify.html says what custos verify says", "[browser][verify]") {
    need_browser();
    const test::ScratchFolder scratch;
    const std::string page = scratch.write(kVerifyPageFile, render_verify_page());
    const Files good = test::sample_package();
    json cases = json::array();
    std::vector<std::string> expected;
    const auto add = [&](const std::string& name, const std::string& key, const Files& files,
                         const std::string& result) {
        cases.push_back({{"name", name}, {"key", key}, {"files", in_base64(files)}});
        expected.push_back(result);
    };
    add("authentic", key_line(), good, "authentic");
    add("no key", "", good, "unknown_key");
    add("another key", key_line(8), good, "altered");
    for (const auto& [name, bytes] : good) {
        Files missing = good;
        missing.erase(name);
        add(name + " missing", key_line(), missing, "altered");
    }
    Files extra = good;
    extra["extra.txt"] = {'x'};
    add("extra file", key_line(), extra, "altered");
    add("nothing", key_line(), {{"readme.txt", {'x'}}}, "nothing");
    // Every file, at its ends and at places between.
    for (const auto& [name, bytes] : good) {
        for (const std::size_t at : {std::size_t{0}, bytes.size() / 3, bytes.size() - 1}) {
            Files changed = good;
            changed[name][at] ^= 1;
            add(name + " byte " + std::to_string(at), key_line(), changed, "altered");
        }
    }

    const json answer = browse(scratch, {{"page", page}, {"verify", cases}});
    CHECK(answer.at("requests").empty());
    CHECK(answer.at("console") == json::array());
    REQUIRE(answer.at("results").size() == expected.size());
    std::size_t right = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const json& result = answer.at("results").at(i);
        INFO(result.dump(2));
        CHECK(result.at("result") == expected[i]);
        right += result.at("result") == expected[i] ? 1U : 0U;
        if (expected[i] == "altered") CHECK(result.at("paragraphs") == 0);
    }
    CHECK(answer.at("results").at(0).at("paragraphs") == 6);
    WARN("answers of verify.html that are right: " << right << " of " << expected.size());
}

}  // namespace custos::vault::publish
