// SPDX-License-Identifier: GPL-3.0-or-later
// Starts libsodium before the first test, as main() does in the product.
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_registrars.hpp>

#include "crypto/secret.h"

namespace {

class StartCrypto : public Catch::EventListenerBase {
public:
    using Catch::EventListenerBase::EventListenerBase;
    void testRunStarting(const Catch::TestRunInfo&) override { custos::start_crypto(); }
};

}  // namespace

CATCH_REGISTER_LISTENER(StartCrypto)
