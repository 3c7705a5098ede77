// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/shown_exhibits.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "../exhibits/pictures.h"
#include "crypto/encoding.h"
#include "picture_sample.h"
#include "sample.h"
#include "vault/exhibits/clean.h"
#include "vault/publish/pdf.h"
#include "vault/publish/verify.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;
using test::material_with_picture;

std::string text_in(const Files& files, const std::string& name) {
    return to_string(files.at(name));
}

bool holds(const Files& files, const std::string& name, std::string_view words) {
    return text_in(files, name).find(words) != std::string::npos;
}

const Problem* problem_of(const Plan& plan, std::string_view rule) {
    const auto found = std::find_if(plan.problems.begin(), plan.problems.end(),
                                    [&](const Problem& each) { return each.rule == rule; });
    return found == plan.problems.end() ? nullptr : &*found;
}

}  // namespace

TEST_CASE("a cleaned exhibit is a file of the package, named by its number and signed everywhere",
          "[publish][exhibits]") {
    const Bytes picture = test::clean_jpeg();
    const Files package = test::package_of(material_with_picture(picture));
    const std::string digest = crypto::hex(crypto::sha256(picture).view());

    CHECK(package.at("exhibit-1.jpg") == picture);
    CHECK(package.contains("exhibit-1.jpg.minisig"));
    for (const char* name : {kJsonFile, kSumsFile, kManifestFile, kVerifyFile})
        CHECK(holds(package, name, digest));
    CHECK(holds(package, kMarkdownFile, "![A van by night](exhibit-1.jpg)"));
    CHECK(holds(package, kMarkdownFile, "Exhibit 1: The van that Person A saw (exhibit-1.jpg)"));
    const json statement = json::parse(package.at(kJsonFile));
    CHECK(statement.at("exhibits").at(0).at("file") == "exhibit-1.jpg");
    CHECK(statement.at("exhibits").at(0).at("sha256") == digest);
    CHECK(statement.at("exhibits").at(0).at("text") == "Exhibit 1: The van that Person A saw");
    CHECK(statement.at("exhibits").at(0).at("alt") == "A van by night");
    // The claims that a court gets say the same.
    const auto key = crypto::minisign::public_key_of(test::sample_key());
    const OpenedDisclosure claims = open_disclosure(text_in(package, kClaimsFile), {}, key.key);
    CHECK(claims.claims.at("exhibits") == statement.at("exhibits"));
    // The page shows the picture itself, and lets nothing but that be loaded.
    CHECK(holds(package, kHtmlFile, "data:image/jpeg;base64," + crypto::base64(picture)));
    CHECK(holds(package, kHtmlFile, "img-src data:;"));
    CHECK(holds(package, kHtmlFile, "alt=\"A van by night\""));
    CHECK(picture_findings(package).empty());
    CHECK(verify_package(MemoryReader(package), key).result == Result::authentic);
}

TEST_CASE("a statement without pictures has no trace of them", "[publish][exhibits]") {
    const Files package = test::sample_package();
    CHECK_FALSE(holds(package, kJsonFile, "exhibits"));
    CHECK_FALSE(holds(package, kHtmlFile, "img-src"));
    CHECK_FALSE(holds(package, kHtmlFile, "<figure"));
}

TEST_CASE("verification notices an exhibit that is missing, changed or not of the package",
          "[publish][exhibits]") {
    const Files package = test::package_of(material_with_picture(test::clean_jpeg()));
    const auto key = crypto::minisign::public_key_of(test::sample_key());
    const auto state = [&](const Files& files, const std::string& name) {
        const Verification verified = verify_package(MemoryReader(files), key);
        CHECK(verified.result == Result::altered);
        for (const CheckedFile& file : verified.files) {
            if (file.name == name) return std::string(text_of(file.state));
        }
        return std::string();
    };
    Files missing = package;
    missing.erase("exhibit-1.jpg");
    CHECK(state(missing, "exhibit-1.jpg") == "missing");
    Files extra = package;
    extra["exhibit-2.jpg"] = test::clean_jpeg();
    CHECK(state(extra, "exhibit-2.jpg") == "extra");
    for (std::size_t at = 0; at < package.at("exhibit-1.jpg").size(); ++at) {
        Files changed = package;
        changed["exhibit-1.jpg"][at] ^= 1U;
        CHECK(state(changed, "exhibit-1.jpg") == "altered");
    }
}

TEST_CASE("an original is refused, and named by number where the plan withholds it",
          "[publish][exhibits]") {
    Material material = material_with_picture(test::clean_jpeg());
    material.exhibits.at("E-JJJJJ").file = Exhibit::File::original;
    const Plan refused = make_plan(material);
    REQUIRE(problem_of(refused, "exhibit") != nullptr);
    CHECK(problem_of(refused, "exhibit")->next.find("custos exhibit clean E-JJJJJ") !=
          std::string::npos);
    CHECK(refused.pictures.empty());

    material.statement.exhibits.clear();
    material.statement.plan.emplace("E-JJJJJ", "withheld");
    const Plan by_number = make_plan(material);
    CHECK(problem_of(by_number, "exhibit") == nullptr);
    CHECK(by_number.shown.at("E-JJJJJ") == "Exhibit 1");
    CHECK(edition_of(material, by_number).exhibits.empty());
}

TEST_CASE("a picture in a withheld passage stays in the vault", "[publish][exhibits]") {
    Material material = material_with_picture(test::clean_jpeg());
    material.statement.exhibits.clear();
    material.statement.body = "Before.\n\n{withheld}\n\nSee {E-JJJJJ}.\n\n{/withheld}\n\nAfter.\n";
    const Plan plan = make_plan(material);
    CHECK(plan.problems.empty());
    CHECK(plan.pictures.empty());
    CHECK_FALSE(test::package_of(material).contains("exhibit-1.jpg"));
    // Where it stands in the open as well, it is shown.
    material.statement.exhibits = {{"E-JJJJJ", "a van", ""}};
    material.statement.body += "\nSee {E-JJJJJ}.\n";
    CHECK(test::package_of(material).contains("exhibit-1.jpg"));
}

TEST_CASE("each language has its own words for a picture, and the package one file",
          "[publish][exhibits]") {
    Material material = material_with_picture(test::clean_jpeg());
    material.statement.translations = {{"fr", "Titre", "Voir {E-JJJJJ}.", {}}};
    const auto french = [&] {
        return make_plan(translated(material, material.statement.translations.at(0)));
    };
    CHECK(problem_of(french(), "exhibit") != nullptr);
    material.statement.translations.at(0).exhibits = {{"E-JJJJJ", "Un fourgon", "La nuit"}};
    CHECK(french().problems.empty());
}

TEST_CASE("a picture needs words, a size, a level and the consent of who is seen",
          "[publish][exhibits]") {
    const Material good = material_with_picture(test::clean_jpeg());
    CHECK(make_plan(good).problems.empty());
    const auto with = [&](auto change) {
        Material material = good;
        change(material, material.exhibits.at("E-JJJJJ"));
        return make_plan(material);
    };
    CHECK(problem_of(with([](Material& material, Exhibit&) {
                         material.statement.exhibits.at(0).alt = "";
                     }),
                     "exhibit") != nullptr);
    CHECK(
        problem_of(with([](Material& material, Exhibit&) { material.statement.exhibits.clear(); }),
                   "exhibit") != nullptr);
    CHECK(problem_of(with([](Material&, Exhibit& exhibit) { exhibit.bytes = nullptr; }),
                     "exhibit") != nullptr);
    CHECK(problem_of(with([](Material&, Exhibit& exhibit) {
                         exhibit.protection = Protection::protected_;
                     }),
                     "exhibit") != nullptr);
    CHECK(with([](Material&, Exhibit& exhibit) {
              exhibit.protection = Protection::confidential;
          }).problems.empty());
    // A granted pseudonym is no consent to one's face.
    CHECK(problem_of(with([](Material&, Exhibit& exhibit) { exhibit.persons = {"P-AAAAA"}; }),
                     "consent") != nullptr);
    CHECK(
        with([](Material&, Exhibit& exhibit) { exhibit.persons = {"P-FFFFF"}; }).problems.empty());
    // Words for what the text does not show.
    CHECK(problem_of(with([](Material& material, Exhibit&) {
                         material.statement.body = "Nothing is shown.";
                     }),
                     "exhibit") != nullptr);
}

TEST_CASE("more pictures than a package may have are refused, and as many are not",
          "[publish][exhibits]") {
    const auto plan_of = [](std::size_t count, std::uint64_t size) {
        Material material = material_with_picture(test::clean_jpeg());
        const Exhibit first = material.exhibits.at("E-JJJJJ");
        material.statement.body = "";
        material.statement.exhibits.clear();
        for (std::size_t i = 0; i < count; ++i) {
            const std::string code = "E-" + std::string(1, static_cast<char>('A' + i)) + "2222";
            Exhibit one = first;
            one.code = code;
            one.size = size;
            material.exhibits[code] = one;
            material.known.emplace(code, code);
            material.statement.body += "{" + code + "} ";
            material.statement.exhibits.push_back({code, "a van", ""});
        }
        return make_plan(material);
    };
    CHECK(plan_of(kExhibitsMax, 1).problems.empty());
    CHECK(problem_of(plan_of(kExhibitsMax + 1, 1), "exhibit") != nullptr);
    CHECK(plan_of(4, kExhibitsSizeMax / 4).problems.empty());
    CHECK(problem_of(plan_of(4, kExhibitsSizeMax / 4 + 1), "exhibit") != nullptr);
}

TEST_CASE("a picture in the package that holds more than pixels is an exact finding",
          "[publish][exhibits]") {
    Files package = test::package_of(material_with_picture(test::telling_jpeg()));
    const std::vector<Finding> found = picture_findings(package);
    REQUIRE(found.size() == 1);
    CHECK(found.at(0).rule == "metadata");
    CHECK(found.at(0).severity == Severity::exact);
    CHECK(found.at(0).file == "exhibit-1.jpg");
    // What is embedded is looked at as well, even where no such file is there.
    package["exhibit-1.jpg"] = test::clean_jpeg();
    const std::vector<Finding> embedded = picture_findings(package);
    REQUIRE(embedded.size() == 1);
    CHECK(embedded.at(0).file == "statement.html");
}

TEST_CASE("the leak scan reads what could be text of a picture, and pages without it",
          "[publish][exhibits]") {
    const Bytes picture =
        exhibits::clean_picture(test::palette_png("Vann Sorithea was here")).bytes;
    REQUIRE_FALSE(picture.empty());
    Files package = test::package_of(material_with_picture(picture, "image/png"));
    const Files read = without_pictures(readable(package));
    CHECK(holds(read, "exhibit-1.png", "Vann Sorithea was here"));
    CHECK(holds(package, kHtmlFile, "base64," + crypto::base64(picture)));
    CHECK_FALSE(holds(read, kHtmlFile, crypto::base64(picture)));
    CHECK(holds(read, kHtmlFile, "A van by night"));

    LeakScan scan(test::sample_persons(), {});
    const std::vector<Finding> found = scan.scan(read);
    CHECK(std::any_of(found.begin(), found.end(), [](const Finding& each) {
        return each.file == "exhibit-1.png" && each.rule == "name" &&
               each.severity == Severity::exact;
    }));
}

TEST_CASE("a large picture is named in the page, not embedded", "[publish][exhibits]") {
    // Random pixels, packed without being made smaller.
    const Bytes large = test::noisy_png(kEmbeddedMax + 1);
    const Files package = test::package_of(material_with_picture(large, "image/png"));
    CHECK(package.at("exhibit-1.png") == large);
    CHECK_FALSE(holds(package, kHtmlFile, "data:image"));
    CHECK(holds(package, kHtmlFile, "A van by night"));
    CHECK(holds(package, kHtmlFile, "exhibit-1.png"));
}

TEST_CASE("a PDF is drawn with the picture and its words", "[publish][exhibits]") {
    const Bytes picture = test::clean_jpeg();
    const Material material = material_with_picture(picture);
    const std::string request = pdf_request(edition_of(material, make_plan(material)),
                                            crypto::minisign::public_key_of(test::sample_key()));
    const std::size_t line = request.find('\n');
    CHECK(json::parse(request.substr(0, line)).at("exhibits") ==
          json::parse(R"([{"text":"Exhibit 1: The van that Person A saw","alt":"A van by night",
                           "file":"exhibit-1.jpg","size":)" +
                      std::to_string(picture.size()) + "}]"));
    CHECK(request.substr(line + 1) == custos::text_of(picture));
}

}  // namespace custos::vault::publish
