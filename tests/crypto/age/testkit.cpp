// SPDX-License-Identifier: GPL-3.0-or-later
#include "testkit.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string_view>

#include <catch2/catch_test_macros.hpp>
#include <zlib.h>

#include "crypto/encoding.h"
#include "tests/crypto/vectors.h"

namespace custos::test {
namespace {

namespace fs = std::filesystem;
using crypto::age::FileKey;
using crypto::age::Identity;

constexpr std::size_t kInflatedMax = std::size_t{64} * 1024 * 1024;

Bytes inflate_all(ByteView compressed) {
    for (std::size_t room = 1024 * 1024; room <= kInflatedMax; room *= 2) {
        Bytes out(room);
        uLongf size = out.size();
        const int result = uncompress(out.data(), &size, compressed.data(), compressed.size());
        out.resize(size);
        if (result == Z_OK) return out;
        if (result != Z_BUF_ERROR) break;
    }
    throw std::runtime_error("a vector does not inflate");
}

void set_field(AgeVector& vector, std::string_view key, const std::string& value,
               bool& is_compressed) {
    if (key == "expect") {
        vector.expect = value;
    } else if (key == "payload") {
        vector.payload_hash = value;
    } else if (key == "file key") {
        // The vectors with a file key of another size never get as far as using it.
        const Bytes bytes = crypto::from_hex(value).value();
        if (bytes.size() == FileKey::kSize) {
            vector.file_key = FileKey(ByteView(bytes).first<FileKey::kSize>());
        }
    } else if (key == "identity") {
        vector.identities.push_back(Identity::parse(bytes_of(value)).value());
    } else if (key == "passphrase") {
        vector.passphrases.emplace_back(bytes_of(value));
    } else if (key == "armored") {
        vector.is_armored = value == "yes";
    } else if (key == "compressed") {
        is_compressed = value == "zlib";
    } else if (key != "comment") {
        throw std::runtime_error("a vector has an unknown key: " + std::string(key));
    }
}

// "key: value" lines, an empty line, the file.
AgeVector parse_vector(const std::string& name, const Bytes& bytes) {
    AgeVector vector;
    vector.name = name;
    bool is_compressed = false;
    std::string_view rest = text_of(bytes);
    for (;;) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        if (line.empty()) break;
        const std::size_t colon = line.find(": ");
        set_field(vector, line.substr(0, colon), std::string(line.substr(colon + 2)),
                  is_compressed);
    }
    vector.file = is_compressed ? inflate_all(bytes_of(rest)) : to_bytes(bytes_of(rest));
    return vector;
}

std::vector<AgeVector> load_or_skip() {
    const char* const given = std::getenv("CUSTOS_NPM");  // NOLINT(concurrency-mt-unsafe)
    const fs::path npm =
        given != nullptr ? fs::path(given) : fs::path(CUSTOS_SOURCE_DIR) / ".deps/npm";
    const fs::path module = npm / "node_modules/cctv-age/index.js";
    if (!fs::exists(module)) {
        SKIP(
            "no npm package cctv-age here: ./dev test brings it, or set CUSTOS_NPM to the folder "
            "with node_modules that has it");
    }

    // Each vector: // ../testdata/NAME, then: var NAME_default = __toBinary("BASE64");
    const std::string text = read_text(module.string());
    const std::string mark = "// ../testdata/";
    std::vector<AgeVector> vectors;
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
        at += mark.size();
        const std::string name = text.substr(at, text.find('\n', at) - at);
        const std::size_t start = text.find('"', at) + 1;
        const std::size_t end = text.find('"', start);
        vectors.push_back(
            parse_vector(name, crypto::from_base64(text.substr(start, end - start)).value()));
    }
    return vectors;
}

}  // namespace

const std::vector<AgeVector>& age_vectors_or_skip() {
    static const std::vector<AgeVector> vectors = load_or_skip();
    return vectors;
}

}  // namespace custos::test
