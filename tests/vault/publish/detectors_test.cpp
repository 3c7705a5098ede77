// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/detectors.h"

#include <algorithm>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "sample.h"
#include "vault/publish/leak_scan.h"

namespace custos::vault::publish {
namespace {

std::vector<Finding> found_in(std::string_view text) {
    return LeakScan(test::sample_persons(), {}).scan_text(text, "statement.md");
}

bool is_only(const std::vector<Finding>& findings, std::string_view rule) {
    return findings.size() == 1 && findings[0].rule == rule &&
           findings[0].severity == Severity::fuzzy && findings[0].record.empty();
}

// Found in a sentence, at the beginning, in brackets, and in a link; what is nearly it is not.
void check(std::string_view rule, const std::vector<std::string>& all,
           const std::vector<std::string>& near) {
    for (const std::string& text : all) {
        for (const std::string& written : {"It said " + text + " there.", text, "(" + text + ")"}) {
            INFO(written);
            CHECK(is_only(found_in(written), rule));
        }
    }
    for (const std::string& text : near) {
        INFO(text);
        CHECK(found_in("It said " + text + " there.").empty());
    }
}

}  // namespace

TEST_CASE("detect finds bank accounts by their check digits", "[publish][leak][detect]") {
    check("bank_account",
          {"DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "gb29 nwbk 6016 1331 9268 19",
           "FR14 2004 1010 0505 0001 3M02 606", "NO93-8601-1117-947"},
          {"GB28NWBK60161331926819", "GB29NWBK6016133192681", "ZZ29NWBK60161331926819",
           "XGB29NWBK60161331926819", "GB29NWBK60161331926819X"});
}

TEST_CASE("detect finds payment cards by issuer, length and check digit",
          "[publish][leak][detect]") {
    check("payment_card",
          {"4111 1111 1111 1111", "5500-0000-0000-0004", "378282246310005", "6011000990139424",
           "3530 1113 3330 0000", "30569309025904"},
          {"4111 1111 1111 1112", "411111111111111", "1111 1111 1111 1117", "x4111111111111111",
           "4111 1111 1111 11111", "4111  1111 1111 1111"});
}

TEST_CASE("detect finds identity numbers of Thailand by their check digit",
          "[publish][leak][detect]") {
    check("national_identity", {"1-1017-00230-70-8", "1101700230708", "1 1017 00230 70 8"},
          {"1-1017-00230-70-9", "110170023070", "9101700230708", "11017002307081"});
}

TEST_CASE("detect finds the lines of travel documents that machines read",
          "[publish][leak][detect]") {
    check("travel_document",
          {"L898902C36UTO7408122F1204159ZE184226B<<<<<10",
           "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "I<UTOD231458907<<<<<<<<<<<<<<<",
           "7408122F1204159UTO<<<<<<<<<<<6"},
          {"L898902C37UTO7408122F1204159ZE184226B<<<<<10",
           "L898902C36UTO7408123F1204159ZE184226B<<<<<10",
           "L898902C36UTO7408122F1204159ZE184226B<<<<<1", "I<UTOD231458908<<<<<<<<<<<<<<<",
           "7408122F1204158UTO<<<<<<<<<<<6", "A <<< B", "X<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<"});
    // Within markup the sign is written otherwise.
    CHECK(is_only(found_in("<p>L898902C36UTO7408122F1204159ZE184226B&lt;&lt;&lt;&lt;&lt;10</p>"),
                  "travel_document"));
}

TEST_CASE("detect finds addresses of devices", "[publish][leak][detect]") {
    check("network_address",
          {"203.0.113.7", "192.168.10.1", "2001:db8::7", "2001:0db8:0:0:0:0:0:7",
           "00:1A:2B:3C:4D:5E", "00-1a-2b-3c-4d-5e"},
          {"1.2.3.4", "203.0.113", "203.0.113.7.5", "256.10.10.10", "v203.0.113.7", "10:30:45",
           "std::begin", "a::b", "00:1A:2B:3C:4D",
           "00:1A:2B:3C:4D:5E:6F:70:81:92:A3:B4:C5:D6:E7:F8", "12-10-20-19-05-07", "127.0.0.1"});
    CHECK(is_only(found_in("see http://203.0.113.17/news"), "network_address"));
}

TEST_CASE("detect finds links that say who followed or shared them", "[publish][leak][detect]") {
    check("tracking_link",
          {"https://example.org/a?utm_source=mail", "https://example.org/a?id=4&fbclid=IwAR0x",
           "https://example.org/?GCLID=abc", "https://bit.ly/3xYzAbc", "t.co/abcDEF",
           "https://maps.app.goo.gl/abc"},
          {"https://example.org/a?id=5&lang=en", "https://rabbit.ly/abc", "https://bit.ly",
           "https://example.org/utm_source", "https://example.org/?autm_source=x", "A & B = C"});
}

TEST_CASE("the leak scan reads numbers that are spelled out", "[publish][leak][detect]") {
    const auto has = [](std::string_view text, std::string_view rule, std::string_view record,
                        Severity severity) {
        const auto findings = found_in(text);
        return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
            return finding.rule == rule && finding.record == record && finding.severity == severity;
        });
    };
    for (const char* text :
         {"call zero eight one five five five zero one four two", "Oh Eight One, triple five, 0142",
          "zero-eight-one five-five-five zero-one-four-two", "FIVE FIVE FIVE OH ONE FOUR TWO",
          "zero eight one dash double five five dash zero one four two"}) {
        INFO(text);
        CHECK(has(text, "contact", "P-AAAAA", Severity::exact));
    }
    CHECK(has("ring nought two two nine one one three seven", "phone_number", "", Severity::fuzzy));
    for (const char* text :
         {"one two three of them", "one or two, three or four, five or six, seven",
          "five five five oh one four", "no one zeroed eighty ones"}) {
        INFO(text);
        CHECK(found_in(text).empty());
    }
}

TEST_CASE("detect reads digits of every script", "[publish][leak][detect]") {
    const auto findings = found_in("โทร ๐๒-๙๑๑-๓๗๒๒ ครับ");
    REQUIRE(is_only(findings, "phone_number"));
    CHECK(findings[0].offset == 10);
}

TEST_CASE("what is detected is told apart by the whole of it", "[publish][leak][detect]") {
    const auto one = found_in("call +855 23 555 987");
    const auto other = found_in("call +855 23 555 988");
    REQUIRE(is_only(one, "phone_number"));
    REQUIRE(is_only(other, "phone_number"));
    CHECK(one[0].id != other[0].id);
    CHECK(one[0].id == found_in("or +855 (23) 555-987.")[0].id);
}

TEST_CASE("numbers of ordinary reports are no false alarms", "[publish][leak][detect]") {
    CHECK(found_in(R"(KEP 23/0117/2019, 27 December 2019, ISBN 978-3-16-148410-0, ISSN 2049-3630,
doi:10.1000/182, A/HRC/39/CRP.2, para. 1.2.3.4, version 12.0.1, 09:30:15, UTC+07:00, 1,234,567 riel,
12.5 %, EUR 10 000.00, Res. 2334 (2016), 1577836800, 20191227T093000Z, articles 9-14, 3:2,
pp. 120-145, <b>5 < 6</b>, C++ std::string, https://example.org/a/b?page=2&lang=km#s-3,
sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08, RWRmYWtlZmFrZWZha2Vm)")
              .empty());
}

TEST_CASE("many findings hide none", "[publish][leak]") {
    std::string many;
    for (std::size_t i = 0; i <= kFindingsMax; ++i) many += "Then Soka left. ";
    const auto behind = found_in(many + "Keo Ratanak left.");
    CHECK(behind.size() == kPlacesMax + 1);
    CHECK(behind.back().record == "P-BBBBB");
    CHECK(behind.back().severity == Severity::exact);

    std::string exact;
    for (std::size_t i = 0; i <= kFindingsMax; ++i) exact += "Keo Ratanak left. ";
    const auto all = found_in(exact);
    CHECK(all.size() == kFindingsMax + 1);
    CHECK(std::any_of(all.begin(), all.end(), [](const Finding& finding) {
        return finding.rule == "too_many" && finding.severity == Severity::exact;
    }));
}

TEST_CASE("the publisher's own fingerprint and contacts are no number of anybody",
          "[publish][leak][detect]") {
    const std::string print = "24c7 d813 6fdd 53ae 04d1 0043 6096 c5ba";
    const std::string broken = "key: 24c7 d813 6fdd\n     53ae 04d1 0043 6096 c5ba";
    CHECK(is_only(found_in(print), "phone_number"));
    LeakScan scan(test::sample_persons(), {}, {print, "+44 20 7946 0018"});
    CHECK(scan.scan_text(print, "statement.html").empty());
    CHECK(scan.scan_text(broken, "VERIFY.txt").empty());
    CHECK(scan.scan_text("call +44 20 7946 0018.", "statement.md").empty());
    // What is nothing of theirs is found as before, in any digits.
    CHECK(is_only(scan.scan_text("call +44 20 7946 0019.", "statement.md"), "phone_number"));
    CHECK(is_only(scan.scan_text("call \u17e0\u17e1\u17e2 \u17e3\u17e4\u17e5 \u17e6\u17e7\u17e8.",
                                 "statement.md"),
                  "phone_number"));
}

}  // namespace custos::vault::publish
