// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of an open vault on their way into a package.
#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "../exhibits/pictures.h"
#include "../objects/scratch.h"
#include "tests/vault/open_vault.h"
#include "vault/exhibits/derive.h"
#include "vault/objects/attach.h"
#include "vault/publish/earlier.h"
#include "vault/publish/publish.h"
#include "vault/records/store.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

struct PictureDesk : VaultFixture {
    Vault vault = create();
    RecordId person =
        add(Kind::person, {{"names", {{{"text", "Vann Sorithea"}}}}, {"protection", "P3"}});
    RecordId incident = add(Kind::incident, {{"title", "Attempted abduction"}});
    RecordId original = attach();
    RecordId cleaned = exhibits::clean_exhibit(vault, original, "").id;

    RecordId add(Kind kind, const json& fields) {
        Change change(vault);
        const RecordId id = create_record(change, kind, fields);
        change.commit();
        return id;
    }
    RecordId attach() {
        const Path path = scratch.path / "IMG_0001.jpg";
        test::put(path, test::telling_jpeg());
        const AttachRequest request{
            incident, "depicts", {{"protection", "P2"}, {"persons", {code_of(vault, person)}}}};
        return attach_files(vault, request, {path}, [](std::uint64_t) {}).at(0).id;
    }
    void edit(const RecordId& id, const char* field, const json& value) {
        Change change(vault);
        json fields = get_record(vault, id).fields;
        fields[field] = value;
        revise_record(change, id, fields);
        change.commit();
    }
    RecordId statement_of(const RecordId& exhibit) {
        const std::string code = code_of(vault, exhibit);
        return add(Kind::statement,
                   {{"index", "KEP 1/2019"},
                    {"title", "A statement"},
                    {"date", "2019-12-27"},
                    {"language", "en"},
                    {"body", "See {" + code + "}."},
                    {"exhibits", {{{"exhibit", code}, {"alt", "A neck with two burns"}}}}});
    }
    void consent(const char* scope) {
        add(Kind::consent, {{"person", code_of(vault, person)},
                            {"given", "2019-12-20"},
                            {"scopes", {{scope, "granted"}}}});
    }
};

std::vector<std::string> rules_of(const std::vector<Finding>& findings) {
    std::vector<std::string> rules;
    for (const Finding& each : findings) rules.push_back(each.rule);
    return rules;
}

}  // namespace

TEST_CASE("a face is published with consent to the name, and two persons answer for it",
          "[publish][exhibits]") {
    PictureDesk desk;
    const RecordId id = desk.statement_of(desk.cleaned);
    CHECK(rules_of(check_statement(desk.vault, id, {}, WithPdf::never).findings) ==
          std::vector<std::string>{"consent"});
    desk.consent("publish_pseudonym");
    CHECK(rules_of(check_statement(desk.vault, id, {}, WithPdf::never).findings) ==
          std::vector<std::string>{"consent"});
    desk.consent("publish_named");

    const Check check = check_statement(desk.vault, id, {}, WithPdf::never);

    CHECK(check.findings.empty());
    CHECK(check.package.contains("exhibit-1.jpg"));
    CHECK(check.persons.at(code_of(desk.vault, desk.person)).appearance == "named");
    CHECK(check.needs_approval);
}

TEST_CASE("what was published of a picture is in the log, with its record and digest",
          "[publish][exhibits]") {
    PictureDesk desk;
    desk.edit(desk.cleaned, "persons", json::array());
    const RecordId id = desk.statement_of(desk.cleaned);
    const Published published =
        publish_statement(desk.vault, id, desk.scratch.path / "package", {}, "", WithPdf::never);
    CHECK(std::count(published.files.begin(), published.files.end(), "exhibit-1.jpg") == 1);
    bool is_logged = false;
    for (const HistoryItem& item : history_of(desk.vault, id)) {
        if (item.verb != Verb::publish || !item.body.contains("exhibits")) continue;
        const json& shown = item.body.at("exhibits").at(0);
        is_logged = shown.at("record") == code_of(desk.vault, desk.cleaned) &&
                    shown.at("sha256") == get_record(desk.vault, desk.cleaned).fields.at("sha256");
    }
    CHECK(is_logged);
}

TEST_CASE("a record that calls an original cleaned is not believed", "[publish][exhibits]") {
    PictureDesk desk;
    const json made = get_record(desk.vault, desk.cleaned).fields;
    for (const char* field : {"tool", "copy_status", "derived_from"})
        desk.edit(
            desk.original, field,
            std::string(field) == "derived_from" ? json(to_text(desk.cleaned)) : made.at(field));
    desk.edit(desk.original, "persons", json::array());

    const auto findings =
        check_statement(desk.vault, desk.statement_of(desk.original), {}, WithPdf::never).findings;

    CHECK(rules_of(findings).at(0) == "exhibit");
}

}  // namespace custos::vault::publish
