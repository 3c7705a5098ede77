// SPDX-License-Identifier: GPL-3.0-or-later
// Records beside plain SQLite: import, search, lists and timeline. The data is invented here: words
// by Zipf's law, a fifth of the testimonies in Thai or Khmer. There are two peers, both the same
// SQLCipher library without a key and with its default settings. "same schema" stores the rows of
// the vault in the vault's tables (same_schema.h). "plain" has one table with the same bodies, and
// FTS5 over the same titles and texts with its default tokenizer, which finds less in Thai and
// Khmer. Neither parses nor checks, hashes or signs.
//
//     bench_records [RECORDS] [ROUNDS]        20,000 records, 3 rounds; 1,000,000 takes ten minutes
//
// Medians, with the fastest and the slowest; ratio: A's time through the peer's.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sqlite3.h>

#include "crypto/secret.h"
#include "tests/bench/same_schema.h"
#include "tests/vault/open_vault.h"
#include "vault/exchange/import.h"
#include "vault/records/describe.h"
#include "vault/records/store.h"
#include "vault/records/timeline.h"

namespace {

using namespace custos::vault;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kWords = 120;  // of a testimony

// ---- data --------------------------------------------------------------------------------------

class Words {
public:
    explicit Words(std::size_t count) {
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            sum += 1.0 / static_cast<double>(i + 2);
            upto_.push_back(sum);
            latin_.push_back(
                word({"ka", "so", "ra", "vi", "mon", "ter", "pa", "li", "du", "en"}, 2));
            thai_.push_back(word({"กา", "มา", "ที่", "คน", "เห", "รถ", "บ้าน", "ตำ", "จับ", "ไป"}, 2));
            khmer_.push_back(
                word({"ផ្ទះ", "គេ", "មក", "យប់", "ដុត", "រថ", "យន្ត", "ប៉ូ", "លិស", "ភូមិ"}, 2));
        }
    }

    std::string text(int script) {
        const auto& words = script == 0 ? latin_ : script == 1 ? thai_ : khmer_;
        std::string out;
        for (std::size_t i = 0; i < kWords; ++i) {
            out += words[zipf()];
            if (script == 0 || i % 12 == 11) out += ' ';
        }
        return out;
    }
    std::size_t below(std::size_t bound) { return random_() % bound; }
    const std::string& latin(std::size_t rank) const { return latin_[rank]; }

private:
    std::size_t zipf() {
        const double at = std::uniform_real_distribution<double>(0, upto_.back())(random_);
        return static_cast<std::size_t>(std::lower_bound(upto_.begin(), upto_.end(), at) -
                                        upto_.begin());
    }
    std::string word(const std::vector<std::string>& syllables, std::size_t least) {
        std::string out;
        for (std::size_t i = least + random_() % 3; i > 0; --i)
            out += syllables[random_() % syllables.size()];
        return out;
    }

    std::mt19937 random_{7};
    std::vector<double> upto_;
    std::vector<std::string> latin_, thai_, khmer_;
};

void write_testimonies(Words& words, std::size_t count, const std::string& file) {
    std::ofstream out(file);
    char date[16];
    for (std::size_t i = 0; i < count; ++i) {
        const int script = i % 10 == 3 ? 1 : i % 10 == 7 ? 2 : 0;
        std::snprintf(date, sizeof date, "%04zu-%02zu-%02zu", 2010 + words.below(10),
                      1 + words.below(12), 1 + words.below(28));
        const json fields = {{"given", date},
                             {"language", script == 0   ? "en"
                                          : script == 1 ? "th"
                                                        : "km"},
                             {"interviewer", "team " + std::to_string(words.below(40))},
                             {"protection", words.below(5) == 0 ? "P3" : "P2"},
                             {"paragraphs",
                              {{{"text", words.text(script)},
                                {"basis", words.below(3) == 0 ? "hearsay" : "own_knowledge"}}}}};
        out << json({{"kind", "testimony"}, {"fields", fields}}).dump() << '\n';
    }
}

// ---- measuring ---------------------------------------------------------------------------------

double milliseconds(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double cpu_ms() { return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }
double cpu_ms_of_this_thread() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1000.0 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
}

// The most memory since reset_peak(), in MiB.
void reset_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }
double peak() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
    }
    return 0;
}

struct Times {
    std::vector<double> all;
    void add(double time) { all.push_back(time); }
    double median() {
        std::sort(all.begin(), all.end());
        return all[all.size() / 2];
    }
    std::string text() {
        const double middle = median();
        char out[80];
        std::snprintf(out, sizeof out, "%10.2f ms [%.2f..%.2f]", middle, all.front(), all.back());
        return out;
    }
};

void compare(const char* what, Times ours, Times peer, const char* name = "plain") {
    std::printf("%-34s custos %s   %s %s   ratio %.2f\n", what, ours.text().c_str(), name,
                peer.text().c_str(), ours.median() / peer.median());
    std::fflush(stdout);
}

// ---- the peer ----------------------------------------------------------------------------------

void must(int code, sqlite3* handle) {
    if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
    std::fprintf(stderr, "sqlite: %s\n", sqlite3_errmsg(handle));
    std::exit(1);
}

struct PlainRow {
    std::string body, title, text;
};

class Plain {
public:
    explicit Plain(const std::string& file) {
        must(sqlite3_open(file.c_str(), &handle_), handle_);
        run("CREATE TABLE testimony (id INTEGER PRIMARY KEY, body TEXT NOT NULL);"
            "CREATE VIRTUAL TABLE words USING fts5(title, text, content='')");
    }
    Plain(const Plain&) = delete;
    Plain& operator=(const Plain&) = delete;
    ~Plain() { sqlite3_close(handle_); }

    void run(const char* sql) {
        must(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr), handle_);
    }

    void import(const std::function<bool(PlainRow&)>& next) {
        run("BEGIN");
        sqlite3_stmt* row = prepare("INSERT INTO testimony (id, body) VALUES (?, ?)");
        sqlite3_stmt* words = prepare("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)");
        PlainRow now;
        for (std::int64_t id = 1; next(now); ++id) {
            sqlite3_bind_int64(row, 1, id);
            bind(row, 2, now.body);
            sqlite3_bind_int64(words, 1, id);
            bind(words, 2, now.title);
            bind(words, 3, now.text);
            for (sqlite3_stmt* each : {row, words}) {
                must(sqlite3_step(each), handle_);
                sqlite3_reset(each);
            }
        }
        sqlite3_finalize(row);
        sqlite3_finalize(words);
        run("COMMIT");
    }

    // The best twenty with their bodies, and how many there are.
    std::size_t search(const std::string& match) {
        std::size_t total = 0;
        sqlite3_stmt* count = prepare("SELECT count(*) FROM words WHERE words MATCH ?");
        bind(count, 1, match);
        if (sqlite3_step(count) == SQLITE_ROW)
            total = static_cast<std::size_t>(sqlite3_column_int64(count, 0));
        sqlite3_finalize(count);
        sqlite3_stmt* best = prepare(
            "SELECT body FROM (SELECT rowid AS row FROM words WHERE words MATCH ? "
            "ORDER BY bm25(words, 4.0, 1.0) LIMIT 20) JOIN testimony ON id = row");
        bind(best, 1, match);
        while (sqlite3_step(best) == SQLITE_ROW) (void)sqlite3_column_text(best, 0);
        sqlite3_finalize(best);
        return total;
    }

private:
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        must(sqlite3_prepare_v2(handle_, sql, -1, &statement, nullptr), handle_);
        return statement;
    }
    static void bind(sqlite3_stmt* statement, int place, const std::string& text) {
        sqlite3_bind_text(statement, place, text.data(), static_cast<int>(text.size()),
                          SQLITE_STATIC);
    }
    sqlite3* handle_ = nullptr;
};

// ---- what is measured --------------------------------------------------------------------------

void import_into(Vault& vault, const std::string& file) {
    const auto source = jsonl_records(Source(File::open(file)));
    const ImportCount count = import_records(
        vault, *source, {}, [](const Prepared&) {}, [](std::uint64_t) {});
    if (!count.stored) std::exit(1);
}

void import_plain(Plain& plain, const std::string& file) {
    // What the peer stores is made beforehand, thousand by thousand; only storing is timed by the
    // caller, who takes the time of making it off.
    std::ifstream in(file);
    std::string line;
    plain.import([&](PlainRow& row) {
        if (!std::getline(in, line)) return false;
        const std::size_t text = line.find("\"text\":\"");
        const std::size_t end = line.find('"', text + 8);
        row.body = line;
        row.text.assign(line, text + 8, end - text - 8);
        row.title.assign(row.text, 0, row.text.rfind(' ', 80) + 1);  // whole words
        return true;
    });
}

struct Made {
    ScratchDirectory scratch;
    std::string data = (scratch.path / "data.jsonl").string();
};

void measure_searches(const Vault& vault, Plain& plain, Words& words, int rounds) {
    const std::string common = words.latin(3);
    const std::string usual = words.latin(60);
    const std::string rare = words.latin(900);
    const std::vector<std::pair<const char*, std::string>> searches = {
        {"search: one term, common", common},
        {"search: one term, usual", usual},
        {"search: AND", usual + " AND " + rare},
        {"search: phrase", "\"" + common + " " + usual + "\""},
        {"search: prefix", usual.substr(0, 6) + "*"},
    };
    for (const auto& [what, text] : searches) {
        Times ours;
        Times peer;
        std::size_t found = 0;
        std::size_t expected = 0;
        for (int i = 0; i < 5 * rounds + 1; ++i) {
            RecordSearch search;
            search.text = text;
            const double our_time =
                milliseconds([&] { found = search_records(vault, search).total; });
            const double peer_time = milliseconds([&] { expected = plain.search(text); });
            if (i == 0) continue;  // warms both
            ours.add(our_time);
            peer.add(peer_time);
        }
        compare(what, ours, peer);
        std::printf("%36s%zu and %zu hits\n", "", found, expected);
    }
}

void measure_lists(const Vault& vault, int rounds) {
    const auto list = [&](const char* what, std::vector<std::string> where, const char* sort) {
        Times times;
        std::size_t total = 0;
        double first = 0;
        for (int i = 0; i < 5 * rounds + 1; ++i) {
            ListQuery query;
            query.kind = Kind::testimony;
            query.where = where;
            query.sort = sort;
            query.limit = 20;
            const double time = milliseconds([&] { total = list_records(vault, query).total; });
            if (i == 0) {
                first = time;
            } else {
                times.add(time);
            }
        }
        std::printf("%-34s custos %s   first %.2f ms   %zu records\n", what, times.text().c_str(),
                    first, total);
        std::fflush(stdout);
    };
    list("list: first page", {}, "");
    list("list: sorted by date", {}, "-date");
    list("list: sorted by a text", {}, "interviewer");
    list("list: newest change first", {}, "-updated");
    list("list: a term of most records", {"protection=P2"}, "");
    list("list: two terms, sorted", {"protection=P2", "language=km"}, "-given");
    list("list: one text of forty", {"interviewer=team 7"}, "");
    list("list: contains", {"interviewer~eam 3"}, "");
    list("list: a month", {"given=2015-06"}, "");
    list("list: before a day", {"given<2018-03-05"}, "interviewer");
    list("list: not", {"language!=en"}, "-created");

    Times times;
    std::size_t total = 0;
    for (int i = 0; i < 5 * rounds + 1; ++i) {
        TimelineQuery query;
        query.from = "2012-05";
        query.to = "2018";
        query.limit = 20;
        const double time = milliseconds([&] { total = timeline_of(vault, query).total; });
        if (i > 0) times.add(time);
    }
    std::printf("%-34s custos %s   %zu records\n", "timeline: six years, first page",
                times.text().c_str(), total);
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t records = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 20'000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
    custos::start_crypto();
    Made made;
    Words words(20'000);
    write_testimonies(words, records, made.data);
    std::printf("%zu testimonies of %zu words, %.1f MB of JSON lines; SQLite %s, one run\n",
                records, kWords, static_cast<double>(std::filesystem::file_size(made.data)) / 1e6,
                sqlite3_libversion());

    Times ours;
    Times peer;
    Times our_cpu;
    Times reading_cpu;  // the thread that reads and checks
    Times peer_cpu;
    Times same;
    Times same_cpu;
    std::optional<VaultFixture> fixture;
    std::optional<Vault> vault;
    std::optional<Plain> plain;
    double our_peak = 0;
    for (int round = 0; round < rounds; ++round) {
        vault.reset();
        fixture.emplace();
        vault.emplace(fixture->create());
        reset_peak();
        double cpu = cpu_ms();
        double reading = cpu_ms_of_this_thread();
        ours.add(milliseconds([&] { import_into(*vault, made.data); }));
        our_cpu.add(cpu_ms() - cpu);
        reading = cpu_ms_of_this_thread() - reading;
        reading_cpu.add(reading);
        our_peak = std::max(our_peak, peak());

        const std::string number = std::to_string(round);
        const std::string same_file = (made.scratch.path / ("same" + number + ".db")).string();
        const StoringTime storing = store_same_rows(*vault, same_file);
        same.add(storing.wall_ms);
        same_cpu.add(storing.cpu_ms);
        std::filesystem::remove(same_file);
        const std::string file = (made.scratch.path / ("plain" + number + ".db")).string();
        plain.emplace(file);
        cpu = cpu_ms();
        peer.add(milliseconds([&] { import_plain(*plain, made.data); }));
        peer_cpu.add(cpu_ms() - cpu);
    }
    compare("import", ours, same, "same schema");
    compare("import, CPU time", our_cpu, same_cpu, "same schema");
    compare("import", ours, peer);
    compare("import, CPU time", our_cpu, peer_cpu);
    std::printf(
        "%36s%.1f us a record, %.0f %% of the work reading and checking, beside the writing; "
        "at most %.0f MiB of memory\n",
        "", 1000 * ours.median() / static_cast<double>(records),
        100 * reading_cpu.median() / our_cpu.median(), our_peak);

    // As a new process finds it.
    vault.reset();
    const double open = milliseconds([&] { vault.emplace(fixture->open(Access::read)); });
    std::printf("%-34s custos %10.2f ms (with a key derivation that costs nothing)\n", "open",
                open);
    measure_lists(*vault, rounds);
    reset_peak();
    measure_searches(*vault, *plain, words, rounds);
    std::printf("%36ssearches: at most %.0f MiB of memory, both\n", "", peak());
    return 0;
}
