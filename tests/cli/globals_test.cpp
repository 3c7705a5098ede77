// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/globals.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/error.h"

using namespace custos;
using namespace custos::cli;

namespace {

CommandLine cut(const std::vector<std::string>& tokens) { return cut_command_line(tokens); }

}  // namespace

TEST_CASE("cut_command_line takes global options from anywhere", "[cli][globals]") {
    for (const std::vector<std::string>& tokens :
         std::vector<std::vector<std::string>>{{"--vault", "v", "--quiet", "help", "word"},
                                               {"help", "--vault=v", "word", "-q"},
                                               {"help", "word", "--quiet", "--vault", "v"}}) {
        const CommandLine line = cut(tokens);

        CHECK(line.command == find_command("help"));
        CHECK(line.given == std::vector<std::string>{"word"});
        CHECK(line.globals.vault == vault::Path("v"));
        CHECK(line.globals.quiet);
    }
}

TEST_CASE("cut_command_line leaves what stands behind -- alone", "[cli][globals]") {
    const CommandLine line = cut({"help", "--", "--quiet", "--vault"});

    CHECK_FALSE(line.globals.quiet);
    CHECK(line.given == std::vector<std::string>{"--", "--quiet", "--vault"});
}

TEST_CASE("cut_command_line knows the sources of passphrases", "[cli][globals]") {
    const CommandLine line = cut({"version", "--passphrase-fd", "3", "--new-passphrase-file", "f"});

    CHECK(line.globals.passphrase.descriptor == 3);
    CHECK(line.globals.new_passphrase.file == vault::Path("f"));
    CHECK_THROWS_AS(cut({"version", "--passphrase-fd", "3", "--passphrase-file", "f"}), Error);
    CHECK_THROWS_AS(cut({"version", "--passphrase-fd", "1000001"}), Error);
}

TEST_CASE("cut_command_line takes --json for a switch, but behind add with a word for a file",
          "[cli][globals]") {
    CHECK(cut({"version", "--json"}).globals.json);
    CHECK(cut({"--json", "version"}).globals.json);
    if (find_command("add") == nullptr) SKIP("there is no add yet");

    const CommandLine file = cut({"add", "person", "--json", "-"});
    CHECK_FALSE(file.globals.json);
    CHECK(file.given == std::vector<std::string>{"person", "--json", "-"});
    CHECK(cut({"add", "person", "--json", "--set", "role=x"}).globals.json);
    CHECK(cut({"--json", "add", "person", "--json", "f"}).globals.json);
    CHECK(cut({"add", "person", "--json"}).globals.json);
}

TEST_CASE("wants_json decides without understanding the rest", "[cli][globals]") {
    CHECK(wants_json({"nonsense", "--json"}));
    CHECK(wants_json({"--json", "nonsense"}));
    CHECK(wants_json({"--jsonl"}));
    CHECK_FALSE(wants_json({"help", "--", "--json"}));
    CHECK_FALSE(wants_json({}));
}

TEST_CASE("cut_command_line refuses with status 2", "[cli][globals]") {
    for (const std::vector<std::string>& tokens :
         std::vector<std::vector<std::string>>{{},
                                               {"nonsense"},
                                               {"--nonsense", "help"},
                                               {"help", "--nonsense"},
                                               {"--vault"},
                                               {"--vault", "", "help"},
                                               {"--"},
                                               {"--color", "red", "help"},
                                               {"--quiet=x", "help"}}) {
        try {
            (void)cut(tokens);
            FAIL("it was taken");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::usage);
        }
    }
}
