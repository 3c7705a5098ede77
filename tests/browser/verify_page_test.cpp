// SPDX-License-Identifier: GPL-3.0-or-later
// verify.html in a real browser: the answers of custos verify.
#include "vault/publish/verify_page.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "browser.h"
#include "crypto/checkpoint.h"
#include "crypto/encoding.h"
#include "crypto/merkle.h"
#include "crypto/note.h"
#include "crypto/tlog_proof.h"
#include "picture_sample.h"
#include "sample.h"
#include "zip_sample.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;
using test::browse;
using test::in_base64;
using test::key_line;
using test::need_browser;

void put(Files& files, const std::string& name, const std::string& text) {
    files[name] = to_bytes(bytes_of(text));
}

void put_signed(Files& files, const std::string& name, const std::string& comment,
                std::uint8_t seed) {
    put(files, name + kSignatureSuffix,
        crypto::minisign::sign(test::sample_key(seed),
                               crypto::Blake2b512().update(files.at(name)).finish(), comment,
                               kUntrustedComment));
}

json manifest_of(const Files& files) { return json::parse(to_string(files.at(kManifestFile))); }

std::string comment_for(const json& manifest, const std::string& name) {
    return "custos.package/1 file:" + name + " date:" + manifest.at("date").get<std::string>() +
           " index:" + manifest.at("index").get<std::string>();
}

// The sample's package with another file and more facts in its manifest.
Files package_with(const std::string& name, const std::string& text, const json& facts,
                   std::uint8_t seed = 7) {
    Files files = test::sample_package();
    json manifest = manifest_of(files);
    // The proof is of another manifest.
    manifest.erase("log_key");
    manifest.update(facts);
    files.erase("statement.tlog-proof");
    files.erase(std::string("statement.tlog-proof") + kSignatureSuffix);
    if (!name.empty()) {
        put(files, name, text);
        put_signed(files, name, comment_for(manifest, name), seed);
    }
    files.erase(kManifestFile);
    files.erase(std::string(kManifestFile) + kSignatureSuffix);
    manifest["files"] = json::array();
    for (const auto& [each, bytes] : files) {
        manifest["files"].push_back({{"name", each},
                                     {"size", bytes.size()},
                                     {"sha256", crypto::hex(crypto::sha256(bytes).view())}});
    }
    put(files, kManifestFile, manifest.dump(2) + "\n");
    put_signed(files, kManifestFile, comment_for(manifest, kManifestFile), seed);
    return files;
}

std::string digest_of(const Files& files) {
    return crypto::hex(crypto::sha256(files.at(kManifestFile)).view());
}

// A register of `entries` that are numbered here.
Files register_of(json entries, const json& revocations = json::array(), std::uint8_t seed = 7) {
    for (std::size_t i = 0; i < entries.size(); ++i) entries[i]["number"] = i + 1;
    const json all = {{"schema", "custos.register/1"}, {"as_of", "2020-01-31T09:30:00.000Z"},
                      {"public_key", key_line(seed)},  {"entries", entries},
                      {"rotations", json::array()},    {"revocations", revocations}};
    Files files;
    put(files, "register.json", all.dump());
    put_signed(files, "register.json",
               "custos.package/1 file:register.json date:2020-01-31 index:register", seed);
    return files;
}

json publication(const std::string& digest, const std::string& replaces = "") {
    return {{"act", "publication"}, {"index", replaces.empty() ? "KEP 23/0117/2019" : "KEP 2"},
            {"date", "2019-12-27"}, {"package", digest},
            {"title", "A title"},   {"language", "en"},
            {"replaces", replaces}};
}

std::string revocation_of(std::uint8_t seed) {
    const std::string text = "custos.key-revocation/1\nkey " + key_line(seed) +
                             "\ndate 2020-01-02\nreason a laptop was seized\n";
    return crypto::write_note(
        {text, {crypto::sign_text(text, "custos-publication", test::sample_key(seed).seed)}});
}

std::string rotation(std::uint8_t from, std::uint8_t to) {
    const std::string text = "custos.key-rotation/1\nold " + key_line(from) + "\nnew " +
                             key_line(to) + "\ndate 2020-01-02\n";
    return crypto::write_note(
        {text,
         {crypto::sign_text(text, "custos-publication", test::sample_key(from).seed),
          crypto::sign_text(text, "custos-publication", test::sample_key(to).seed)}});
}

std::string base64url(std::string_view text) { return crypto::base64url(bytes_of(text)); }

std::string digest_of(const std::string& disclosure) {
    return crypto::base64url(crypto::sha256(bytes_of(disclosure)).view());
}

// Three paragraphs, of which the second is kept back.
struct SampleClaims {
    std::string jws;
    std::string first;
    std::string third;
    std::string text() const { return jws + "~" + first + "~" + third + "~"; }
};
SampleClaims sample_claims(const std::string& index, std::uint8_t seed = 7) {
    const std::string first =
        base64url(R"(["c2FsdDE",{"number":1,"kind":"paragraph","text":"One."}])");
    const std::string second =
        base64url(R"(["c2FsdDI",{"number":2,"kind":"paragraph","text":"Two."}])");
    const std::string third =
        base64url(R"(["c2FsdDM",{"number":3,"kind":"paragraph","text":"Three."}])");
    const json payload = {
        {"_sd_alg", "sha-256"},
        {"index", index},
        {"date", "2019-12-27"},
        {"facts", {{"_sd", {digest_of("decoy one"), digest_of("decoy two")}}}},
        {"paragraphs",
         {{{"...", digest_of(first)}}, {{"...", digest_of(second)}}, {{"...", digest_of(third)}}}}};
    const std::string head = base64url(R"({"alg":"EdDSA","typ":"custos-statement+sd-jwt"})") + "." +
                             base64url(payload.dump());
    const auto signature = crypto::sign(test::sample_key(seed).seed, bytes_of(head));
    return {head + "." + crypto::base64url(ByteView(signature)), first, third};
}

// A package whose manifest stands in a log of seven entries, and its proof.
Files logged_package(std::size_t index, bool of_this_package = true) {
    const auto seed = test::sample_key(9).seed;
    const std::string origin = "custos/00112233445566778899aabbccddeeff";
    const crypto::NoteKey key{origin, crypto::verify_key_of(seed)};
    Files files = package_with("", "", {{"log_key", crypto::write_vkey(key)}});
    const std::string body =
        publication(of_this_package ? digest_of(files) : std::string(64, '0')).dump();
    const Bytes salt(16, 0x5a);
    Bytes salted = salt;
    salted.insert(salted.end(), body.begin(), body.end());
    const std::string entry = json{
        {"body", crypto::hex(crypto::sha256(salted).view())},
        {"index", index},
        {"log", origin.substr(7)},
        {"time", "2019-12-28T10:00:00.000Z"},
        {"verb", "publish"}}.dump();
    std::vector<crypto::Digest> leaves;
    for (std::size_t i = 0; i < 7; ++i) {
        leaves.push_back(crypto::leaf_hash(bytes_of(i == index ? entry : std::to_string(i))));
    }
    const std::string checkpoint =
        crypto::sign_checkpoint({origin, leaves.size(), crypto::root_of(leaves)}, seed);
    const std::string extra = json{{"entry", crypto::base64(bytes_of(entry))},
                                   {"salt", crypto::base64(salt)},
                                   {"body", crypto::base64(bytes_of(body))}}
                                  .dump();
    put(files, "statement.tlog-proof",
        crypto::write_tlog_proof({to_bytes(bytes_of(extra)), index,
                                  crypto::inclusion_proof(leaves, index), checkpoint}));
    put_signed(files, "statement.tlog-proof",
               comment_for(manifest_of(files), "statement.tlog-proof"), 7);
    return files;
}

// Cases for one run of the browser, with what is to come out.
class Cases {
public:
    void add(const std::string& name, const std::string& key, const Files& files,
             const std::string& result, const Files& register_files = {},
             const std::string& language = {}) {
        cases_.push_back({{"name", name}, {"key", key}, {"files", in_base64(files)}});
        if (!language.empty()) cases_.back()["language"] = language;
        if (!register_files.empty()) cases_.back()["register"] = in_base64(register_files);
        expected_.push_back(result);
    }

    json run() const {
        const test::ScratchFolder scratch;
        const std::string page = scratch.write(kVerifyPageFile, render_verify_page());
        const json answer = browse(scratch, {{"page", page}, {"verify", cases_}});
        CHECK(answer.at("requests").empty());
        CHECK(answer.at("console") == json::array());
        REQUIRE(answer.at("results").size() == expected_.size());
        std::size_t right = 0;
        for (std::size_t i = 0; i < expected_.size(); ++i) {
            const json& result = answer.at("results").at(i);
            INFO(result.dump(2));
            CHECK(result.at("result") == expected_[i]);
            CHECK(result.at("inView") == true);
            right += result.at("result") == expected_[i] ? 1U : 0U;
            if (expected_[i] == "altered") CHECK(result.at("paragraphs") == 0);
        }
        WARN("answers of verify.html that are right: " << right << " of " << expected_.size());
        return answer.at("results");
    }

private:
    json cases_ = json::array();
    std::vector<std::string> expected_;
};

}  // namespace

TEST_CASE("verify.html says what custos verify says", "[browser][verify]") {
    need_browser();
    const Files good = test::sample_package();
    Cases cases;
    cases.add("authentic", key_line(), good, "authentic");
    cases.add("no key", "", good, "unknown_key");
    cases.add("another key", key_line(8), good, "altered");
    for (const auto& [name, bytes] : good) {
        Files missing = good;
        missing.erase(name);
        cases.add(name + " missing", key_line(), missing, "altered");
    }
    Files extra = good;
    extra["extra.txt"] = {'x'};
    cases.add("extra file", key_line(), extra, "altered");
    cases.add("nothing", key_line(), {{"readme.txt", {'x'}}}, "nothing");
    // Every file, at its ends and at places between.
    for (const auto& [name, bytes] : good) {
        for (const std::size_t at : {std::size_t{0}, bytes.size() / 3, bytes.size() - 1}) {
            Files changed = good;
            changed[name][at] ^= 1;
            cases.add(name + " byte " + std::to_string(at), key_line(), changed, "altered");
        }
    }
    // A picture is a file like any other.
    const Files shown = test::package_of(test::material_with_picture(test::clean_jpeg()));
    cases.add("with a picture", key_line(), shown, "authentic");
    Files changed = shown;
    changed["exhibit-1.jpg"][40] ^= 1;
    cases.add("picture changed", key_line(), changed, "altered");
    changed.erase("exhibit-1.jpg");
    cases.add("picture missing", key_line(), changed, "altered");
    changed = shown;
    changed["exhibit-2.jpg"] = shown.at("exhibit-1.jpg");
    cases.add("one picture more", key_line(), changed, "altered");
    Files unapproved = package_with("", "", {{"approver", ""}});
    cases.add("approval that nobody asked for", key_line(), unapproved, "altered");
    const std::string other_sums = to_string(good.at(kSumsFile)) + "\n";
    cases.add("approval of other files", key_line(),
              package_with(kSumsFile, other_sums, json::object()), "altered");
    const json results = cases.run();
    CHECK(results.at(0).at("withheld") > 0);
    CHECK(results.at(0).at("paragraphs") > results.at(0).at("withheld"));
}

TEST_CASE("verify.html knows withdrawn, replaced and unlisted statements by the register",
          "[browser][verify]") {
    need_browser();
    const Files good = test::sample_package();
    const std::string digest = digest_of(good);
    const json listed = publication(digest);
    const json withdrawn = {{"act", "retraction"},
                            {"index", "KEP 23/0117/2019"},
                            {"date", "2020-01-03"},
                            {"package", digest},
                            {"reason", "a mistake"}};
    Cases cases;
    cases.add("listed", key_line(), good, "authentic", register_of({listed}));
    cases.add("withdrawn", key_line(), good, "retracted", register_of({listed, withdrawn}));
    cases.add("replaced", key_line(), good, "replaced",
              register_of({listed, publication(std::string(64, 'a'), "KEP 23/0117/2019")}));
    cases.add("not listed", key_line(), good, "altered",
              register_of({publication(std::string(64, 'a'))}));
    cases.add("register of somebody else", key_line(), good, "authentic",
              register_of({listed, withdrawn}, json::array(), 8));
    Files changed = register_of({listed, withdrawn});
    changed["register.json"][40] ^= 1;
    cases.add("changed register", key_line(), good, "authentic", changed);
    cases.add("revoked", key_line(), good, "revoked",
              register_of({listed}, json::array({revocation_of(7)})));
    cases.add("another key revoked", key_line(), good, "authentic",
              register_of({listed}, json::array({revocation_of(8)})));
    cases.add("withdrawn, no key", "", good, "retracted", register_of({listed, withdrawn}));
    cases.add("register of somebody else, no key", "", good, "altered",
              register_of({listed, withdrawn}, json::array(), 8));
    cases.add("revoked, by a register of the next key", key_line(), good, "revoked",
              register_of({listed}, json::array({revocation_of(7)}), 8));
    const json results = cases.run();
    CHECK(results.back().at("register").get<std::string>().find("counts all the same") !=
          std::string::npos);
    CHECK(results.at(4).at("register").get<std::string>().find("cannot be used") !=
          std::string::npos);
    CHECK(results.at(5).at("register").get<std::string>().find("cannot be used") !=
          std::string::npos);
}

TEST_CASE("verify.html follows keys from the one that a reader knows", "[browser][verify]") {
    need_browser();
    const auto keys = [](const json& rotations, const json& revocations = json::array()) {
        return package_with("keys.json",
                            json{{"schema", "custos.key-history/1"},
                                 {"rotations", rotations},
                                 {"revocations", revocations}}
                                .dump(),
                            json::object());
    };
    std::string forged = rotation(8, 7);
    forged[forged.size() - 20] = forged[forged.size() - 20] == 'A' ? 'B' : 'A';
    Cases cases;
    cases.add("from the older key", key_line(8), keys({rotation(8, 7)}), "authentic");
    cases.add("from one before", key_line(9), keys({rotation(8, 7), rotation(9, 8)}), "authentic");
    cases.add("forged", key_line(8), keys({forged}), "altered");
    cases.add("of others", key_line(8), keys({rotation(9, 7)}), "altered");
    cases.add("older key revoked", key_line(8), keys({rotation(8, 7)}, {revocation_of(8)}),
              "altered");
    cases.add("this key revoked", key_line(7), keys({rotation(8, 7)}, {revocation_of(7)}),
              "revoked");
    (void)cases.run();
}

TEST_CASE("verify.html shows which paragraphs are disclosed, and refuses forged ones",
          "[browser][verify]") {
    need_browser();
    const std::string index = "KEP 23/0117/2019";
    const SampleClaims claims = sample_claims(index);
    const auto with = [](const std::string& text) {
        return package_with("statement.sd-jwt", text, json::object());
    };
    const std::string other =
        base64url(R"(["c2FsdDI",{"number":2,"kind":"paragraph","text":"Never said."}])");
    Cases cases;
    cases.add("two of three", key_line(), with(claims.text()), "authentic");
    cases.add("forged", key_line(), with(claims.jws + "~" + other + "~"), "altered");
    cases.add("twice", key_line(), with(claims.jws + "~" + claims.first + "~" + claims.first + "~"),
              "altered");
    cases.add("something behind", key_line(), with(claims.text() + "x.y.z"), "altered");
    cases.add("other key", key_line(), with(sample_claims(index, 8).text()), "altered");
    cases.add("other statement", key_line(), with(sample_claims("KEP 2").text()), "altered");
    const json results = cases.run();
    CHECK(results.at(0).at("paragraphs") == 3);
    CHECK(results.at(0).at("withheld") == 1);
}

TEST_CASE("verify.html reads a package as one ZIP file, and refuses hostile ones",
          "[browser][verify][zip]") {
    need_browser();
    std::vector<test::Member> plain;
    std::vector<test::Member> small;
    for (const auto& [name, bytes] : test::sample_package()) {
        plain.push_back(test::stored(name, to_string(bytes)));
        small.push_back(test::deflated(name, to_string(bytes)));
    }
    Cases cases;
    cases.add("stored", key_line(), {{"package.zip", test::zip_of(plain)}}, "authentic");
    cases.add("deflated", key_line(), {{"package.ZIP", test::zip_of(small)}}, "authentic");
    cases.add("no key", "", {{"package.zip", test::zip_of(small)}}, "unknown_key");
    plain.back() = test::stored(plain.back().name, "changed");
    cases.add("changed", key_line(), {{"package.zip", test::zip_of(plain)}}, "altered");
    const auto hostile = test::hostile_zips();
    for (const auto& [what, bytes] : hostile) {
        if (bytes.size() > 8U << 20U) continue;  // too much for the way to the browser
        cases.add(what, key_line(), {{"package.zip", bytes}}, "nothing");
    }
    const json results = cases.run();
    for (std::size_t i = 4; i < results.size(); ++i) CHECK(results.at(i).at("doubts").size() == 1);
}

TEST_CASE("verify.html speaks the reader's language", "[browser][verify][words]") {
    need_browser();
    Files missing = test::sample_package();
    missing.erase("statement.md");
    Cases cases;
    cases.add("French", key_line(), missing, "altered", {}, "fr");
    cases.add("Spanish", "no key", test::sample_package(), "unknown_key", {}, "es");
    cases.add("English", key_line(), missing, "altered", {}, "en");
    const json results = cases.run();
    const auto page = [&](std::size_t at) { return results.at(at).at("page").get<std::string>(); };
    CHECK(results.at(0).at("language") == "fr");
    CHECK(results.at(0).at("title") == "Pas telle que publiée");
    CHECK(results.at(0).at("doubts").at(0) ==
          "statement.md: il manque; redemandez toute la déclaration à son éditeur");
    CHECK(page(0).find("La clé de l’éditeur") != std::string::npos);
    CHECK(page(0).find("The publisher") == std::string::npos);
    CHECK(page(1).find("Esto no es una clave pública de minisign") != std::string::npos);
    CHECK(results.at(2).at("title") == "Not as published");
    CHECK(page(2).find("The publisher’s key") != std::string::npos);
}

TEST_CASE("verify.html checks that a package was logged", "[browser][verify]") {
    need_browser();
    Cases cases;
    for (const std::size_t index : {0U, 3U, 6U}) {
        cases.add("entry " + std::to_string(index), key_line(), logged_package(index), "authentic");
    }
    cases.add("of another package", key_line(), logged_package(3, false), "altered");
    Files missing = logged_package(3);
    missing.erase("statement.tlog-proof");
    cases.add("no proof", key_line(), missing, "altered");
    Files swapped = logged_package(3);
    const std::string proof = to_string(swapped.at("statement.tlog-proof"));
    put(swapped, "statement.tlog-proof",
        std::string(proof).replace(proof.find("index 3"), 7, "index 2"));
    put_signed(swapped, "statement.tlog-proof",
               comment_for(manifest_of(swapped), "statement.tlog-proof"), 7);
    cases.add("proof of another place", key_line(), swapped, "altered");
    (void)cases.run();
}

}  // namespace custos::vault::publish
