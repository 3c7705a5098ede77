// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/decode.h"

#include <algorithm>

#include <catch2/catch_test_macros.hpp>
#include <zlib.h>

#include "vault/publish/inflate.h"

namespace custos::vault::publish {
namespace {

bool some_view_holds(std::string_view bytes, std::string_view text) {
    const auto views = decoded_views(bytes);
    return std::any_of(views.begin(), views.end(),
                       [&](const View& view) { return view.text.find(text) != std::string::npos; });
}

}  // namespace

TEST_CASE("decode reads entities, percent signs, escapes, base64, hexadecimal and UTF-16",
          "[publish][decode]") {
    CHECK(some_view_holds("&#83;or&#x69;thea", "Sorithea"));
    CHECK(some_view_holds("&#83or&#X0069thea", "Sorithea"));
    CHECK(some_view_holds("Sorith&eacute;a", "Sorithéa"));
    CHECK(some_view_holds("%53ori%74hea", "Sorithea"));
    CHECK(some_view_holds(R"(\u0053ori\x74hea)", "Sorithea"));
    CHECK(some_view_holds(R"(\ud83d\ude00 \u{53}orithea)", "\U0001F600 Sorithea"));
    CHECK(some_view_holds("data:text/plain;base64,TXIuIFNvcml0aGVh", "Sorithea"));
    CHECK(some_view_holds("536f726974686561", "Sorithea"));
    CHECK(some_view_holds(std::string_view("S\0o\0r\0i\0t\0h\0e\0a\0", 16), "Sorithea"));
    CHECK(some_view_holds(std::string_view("\0S\0o\0r\0i\0t\0h\0e\0a", 16), "Sorithea"));
    CHECK(
        some_view_holds("Sorith\xE9"
                        "a",
                        "Sorithéa"));
    CHECK(some_view_holds("So<b class='x'>ri</b>thea", "So ri thea"));
}

TEST_CASE("decode reads encodings within encodings", "[publish][decode]") {
    CHECK(some_view_holds("%26%2383%3Borithea", "Sorithea"));                // &#83;orithea
    CHECK(some_view_holds("UwBvAHIAaQB0AGgAZQBhAA==", "Sorithea"));          // UTF-16 in base64
    CHECK(some_view_holds("JTUzb3JpdGhlYSBpcyBoZXJl", "Sorithea is here"));  // percent in base64
}

TEST_CASE("decode takes random bytes for no text in pairs of bytes", "[publish][decode]") {
    // 74 bytes like those of a signature, among them U+FDF4, the name Muhammad in one character.
    const auto views = [](std::string_view base64) {
        const auto all = decoded_views(base64);
        return std::count_if(all.begin(), all.end(), [](const View& view) {
            return view.form.find("utf-16") != std::string::npos;
        });
    };
    CHECK(views("RXx2nznYZEGZwOW9vPvIWzfOkcv99MGw6mtE8TBDbdcp/mm9nozrpgB9HewlsbCH7+JsB/"
                "8NIdfbCzN3dzilxnTTf/E26sE/I6Y=") == 0);
    // "محمد الحريري 17" and "ភ្នំពេញ", little endian.
    CHECK(views("RQYtBkUGLwYgACcGRAYtBjEGSgYxBkoGIAAxADcA") > 0);
    CHECK(views("lxfSF5MXxheWF8EXiRcgADEA") > 0);
}

TEST_CASE("decode reads base64 over the ends of its lines", "[publish][decode]") {
    CHECK(some_view_holds("VHdvIG1lbiBhcHByb2FjaGVkIHRoZSBhY3RpdmlzdCBhbmQgTXIu\r\nIFNvcml0aGVh",
                          "and Mr. Sorithea"));
}

TEST_CASE("decode says where in the file a text stands", "[publish][decode]") {
    const auto views = decoded_views("ab &#83;orithea");
    REQUIRE(views.size() == 1);
    CHECK(views.front().form == "entities");
    CHECK(views.front().text == "ab Sorithea");
    CHECK(views.front().source_of(0) == 0);
    CHECK(views.front().source_of(3) == 3);
    CHECK(views.front().source_of(4) == 8);
}

TEST_CASE("decode finds nothing in plain text", "[publish][decode]") {
    CHECK(decoded_views("Two men approached the activist at about half past nine.").empty());
    CHECK(decoded_views("").empty());
}

namespace {

std::string deflated(std::string_view text, int window = 15) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    const std::string input(text);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream.avail_in = static_cast<unsigned>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<unsigned>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

}  // namespace

TEST_CASE("decode reads compressed parts: PDF, gzip, ZIP", "[publish][decode]") {
    CHECK(some_view_holds("%PDF-1.7\nstream\r\n" + deflated("BT (Sorithea) Tj ET") + "\nendstream",
                          "Sorithea"));
    CHECK(some_view_holds(deflated("Sorithea left a note", 15 + 16), "Sorithea"));
    std::string zip("PK\x03\x04", 4);
    zip += std::string("\x14\0\0\0\x08\0", 6) + std::string(16, '\0') +
           std::string("\x05\0\0\0", 4) + "a.txt";
    CHECK(some_view_holds(zip + deflated("Sorithea left a note", -15), "Sorithea"));
    // Within each other, and with another encoding within.
    CHECK(
        some_view_holds("\xFF" + deflated(deflated("x Sori&#116;hea was here \xFF")), "Sorithea"));
    // base64 of gzip and of zlib.
    CHECK(some_view_holds("see H4sIAAAAAAAC/wvOL8osyUhNVMhJTStRSFTIyy9JBQDj8TqPFAAAAA== there",
                          "Sorithea"));
    CHECK(some_view_holds("eJwLzi/KLMlITVTISU0rUUhUyMsvSQUATvkHYg==", "Sorithea"));
    CHECK_FALSE(some_view_holds("eJwLzi/KLMlITVTISU0rUUhUyMsvSQUATvkHYg==", "nobody"));
    // A stream that is cut off gives what there is.
    std::string text;
    for (int i = 0; i < 200; ++i) text += std::to_string(i * 7919) + " Sorithea ";
    const std::string whole = deflated(text);
    CHECK(some_view_holds("\xFF" + whole.substr(0, whole.size() / 2), "Sorithea"));
}

TEST_CASE("a part that grows beyond the limit is said to be unread", "[publish][decode]") {
    const auto unread = [](std::size_t size) {
        return each_decoded_view("\xFF" + deflated(std::string(size, 'a')), [](const View&) {});
    };
    CHECK(unread(kInflatedMax).empty());
    REQUIRE(unread(kInflatedMax + 1).size() == 1);
    CHECK(unread(kInflatedMax + 1)[0] == 1);
}

TEST_CASE("decode ends, whatever it is fed", "[publish][decode]") {
    std::string nested = "Sorithea";
    for (int i = 0; i < 50; ++i) nested = "%26amp;" + nested + "&lt;b&gt;";
    CHECK(decoded_views(nested).size() < 100);
    CHECK(decoded_views(std::string(100'000, '&')).empty());
    CHECK(decoded_views(std::string(100'000, '<')).empty());
}

}  // namespace custos::vault::publish
