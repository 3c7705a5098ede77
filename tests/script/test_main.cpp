// SPDX-License-Identifier: GPL-3.0-or-later
// The program that the scripts drive: custos, with a passphrase KDF that costs next to nothing.
#include "cli/run.h"

namespace {

constexpr custos::crypto::Argon2Policy kCheapArgon2Policy = {{64, 1}, {8, 1}, {65'536, 4}};

}  // namespace

int main(int argc, char** argv) {
    custos::cli::Setup setup;
    setup.argon2 = kCheapArgon2Policy;
    return custos::cli::run(argc, argv, setup);
}
