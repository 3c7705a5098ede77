// SPDX-License-Identifier: GPL-3.0-or-later
// How fast age files are sealed and opened: per file, and per byte beside the age program.
// Medians of repetitions, with the fastest and the slowest.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "crypto/age/age.h"
#include "crypto/encoding.h"
#include "crypto/random.h"

using namespace custos;
using namespace custos::crypto;
using namespace custos::crypto::age;

namespace {

struct Timing {
    double median = 0;
    double fastest = 0;
    double slowest = 0;
};

enum class Clock { wall, cpu };  // cpu: of the whole process

double now(Clock clock) {
    if (clock == Clock::cpu) return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double>(since).count();
}

// Seconds. One more run comes first and does not count.
Timing time_of(int repetitions, const std::function<void()>& work, Clock clock = Clock::wall) {
    std::vector<double> seconds;
    work();
    for (int i = 0; i < repetitions; ++i) {
        const double start = now(clock);
        work();
        seconds.push_back(now(clock) - start);
    }
    std::sort(seconds.begin(), seconds.end());
    return {seconds[seconds.size() / 2], seconds.front(), seconds.back()};
}

// One thread's work on kFiles files, in CPU time: what else runs on the machine counts for less.
constexpr int kFiles = 500;

Timing time_of_files(const std::function<void()>& work) {
    return time_of(
        9,
        [&] {
            for (int i = 0; i < kFiles; ++i) work();
        },
        Clock::cpu);
}

// ---- per file
// ------------------------------------------------------------------------------------

void print_per_file(const std::string& what, const Timing& timing) {
    constexpr double us = 1e6 / kFiles;
    std::printf("  %-58s %7.1f us  [%.1f..%.1f]\n", what.c_str(), timing.median * us,
                timing.fastest * us, timing.slowest * us);
}

void bench_kind(const std::string& name, KeyKind kind) {
    print_per_file(
        name + ": a new identity, its text, a header sealed to it", time_of_files([&] {
            const auto seed = BriefSeed::random();
            BriefSecret<struct TextKind, 128> text;
            write_identity_text(kind, seed.reveal(), text.reveal().first(identity_text_size(kind)));
            static_cast<void>(seal_header(std::vector{recipient_of(kind, seed.reveal())}));
        }));

    const Identity identity = Identity::random(kind);
    const auto recipients = std::vector{identity.recipient()};
    print_per_file(name + ": a header sealed to a recipient there is",
                   time_of_files([&] { static_cast<void>(seal_header(recipients)); }));

    const Bytes header = seal_header(recipients).bytes;
    const SecretBytes text = identity.text();
    print_per_file(name + ": an identity parsed, a header read and opened", time_of_files([&] {
                       std::vector<Identity> own;
                       own.push_back(Identity::parse(text.reveal()).value());
                       static_cast<void>(open_header(read_header(header).header, own));
                   }));
    std::printf("  %-58s %7zu bytes\n", (name + ": the header").c_str(), header.size());
}

void bench_short_passphrase() {
    const SecretBytes passphrase(random_bytes(32));
    print_per_file("random 256-bit passphrase, scrypt N = 2: a header sealed",
                   time_of_files([&] { static_cast<void>(seal_header(passphrase, 1)); }));
}

// ---- per byte
// ------------------------------------------------------------------------------------

constexpr std::size_t kBytes = std::size_t{512} * 1024 * 1024;
constexpr std::size_t kChunks = kBytes / kChunkSize;

// The memory that the chunks are read from and written to: more than a cache, less than the file.
constexpr std::size_t kWindow = 512;

void print_per_byte(const std::string& what, const Timing& timing, double reference) {
    std::printf("  %-58s %6.2f GB/s  %.3f s [%.3f..%.3f]", what.c_str(),
                static_cast<double>(kBytes) / timing.median / 1e9, timing.median, timing.fastest,
                timing.slowest);
    if (reference > 0) std::printf("  %.2fx age", timing.median / reference);
    std::printf("\n");
}

// Runs `work(worker, first, last)` over all chunks in `workers` threads.
void in_threads(std::size_t workers,
                const std::function<void(std::size_t, std::uint64_t, std::uint64_t)>& work) {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < workers; ++i) {
        threads.emplace_back(work, i, kChunks * i / workers, kChunks * (i + 1) / workers);
    }
    for (auto& thread : threads) thread.join();
}

struct Windows {
    std::vector<Bytes> plain;
    std::vector<Bytes> sealed;
};

void bench_chunks(double age_seals, double age_opens) {
    const auto key = PayloadKey::random();
    for (const std::size_t workers : {std::size_t{1}, std::size_t{2}}) {
        Windows windows;
        for (std::size_t i = 0; i < workers; ++i) {
            windows.plain.push_back(random_bytes(kWindow * kChunkSize));
            windows.sealed.push_back(Bytes(kWindow * kSealedChunkSize));
        }
        const std::string with = " with " + std::to_string(workers) + " worker(s)";
        const auto sealing = time_of(5, [&] {
            in_threads(workers, [&](std::size_t worker, std::uint64_t first, std::uint64_t last) {
                ChunkCipher cipher(key);
                for (std::uint64_t i = first; i < last; ++i) {
                    const std::size_t at = (i - first) % kWindow;
                    cipher.seal(
                        i, Last::no,
                        ByteView(windows.plain[worker]).subspan(at * kChunkSize, kChunkSize),
                        MutableByteView(windows.sealed[worker])
                            .subspan(at * kSealedChunkSize, kSealedChunkSize));
                }
            });
        });
        print_per_byte("seal 512 MiB in memory" + with, sealing, age_seals);

        bool all_opened = true;
        const auto opening = time_of(5, [&] {
            in_threads(workers, [&](std::size_t worker, std::uint64_t first, std::uint64_t last) {
                ChunkCipher cipher(key);
                Bytes plain(kChunkSize);
                // The last window that was sealed, again and again: its chunks keep their numbers.
                const std::uint64_t base = last - kWindow;
                for (std::uint64_t i = first; i < last; ++i) {
                    const std::uint64_t number = base + (i - first) % kWindow;
                    const std::size_t at = (number - first) % kWindow;
                    if (!cipher.open(number, Last::no,
                                     ByteView(windows.sealed[worker])
                                         .subspan(at * kSealedChunkSize, kSealedChunkSize),
                                     plain)) {
                        all_opened = false;
                    }
                }
            });
        });
        print_per_byte("open 512 MiB in memory" + with, opening, age_opens);
        if (!all_opened) std::printf("  A CHUNK DID NOT OPEN\n");
    }
}

bool run(const std::string& command) { return std::system(command.c_str()) == 0; }

// The age program on the same number of bytes, from a file in memory to nowhere.
std::pair<double, double> bench_age_program() {
    namespace fs = std::filesystem;
    if (!run("age --version >/dev/null 2>&1")) {
        std::printf("  no age program here: no comparison\n");
        return {0, 0};
    }
    const fs::path base = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    const fs::path folder = base / ("custos-bench-" + hex(random_bytes(8)));
    fs::create_directory(folder);
    const auto identity = Identity::random(KeyKind::x25519);
    const std::string plain = (folder / "plain").string();
    const std::string sealed = (folder / "sealed").string();
    const std::string key = (folder / "key").string();
    {
        std::ofstream out(plain, std::ios::binary);
        const std::string part = to_string(random_bytes(1024 * 1024));
        for (std::size_t i = 0; i < kBytes / part.size(); ++i) out << part;
        std::ofstream(key) << text_of(identity.text().reveal()) << "\n";
    }
    const std::string seal = "age -e -r " + identity.recipient().text();
    bool worked = run(seal + " -o " + sealed + " " + plain);
    const auto sealing = time_of(5, [&] { worked &= run(seal + " <" + plain + " >/dev/null"); });
    const auto opening =
        time_of(5, [&] { worked &= run("age -d -i " + key + " <" + sealed + " >/dev/null"); });
    fs::remove_all(folder);
    if (!worked) {
        std::printf("  the age program failed: no comparison\n");
        return {0, 0};
    }
    print_per_byte("age -e, 512 MiB from a file to nowhere", sealing, 0);
    print_per_byte("age -d, 512 MiB from a file to nowhere", opening, 0);
    return {sealing.median, opening.median};
}

}  // namespace

int main() {
    start_crypto();
    std::printf("Per file (CPU time of %d files, 9 repetitions):\n", kFiles);
    bench_kind("post-quantum", KeyKind::post_quantum);
    bench_kind("X25519", KeyKind::x25519);
    bench_short_passphrase();
    std::printf("Per byte (512 MiB, 5 repetitions):\n");
    static_cast<void>(run("printf '  age: '; age --version 2>&1 | head -n 1"));
    const auto [age_seals, age_opens] = bench_age_program();
    bench_chunks(age_seals, age_opens);
    return 0;
}
