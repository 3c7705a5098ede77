// SPDX-License-Identifier: GPL-3.0-or-later
// A large file of a publication, signed and verified as a package does it, beside minisign with a
// key without password. The same file, made here; medians of repetitions, fastest and slowest.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <sys/resource.h>

#include "crypto/encoding.h"
#include "crypto/random.h"
#include "crypto/secret.h"
#include "vault/os/file.h"
#include "vault/publish/verify.h"

namespace {

using custos::Bytes;
using custos::ByteView;
using custos::vault::Path;
namespace crypto = custos::crypto;
namespace minisign = custos::crypto::minisign;
namespace publish = custos::vault::publish;

constexpr std::uint64_t kFileSize = std::uint64_t{1} << 30;
constexpr int kRepetitions = 5;
constexpr const char* kName = "recording.bin";

struct Timing {
    double median = 0, fastest = 0, slowest = 0;
    double processor = 0;  // of all threads and children, the median
};

double seconds(const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

double processor_seconds() {
    double sum = 0;
    for (const auto whose : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
        rusage usage{};
        getrusage(whose, &usage);
        sum += seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    return sum;
}

Timing seconds_of(const std::function<void()>& work) {
    std::vector<double> times;
    std::vector<double> processor;
    work();
    for (int i = 0; i < kRepetitions; ++i) {
        const auto start = std::chrono::steady_clock::now();
        const double before = processor_seconds();
        work();
        processor.push_back(processor_seconds() - before);
        times.push_back(
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    std::sort(processor.begin(), processor.end());
    return {times[times.size() / 2], times.front(), times.back(), processor[processor.size() / 2]};
}

void print(const char* what, const Timing& ours, const Timing& theirs) {
    std::printf("  %-26s %6.3f s (%.3f to %.3f)   minisign %6.3f s (%.3f to %.3f)   %.2fx\n", what,
                ours.median, ours.fastest, ours.slowest, theirs.median, theirs.fastest,
                theirs.slowest, ours.median / theirs.median);
    std::printf("  %-26s %6.3f s %19s minisign %6.3f s %19s %.2fx\n", "  time of processors",
                ours.processor, "", theirs.processor, "", ours.processor / theirs.processor);
}

void run(const std::string& command) {
    if (std::system(command.c_str()) == 0) return;  // NOLINT(concurrency-mt-unsafe)
    std::fprintf(stderr, "bench_publication: this failed: %s\n", command.c_str());
    std::exit(1);  // NOLINT(concurrency-mt-unsafe)
}

void make_file(const Path& path) {
    const Bytes block = crypto::random_bytes(4u << 20);
    custos::vault::File file = custos::vault::File::create(path);
    for (std::uint64_t at = 0; at < kFileSize; at += block.size()) file.write(block);
}

// As the package does: the file's digests, its signature, and the manifest that names it.
publish::Manifest sign(const Path& folder, const minisign::SecretKey& key) {
    const auto facts = publish::facts_of_file(folder / kName);
    publish::Manifest manifest;
    manifest.index = "BENCH 1";
    manifest.date = "2019-12-27";
    manifest.public_key = minisign::public_key_line(minisign::public_key_of(key));
    const std::string suffix = publish::kSignatureSuffix;
    const auto write = [&](const std::string& name, const std::string& text) {
        custos::vault::write_file_atomically(folder / name, custos::bytes_of(text));
        manifest.files.push_back({name, text.size(), crypto::sha256(custos::bytes_of(text))});
    };
    manifest.files.push_back({kName, facts.size, facts.sha256});
    write(kName + suffix, minisign::sign(key, facts.hash, publish::trusted_comment(manifest, kName),
                                         publish::kUntrustedComment));
    const std::string text = publish::write_manifest(manifest);
    write(publish::kManifestFile, text);
    const auto hash = crypto::Blake2b512().update(custos::bytes_of(text)).finish();
    write(publish::kManifestFile + suffix,
          minisign::sign(key, hash, publish::trusted_comment(manifest, publish::kManifestFile),
                         publish::kUntrustedComment));
    return manifest;
}

}  // namespace

int main() {
    custos::start_crypto();
    const Path folder = std::filesystem::temp_directory_path() /
                        ("custos-bench-" + crypto::hex(crypto::random_bytes(8)));
    const Path theirs = folder.string() + "-minisign";
    std::filesystem::create_directories(folder);
    std::filesystem::create_directories(theirs);
    const auto key = minisign::secret_key_of(crypto::SigningSeed::random());
    make_file(folder / kName);
    std::printf("sign and verify a publication's file of 1 GiB, beside minisign\n");
    const std::string in = "cd '" + theirs.string() + "' && ";
    const std::string file = "'" + (folder / kName).string() + "'";
    if (std::system("minisign -v >/dev/null 2>&1") != 0) {  // NOLINT(concurrency-mt-unsafe)
        std::printf("  minisign is not here\n");
    } else {
        run(in + "minisign -v && minisign -G -W -p m.pub -s m.key >/dev/null");
        const Timing signing = seconds_of([&] { static_cast<void>(sign(folder, key)); });
        print("sign", signing,
              seconds_of([&] { run(in + "minisign -S -s m.key -x m.sig -m " + file); }));
        const auto known = minisign::public_key_of(key);
        const Timing verifying = seconds_of([&] {
            const auto result = publish::verify_path(folder, publish::Knowledge{known, {}, {}});
            if (result.result != publish::Result::authentic) run("false");
        });
        print("verify, both its digests", verifying,
              seconds_of([&] { run(in + "minisign -V -q -p m.pub -x m.sig -m " + file); }));
    }
    std::filesystem::remove_all(folder);
    std::filesystem::remove_all(theirs);
    return 0;
}
