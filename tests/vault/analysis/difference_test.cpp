// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "vault/analysis/edit_script.h"
#include "vault/analysis/field_difference.h"
#include "vault/analysis/word_difference.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;

std::vector<Edit> script_of(const std::string& before, const std::string& after) {
    return edit_script(before.size(), after.size(),
                       [&](std::size_t i, std::size_t j) { return before[i] == after[j]; });
}

// Follows the script; empty if it does not lead from `before` to `after`.
bool leads(const std::vector<Edit>& script, const std::string& before, const std::string& after) {
    std::size_t i = 0;
    std::size_t j = 0;
    for (const Edit edit : script) {
        if (edit == Edit::keep &&
            (i >= before.size() || j >= after.size() || before[i] != after[j]))
            return false;
        if (edit != Edit::add) ++i;
        if (edit != Edit::remove) ++j;
    }
    return i == before.size() && j == after.size();
}

// The textbook table: what no script can beat.
std::size_t longest_common(const std::string& a, const std::string& b) {
    std::vector<std::vector<std::size_t>> table(a.size() + 1,
                                                std::vector<std::size_t>(b.size() + 1, 0));
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1
                                               : std::max(table[i - 1][j], table[i][j - 1]);
        }
    }
    return table[a.size()][b.size()];
}

std::string joined(const std::vector<TextPiece>& pieces, Edit without) {
    std::string text;
    for (const TextPiece& piece : pieces) {
        if (piece.edit != without) text += piece.text;
    }
    return text;
}

std::string marked(const std::vector<TextPiece>& pieces) {
    std::string text;
    for (const TextPiece& piece : pieces) {
        if (piece.edit == Edit::keep) text += piece.text;
        if (piece.edit == Edit::remove) text += "[-" + piece.text + "-]";
        if (piece.edit == Edit::add) text += "{+" + piece.text + "+}";
    }
    return text;
}

}  // namespace

TEST_CASE("edit_script leads to the second sequence, and none is shorter", "[analysis][diff]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 3000; ++round) {
        const auto word = [&] {
            std::string text(random() % 13, 'a');
            for (char& letter : text) letter = static_cast<char>('a' + random() % 3);
            return text;
        };
        const std::string before = word();
        const std::string after = word();
        CAPTURE(before, after);
        const auto script = script_of(before, after);
        REQUIRE(leads(script, before, after));
        const auto kept =
            static_cast<std::size_t>(std::count(script.begin(), script.end(), Edit::keep));
        REQUIRE(kept == longest_common(before, after));
    }
}

TEST_CASE("edit_script is bounded and still true beyond the bound", "[analysis][diff]") {
    const std::string before(kEditsMax + 10, 'a');
    const std::string after(kEditsMax + 10, 'b');

    const auto script = script_of("x" + before + "y", "x" + after + "y");

    CHECK(leads(script, "x" + before + "y", "x" + after + "y"));
    CHECK(script.front() == Edit::keep);
    CHECK(script.back() == Edit::keep);
}

TEST_CASE("edit_script finds exactly as many changes as the bound allows", "[analysis][diff]") {
    const std::string before(kEditsMax, 'a');
    CHECK(leads(script_of(before, ""), before, ""));
    CHECK(leads(script_of(before + "a", ""), before + "a", ""));
    CHECK(leads(script_of("", before + "a"), "", before + "a"));
}

TEST_CASE("word_difference shows whole words", "[analysis][diff]") {
    CHECK(marked(word_difference("Two men dragged her away.", "Two men pulled her away.")) ==
          "Two men [-dragged-]{+pulled+} her away.");
    CHECK(marked(word_difference("one two three", "one three")) == "one [-two -]three");
    CHECK(marked(word_difference("the old red van", "the new blue van")) ==
          "the [-old red-]{+new blue+} van");
    CHECK(marked(word_difference("", "new")) == "{+new+}");
    CHECK(marked(word_difference("same", "same")) == "same");
    CHECK(word_difference("", "").empty());
}

TEST_CASE("word_difference knows words in scripts without spaces", "[analysis][diff]") {
    CHECK(marked(word_difference("我在曼谷看见他", "我在金边看见他")) ==
          "我在[-曼谷-]{+金边+}看见他");
    CHECK(marked(word_difference("เขาไปตลาดเช้า", "เขาไปวัดเช้า")) == "เขาไป[-ตลาด-]{+วัด+}เช้า");
}

TEST_CASE("word_difference leaves syllables whole", "[analysis][diff]") {
    const auto pieces = word_difference("ខ្ញុំនៅផ្ទះ", "ខ្ញុំនៅផ្សារ");
    REQUIRE(pieces.size() >= 3);
    for (const TextPiece& piece : pieces) {
        const std::string first = piece.text.substr(0, 3);
        const bool is_mark =
            first >= "\xE1\x9E\xB6" && first <= "\xE1\x9F\x93";  // U+17B6 to U+17D3
        CHECK_FALSE(is_mark);
    }
}

TEST_CASE("word_difference loses no byte of either text", "[analysis][diff]") {
    const auto seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> parts = {"van ",   "វ៉ាន់", "รถตู้", "ဗင်",   "车",
                                            "سيارة ", " ",   "\n",  "\xff", "e\u0301"};
    for (int round = 0; round < 500; ++round) {
        const auto text = [&] {
            std::string out;
            for (auto left = random() % 20; left > 0; --left) out += parts[random() % parts.size()];
            return out;
        };
        const std::string before = text();
        const std::string after = text();
        const auto pieces = word_difference(before, after);
        REQUIRE(joined(pieces, Edit::add) == before);
        REQUIRE(joined(pieces, Edit::remove) == after);
        for (std::size_t i = 1; i < pieces.size(); ++i)
            REQUIRE(pieces[i].edit != pieces[i - 1].edit);
    }
}

TEST_CASE("field_differences names the parts that differ", "[analysis][diff]") {
    const json before = {{"title", "Night"}, {"place", {{"country", "TH"}, {"text", "x"}}}};
    const json after = {
        {"title", "Night"}, {"place", {{"country", "KH"}, {"text", "x"}}}, {"summary", "s"}};

    const auto found = field_differences(builtin_schema(), Kind::incident, before, after);

    REQUIRE(found.size() == 2);
    const bool place_first = found[0].path == "place.country";
    CHECK(found[place_first ? 0 : 1].before == "TH");
    CHECK(found[place_first ? 0 : 1].after == "KH");
    CHECK(found[place_first ? 1 : 0].path == "summary");
    CHECK(found[place_first ? 1 : 0].before.is_null());
    CHECK(field_differences(builtin_schema(), Kind::incident, after, after).empty());
}

TEST_CASE("field_differences knows a paragraph that was put in from one that was changed",
          "[analysis][diff]") {
    const auto testimony = [](const std::vector<std::string>& texts) {
        json paragraphs = json::array();
        for (const auto& text : texts) paragraphs.push_back({{"text", text}});
        return json{{"paragraphs", paragraphs}};
    };

    const auto put_in = field_differences(builtin_schema(), Kind::testimony, testimony({"a", "b"}),
                                          testimony({"a", "new", "b"}));
    REQUIRE(put_in.size() == 1);
    CHECK(put_in[0].path == "paragraphs.2.text");
    CHECK(put_in[0].before.is_null());
    CHECK(put_in[0].after == "new");

    const auto changed = field_differences(builtin_schema(), Kind::testimony,
                                           testimony({"a", "b", "c"}), testimony({"a", "B", "c"}));
    REQUIRE(changed.size() == 1);
    CHECK(changed[0].path == "paragraphs.2.text");
    CHECK(changed[0].before == "b");
    CHECK(changed[0].after == "B");

    const auto gone = field_differences(builtin_schema(), Kind::testimony,
                                        testimony({"a", "b", "c"}), testimony({"c"}));
    REQUIRE(gone.size() == 2);
    CHECK(gone[1].path == "paragraphs.2.text");
    CHECK(gone[1].after.is_null());
}

TEST_CASE("field_differences shows maps and what the schema does not know", "[analysis][diff]") {
    const json before = {{"scopes", {{"publish_named", "granted"}}}, {"unheard_of", 1}};
    const json after = {{"scopes", {{"publish_named", "withdrawn"}, {"archive", "granted"}}}};

    const auto found = field_differences(builtin_schema(), Kind::consent, before, after);

    REQUIRE(found.size() == 3);
    CHECK(found[0].path == "scopes.publish_named");
    CHECK(found[0].after == "withdrawn");
    CHECK(found[1].path == "scopes.archive");
    CHECK(found[2].path == "unheard_of");
    CHECK(found[2].after.is_null());
}

}  // namespace custos::vault::analysis
