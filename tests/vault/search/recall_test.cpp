// SPDX-License-Identifier: GPL-3.0-or-later
// What is in the texts is found: every search against the truth, which is looking for the text
// itself.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "vault/search/index.h"
#include "vault/search/query.h"

namespace custos::vault {

namespace {

using Rows = std::set<std::int64_t>;

class Chance {
public:
    explicit Chance(std::uint32_t seed) : state_(seed) {}
    std::size_t below(std::size_t bound) {
        state_ = state_ * 1664525U + 1013904223U;
        return (state_ >> 8U) % bound;
    }

private:
    std::uint32_t state_;
};

// Texts that were indexed, and how they are searched.
class Library {
public:
    Library() : database_(Database::in_memory()) {
        register_search(database_);
        database_.execute(kSearchTable);
    }

    void add(const std::vector<std::string>& texts) {
        Transaction transaction(database_);
        for (const std::string& text : texts)
            index_words(transaction, ++rows_, "", cut_words(tokenizer_, text));
        transaction.commit();
    }

    Rows find(std::string_view search) {
        Query query(database_, "SELECT rowid FROM record_text WHERE record_text MATCH ?");
        query.bind(parse_search(tokenizer_, search).match);
        Rows rows;
        while (query.step()) rows.insert(query.integer(0));
        return rows;
    }

private:
    Database database_;
    Tokenizer tokenizer_;
    std::int64_t rows_ = 0;
};

struct Script {
    const char* name;
    // Letters and signs that are put together at random, more than any language would.
    std::u32string_view letters;
};

constexpr Script kUnspaced[] = {
    {"Khmer",
     U"\u1780\u1781\u1784\u1791\u1794\u1795\u1798\u179a\u179f\u17a2\u17b6\u17b7\u17bb\u17c1\u17c6"
     U"\u17c7\u17cb\u17d2\u17d2\u17d7"},
    {"Thai",
     U"\u0e01\u0e02\u0e04\u0e19\u0e1a\u0e1b\u0e21\u0e23\u0e2a\u0e2d\u0e30\u0e31\u0e32\u0e33\u0e34"
     U"\u0e40\u0e41\u0e46\u0e48\u0e49"},
    {"Lao",
     U"\u0e81\u0e82\u0e94\u0e99\u0e9a\u0ea1\u0ea7\u0eab\u0eb0\u0eb2\u0eb3\u0eb4\u0ebb\u0ebc\u0ec0"
     U"\u0ec1\u0ec6\u0ec8\u0ec9"},
    {"Burmese",
     U"\u1000\u1001\u1010\u1014\u1019\u101b\u101c\u101e\u1021\u1025\u1026\u102b\u102c\u102d\u102e"
     U"\u1031\u1037\u1038\u1039\u103a\u103b"},
    {"Tibetan",
     U"\u0f40\u0f42\u0f44\u0f51\u0f53\u0f56\u0f58\u0f62\u0f66\u0f71\u0f72\u0f74\u0f7a\u0f7c\u0f90"
     U"\u0f92\u0fb1\u0fb2"},
    {"Chinese",
     U"\u738b\u660e\u6751\u6c11\u8b66\u5bdf\u6293\u8d70\u4ed6\u5728\u5bb6\u91cc\u6253\u4eba\u65e5"
     U"\u6708\u5e74\u4e8c\u5341\U00020000"},
    {"Japanese",
     U"\u8b66\u5bdf\u304c\u304b\u306f\u3070\u3071\u3092\u3048\u3089\u3093\u30ac\u30ab\u30fc\u30b7"
     U"\u30e5\u3005"},
};

std::string utf8(std::u32string_view points) {
    std::string text;
    for (const char32_t point : points) {
        const auto tail = [&](unsigned shift) {
            text.push_back(static_cast<char>(0x80U | ((point >> shift) & 0x3fU)));
        };
        if (point < 0x80) {
            text.push_back(static_cast<char>(point));
        } else if (point < 0x800) {
            text.push_back(static_cast<char>(0xc0U | (point >> 6U)));
            tail(0);
        } else if (point < 0x10000) {
            text.push_back(static_cast<char>(0xe0U | (point >> 12U)));
            tail(6);
            tail(0);
        } else {
            text.push_back(static_cast<char>(0xf0U | (point >> 18U)));
            tail(12);
            tail(6);
            tail(0);
        }
    }
    return text;
}

// Runs of letters with a space, a number, a Latin word or an invisible character here and there.
std::u32string make_text(const Script& script, Chance& chance) {
    std::u32string text;
    for (std::size_t runs = 3 + chance.below(5); runs > 0; --runs) {
        for (std::size_t size = 1 + chance.below(9); size > 0; --size)
            text += script.letters[chance.below(script.letters.size())];
        constexpr std::u32string_view kBetween[] = {U" ", U"", U" 22 ", U"van", U"  ", U", "};
        text += kBetween[chance.below(std::size(kBetween))];
    }
    return text;
}

// Letters that can be written as two are two: whoever looks for the second one finds them.
std::u32string apart(std::u32string_view text) {
    std::u32string all;
    for (const char32_t point : text) {
        switch (point) {
            case U'\u0e33': all += U"\u0e4d\u0e32"; break;
            case U'\u0eb3': all += U"\u0ecd\u0eb2"; break;
            case U'\u1026': all += U"\u1025\u102e"; break;
            default: all += point;
        }
    }
    return all;
}

bool is_whole(std::u32string_view piece, std::u32string_view letters) {
    return std::ranges::all_of(
        piece, [&](char32_t point) { return letters.find(point) != std::u32string_view::npos; });
}

// With an invisible character wherever chance wants it: the way Khmer is often typed.
std::string sprinkled(std::u32string_view points, Chance& chance) {
    std::u32string text;
    for (const char32_t point : points) {
        text += point;
        if (chance.below(4) == 0) text += U'\u200b';
    }
    return utf8(text);
}

}  // namespace

TEST_CASE("search finds every piece of two characters or more in scripts without spaces",
          "[vault][search]") {
    for (const Script& script : kUnspaced) {
        Chance chance(42);
        std::vector<std::u32string> texts;
        std::vector<std::string> written;
        for (int number = 0; number < 150; ++number) {
            texts.push_back(make_text(script, chance));
            written.push_back(sprinkled(texts.back(), chance));
        }
        Library library;
        library.add(written);
        std::vector<std::u32string> truths;
        for (const std::u32string& text : texts) truths.push_back(apart(text));

        std::set<std::u32string> pieces;
        for (const std::u32string& text : texts) {
            for (std::size_t size = 1; size <= 9; ++size) {
                for (std::size_t begin = 0; begin + size <= text.size(); ++begin) {
                    const std::u32string piece = text.substr(begin, size);
                    if (is_whole(piece, script.letters)) pieces.insert(piece);
                }
            }
        }
        std::size_t tried = 0;
        std::size_t found = 0;
        std::size_t due = 0;
        std::size_t extra = 0;
        for (const std::u32string& piece : pieces) {
            if (piece.size() > 2 && chance.below(3) != 0) continue;  // a third of the long ones
            Rows truth;
            const std::u32string sought = apart(piece);
            for (std::size_t row = 0; row < texts.size(); ++row) {
                if (truths[row].find(sought) != std::u32string::npos) {
                    truth.insert(static_cast<std::int64_t>(row + 1));
                }
            }
            const Rows rows = library.find(sprinkled(piece, chance));
            std::vector<std::int64_t> missing;
            std::ranges::set_difference(truth, rows, std::back_inserter(missing));
            ++tried;
            due += truth.size();
            found += truth.size() - missing.size();
            extra += rows.size() - (truth.size() - missing.size());
            if (!missing.empty())
                FAIL_CHECK(script.name << ": " << utf8(piece) << " misses " << missing.size());
        }
        WARN(script.name << ": " << found << " of " << due << " places found in " << tried
                         << " searches, " << extra << " others");
        CHECK(found == due);
        CHECK(extra == 0);
    }
}

TEST_CASE("search finds pieces that go across spaces, numbers and other scripts, as phrases",
          "[vault][search]") {
    std::size_t found = 0;
    std::size_t due = 0;
    for (const Script& script : kUnspaced) {
        Chance chance(7);
        std::vector<std::u32string> texts;
        std::vector<std::string> written;
        for (int number = 0; number < 20; ++number) {
            texts.push_back(make_text(script, chance));
            written.push_back(utf8(texts.back()));
        }
        Library library;
        library.add(written);
        for (std::size_t row = 0; row < texts.size(); ++row) {
            const std::u32string& text = texts[row];
            const auto is_letter = [&](std::size_t place) {
                return is_whole(text.substr(place, 1), script.letters);
            };
            for (std::size_t begin = 0; begin < text.size(); ++begin) {
                for (std::size_t end = begin + 2; end < text.size(); end += 1 + chance.below(4)) {
                    if (!is_letter(begin) || !is_letter(end - 1))
                        continue;  // half a word is not found
                    ++due;
                    const Rows rows =
                        library.find("\"" + utf8(text.substr(begin, end - begin)) + "\"");
                    const bool there = rows.contains(static_cast<std::int64_t>(row + 1));
                    found += there ? 1U : 0U;
                    if (!there)
                        FAIL_CHECK(script.name << ": " << utf8(text.substr(begin, end - begin)));
                }
            }
        }
    }
    WARN("phrases across scripts: " << found << " of " << due << " found");
    CHECK(found == due);
}

TEST_CASE("search finds every word and every beginning of one in scripts with spaces",
          "[vault][search]") {
    constexpr Script kSpaced[] = {
        {"Latin", U"abcdefgiklmnoprstuvyz"},
        {"Arabic",
         U"\u0628\u062a\u062c\u062d\u062f\u0631\u0633\u0634\u0639\u0641\u0642\u0644\u0645\u0646"
         U"\u0648"},
    };
    for (const Script& script : kSpaced) {
        Chance chance(11);
        std::vector<std::vector<std::string>> texts(120);
        std::vector<std::string> written;
        std::set<std::string> words;
        for (auto& text : texts) {
            std::string line;
            for (std::size_t count = 5 + chance.below(20); count > 0; --count) {
                std::u32string word;
                for (std::size_t size = 2 + chance.below(4); size > 0; --size)
                    word += script.letters[chance.below(script.letters.size() / 2)];
                text.push_back(utf8(word));
                words.insert(utf8(word));
                line += utf8(word) + (chance.below(5) == 0 ? ", " : " ");
            }
            written.push_back(line);
        }
        Library library;
        library.add(written);
        std::size_t right = 0;
        std::size_t tried = 0;
        const auto compare = [&](const std::string& search, auto fits) {
            Rows truth;
            for (std::size_t row = 0; row < texts.size(); ++row) {
                if (fits(texts[row])) truth.insert(static_cast<std::int64_t>(row + 1));
            }
            ++tried;
            const bool same = library.find(search) == truth;
            right += same ? 1U : 0U;
            if (!same) FAIL_CHECK(script.name << ": " << search);
        };
        const auto one_in = [](const std::vector<std::string>& text, auto test) {
            return std::any_of(text.begin(), text.end(), test);
        };
        for (const std::string& word : words) {
            compare(word, [&](const auto& text) {
                return one_in(text, [&](const std::string& each) { return each == word; });
            });
            const std::string beginning = word.substr(0, script.name[0] == 'L' ? 2 : 4);
            compare(beginning + "*", [&](const auto& text) {
                return one_in(text, [&](const auto& each) { return each.starts_with(beginning); });
            });
        }
        for (const auto& text : texts) {
            const std::size_t at = chance.below(text.size() - 1);
            compare("\"" + text[at] + " " + text[at + 1] + "\"", [&](const auto& other) {
                for (std::size_t i = 0; i + 1 < other.size(); ++i) {
                    if (other[i] == text[at] && other[i + 1] == text[at + 1]) return true;
                }
                return false;
            });
        }
        WARN(script.name << ": " << right << " of " << tried
                         << " searches for words, beginnings and phrases are right");
        CHECK(right == tried);
    }
}

TEST_CASE("search finds words however case and marks are written", "[vault][search]") {
    // The same word in ways that readers take for one; rows of the table are different words.
    const std::vector<std::vector<std::string>> words = {
        {"caf\u00e9", "CAFE", "cafe\u0301", "Caf\u00c9"},
        {"stra\u00dfe", "STRASSE", "Strasse"},
        {"\u0141\u00f3d\u017a", "lodz", "LODZ"},
        {"Nguy\u1ec5n", "nguyen", "NGUY\u00caN"},
        {"\u0645\u064f\u062d\u064e\u0645\u0651\u064e\u062f", "\u0645\u062d\u0645\u062f"},
        {"\u0623\u062d\u0645\u062f", "\u0627\u062d\u0645\u062f"},
        {"\u0641\u0627\u0637\u0645\u0629", "\u0641\u0627\u0637\u0645\u0647"},
        {"\u041c\u043e\u0441\u043a\u0432\u0430", "\u043c\u043e\u0441\u043a\u0432\u0430"},
        {"\u0391\u03b8\u03ae\u03bd\u03b1", "\u03b1\u03b8\u03b7\u03bd\u03b1"},
        {"\u05d9\u05b0\u05e8\u05d5\u05bc\u05e9\u05b8\u05c1\u05dc\u05b7\u05d9\u05b4\u05dd",
         "\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd"},
        {"\ud55c\uad6d", "\u1112\u1161\u11ab\u1100\u116e\u11a8"},
        {"\u17e2\u17e0\u17e1\u17e9", "2019", "\u0e52\u0e50\u0e51\u0e59"},
    };
    Chance chance(5);
    std::vector<std::string> texts;
    std::vector<std::set<std::size_t>> held;
    for (int number = 0; number < 200; ++number) {
        std::string text;
        held.emplace_back();
        for (std::size_t size = 1 + chance.below(5); size > 0; --size) {
            const std::size_t word = chance.below(words.size());
            held.back().insert(word);
            text +=
                words[word][chance.below(words[word].size())] + (chance.below(2) == 0 ? " " : ", ");
        }
        texts.push_back(text);
    }
    Library library;
    library.add(texts);

    std::size_t right = 0;
    std::size_t tried = 0;
    for (std::size_t word = 0; word < words.size(); ++word) {
        Rows truth;
        for (std::size_t row = 0; row < held.size(); ++row) {
            if (held[row].contains(word)) truth.insert(static_cast<std::int64_t>(row + 1));
        }
        for (const std::string& way : words[word]) {
            ++tried;
            const bool same = library.find(way) == truth && library.find(way + "*") == truth;
            CHECK(same);
            right += same ? 1U : 0U;
        }
    }
    WARN("words written in other ways: " << right << " of " << tried << " searches right");
}

TEST_CASE("search answers AND, OR, NOT, phrase and prefix as set arithmetic says",
          "[vault][search]") {
    Library library;
    library.add({"white van", "van white", "white car", "vanish", "nothing"});
    CHECK(library.find("white van") == Rows{1, 2});
    CHECK(library.find("\"white van\"") == Rows{1});
    CHECK(library.find("white OR vanish") == Rows{1, 2, 3, 4});
    CHECK(library.find("white -van") == Rows{3});
    CHECK(library.find("van*") == Rows{1, 2, 4});
    CHECK(library.find("(car OR vanish) -white") == Rows{4});
    CHECK(library.find("absent").empty());
}

TEST_CASE("search forgets what was taken out of the index", "[vault][search]") {
    Database database = Database::in_memory();
    register_search(database);
    database.execute(kSearchTable);
    Tokenizer tokenizer;
    const auto count = [&](std::string_view text) {
        Query query(database, "SELECT count(*) FROM record_text WHERE record_text MATCH ?");
        query.bind(parse_search(tokenizer, text).match).step();
        return query.integer(0);
    };
    const auto stored = [&](std::string_view word) {
        Query query(database, "SELECT count(*) FROM record_text_data WHERE instr(block, ?) > 0");
        query.bind(bytes_of(word)).step();
        return query.integer(0);
    };
    const auto index = [&](Transaction& transaction, std::int64_t row, std::string_view title,
                           std::string_view text) {
        index_words(transaction, row, cut_words(tokenizer, title), cut_words(tokenizer, text));
    };
    {
        Transaction transaction(database);
        index(transaction, 7, "Somebody", "said zebraword");
        index(transaction, 8, "Another", "said nothing");
        transaction.commit();
    }
    CHECK(count("zebraword") == 1);
    CHECK(count("said") == 2);
    {
        Transaction transaction(database);
        unindex_text(transaction, 8);
        index(transaction, 8, "Another", "was silent");
        unindex_text(transaction, 7);
        transaction.commit();
    }
    CHECK(count("zebraword") == 0);
    CHECK(count("said") == 0);
    CHECK(count("silent") == 1);
    CHECK(stored("zebraword") > 0);
    {
        Transaction transaction(database);
        forget_unindexed(transaction);
        transaction.commit();
    }
    CHECK(stored("zebraword") == 0);
    CHECK(count("silent") == 1);
}

}  // namespace custos::vault
