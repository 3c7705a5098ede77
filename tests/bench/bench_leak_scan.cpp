// SPDX-License-Identifier: GPL-3.0-or-later
// The leak scan, with all its forms and its preparation, beside `grep -i -F -f`, which finds a name
// only as it is written. Text and names are made here. Medians of repetitions, fastest and slowest,
// as wall time, and as processor time of all threads, which says more on a busy machine.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <sys/time.h>

#include "vault/publish/leak_scan.h"

using custos::vault::publish::LeakScan;
using custos::vault::publish::Person;
using custos::vault::publish::Protection;

namespace {

constexpr std::size_t kTextSize = 10'000'000;
constexpr int kRepetitions = 7;

struct Timing {
    double median = 0;
    double fastest = 0;
    double slowest = 0;
    double processor = 0;  // median
};

// Of this process and the children that it waited for.
double processor_milliseconds() {
    double sum = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        getrusage(who, &usage);
        for (const timeval& time : {usage.ru_utime, usage.ru_stime})
            sum += static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
    }
    return sum;
}

// `prepare` is done before each repetition, and not counted.
Timing milliseconds_of(
    const std::function<void()>& work, const std::function<void()>& prepare = [] {}) {
    std::vector<double> times;
    std::vector<double> processor;
    prepare();
    work();
    for (int i = 0; i < kRepetitions; ++i) {
        prepare();
        const auto start = std::chrono::steady_clock::now();
        const double used = processor_milliseconds();
        work();
        processor.push_back(processor_milliseconds() - used);
        times.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
                .count());
    }
    std::sort(times.begin(), times.end());
    std::sort(processor.begin(), processor.end());
    return {times[times.size() / 2], times.front(), times.back(), processor[times.size() / 2]};
}

long peak_memory_kib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

using Syllables = std::vector<std::string>;

// Names and text share some syllables, as real ones do.
const Syllables& name_syllables() {
    static const Syllables kSyllables = {
        "ka",  "so",  "ra",   "chan", "vi",   "mon",  "rath", "keo",  "pi",  "tha", "lin",
        "bo",  "nu",  "phal", "meng", "srey", "wit",  "porn", "chai", "yut", "nak", "hla",
        "zaw", "min", "aung", "kyaw", "than", "lwin", "dul",  "fa",   "had", "nur"};
    return kSyllables;
}
const Syllables& text_syllables() {
    static const Syllables kSyllables = {"the",  "ri",   "an", "il",  "or",  "est",  "per", "con",
                                         "de",   "ter",  "al", "un",  "ing", "com",  "mit", "sta",
                                         "pro",  "ment", "ed", "ver", "mon", "so",   "min", "ra",
                                         "tion", "su",   "re", "ly",  "ble", "ance", "ci",  "ty"};
    return kSyllables;
}

std::string word(std::mt19937& random, const Syllables& syllables, std::size_t count) {
    std::string out;
    for (std::size_t i = 0; i < count; ++i) out += syllables[random() % syllables.size()];
    return out;
}

std::string capitalised(std::string text) {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

std::vector<std::string> make_names(std::size_t count) {
    std::mt19937 random(1);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < count; ++i) {
        names.push_back(capitalised(word(random, name_syllables(), 2 + random() % 2)) + " " +
                        capitalised(word(random, name_syllables(), 3 + random() % 2)));
    }
    return names;
}

// Sentences of a vocabulary of 40,000 words, one in twelve with a capital.
std::string make_text() {
    std::mt19937 random(2);
    std::vector<std::string> words;
    for (int i = 0; i < 40'000; ++i)
        words.push_back(word(random, text_syllables(), 1 + random() % 4));
    std::string text;
    while (text.size() < kTextSize) {
        // The commonest words make up most of a text.
        const std::size_t bound = random() % 3 == 0 ? words.size() : 400;
        const std::string& next = words[random() % bound];
        text += random() % 12 == 0 ? capitalised(next) : next;
        text += random() % 15 == 0 ? ".\n" : " ";
    }
    return text;
}

void report(const std::string& what, const Timing& timing) {
    std::printf("  %-44s %8.1f ms  [%.1f..%.1f]  processor %.1f ms\n", what.c_str(), timing.median,
                timing.fastest, timing.slowest, timing.processor);
}

void compare(const std::string& text, std::size_t count, const std::filesystem::path& directory) {
    const std::vector<std::string> names = make_names(count);
    std::vector<Person> persons;
    std::ofstream list(directory / "names");
    for (std::size_t i = 0; i < names.size(); ++i) {
        Person person;
        person.code = "P-" + std::to_string(i);
        person.protection = Protection::protected_;
        person.names.push_back({names[i], "legal", "en"});
        persons.push_back(person);
        list << names[i] << '\n';
    }
    list.close();

    std::fflush(stdout);
    std::printf("%zu names in %.0f MB\n", count, static_cast<double>(text.size()) / 1e6);
    std::size_t found = 0;
    const Timing build = milliseconds_of([&] { const LeakScan scan(persons, {}); });
    std::optional<LeakScan> ready;
    const Timing scanning =
        milliseconds_of([&] { found = ready->scan_text(text, "text").size(); },
                        [&] { ready.emplace(persons, std::vector<std::string>()); });
    ready.reset();
    const Timing whole = milliseconds_of([&] {
        LeakScan scan(persons, {});
        found = scan.scan_text(text, "text").size();
    });
    report("custos: preparation", build);
    report("custos: scan, all forms", scanning);
    report("custos: preparation and scan, all forms", whole);
    const std::string command = "LC_ALL=C.UTF-8 grep -c -i -F -f '" +
                                (directory / "names").string() + "' '" +
                                (directory / "text").string() + "' >/dev/null";
    const Timing grep = milliseconds_of([&] { static_cast<void>(std::system(command.c_str())); });
    report("grep -i -F -f", grep);
    std::printf("  custos / grep: %.3f wall, %.3f processor (%zu findings; peak memory %.0f MB)\n",
                whole.median / grep.median, whole.processor / grep.processor, found,
                static_cast<double>(peak_memory_kib()) / 1024);
}

}  // namespace

int main() {
    const auto directory = std::filesystem::temp_directory_path() / "custos-bench-leak-scan";
    std::filesystem::create_directory(directory);
    const std::string text = make_text();
    std::ofstream(directory / "text") << text;
    for (const std::size_t count : {1'000u, 10'000u, 100'000u}) compare(text, count, directory);
    std::filesystem::remove_all(directory);
    return 0;
}
