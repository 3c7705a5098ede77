// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/leak_scan.h"

#include <algorithm>
#include <iostream>

#include <catch2/catch_test_macros.hpp>
#include <zlib.h>

#include "crypto/encoding.h"
#include "sample.h"
#include "vault/publish/inflate.h"
#include "vault/publish/render.h"

namespace custos::vault::publish {
namespace {

using test::person;

std::vector<Finding> found_in(std::string_view text,
                              std::vector<Person> persons = test::sample_persons(),
                              const std::vector<std::string>& named = {}) {
    return LeakScan(persons, named).scan_text(text, "statement.md");
}

bool has(const std::vector<Finding>& findings, std::string_view rule, std::string_view record,
         Severity severity) {
    return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
        return finding.rule == rule && finding.record == record && finding.severity == severity;
    });
}

struct Written {
    const char* name;
    std::vector<std::string> ways;
};

std::string utf16(std::string_view ascii) {
    std::string out;
    for (const char c : ascii) out += {c, '\0'};
    return out;
}

}  // namespace

TEST_CASE("the leak scan finds names in eight scripts however they are written",
          "[publish][leak]") {
    const std::vector<Written> all = {
        {"Vann Sorithea",
         {"Vann Sorithea",
          "VANN SORITHEA",
          "vann  sorithea",
          "Sorithea Vann",
          "SORITHEA, Vann",
          "Vann-Sorithea",
          "Vann\nSorithea",
          "V a n n S o r i t h e a",
          "Vänn Sorîthéa",
          "Ｖａｎｎ Ｓｏｒｉｔｈｅａ",
          "VannSorithea",
          "vann_sorithea",
          "#FreeVannSorithea",
          "freevannsorithea2019",
          "Vann\u200BSori\u200Dthea",
          "V\u0430nn S\u043Erithe\u0430",
          "Va\u00ADnn Sorithea",
          "Vann <b>Sori</b>thea",
          "Vann S&#111;rithea",
          "Vann%20Sorithea",
          "Vann Sori**thea**",
          R"(Vann\u0020Sorithea)",
          "(Vann) \"Sorithea\"",
          "𝐕𝐚𝐧𝐧 𝐒𝐨𝐫𝐢𝐭𝐡𝐞𝐚",
          "Vann Sorithea's",
          "alt=\"Vann Sorithea\"",
          "/img/vann-sorithea.jpg",
          crypto::base64(bytes_of("Mr. Vann Sorithea")),
          crypto::hex(bytes_of("Vann Sorithea")),
          utf16("Vann Sorithea"),
          "Vann\xA0Sorithea"}},
        {"វ៉ាន់ សុរិទ្ធា",
         {"វ៉ាន់ សុរិទ្ធា", "វ៉ាន់សុរិទ្ធា", "លោកវ៉ាន់ សុរិទ្ធាត្រូវបាន", "សុរិទ្ធា វ៉ាន់", "វ៉ាន់\u200Bសុរិទ្ធា"}},
        {"สมชาย รัตนกุล", {"สมชาย รัตนกุล", "นายสมชายรัตนกุลกล่าวว่า", "รัตนกุล สมชาย"}},
        {"အောင် ဇော်မင်း", {"အောင် ဇော်မင်း", "ဦးအောင်ဇော်မင်းသည်"}},
        {"王明村", {"王明村", "据王明村说", "王 明 村", "王・明村"}},
        {"محمد الفاروقي",
         {"محمد الفاروقي", "مُحَمَّد الفاروقي", "محمد الفاروقى", "الفاروقي، محمد", "محمـــد الفاروقي"}},
        {"Соня Мармеладова",
         {"Соня Мармеладова", "СОНЯ МАРМЕЛАДОВА", "Мармеладова Соня", "Cоня Maрмеладова"}},
        {"Ελένη Παππά", {"Ελένη Παππά", "ΕΛΕΝΗ ΠΑΠΠΑ", "Παππά Ελένη", "Ελενη Παππα"}},
        {"यशोदा देवी", {"यशोदा देवी", "देवी यशोदा", "यशोदा‌ देवी"}},
        {"Nguyễn Thị Hạnh", {"Nguyễn Thị Hạnh", "NGUYEN THI HANH", "Hạnh Nguyễn", "Nguyen Hanh"}},
    };
    std::size_t found = 0;
    std::size_t tried = 0;
    for (const Written& written : all) {
        LeakScan scan({person("P-AAAAA", "P3", written.name)}, {});
        for (const std::string& way : written.ways) {
            for (const std::string& text :
                 {way, "It was said that " + way + " left.\n", "<p>" + way + "</p>"}) {
                // Encoded text has no business being glued to words.
                if (way.find('\0') != std::string::npos && text != way) continue;
                ++tried;
                const bool hit = has(scan.scan_text(text, "f"), "name", "P-AAAAA", Severity::exact);
                INFO(written.name << " as " << text);
                CHECK(hit);
                found += hit ? 1 : 0;
            }
        }
    }
    std::cout << "names found however written: " << found << " of " << tried << "\n";
}

TEST_CASE("the leak scan finds a part of a name, which is exact for P3 and fuzzy for P2",
          "[publish][leak]") {
    CHECK(has(found_in("Mr. Sorithea left."), "name_part", "P-AAAAA", Severity::exact));
    CHECK(has(found_in("Mrs. Lis left."), "name_part", "P-CCCCC", Severity::exact));
    CHECK_FALSE(has(found_in("The lis left."), "name_part", "P-CCCCC", Severity::exact));
    CHECK(has(found_in("Then Soka left."), "name_part", "P-DDDDD", Severity::fuzzy));
    // A name within a word is no name.
    CHECK(found_in("A prefabricated mengsoup.").empty());
    CHECK(found_in("The vannish of pixels.").empty());
}

TEST_CASE("the leak scan finds names by their sound, in scripts and spellings that nobody listed",
          "[publish][leak]") {
    struct Row {
        const char* name;
        const char* text;
    };
    const std::vector<Row> rows = {
        {"សុខ ចំរើន", "Then Sok Chamroeun left."},
        {"Sok Chamroeun", "ឃើញ សុខ ចំរើន នៅទីនេះ"},
        {"สมชาย วงศ์สวัสดิ์", "Then Somchai Wongsawat left."},
        {"Somchai Wongsawat", "พบ สมชาย วงศ์สวัสดิ์ ที่"},
        {"အောင် လွင်မိုး", "Then Aung Lwin Moe left."},
        {"محمد المنصور", "Then Mohamed Al-Mansour left."},
        {"王小明", "Then Wang Xiaoming left."},
        {"Жанна Чернавина", "Then Zhanna Chernavina left."},
        {"मीनाक्षी शर्मा", "Then Meenakshi Sharma left."},
        {"Vann Sorithea", "Then Wan Soritia left."},
    };
    for (const Row& row : rows) {
        INFO(row.name << " as " << row.text);
        CHECK(has(found_in(row.text, {person("P-AAAAA", "P3", row.name)}), "transliterated_name",
                  "P-AAAAA", Severity::fuzzy));
    }
    // One word of a name is not what sounds like another whole name.
    CHECK(found_in("Then Min Nan left.", {person("P-AAAAA", "P3", "သန်းဌေး ထွန်းနိုင်")}).empty());
    // Words in small letters, and short sounds, are words.
    CHECK(found_in("a wan soritia", {person("P-AAAAA", "P3", "Vann Sorithea")}).empty());
    CHECK(found_in("In May they Said so.", {person("P-AAAAA", "P3", "Mu Sadi")}).empty());
}

TEST_CASE("a file that cannot be looked through is refused", "[publish][leak]") {
    std::string bomb(kInflatedMax + 1, 'a');
    std::string packed(compressBound(bomb.size()), '\0');
    uLongf size = packed.size();
    compress(reinterpret_cast<Bytef*>(packed.data()), &size,
             reinterpret_cast<const Bytef*>(bomb.data()), bomb.size());
    packed.resize(size);
    CHECK(has(found_in("%PDF\n\xFF" + packed), "unreadable", "", Severity::exact));
}

TEST_CASE("the leak scan leaves out parts of a name that may be printed", "[publish][leak]") {
    auto persons = test::sample_persons();
    persons.push_back(person("P-MMMMM", "P3", "Anna Brandt"));
    CHECK(found_in("Helena Brandt spoke.", persons).empty());
    CHECK(has(found_in("Mrs Brandt spoke.", persons), "name_part", "P-MMMMM", Severity::fuzzy));
    CHECK(has(found_in("Anna Brandt spoke.", persons), "name", "P-MMMMM", Severity::exact));
}

TEST_CASE("the leak scan still guards numbers and aliases of a person who is named",
          "[publish][leak]") {
    const auto persons = test::sample_persons();
    CHECK(found_in("Vann Sorithea spoke; Mr Sorithea left.", persons, {"P-AAAAA"}).empty());
    CHECK(has(found_in("Bong Thea spoke.", persons, {"P-AAAAA"}), "alias", "P-AAAAA",
              Severity::exact));
    CHECK(has(found_in("Call 081 555 0142.", persons, {"P-AAAAA"}), "contact", "P-AAAAA",
              Severity::exact));
}

TEST_CASE("the leak scan finds numbers and addresses however they are written", "[publish][leak]") {
    for (const char* text :
         {"+66 81 555 0142", "+66815550142", "081-555-0142", "(0)81.555.01.42", "00 66 81 5550142",
          "๐๘๑ ๕๕๕ ๐๑๔๒", "tel:+66815550142", "wa.me/66815550142", "call 5550142 now",
          "thea.vann@example.org", "Thea.Vann @ Example.org", "mailto:thea.vann%40example.org"}) {
        INFO(text);
        CHECK(has(found_in(text), "contact", "P-AAAAA", Severity::exact));
    }
    for (const char* text :
         {"N04173389 2", "N041733892", "n-0417-3389-2", "passport 041733892", "no. 1733892"}) {
        INFO(text);
        CHECK(has(found_in(text), "identifier", "P-AAAAA", Severity::exact));
    }
    CHECK(has(found_in("a passport ending in 33892"), "identifier", "P-AAAAA", Severity::fuzzy));
    CHECK(found_in("a budget of 33,893 and 417,338 riel").empty());
    CHECK(has(found_in("see P-AAAAA"), "record_code", "P-AAAAA", Severity::exact));
}

TEST_CASE("the leak scan finds typing errors, endings and digits for letters as fuzzy",
          "[publish][leak]") {
    for (const char* text : {"Sorithae", "Sorthea", "Sorrithea", "Soritheo", "Xorithea", "Sor1thea",
                             "S0r1th34", "sorithaa"}) {
        INFO(text);
        const auto findings = found_in(std::string("It was ") + text + " who left.");
        CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
            return finding.severity == Severity::fuzzy && finding.record == "P-AAAAA";
        }));
    }
    LeakScan chinese({person("P-AAAAA", "P3", "李小龙"), person("P-BBBBB", "P3", "張國榮")}, {});
    CHECK(has(chinese.scan_text("昨天李小龍說", "f"), "name", "P-AAAAA", Severity::exact));
    CHECK(has(chinese.scan_text("张国荣", "f"), "name", "P-BBBBB", Severity::exact));
    CHECK(has(found_in("Soritheas house"), "inflected_name", "P-AAAAA", Severity::fuzzy));
    LeakScan arabic({person("P-AAAAA", "P3", "سامي فاروقي")}, {});
    CHECK(has(arabic.scan_text("قال لفاروقي", "f"), "inflected_name", "P-AAAAA", Severity::fuzzy));
}

TEST_CASE("a part of a name that is a word is fuzzy alone", "[publish][leak]") {
    const std::vector<Person> persons = {person("P-AAAAA", "P3", "Otieno Justice"),
                                         person("P-BBBBB", "P3", "Ахметова Вера"),
                                         person("P-CCCCC", "P4", "Dolo Espérance")};
    CHECK(has(found_in("Justice must be done.", persons), "name_part", "P-AAAAA", Severity::fuzzy));
    CHECK(has(found_in("no justice", persons), "name_part", "P-AAAAA", Severity::fuzzy));
    CHECK(has(found_in("без веры и вера", persons), "name_part", "P-BBBBB", Severity::fuzzy));
    CHECK(has(found_in("esperance", persons), "name_part", "P-CCCCC", Severity::fuzzy));
    CHECK(has(found_in("date: 1", {person("P-DDDDD", "P3", "Date Masamune")}), "name_part",
              "P-DDDDD", Severity::fuzzy));
    CHECK(found_in("no justice", persons).at(0).next.find("accept it with a reason") !=
          std::string::npos);
    CHECK(found_in("Otieno left", persons).at(0).next.find("accept") == std::string::npos);
    CHECK(has(found_in("Mr Justice", persons), "name_part", "P-AAAAA", Severity::exact));
    CHECK(has(found_in("Justice Otieno", persons), "name", "P-AAAAA", Severity::exact));
    CHECK(has(found_in("Otieno left", persons), "name_part", "P-AAAAA", Severity::exact));
}

TEST_CASE("the leak scan points at telephone numbers, addresses and coordinates of nobody",
          "[publish][leak]") {
    CHECK(has(found_in("call +855 23 555 987"), "phone_number", "", Severity::fuzzy));
    CHECK(has(found_in("write to somebody@example.com"), "email_address", "", Severity::fuzzy));
    CHECK(has(found_in("at 13.7563, 100.5018"), "coordinates", "", Severity::fuzzy));
    CHECK(has(found_in("at 13°45'22\"N"), "coordinates", "", Severity::fuzzy));
    CHECK(found_in("KEP 23/0117/2019, 27 December 2019, 2019-12-27T09:30:00Z, version 1.2.3, "
                   "10,000 people")
              .empty());
    CHECK(
        found_in(
            "https://example.org/news?id=0252601234&lang=E https://example.org/2019/12/0012345678")
            .empty());
}

TEST_CASE("the leak scan finds every mention in the statement as it was first written",
          "[publish][leak]") {
    const auto findings = found_in(test::careless_body());

    const auto count = [&](std::string_view record) {
        return std::count_if(findings.begin(), findings.end(), [&](const Finding& finding) {
            return finding.record == record && finding.severity == Severity::exact;
        });
    };
    CHECK(count("P-AAAAA") == 5);  // twice whole, twice by one part, and the telephone
    CHECK(count("P-BBBBB") == 2);
    CHECK(count("P-CCCCC") == 2);
    CHECK(count("P-DDDDD") == 2);
    CHECK(count("P-EEEEE") == 2);
    CHECK(count("P-FFFFF") == 0);
    CHECK(findings.size() == 13);
    for (const Finding& finding : findings) {
        CHECK(finding.line >= 3);
        CHECK_FALSE(finding.next.empty());
    }
}

TEST_CASE("the leak scan says where a name stands", "[publish][leak]") {
    const auto findings = found_in("one\ntwo\nthree Keo Ratanak\n");
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].offset == 14);
    CHECK(findings[0].line == 3);
    CHECK(findings[0].form == "text");

    LeakScan scan(test::sample_persons(), {});
    const auto in_name = scan.scan({{"keo-ratanak.html", Bytes{}}});
    REQUIRE(in_name.size() == 1);
    CHECK(in_name[0].form == "file name");
    CHECK(in_name[0].line == 0);
}

TEST_CASE("a package made with handles holds no protected person in any file", "[publish][leak]") {
    const Material material = test::sample_material(test::careful_body());
    const Plan plan = make_plan(material);
    REQUIRE(plan.problems.empty());
    const Files package = test::sample_package();

    for (const Finding& finding : LeakScan(material.persons, plan.named).scan(package)) {
        FAIL_CHECK(finding.rule << " in " << finding.file << " line " << finding.line << " "
                                << finding.record);
    }
}

TEST_CASE("a name put into any file of a package is found", "[publish][leak]") {
    const Files clean = test::sample_package();
    LeakScan scan(test::sample_persons(), {});
    for (const auto& [name, bytes] : clean) {
        Files leaking = clean;
        append(leaking[name], "\nKeo Ratanak\n");
        const auto findings = scan.scan(leaking);
        for (const Finding& finding : findings)
            INFO(finding.file << " " << finding.form << " " << finding.offset);
        REQUIRE(findings.size() == 1);
        CHECK(findings[0].file == name);
        CHECK(findings[0].record == "P-BBBBB");
    }
}

TEST_CASE("findings never hold what was found", "[publish][leak]") {
    for (const Finding& finding : found_in(test::careless_body())) {
        const std::string all =
            finding.rule + finding.file + finding.record + finding.form + finding.next;
        for (const char* word : {"Sorithea", "Ratanak", "Rattanakul", "0142"}) {
            CHECK(all.find(word) == std::string::npos);
        }
    }
}

TEST_CASE("an ordinary text gives no false alarm", "[publish][leak]") {
    const char* text =
        R"(The UN Special Rapporteur has expressed grave concern regarding the "alarming" crackdown, noting
the involvement of neighbouring countries. The party was dissolved by the Supreme Court in November 2017 based on a
complaint filed by the Ministry of Interior. At least 50 members have confessed to plotting against the state in the past
three months, and 118 of the most senior members were banned from political activity for five years. All persons residing
in Thailand must be protected from violence and arbitrary arrest. See https://example.org/EN/NewsEvents/Pages/Display.aspx?NewsID=25260&LangID=E
and https://example.org/download/Documents/KEP2378662018ENGLISH.pdf for the reports of 20 October 2018.)";
    CHECK(found_in(text).empty());
}

}  // namespace custos::vault::publish
