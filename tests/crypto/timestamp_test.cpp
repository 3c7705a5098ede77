// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/timestamp.h"

#include <catch2/catch_test_macros.hpp>

namespace custos::crypto {

TEST_CASE("a time stamp query asks for its digest, each with a nonce of its own",
          "[crypto][timestamp]") {
    const Digest digest = sha256(bytes_of("checkpoint"));
    const Bytes query = make_timestamp_query(digest);
    CHECK(timestamp_query_digest(query) == digest);
    CHECK(make_timestamp_query(digest) != query);
    Bytes longer = query;
    longer.push_back(0);
    CHECK_FALSE(timestamp_query_digest(longer));
    for (std::size_t size = 0; size < query.size(); ++size)
        CHECK_FALSE(timestamp_query_digest(ByteView{query}.first(size)));
}

TEST_CASE("what is no reply, query or certificate is no time stamp", "[crypto][timestamp]") {
    const Bytes query = make_timestamp_query(sha256({}));
    std::string why;
    CHECK_FALSE(check_timestamp(query, {}, {}, why));
    CHECK(why == "the reply is none");
    CHECK_FALSE(check_timestamp({}, {}, {}, why));
    CHECK(why == "the query is none of ours");
    CHECK_FALSE(check_timestamp(query, Bytes(kTimestampReplyMax + 1), {}, why));
    CHECK_FALSE(check_timestamp(Bytes(kTimestampQueryMax + 1), {}, {}, why));
}

}  // namespace custos::crypto
