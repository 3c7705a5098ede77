// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/search/snippet.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>

#include <unicode/uchar.h>

#include "crypto/utf8.h"

namespace custos::vault {

namespace {

constexpr std::size_t kHitsMax = 10'000;  // of a text that repeats one word; more show nothing new
constexpr std::size_t kHitsWeighed = 64;  // in one window
constexpr std::size_t kBoundarySearch = 24;  // characters given up at an end to cut between words
constexpr char32_t kReplacement = 0xfffd;
constexpr char32_t kKhmerCoeng = 0x17d2;  // joins the next letter to the one before

static_assert(kQueryTermsMax <= 64, "phrases are counted in 64 bits");

// Bytes [begin, end) of the text are phrase number `phrase`.
struct Found {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t phrase = 0;
};

// Follows one phrase through the tokens of a text.
class Follower {
public:
    explicit Follower(const SearchPhrase& phrase) : phrase_(phrase) {}

    // Takes the next token; the place where a match began that this token completes, or nothing.
    std::optional<std::size_t> take(std::string_view token, std::size_t begin) {
        std::optional<std::size_t> complete;
        std::size_t kept = 0;
        begun_.push_back({0, begin});
        for (const Begun begun : begun_) {
            if (!fits(begun.next, token)) continue;
            if (begun.next + 1 == phrase_.tokens.size()) {
                if (!complete) complete = begun.begin;
            } else {
                begun_[kept++] = {begun.next + 1, begun.begin};
            }
        }
        begun_.resize(kept);
        return complete;
    }

private:
    struct Begun {
        std::size_t next = 0;  // token of the phrase that must come
        std::size_t begin = 0;
    };

    bool fits(std::size_t next, std::string_view token) const {
        const std::string& wanted = phrase_.tokens[next];
        const bool last = next + 1 == phrase_.tokens.size();
        return last && phrase_.prefix ? token.starts_with(wanted) : token == wanted;
    }

    const SearchPhrase& phrase_;
    std::vector<Begun> begun_;
};

// A prefix of one character has matched a pair: only the character itself was asked for.
std::size_t first_character_end(std::string_view text, std::size_t begin) {
    std::string_view rest = text.substr(begin);
    (void)crypto::take_code_point(rest);
    return text.size() - rest.size();
}

std::vector<Found> find(Tokenizer& tokenizer, std::string_view text, const SearchQuery& query) {
    std::vector<Follower> followers(query.phrases.begin(), query.phrases.end());
    std::vector<bool> ends_in_half_pair;
    for (const SearchPhrase& phrase : query.phrases) {
        ends_in_half_pair.push_back(phrase.prefix && tokenizer.begins_pair(phrase.tokens.back()));
    }
    std::vector<Found> found;
    tokenizer.tokenize(text, TextPurpose::document,
                       [&](std::string_view token, std::size_t begin, std::size_t end) {
                           for (std::size_t number = 0; number < followers.size(); ++number) {
                               const auto from = followers[number].take(token, begin);
                               if (!from) continue;
                               const std::size_t to = ends_in_half_pair[number]
                                                          ? first_character_end(text, begin)
                                                          : end;
                               found.push_back({*from, to, number});
                           }
                           return found.size() < kHitsMax;
                       });
    std::ranges::sort(found, {}, &Found::begin);
    return found;
}

// Where each character of a text begins, and the end of the text. A byte that is not UTF-8 is one.
class Characters {
public:
    explicit Characters(std::string_view text) : text_(text) {
        starts_.reserve(text.size() + 1);
        std::string_view rest = text;
        while (!rest.empty()) {
            starts_.push_back(text.size() - rest.size());
            if (!crypto::take_code_point(rest)) rest.remove_prefix(1);
        }
        starts_.push_back(text.size());
    }

    std::size_t count() const { return starts_.size() - 1; }
    std::size_t byte(std::size_t character) const { return starts_[character]; }
    // The first character that begins at `byte` or behind it.
    std::size_t at_byte(std::size_t byte) const {
        return static_cast<std::size_t>(std::ranges::lower_bound(starts_, byte) - starts_.begin());
    }
    char32_t point(std::size_t character) const {
        std::string_view rest = text_.substr(starts_[character]);
        return crypto::take_code_point(rest).value_or(kReplacement);
    }
    bool is_space(std::size_t character) const {
        const char32_t code = point(character);
        return crypto::is_white_space(code) || crypto::is_control(code);
    }
    // Whether a reader would see a character torn apart there.
    bool is_joined(std::size_t character) const {
        if (character == 0 || character >= count()) return false;
        const auto code = static_cast<UChar32>(point(character));
        const uint32_t joining = U_GC_M_MASK | U_GC_CF_MASK;
        return (U_GET_GC_MASK(code) & joining) != 0 || point(character - 1) == kKhmerCoeng;
    }

private:
    std::string_view text_;
    std::vector<std::size_t> starts_;
};

struct Window {
    std::size_t begin = 0;  // characters; end is not included
    std::size_t end = 0;
};

// The characters from hit to hit, at most `width` unless one hit alone is longer, with the most
// different phrases, then the most hits.
Window densest(const std::vector<Found>& found, const Characters& characters, std::size_t width) {
    std::pair<int, std::size_t> best{0, 0};
    Window window{0, 0};
    for (std::size_t first = 0; first < found.size(); ++first) {
        const std::size_t begin = characters.at_byte(found[first].begin);
        std::uint64_t phrases = 0;
        std::size_t hits = 0;
        std::size_t end = begin;
        for (std::size_t next = first; next < found.size(); ++next) {
            const std::size_t hit_end = characters.at_byte(found[next].end);
            if (hits > 0 && (hit_end > begin + width || hits == kHitsWeighed)) break;
            phrases |= std::uint64_t{1} << found[next].phrase;
            end = std::max(end, hit_end);
            ++hits;
        }
        const std::pair score{std::popcount(phrases), hits};
        if (score > best) {
            best = score;
            window = {begin, end};
        }
    }
    return window;
}

// Widens the window to `width` characters, a third of what is to spare in front, and cuts it
// between words where there are spaces.
Window widened(Window window, const Characters& characters, std::size_t width) {
    const Window core{window.begin, std::min(window.end, window.begin + width)};
    const std::size_t spare = width - (core.end - core.begin);
    window.begin -= std::min(window.begin, spare / 3);
    window.end = std::min(characters.count(), window.begin + width);
    if (window.end == characters.count()) window.begin = window.end - std::min(window.end, width);
    window.begin = std::min(window.begin, core.begin);

    for (std::size_t step = 0;
         window.begin > 0 && step < kBoundarySearch && window.begin + step < core.begin; ++step) {
        if (characters.is_space(window.begin + step)) {
            window.begin += step + 1;
            break;
        }
    }
    while (window.begin < core.begin && characters.is_joined(window.begin)) ++window.begin;
    const std::size_t end = window.end;
    for (std::size_t step = 0;
         end < characters.count() && step < kBoundarySearch && end > core.end + step; ++step) {
        if (characters.is_space(end - step)) {
            window.end = end - step;
            break;
        }
    }
    while (window.end > core.end && characters.is_joined(window.end)) --window.end;
    return window;
}

}  // namespace

Snippet make_snippet(Tokenizer& tokenizer, std::string_view text, const SearchQuery& query,
                     std::size_t width) {
    const Characters characters(text);
    const std::vector<Found> found = find(tokenizer, text, query);
    // A third is left for what stands around.
    const Window core = densest(found, characters, width - width / 3);
    const Window window = widened(core, characters, width);

    Snippet snippet;
    std::vector<std::size_t> written(window.end - window.begin + 1);  // where each character went
    for (std::size_t place = window.begin; place < window.end; ++place) {
        const bool space = characters.is_space(place);
        if (space && (snippet.text.empty() || snippet.text.back() == ' ')) {
            written[place - window.begin] = snippet.text.size();
            continue;
        }
        written[place - window.begin] = snippet.text.size();
        const std::size_t begin = characters.byte(place);
        std::string_view rest = text.substr(begin);
        if (space) {
            snippet.text += ' ';
        } else if (crypto::take_code_point(rest)) {
            snippet.text += text.substr(begin, text.size() - rest.size() - begin);
        } else {
            snippet.text += "\ufffd";
        }
    }
    written.back() = snippet.text.size();

    for (const Found& hit : found) {
        const std::size_t first = characters.at_byte(hit.begin);
        const std::size_t last = std::min(characters.at_byte(hit.end), window.end);
        if (first < window.begin || first >= last) continue;
        const Snippet::Hit shown{written[first - window.begin], written[last - window.begin]};
        if (!snippet.hits.empty() && shown.begin <= snippet.hits.back().end) {
            snippet.hits.back().end = std::max(snippet.hits.back().end, shown.end);
        } else {
            snippet.hits.push_back(shown);
        }
    }
    snippet.cut_before = window.begin > 0;
    snippet.cut_after = window.end < characters.count();
    return snippet;
}

}  // namespace custos::vault
