// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/register.h"

#include <algorithm>
#include <map>
#include <utility>

#include <nlohmann/json.hpp>

#include "crypto/encoding.h"
#include "crypto/minisign.h"
#include "vault/publish/package.h"
#include "vault/publish/render.h"

namespace custos::vault::publish {
namespace {

using nlohmann::json;

// Absent is empty; anything but a text is not read.
bool take_text(const json& object, const char* name, std::string& out) {
    const auto found = object.find(name);
    if (found == object.end()) return true;
    if (!found->is_string() || found->get_ref<const std::string&>().size() > kPackageTextMax)
        return false;
    out = found->get<std::string>();
    return true;
}

void put_text(json& object, const char* name, const std::string& text) {
    if (!text.empty()) object[name] = text;
}

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

std::string state_text(const Standing& standing) {
    if (standing.retraction)
        return "Retracted on " + standing.retraction->date + ": " + standing.retraction->reason;
    if (standing.newer) return "Replaced by " + standing.newer->index;
    return "In force";
}

}  // namespace

json as_json(const RegisterLine& line) {
    json out = {{"number", line.number},
                {"act", line.is_retraction ? "retraction" : "publication"},
                {"index", line.index},
                {"date", line.date},
                {"package", line.package}};
    put_text(out, "title", line.title);
    put_text(out, "language", line.language);
    put_text(out, "replaces", line.replaces);
    put_text(out, "reason", line.reason);
    return out;
}

std::optional<RegisterLine> read_register_line(const json& object) {
    if (!object.is_object()) return std::nullopt;
    RegisterLine line;
    std::string act;
    const auto number = object.find("number");
    if (number == object.end() || !number->is_number_unsigned()) return std::nullopt;
    line.number = number->get<std::uint64_t>();
    const bool good =
        take_text(object, "act", act) && take_text(object, "index", line.index) &&
        take_text(object, "date", line.date) && take_text(object, "package", line.package) &&
        take_text(object, "title", line.title) && take_text(object, "language", line.language) &&
        take_text(object, "replaces", line.replaces) && take_text(object, "reason", line.reason);
    if (!good || (act != "publication" && act != "retraction")) return std::nullopt;
    line.is_retraction = act == "retraction";
    const auto digest = crypto::from_hex(line.package);
    if (!digest || digest->size() != crypto::Digest::kSize) return std::nullopt;
    return line;
}

std::string write_register(const Register& it) {
    json out = {{"schema", kRegisterSchema},
                {"as_of", it.as_of},
                {"public_key", it.public_key},
                {"entries", json::array()}};
    for (const RegisterLine& line : it.lines) out["entries"].push_back(as_json(line));
    add_key_history(out, it.keys);
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

std::optional<Register> read_register(ByteView bytes) {
    if (bytes.size() > kRegisterSizeMax) return std::nullopt;
    const json parsed = json::parse(bytes.begin(), bytes.end(), nullptr, false);
    if (!parsed.is_object() || parsed.value("schema", json()) != kRegisterSchema)
        return std::nullopt;
    Register out;
    if (!take_text(parsed, "as_of", out.as_of) || !take_text(parsed, "public_key", out.public_key))
        return std::nullopt;
    const auto entries = parsed.find("entries");
    if (entries == parsed.end() || !entries->is_array() || entries->size() > kRegisterLinesMax)
        return std::nullopt;
    for (const json& entry : *entries) {
        auto line = read_register_line(entry);
        if (!line || line->number != out.lines.size() + 1) return std::nullopt;
        out.lines.push_back(std::move(*line));
    }
    auto keys = key_history_in(parsed);
    if (!keys) return std::nullopt;
    out.keys = std::move(*keys);
    return out;
}

Standing standing_of(const Register& it, const crypto::Digest& package) {
    const std::string digest = crypto::hex(package.view());
    Standing out;
    std::string index;                              // what a later one would have to replace
    std::map<std::string, RegisterLine> withdrawn;  // by package
    for (const RegisterLine& line : it.lines) {
        if (line.is_retraction) {
            withdrawn.insert_or_assign(line.package, line);
        } else if (line.package == digest) {
            out.is_listed = true;
            index = line.index;
        } else if (out.is_listed && (line.replaces == index || line.index == index)) {
            out.newer = line;
            index = line.index;
        }
    }
    const auto own = withdrawn.find(digest);
    if (own != withdrawn.end()) out.retraction = own->second;
    const auto later = out.newer ? withdrawn.find(out.newer->package) : withdrawn.end();
    if (later == withdrawn.end()) return out;
    // Nothing is in force any more.
    out.newer.reset();
    if (!out.retraction) out.retraction = later->second;
    return out;
}

std::string render_register(const Register& it) {
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>Register of publications</title>\n</head>\n<body>\n"
        "<h1>Register of publications</h1>\n<p>As of " +
        escaped(it.as_of.substr(0, 10)) +
        ". Signed as register.json; a publication that is not listed here was not made by this "
        "publisher, or later.</p>\n<table>\n<thead><tr><th>No.</th><th>Index</th><th>Date</th>"
        "<th>Title</th><th>State</th></tr></thead>\n<tbody>\n";
    for (const RegisterLine& line : it.lines) {
        out += "<tr><td>" + std::to_string(line.number) + "</td><td>" + escaped(line.index) +
               "</td><td>" + escaped(line.date) + "</td><td>";
        if (line.is_retraction) {
            out += "Retraction: " + escaped(line.reason) + "</td><td></td></tr>\n";
            continue;
        }
        const auto digest = crypto::from_hex(line.package);
        const Standing standing = standing_of(it, crypto::Digest::from(digest.value()));
        out += "<span lang=\"" + escaped(line.language) + "\" dir=\"auto\">" + escaped(line.title) +
               "</span></td><td>" + escaped(state_text(standing)) + "</td></tr>\n";
    }
    return out + "</tbody>\n</table>\n</body>\n</html>\n";
}

}  // namespace custos::vault::publish
