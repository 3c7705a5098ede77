// SPDX-License-Identifier: GPL-3.0-or-later
#include "zip_sample.h"

#include <functional>

#include <zlib.h>

#include "vault/publish/zip.h"

namespace custos::test {
namespace {

std::uint64_t crc_of(ByteView bytes) { return crc32_z(0, bytes.data(), bytes.size()); }

void put(Bytes& to, std::uint64_t value, int count) {
    for (int i = 0; i < count; ++i, value >>= 8U) to.push_back(static_cast<std::uint8_t>(value));
}

void put_shared(Bytes& to, const Member& it, std::size_t length) {
    for (const unsigned each : {it.version, it.flags, it.method, 0U, 33U}) put(to, each, 2);
    for (const std::uint64_t each : {it.crc, std::uint64_t{it.stored.size()}, it.size})
        put(to, each, 4);
    put(to, length, 2);
    put(to, it.extra, 2);
}

}  // namespace

Member stored(const std::string& name, const std::string& text) {
    return {name, to_bytes(bytes_of(text)), text.size(), crc_of(bytes_of(text))};
}

Member deflated(const std::string& name, const std::string& text) {
    Member member{name, Bytes(compressBound(text.size()) + 64), text.size(),
                  crc_of(bytes_of(text))};
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    Bytes in = to_bytes(bytes_of(text));
    stream.next_in = in.data();
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = member.stored.data();
    stream.avail_out = static_cast<uInt>(member.stored.size());
    deflate(&stream, Z_FINISH);
    member.stored.resize(stream.total_out);
    deflateEnd(&stream);
    member.method = 8;
    return member;
}

Bytes zip_of(const std::vector<Member>& members, const std::string& before_directory,
             const std::string& behind) {
    Bytes out;
    Bytes directory;
    for (const Member& it : members) {
        append(out, it.gap);
        const std::size_t offset = out.size();
        const std::string local = it.local_name.empty() ? it.name : it.local_name;
        put(out, 0x04034B50, 4);
        put_shared(out, it, local.size());
        append(out, local);
        out.insert(out.end(), it.extra, std::uint8_t{0});
        append(out, it.stored);
        put(directory, 0x02014B50, 4);
        put(directory, it.made_by, 2);
        put_shared(directory, it, it.name.size());
        put(directory, it.comment, 2);
        put(directory, it.disk, 2);
        put(directory, 0, 2);
        put(directory, it.attributes, 2);
        put(directory, it.unix_type, 2);
        put(directory, offset, 4);
        append(directory, it.name);
        directory.insert(directory.end(), it.extra + it.comment, std::uint8_t{0});
    }
    append(out, before_directory);
    const std::size_t begin = out.size();
    append(out, directory);
    put(out, 0x06054B50, 4);
    put(out, 0, 4);
    put(out, members.size(), 2);
    put(out, members.size(), 2);
    put(out, directory.size(), 4);
    put(out, begin, 4);
    put(out, 0, 2);
    append(out, behind);
    return out;
}

namespace {

using Hostile = std::vector<std::pair<std::string, Bytes>>;

void add_names(Hostile& out) {
    using namespace std::string_literals;
    for (const std::string& name :
         {"../b.txt"s, "/b.txt"s, "folder/b.txt"s, "folder/"s, "..\\b.txt"s, "C:b.txt"s, ""s, "."s,
          ".."s, ".b"s, "b\0.txt"s, "b\n.txt"s, "b\xC3\xA9.txt"s, "be\xCC\x81.txt"s, "a.txt"s,
          "A.TXT"s, std::string(vault::publish::kFileNameMax + 1, 'b')}) {
        out.emplace_back("name " + name, zip_of({stored("a.txt", "one"), stored(name, "two")}));
    }
}

void add_fields(Hostile& out) {
    const auto add = [&](const std::string& what, const std::function<void(Member&)>& change) {
        std::vector<Member> members = {stored("a.txt", "one"), stored("b.txt", "two")};
        change(members[1]);
        out.emplace_back(what, zip_of(members));
    };
    add("another name at its beginning", [](Member& it) { it.local_name = "c.txt"; });
    add("a gap", [](Member& it) { it.gap = "x"; });
    add("an extra field", [](Member& it) { it.extra = 4; });
    add("a comment", [](Member& it) { it.comment = 1; });
    add("another disk", [](Member& it) { it.disk = 1; });
    add("ZIP64", [](Member& it) { it.version = 45; });
    add("a folder by its attributes", [](Member& it) { it.attributes = 0x10; });
    for (const unsigned type : {0120777U, 0040755U, 0020666U, 0010666U}) {  // link, folder, ...
        add("a special file " + std::to_string(type), [&](Member& it) {
            it.made_by = 0x0314;
            it.unix_type = type;
        });
    }
    for (const unsigned flag : {0x0001U, 0x0008U, 0x0020U, 0x0040U, 0x2000U})
        add("flag " + std::to_string(flag), [&](Member& it) { it.flags = flag; });
    for (const unsigned method : {1U, 9U, 12U, 14U, 93U, 99U})
        add("method " + std::to_string(method), [&](Member& it) { it.method = method; });
    add("a wrong CRC", [](Member& it) { it.crc ^= 1U; });
    add("a wrong size", [](Member& it) { it.size += 1; });
    add("a size of ZIP64", [](Member& it) { it.size = 0xFFFFFFFF; });
    const std::vector<Member> good = {stored("a.txt", "one")};
    out.emplace_back("something before the directory", zip_of(good, "x"));
    out.emplace_back("something behind it", zip_of(good, {}, "x"));
    Member first = good[0];
    first.gap = "#!/bin/sh\n";
    out.emplace_back("something before the first file", zip_of({first}));
}

void add_sizes(Hostile& out) {
    std::vector<Member> many;
    for (std::size_t i = 0; i <= vault::publish::kZipEntriesMax; ++i)
        many.push_back(stored(std::to_string(i), ""));
    out.emplace_back("too many files", zip_of(many));
    out.emplace_back("a bomb", zip_of({deflated("bomb", std::string(8 << 20, '\0'))}));
    for (const int wrong : {-1, 1}) {
        Member lies = deflated("lies", "some text, some text, some text");
        lies.size = static_cast<std::uint64_t>(static_cast<std::int64_t>(lies.size) + wrong);
        out.emplace_back("a size that is wrong by " + std::to_string(wrong), zip_of({lies}));
    }
    Member behind = deflated("behind", "text");
    behind.stored.push_back(0);
    out.emplace_back("something behind a stream", zip_of({behind}));
    Member broken = deflated("broken", "text");
    broken.stored.pop_back();
    out.emplace_back("a stream without its end", zip_of({broken}));
    std::vector<Member> large;
    for (int i = 0; i < 5; ++i) {
        Member member = deflated(std::to_string(i), std::string(1 << 16, 'x'));
        member.stored.resize(11 << 20);
        member.size = 1U << 30U;
        large.push_back(member);
    }
    out.emplace_back("5 GiB by its directory", zip_of(large));
}

}  // namespace

std::vector<std::pair<std::string, Bytes>> hostile_zips() {
    Hostile out;
    add_names(out);
    add_fields(out);
    add_sizes(out);
    return out;
}

}  // namespace custos::test
