// SPDX-License-Identifier: GPL-3.0-or-later
// A statement and what it is made of, gathered from the vault as plain data: what the pure parts of
// publication (plan, rendering, package) work on.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "crypto/bytes.h"
#include "vault/publish/protected.h"

namespace custos::vault::publish {

inline constexpr std::size_t kBodyMax = 4u * 1024 * 1024;

// What a statement says of an exhibit that its text shows.
struct ExhibitWords {
    std::string exhibit;  // id as it is written
    std::string alt;      // these two may hold handles
    std::string caption;
};

// The statement in another language, to stand beside the first.
struct Translation {
    std::string language;  // BCP 47
    std::string title;     // may hold handles, as the first one's does
    std::string body;
    std::vector<ExhibitWords> exhibits = {};
};

struct Statement {
    std::string code;
    std::string index;         // "ASA 23/1632/2019"
    std::string title;         // may hold handles
    std::string date;          // EDTF
    std::string language;      // BCP 47; empty: English
    std::string organisation;  // who publishes; may be empty
    std::string embargo;       // EDTF: not to be published before; may be empty
    std::string corrects;      // id of another statement; may be empty
    std::string contact;       // for readers, as printed; may be empty
    std::string body;          // CommonMark with handles
    std::vector<ExhibitWords> exhibits;
    std::vector<Translation> translations;
    std::vector<std::string> sources;         // codes, in order
    std::map<std::string, std::string> plan;  // code: pseudonym, role, named, withheld
};

struct Incident {
    std::string code;
    std::optional<Protection> protection;
    std::string title;
    std::string date;  // EDTF
    std::string place;
    std::string country;  // ISO 3166-1 alpha-2
    std::string admin1;
    std::string admin2;
    std::string admin3;
    std::string precision;  // publish_precision; empty: province
};

struct Exhibit {
    enum class File {
        none,      // a thing, or a record whose file was not attached
        original,  // as it came: not for readers
        cleaned,   // custos exhibit clean made it, and its bytes are still so
    };
    std::string code;
    File file = File::none;
    std::string media_type = {};
    std::uint64_t size = 0;
    std::shared_ptr<const Bytes> bytes = {};  // of a cleaned one that is not too large to be shown
    std::optional<Protection> protection = {};
    std::vector<std::string> persons = {};  // codes of who is seen
};

struct Source {
    std::string code;
    std::string title;
    std::string publisher;
    std::string date;
    std::string url;
};

// Facts that narrow down who somebody is: country, admin1, month, act, role, gender, age,
// ethnicity, occupation; several values of one kind as "a|b".
using Facts = std::map<std::string, std::string>;

// Somebody's part in an incident, as victim or witness.
struct Part {
    std::string person;    // code
    std::string incident;  // code
    Facts facts;
};

// What one publication said of one person, as the log keeps it: how the person appeared, and which
// facts that narrow down who it is stood beside (vault/publish/rare.h).
struct ShownPerson {
    std::string appearance;  // named, pseudonym, role, withheld
    Facts facts;
};

// A publication that left the vault before.
struct EarlierPublication {
    std::string statement;  // code
    std::string index;
    std::string title;
    std::string date;                            // EDTF, as printed
    std::string published;                       // when it left: "2019-12-27T10:00:00.000Z"
    std::string package;                         // digest of its manifest, in hexadecimal
    std::map<std::string, ShownPerson> persons;  // by code
};

// All that a publication is made from. `known` says for each id that the statement writes, in a
// handle, its plan or its sources, the code of the record; what is missing there is not in the
// vault, is in the trash, or could mean several records.
struct Material {
    Statement statement;
    std::map<std::string, std::string, std::less<>> known;
    std::vector<Person> persons;  // every person in the vault, trashed ones too
    std::vector<Consent> consents;
    std::map<std::string, Incident> incidents;
    std::map<std::string, Exhibit> exhibits;
    std::map<std::string, Source> sources;
    std::vector<EarlierPublication> earlier;  // in order of publication
    std::map<std::string, Facts> population;  // of every person in the vault
    std::vector<Part> parts;
    std::string today;  // "2019-12-27"
};

// The same material as the translation needs it: its language, title, body and words for pictures
// in place of the statement's.
[[nodiscard]] Material translated(const Material& material, const Translation& translation);

// From the fields of a statement; ids in sources and plan stay as they are written.
[[nodiscard]] Statement read_statement(std::string code, const nlohmann::json& fields);
[[nodiscard]] Incident read_incident(std::string code, const nlohmann::json& fields);
[[nodiscard]] Source read_source(std::string code, const nlohmann::json& fields);

}  // namespace custos::vault::publish
