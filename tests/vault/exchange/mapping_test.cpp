// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/mapping.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

namespace custos::vault {
namespace {

std::string refusal_of(const std::string& text) {
    try {
        (void)parse_mapping(text);
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::usage);
        return std::string(error.what()) + " / " + error.hint();
    }
    return "taken";
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a mapping says where columns go", "[exchange][mapping]") {
    const Mapping mapping = parse_mapping(R"({
        "schema":"custos.mapping/1", "kind":"incident", "encoding":"windows-1252", "delimiter":"tab",
        "others":"skip", "constants":{"protection":"P2","place.uncertainty_m":5000},
        "columns":{"Titre":"title",
                   "Date":{"to":"date","date":["DD/MM/YYYY","YYYY"],"calendar":"thai_solar"},
                   "Mots":{"to":"tags","separator":"|","values":{"u":"urgent","x":null},"optional":true},
                   "Note":null}})");

    CHECK(mapping.kind == Kind::incident);
    CHECK(mapping.csv.encoding == "windows-1252");
    CHECK(mapping.csv.delimiter == '\t');
    CHECK(mapping.skip_others);
    CHECK(mapping.constants.at(0) ==
          std::pair<std::string, std::string>("place.uncertainty_m", "5000"));
    REQUIRE(mapping.columns.size() == 4);
    CHECK(mapping.columns[0].dates->thai_solar);
    CHECK(mapping.columns[1].values.at("x").empty());
    CHECK(mapping.columns[1].optional);
    CHECK(mapping.columns[2].target.empty());
    CHECK(mapping.columns[3].target == "title");
}

TEST_CASE("a mapping with a mistake is refused by the key", "[exchange][mapping]") {
    CHECK(has(refusal_of("[]"), "must be a JSON object"));
    CHECK(has(refusal_of("{"), "not valid JSON at line 1"));
    CHECK(has(refusal_of(R"({"colums":{}})"),
              "colums: there is no such key / did you mean columns?"));
    CHECK(has(refusal_of(R"({"kind":"persn"})"), "persn"));
    CHECK(has(refusal_of(R"({"columns":[]})"), "columns: "));
    CHECK(has(refusal_of(R"({"columns":{"a":7}})"), "columns.a"));
    CHECK(has(refusal_of(R"({"columns":{"a":{}}})"), "columns.a.to: is missing"));
    CHECK(has(refusal_of(R"({"columns":{"a":{"to":"x","dat":"Y"}}})"), "did you mean date?"));
    CHECK(has(refusal_of(R"({"columns":{"a":{"to":"x","separator":""}}})"), "columns.a.separator"));
    CHECK(has(refusal_of(R"({"columns":{"a":{"to":"x","calendar":"hijri"}}})"),
              "columns.a.calendar"));
    CHECK(has(refusal_of(R"({"constants":{"a":null}})"), "constants.a: is null"));
    CHECK(has(refusal_of(R"({"delimiter":"pipe"})"), "delimiter"));
    CHECK(has(refusal_of(R"({"schema":"custos.mapping/2"})"), "schema"));
    for (const char* form :
         {"DD/MM/YY", "DD/YYYY", "YYYY YYYY", "MM", "DDD/MM/YYYY", "YYYY-MMM", ""}) {
        INFO(form);
        CHECK(has(refusal_of(R"({"columns":{"a":{"to":"x","date":")" + std::string(form) + "\"}}}"),
                  "columns.a.date"));
    }
    CHECK(has(refusal_of("{}" + std::string(kMappingSizeMax, ' ')), "longer than 1 MiB"));
}

TEST_CASE("dates are read as the column writes them", "[exchange][mapping]") {
    const DateForms forms{{"DD/MM/YYYY", "M.YYYY", "YYYY"}, false};
    CHECK(edtf_of(forms, "22/12/2019") == "2019-12-22");
    CHECK(edtf_of(forms, "2/1/2019") == "2019-01-02");
    CHECK(edtf_of(forms, "12.2019") == "2019-12");
    CHECK(edtf_of(forms, "2019") == "2019");
    for (const char* bad :
         {"", "22-12-2019", "2019-12-22", "22/12/19", "22/12/2019 ", "x", "22/12/20191"}) {
        INFO(bad);
        CHECK_FALSE(edtf_of(forms, bad));
    }
    CHECK(edtf_of({{"DD/MM/YYYY"}, true}, "22/12/2562") == "2019-12-22");
    CHECK_FALSE(edtf_of({{"DD/MM/YYYY"}, true}, "22/12/0562"));
}

}  // namespace custos::vault
