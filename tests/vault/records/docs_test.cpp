// SPDX-License-Identifier: GPL-3.0-or-later
// docs/records.md is written from the tables. To write it again after a change of them:
//   test_vault_records "[.write-docs]"
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "vault/records/schema.h"

namespace custos::vault {
namespace {

constexpr const char* kRecordsPage = CUSTOS_DOCS "/records.md";
constexpr const char* kGlossaryPage = CUSTOS_DOCS "/glossary.md";

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string type_cell(const Field& field) {
    std::string cell(name_of(field.type));
    if (field.key_vocabulary != VocabularyId::none)
        cell += " " + code(builtin_vocabulary(field.key_vocabulary).name) + " to";
    if (field.vocabulary != VocabularyId::none)
        cell += " " + code(builtin_vocabulary(field.vocabulary).name);
    if (!field.kinds.empty()) cell += ": " + to_text(field.kinds);
    if (field.required) cell += ", **required**";
    if (field.identity) cell += ", identity";
    return cell;
}

void append_fields(std::string& page, FieldList fields, const std::string& before) {
    for (const Field& field : fields) {
        const std::string path = before + std::string(field.name);
        page += "| " + code(path) + " | " + type_cell(field) + " | " + std::string(field.help) +
                " | " + code(field.example) + " | " + std::string(field.huridocs) + " |\n";
        append_fields(page, field.children,
                      path + (field.type == FieldType::object_list ? ".N." : "."));
    }
}

std::string kind_section(const KindRow& row) {
    const KindSchema& schema = builtin_schema().kind(row.kind);
    std::string help(schema.help);
    help.front() = static_cast<char>(help.front() - 'a' + 'A');
    std::string page = "## " + std::string(row.name) + " (" + row.prefix + "-)\n\n" + help + ".";
    if (!schema.any_of.empty()) {
        page += " At least one of these must be there:";
        for (const auto name : schema.any_of) page += " " + code(name);
        page += ".";
    }
    page += "\n\n| field | type | what it is | example | HURIDOCS |\n|---|---|---|---|---|\n";
    append_fields(page, schema.fields, {});
    return page + "\n";
}

std::string vocabulary_section(const Vocabulary& words) {
    std::string page = "### " + std::string(words.name) + "\n\n" + std::string(words.help) +
                       "\n\n| word | meaning | broader | HURIDOCS |\n|---|---|---|---|\n";
    for (const Term& term : words.terms) {
        std::string meaning(term.label);
        if (!term.help.empty()) meaning += ": " + std::string(term.help);
        page += "| " + code(term.key) + " | " + meaning + " | " +
                (term.parent.empty() ? "" : code(term.parent)) + " | " +
                std::string(term.huridocs) + " |\n";
    }
    return page + "\n";
}

std::string former_section() {
    std::string page =
        "## Words that become others\n\nTaken as input, and stored as the word on the right.\n\n"
        "| vocabulary | written | stored | remark |\n|---|---|---|---|\n";
    for (const FormerTerm& row : former_terms()) {
        page += "| " + code(builtin_vocabulary(row.vocabulary).name) + " | " + code(row.before) +
                " | " + code(row.now) + " | " + std::string(row.note) + " |\n";
    }
    return page + "\n";
}

void collect_numbers(std::map<std::string, std::vector<std::string>>& numbers, FieldList fields,
                     const std::string& before) {
    for (const Field& field : fields) {
        const std::string path = before + std::string(field.name);
        if (!field.huridocs.empty()) numbers[std::string(field.huridocs)].push_back(code(path));
        collect_numbers(numbers, field.children, path + ".");
    }
}

std::string esf_section() {
    std::string page =
        "## By number in the Events Standard Formats\n\nWhere each field of HURIDOCS went. An x "
        "stands for the digits of every format. What ESF keeps as initial and final date is one "
        "date here, as an interval; who entered and changed a record, and when, is in its "
        "history.\n\n| HURIDOCS | field |\n|---|---|\n";
    std::map<std::string, std::vector<std::string>> numbers;
    for (const KindRow& row : kKinds)
        collect_numbers(numbers, builtin_schema().kind(row.kind).fields,
                        std::string(row.name) + ".");
    for (const auto& [number, paths] : numbers) {
        page += "| " + number + " | ";
        if (number.starts_with("x")) {
            const std::string& path = paths.front();
            page += "`*" + path.substr(path.find('.')) + " |\n";
            continue;
        }
        for (std::size_t i = 0; i < paths.size(); ++i) page += (i > 0 ? ", " : "") + paths[i];
        page += " |\n";
    }
    return page + "\n";
}

std::string records_page() {
    std::string page = R"(# Records

This page is written from the program's own tables; `custos schema [KIND]` shows the same, and with `--json` as data.

A record is an object of named fields. A field that is not listed here is refused by its name, with the nearest names that exist; nothing is
dropped in silence. So is a word that its vocabulary does not have, a date that is none, a country, language or time zone that nobody registered.
Very little is required, since a field worker stores what is known now and adds the rest later.

* **Dates** are EDTF (ISO 8601-2), levels 0 and 1: `2019`, `2019-11`, `2019-12-22`, `201X`, `2019-XX`, `2019-11-29~` (approximate), `2019?`
  (uncertain), `2019%` (both), `2019-21` to `2019-24` (seasons), `2019-11-09/2019-11-23`, `../2019-11`, `2019-11/..`.
  `?`, `~` and `%` do not widen what a search by date finds. Years of more than four digits, negative ones and times of day are refused.
* **Other calendars**: `thai_solar:2562-12-22`, `persian:1398-10`, `hijri:1441` (Umm al-Qura; also `islamic_umalqura`, `islamic_civil`),
  `ethiopian:2012-04-12`, with the digits of any script, in place of any date; or the date as it is with `calendar` beside it. It is stored as the
  Gregorian date, an interval where months and years do not align, with the words as given in `date_verbatim` and the calendar in
  `calendar` (`born_verbatim` and `born_calendar` for a date of birth). Thai months before 1941, whose years began in April, are read by today's
  rule. Calendars that ICU does not have (Burmese, Khmer, Nepali) or whose months have no one numbering (Chinese, Hebrew) are not converted:
  write the Gregorian date, and the words into `date_verbatim`.
* **Dates that are questioned** are refused with what could be meant: a year more than about 400 ahead (a Thai one), one before 1800
  (a Persian or Islamic one), and a date after tomorrow of what is said to have happened. An act that is `planned` or `threatened` may lie ahead.
* **Times of day** (`21:30`) are a field of their own, local to `timezone`.
* **Coordinates** are text, since a number with a fraction is not the same for every reader of JSON; latitude and longitude stand
  together. `13°45'N` and `13.75, 100.5` are taken and stored as decimal degrees.
* **References** are ids or their beginnings (`P-7K3QD`); they are stored as full ids.
* **Words of a vocabulary** may be written in any case and with spaces (`Electric shock`), by their label, or by their HURIDOCS number
  (`030104`); they are stored as the tables write them. Words that are not said any more are taken and become today's, with a note.
* **Fields and words of your own**, added with `custos field add` and `custos term add`, begin with `x_`.
* **part_of**, as a field or a link, never goes round in a circle.
* **identity** marks what tells who or where a person is: it never leaves the vault by default.
* Texts are UTF-8, without control characters other than line feed and tab; `text` is one line. Limits: a text 1 MiB, a list 10,000 items, a
  record 8 MiB, JSON 16 levels deep. Whole numbers only, up to 2^53.

On a command line, `--set FIELD=VALUE` takes the text as it is (commas are not split). `--set tags=a --set tags=b` adds to a list, and
`--set 'tags=["a","b"]'` replaces it. Parts are reached by a dot (`place.country=TH`), items by their number, counted from 1 (`names.1.kind=legal`;
one past the last makes a new one), entries of a map by their key (`scopes.publish_named=refused`). `--unset` takes the same paths. In the tables
below, `N` stands for the number of an item.

HURIDOCS numbers are those of the Events Standard Formats and Micro-thesauri, trailing zeros cut; an empty cell has no counterpart there.

)";
    for (const KindRow& row : kKinds) page += kind_section(row);
    page +=
        "## Vocabularies\n\nThe wording is ours. Words may be added; none is ever changed or "
        "removed.\n\n";
    for (const Vocabulary& words : builtin_vocabularies()) page += vocabulary_section(words);
    page += former_section();
    page += esf_section();
    page.pop_back();
    return page;
}

std::string content_of(const char* file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

}  // namespace

TEST_CASE("docs/records.md is written", "[.write-docs]") {
    std::ofstream out(kRecordsPage, std::ios::binary);
    out << records_page();
    CHECK(out.flush());
}

TEST_CASE("docs/records.md says what the tables say", "[records][docs]") {
    // Not compared by the framework, which would print the whole page.
    const bool same = content_of(kRecordsPage) == records_page();
    INFO("write it again: test_vault_records \"[.write-docs]\"");
    CHECK(same);
}

TEST_CASE("docs/glossary.md has an entry for every kind", "[records][docs]") {
    const std::string glossary = content_of(kGlossaryPage);
    for (const KindRow& row : kKinds) {
        INFO(row.name);
        CHECK(glossary.find("**" + std::string(row.name) + "**") != std::string::npos);
    }
}

}  // namespace custos::vault
