// SPDX-License-Identifier: GPL-3.0-or-later
// XMP: RDF in XML. Looked through for properties, not parsed: what is asked is only what it tells.
#include <algorithm>
#include <array>
#include <set>

#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

constexpr std::size_t kPacketMax = 16u * 1024 * 1024;

struct Property {
    std::string_view name;  // without its prefix
    Tells tells;
    std::string_view what;
};

// clang-format off
constexpr auto kProperties = std::to_array<Property>({
    {"GPSLatitude", Tells::place, "latitude"},
    {"GPSLongitude", Tells::place, "longitude"},
    {"GPSAltitude", Tells::place, "altitude"},
    {"GPSTimeStamp", Tells::time, "time by satellite"},
    {"GPSDateTime", Tells::time, "time by satellite"},
    {"City", Tells::place, "city"},
    {"State", Tells::place, "province"},
    {"ProvinceState", Tells::place, "province"},
    {"Country", Tells::place, "country"},
    {"CountryName", Tells::place, "country"},
    {"CountryCode", Tells::place, "country"},
    {"Location", Tells::place, "place"},
    {"Sublocation", Tells::place, "place"},
    {"LocationName", Tells::place, "place"},
    {"creator", Tells::person, "creator"},
    {"Author", Tells::person, "author"},
    {"Artist", Tells::person, "artist"},
    {"OwnerName", Tells::person, "owner"},
    {"CameraOwnerName", Tells::person, "owner of the camera"},
    {"rights", Tells::person, "rights"},
    {"Owner", Tells::person, "owner"},
    {"CaptionWriter", Tells::person, "writer of the caption"},
    {"Credit", Tells::person, "credit"},
    {"Source", Tells::person, "source"},
    {"PersonInImage", Tells::person, "person who is seen"},
    {"PersonDisplayName", Tells::person, "person who is seen"},
    {"Name", Tells::person, "name of a region, often of a person who is seen"},
    {"CiEmailWork", Tells::person, "e-mail address"},
    {"CiTelWork", Tells::person, "telephone number"},
    {"CiAdrCity", Tells::person, "address"},
    {"Make", Tells::device, "maker of the camera"},
    {"Model", Tells::device, "model of the camera"},
    {"Lens", Tells::device, "lens"},
    {"LensModel", Tells::device, "lens"},
    {"SerialNumber", Tells::device, "serial number of the camera"},
    {"BodySerialNumber", Tells::device, "serial number of the camera"},
    {"LensSerialNumber", Tells::device, "serial number of the lens"},
    {"CreatorTool", Tells::device, "software"},
    {"Software", Tells::device, "software"},
    {"Producer", Tells::device, "software"},
    {"softwareAgent", Tells::device, "software of an earlier step"},
    {"DocumentID", Tells::device, "number of the document, unique"},
    {"InstanceID", Tells::device, "number of the version, unique"},
    {"OriginalDocumentID", Tells::device, "number of the original, unique"},
    {"CreateDate", Tells::time, "made"},
    {"ModifyDate", Tells::time, "last changed"},
    {"MetadataDate", Tells::time, "metadata changed"},
    {"DateCreated", Tells::time, "made"},
    {"DateTimeOriginal", Tells::time, "taken"},
    {"DateTimeDigitized", Tells::time, "digitised"},
    {"when", Tells::time, "an earlier step"},
    {"MotionPhoto", Tells::content, "a film belongs to it"},
    {"MicroVideo", Tells::content, "a film belongs to it"},
    {"HasExtendedXMP", Tells::content, "more of it lies elsewhere in the file"},
    {"Data", Tells::content, "a picture or sound inside"},
    {"image", Tells::content, "small copy of the picture, perhaps of how it was before it was changed"},
    {"title", Tells::other, "title"},
    {"Title", Tells::other, "title"},
    {"description", Tells::other, "description"},
    {"Headline", Tells::other, "headline"},
    {"subject", Tells::other, "keywords"},
    {"Keywords", Tells::other, "keywords"},
    {"UserComment", Tells::other, "comment"},
});
// clang-format on

constexpr std::string_view kBlanks = " \t\r\n";

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Elements that only hold others.
bool is_frame(std::string_view name) {
    return name.substr(0, 4) == "rdf:" || name.substr(0, 2) == "x:" ||
           name.substr(0, 5) == "xmlns" || name.substr(0, 4) == "xml:";
}

class Scan {
public:
    Scan(std::string_view text, Metadata& out) : text_(text), out_(out) {}

    // How many properties it has that are in no table.
    std::size_t run() {
        std::size_t at = 0;
        while (at < text_.size()) {
            const std::size_t open = std::min(text_.find('<', at), text_.size());
            take_text(text_.substr(at, open - at));
            const std::size_t close = text_.find('>', open);
            if (close == std::string_view::npos) break;
            take_tag(text_.substr(open + 1, close - open - 1));
            at = close + 1;
        }
        return further_;
    }

private:
    void say(std::string_view name, std::string_view value) {
        const auto property =
            std::find_if(kProperties.begin(), kProperties.end(),
                         [&](const Property& each) { return each.name == local_name(name); });
        if (property == kProperties.end()) {
            ++further_;
            return;
        }
        std::string text = property->tells == Tells::content ? bytes_text(value.size())
                                                             : value_text(bytes_of(value));
        if (text.empty() || !said_.insert({std::string(property->what), text}).second) return;
        add_item(out_, property->tells, "XMP", property->what, std::move(text));
    }

    void take_text(std::string_view text) {
        if (current_.empty() || text.find_first_not_of(kBlanks) == std::string_view::npos) return;
        say(current_, text);
    }

    void take_tag(std::string_view tag) {
        if (tag.empty() || tag.front() == '?' || tag.front() == '!') return;
        if (tag.front() == '/') {
            if (!is_frame(tag.substr(1))) current_ = {};
            return;
        }
        const std::size_t end = std::min(tag.find_first_of(" \t\r\n/"), tag.size());
        const std::string_view name = tag.substr(0, end);
        if (!is_frame(name)) current_ = tag.back() == '/' ? std::string_view() : name;
        take_attributes(tag.substr(end));
    }

    void take_attributes(std::string_view rest) {
        for (;;) {
            rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
            const std::size_t equals = rest.find('=');
            if (equals == std::string_view::npos || equals + 1 >= rest.size()) return;
            std::string_view name = rest.substr(0, equals);
            name = name.substr(0, std::min(name.find_first_of(kBlanks), name.size()));
            rest.remove_prefix(equals + 1);
            rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
            if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return;
            const std::size_t close = rest.find(rest.front(), 1);
            if (close == std::string_view::npos) return;
            if (!is_frame(name)) say(name, rest.substr(1, close - 1));
            rest.remove_prefix(close + 1);
        }
    }

    std::string_view text_;
    Metadata& out_;
    std::string_view current_;  // the property whose text is expected
    std::set<std::pair<std::string, std::string>> said_;
    std::size_t further_ = 0;
};

}  // namespace

void read_xmp(ByteView packet, Metadata& out) {
    if (packet.size() > kPacketMax) {
        note_damage(out, "its XMP is longer than 16 MiB, and was not looked through");
        packet = packet.first(kPacketMax);
    }
    const std::size_t further = Scan(custos::text_of(packet), out).run();
    add_item(out, Tells::other, "XMP",
             "a packet of " + bytes_text(packet.size()) + " with further values",
             std::to_string(further));
}

}  // namespace custos::vault::exhibits
