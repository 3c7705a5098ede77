// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/register.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "sample.h"
#include "vault/publish/key_history.h"
#include "vault/publish/verify.h"

namespace custos::vault::publish {
namespace {

namespace minisign = crypto::minisign;

minisign::PublicKey key(std::uint8_t seed) {
    return minisign::public_key_of(test::sample_key(seed));
}

RegisterLine line(std::uint64_t number, const std::string& index, std::string_view package) {
    RegisterLine out;
    out.number = number;
    out.index = index;
    out.date = "2019-12-27";
    out.package = crypto::hex(crypto::sha256(bytes_of(package)).view());
    out.title = "Title <b>";
    out.language = "en";
    return out;
}

RegisterLine retraction(std::uint64_t number, const RegisterLine& of) {
    RegisterLine out = of;
    out.number = number;
    out.is_retraction = true;
    out.reason = "a date was wrong";
    out.title.clear();
    out.language.clear();
    return out;
}

Register register_of(std::vector<RegisterLine> lines) {
    return {"2020-01-01T00:00:00.000Z", minisign::public_key_line(key(7)), std::move(lines), {}};
}

std::optional<Register> read_back(const Register& it) {
    return read_register(bytes_of(write_register(it)));
}

crypto::Digest digest(std::string_view package) { return crypto::sha256(bytes_of(package)); }

}  // namespace

TEST_CASE("a register is read back as it was written", "[publish][register]") {
    Register it = register_of({line(1, "KEP 1", "a"), line(2, "KEP 2", "b")});
    it.lines[1].replaces = "KEP 1";
    it.lines.push_back(retraction(3, it.lines[1]));
    it.keys.rotations.push_back(sign_rotation(test::sample_key(1), test::sample_key(2), "2020"));
    const auto read = read_back(it);
    REQUIRE(read);
    CHECK(read->lines == it.lines);
    CHECK(read->as_of == it.as_of);
    CHECK(read->keys.rotations == it.keys.rotations);
    CHECK(render_register(it).find("Title &lt;b&gt;") != std::string::npos);
    CHECK(render_register(it).find("<b>") == std::string::npos);
}

TEST_CASE("a register that misses a number, or is over a limit, is none", "[publish][register]") {
    CHECK(read_back(register_of({})));
    CHECK_FALSE(read_back(register_of({line(2, "KEP 2", "b")})));
    CHECK_FALSE(read_back(register_of({line(1, "KEP 1", "a"), line(3, "KEP 3", "b")})));
    CHECK_FALSE(read_back(register_of({line(1, "KEP 1", "a"), line(1, "KEP 1", "a")})));
    RegisterLine bad = line(1, "KEP 1", "a");
    bad.package = "abc";
    CHECK_FALSE(read_back(register_of({bad})));
    RegisterLine long_one = line(1, std::string(4096, 'i'), "a");
    CHECK(read_back(register_of({long_one})));
    long_one.index += 'i';
    CHECK_FALSE(read_back(register_of({long_one})));

    std::vector<RegisterLine> many;
    for (std::uint64_t i = 1; i <= kRegisterLinesMax; ++i) many.push_back(line(i, "KEP", "a"));
    CHECK(read_back(register_of(many)));
    many.push_back(line(kRegisterLinesMax + 1, "KEP", "a"));
    CHECK_FALSE(read_back(register_of(many)));
    CHECK_FALSE(read_register(
        bytes_of(write_register(register_of({})) + std::string(kRegisterSizeMax, ' '))));
    CHECK_FALSE(read_register(bytes_of("{}")));
    CHECK_FALSE(read_register(bytes_of("no JSON")));
}

TEST_CASE("a register says what became of each package", "[publish][register]") {
    Register it = register_of({line(1, "KEP 1", "a"), line(2, "KEP 2", "b"), line(3, "KEP 3", "c"),
                               line(4, "KEP 1", "d")});
    CHECK_FALSE(standing_of(it, digest("z")).is_listed);
    CHECK(standing_of(it, digest("b")).is_listed);
    CHECK_FALSE(standing_of(it, digest("b")).newer);
    CHECK(standing_of(it, digest("a")).newer->number == 4);  // again under its index
    it.lines[2].replaces = "KEP 2";
    CHECK(standing_of(it, digest("b")).newer->index == "KEP 3");
    it.lines.push_back(line(5, "KEP 5", "e"));
    it.lines.back().replaces = "KEP 3";
    CHECK(standing_of(it, digest("b")).newer->index == "KEP 5");  // the newest of a chain
    CHECK_FALSE(standing_of(it, digest("c")).retraction);
    it.lines.push_back(retraction(6, it.lines[2]));
    CHECK(standing_of(it, digest("c")).retraction->reason == "a date was wrong");
    CHECK_FALSE(standing_of(it, digest("b")).retraction);

    // What was replaced is not in force again when its replacement is withdrawn.
    it.lines.push_back(retraction(7, it.lines[4]));
    for (const char* package : {"b", "e"}) {
        CHECK(standing_of(it, digest(package)).retraction->number == 7);
        CHECK_FALSE(standing_of(it, digest(package)).newer);
    }
    CHECK(standing_of(it, digest("c")).retraction->number == 6);
    it.lines.push_back(line(8, "KEP 5", "f"));
    CHECK(standing_of(it, digest("b")).newer->number == 8);
    CHECK_FALSE(standing_of(it, digest("b")).retraction);
}

TEST_CASE("rotations and revocations are believed by whom they concern", "[publish][key_history]") {
    const std::string rotation = sign_rotation(test::sample_key(1), test::sample_key(2), "2020");
    REQUIRE(open_rotation(rotation));
    CHECK(open_rotation(rotation)->from == key(1));
    CHECK(open_rotation(rotation)->to == key(2));
    const std::string revocation = sign_revocation(test::sample_key(2), "2021", "stolen");
    REQUIRE(open_revocation(revocation));
    CHECK(open_revocation(revocation)->key == key(2));
    CHECK(open_revocation(revocation)->reason == "stolen");
    std::size_t noticed = 0;
    std::size_t tried = 0;
    for (const std::string& note : {rotation, revocation}) {
        for (std::size_t i = 0; i < note.size(); ++i) {
            std::string changed = note;
            changed[i] = static_cast<char>(changed[i] ^ 1);
            ++tried;
            if (!open_rotation(changed) && !open_revocation(changed)) ++noticed;
        }
    }
    CHECK(noticed == tried);
    // One signature of two is not enough, and one note is not the other.
    CHECK_FALSE(open_rotation(rotation.substr(0, rotation.rfind("\xE2\x80\x94"))));
    CHECK_FALSE(open_rotation(revocation));
    CHECK_FALSE(open_revocation(rotation));
}

TEST_CASE("keys are followed from one that is trusted, never from a revoked one",
          "[publish][key_history]") {
    const KeyHistory history = {{sign_rotation(test::sample_key(2), test::sample_key(3), "2021"),
                                 sign_rotation(test::sample_key(1), test::sample_key(2), "2020"),
                                 sign_rotation(test::sample_key(3), test::sample_key(1), "2022")},
                                {}};
    CHECK(follow_keys(key(1), history).keys == std::vector{key(1), key(2), key(3)});
    CHECK(follow_keys(key(9), history).keys == std::vector{key(9)});

    KeyHistory revoked = history;
    revoked.revocations.push_back(sign_revocation(test::sample_key(2), "2021", ""));
    const TrustedKeys trusted = follow_keys(key(1), revoked);
    CHECK(trusted.keys == std::vector{key(1), key(2)});
    CHECK(trusted.revocation_of(key(2)) != nullptr);
    CHECK(trusted.revocation_of(key(1)) == nullptr);
}

TEST_CASE("a key history is read within its limits", "[publish][key_history]") {
    const std::string note = sign_rotation(test::sample_key(1), test::sample_key(2), "2020");
    KeyHistory history{std::vector<std::string>(kKeyHistoryMax, note), {"no note"}};
    const auto read = read_key_history(bytes_of(write_key_history(history)));
    REQUIRE(read);
    CHECK(read->rotations == history.rotations);
    CHECK(follow_keys(key(1), *read).keys.size() == 2);
    history.rotations.push_back(note);
    CHECK_FALSE(read_key_history(bytes_of(write_key_history(history))));
    CHECK_FALSE(
        read_key_history(bytes_of(write_key_history({}) + std::string(kKeyHistorySizeMax, ' '))));
    CHECK_FALSE(read_key_history(bytes_of("{}")));
}

TEST_CASE("verify follows rotated keys and refuses revoked ones", "[publish][verify]") {
    // The sample's key history leads from key 100 to key 7.
    const Files package = test::sample_package();
    const MemoryReader reader(package);
    const auto verified = [&](const Knowledge& known) { return verify_package(reader, known); };
    CHECK(verified({key(100), {}, {}}).result == Result::authentic);
    CHECK(verified({key(100), {}, {}}).key == key(7));
    CHECK(verified({key(101), {}, {}}).result == Result::altered);

    KeyHistory revoked;
    revoked.revocations.push_back(sign_revocation(test::sample_key(7), "2020", "stolen"));
    CHECK(verified({key(7), revoked, {}}).result == Result::revoked);
    CHECK(verified({key(100), revoked, {}}).result == Result::revoked);
    CHECK(verified({std::nullopt, revoked, {}}).result == Result::revoked);
    revoked.revocations = {sign_revocation(test::sample_key(100), "2020", "stolen")};
    CHECK(verified({key(7), revoked, {}}).result == Result::authentic);
    CHECK(verified({key(100), revoked, {}}).result == Result::altered);
}

TEST_CASE("verify says what the register knows of a package", "[publish][verify]") {
    const Files package = test::sample_package();
    const MemoryReader reader(package);
    RegisterLine listed = line(1, "KEP 23/0117/2019", "");
    listed.package = crypto::hex(package_digest(package).view());
    const auto verified = [&](const Register& it) {
        return verify_package(reader, Knowledge{key(7), {}, it});
    };
    CHECK(verified(register_of({listed})).result == Result::authentic);
    CHECK(verified(register_of({listed})).listed == true);
    CHECK(verified(register_of({listed, retraction(2, listed)})).result == Result::retracted);
    CHECK(verified(register_of({listed, line(2, "KEP 23/0117/2019", "b")})).newer->number == 2);

    // Without a key of the reader's own, only the package's publisher may say so.
    const auto unknown = [&](const Register& it) {
        return verify_package(reader, Knowledge{std::nullopt, {}, it}).result;
    };
    Register theirs = register_of({listed, retraction(2, listed)});
    CHECK(unknown(theirs) == Result::retracted);
    theirs.public_key = minisign::public_key_line(key(8));
    CHECK(unknown(theirs) == Result::altered);

    // One that should know it and does not; one that is older.
    CHECK(verified(register_of({line(1, "KEP 1", "a")})).result == Result::altered);
    Register older = register_of({line(1, "KEP 1", "a")});
    older.as_of = "2019-12-01T00:00:00.000Z";
    CHECK(verified(older).result == Result::authentic);
    CHECK(verified(older).listed == false);
}

}  // namespace custos::vault::publish
