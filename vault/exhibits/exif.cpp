// SPDX-License-Identifier: GPL-3.0-or-later
// EXIF: a TIFF without pixels. Directories of entries, with values behind them.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <set>

#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

constexpr std::size_t kEntriesMax = 2000;  // of all directories of a file
constexpr std::size_t kEntrySize = 12;
constexpr std::size_t kDirectoriesMax = 16;

enum class Directory { picture, thumbnail, exif, gps, interoperability };

enum class Form { text, utf16, comment, size, ratio };

struct Tag {
    Directory directory;
    std::uint16_t number;
    Form form;
    Tells tells;
    std::string_view what;
};

// clang-format off
constexpr auto kTags = std::to_array<Tag>({
    {Directory::picture, 0x010E, Form::text, Tells::other, "description"},
    {Directory::picture, 0x010F, Form::text, Tells::device, "maker of the camera"},
    {Directory::picture, 0x0110, Form::text, Tells::device, "model of the camera"},
    {Directory::picture, 0x0131, Form::text, Tells::device, "software"},
    {Directory::picture, 0x0132, Form::text, Tells::time, "last changed"},
    {Directory::picture, 0x013B, Form::text, Tells::person, "artist"},
    {Directory::picture, 0x013C, Form::text, Tells::device, "computer"},
    {Directory::picture, 0x8298, Form::text, Tells::person, "copyright"},
    {Directory::picture, 0x9C9B, Form::utf16, Tells::other, "title"},
    {Directory::picture, 0x9C9C, Form::utf16, Tells::other, "comment"},
    {Directory::picture, 0x9C9D, Form::utf16, Tells::person, "author"},
    {Directory::picture, 0x9C9E, Form::utf16, Tells::other, "keywords"},
    {Directory::picture, 0x9C9F, Form::utf16, Tells::other, "subject"},
    {Directory::picture, 0xC614, Form::text, Tells::device, "model of the camera, unique"},
    {Directory::picture, 0xC62F, Form::text, Tells::device, "serial number of the camera"},
    {Directory::exif, 0x9003, Form::text, Tells::time, "taken"},
    {Directory::exif, 0x9004, Form::text, Tells::time, "digitised"},
    {Directory::exif, 0x9010, Form::text, Tells::time, "zone of the last change"},
    {Directory::exif, 0x9011, Form::text, Tells::time, "zone of the time when it was taken"},
    {Directory::exif, 0x9012, Form::text, Tells::time, "zone of the time when it was digitised"},
    {Directory::exif, 0x927C, Form::size, Tells::device, "notes of the maker, which may hold serial numbers, faces and places"},
    {Directory::exif, 0x9286, Form::comment, Tells::other, "comment"},
    {Directory::exif, 0xA004, Form::text, Tells::content, "name of a sound that belongs to it"},
    {Directory::exif, 0xA420, Form::text, Tells::device, "number of the picture, unique"},
    {Directory::exif, 0xA430, Form::text, Tells::person, "owner of the camera"},
    {Directory::exif, 0xA431, Form::text, Tells::device, "serial number of the camera"},
    {Directory::exif, 0xA433, Form::text, Tells::device, "maker of the lens"},
    {Directory::exif, 0xA434, Form::text, Tells::device, "model of the lens"},
    {Directory::exif, 0xA435, Form::text, Tells::device, "serial number of the lens"},
    {Directory::exif, 0xA436, Form::text, Tells::other, "title"},
    {Directory::exif, 0xA437, Form::text, Tells::person, "photographer"},
    {Directory::exif, 0xA438, Form::text, Tells::person, "editor"},
    {Directory::gps, 0x0006, Form::ratio, Tells::place, "altitude in metres"},
    {Directory::gps, 0x0011, Form::ratio, Tells::place, "direction in which the camera looked"},
    {Directory::gps, 0x001B, Form::comment, Tells::place, "how the position was found"},
    {Directory::gps, 0x001C, Form::comment, Tells::place, "name of the area"},
    {Directory::gps, 0x001D, Form::text, Tells::time, "day by satellite"},
    {Directory::gps, 0x001F, Form::ratio, Tells::place, "uncertainty of the position in metres"},
});
// clang-format on

struct Entry {
    std::uint16_t tag = 0;
    std::uint16_t type = 0;
    std::uint32_t count = 0;
    ByteView data;  // all of it, or empty if it lies outside
};

std::size_t size_of_type(std::uint16_t type) {
    static constexpr std::array<std::size_t, 14> kSizes = {0, 1, 1, 2, 4, 8, 1,
                                                           1, 2, 4, 8, 4, 8, 4};
    return type < kSizes.size() ? kSizes.at(type) : 0;
}

std::string decimal(double value, int digits) {
    std::array<char, 64> text{};
    const int size = std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return size < 0 ? std::string() : std::string(text.data());
}

class Reader {
public:
    Reader(ByteView tiff, Numbers::Order order, Metadata& out)
        : tiff_(tiff, order), order_(order), out_(out) {}

    void read() {
        const std::uint32_t next = directory(tiff_.u32(4).value_or(0), Directory::picture);
        if (next != 0) directory(next, Directory::thumbnail);
        say_position();
        say_thumbnail();
        say_taken();
        if (further_ == 0) return;
        add_item(out_, Tells::other, "EXIF", "further values, such as exposure",
                 std::to_string(further_));
    }

private:
    // Returns where the next directory is.
    std::uint32_t directory(std::uint32_t at, Directory which) {
        const auto count = tiff_.u16(at);
        if (!count || !seen_.insert(at).second || seen_.size() > kDirectoriesMax) {
            note_damage(out_, "a directory of its EXIF is not where it should be");
            return 0;
        }
        std::size_t place = std::size_t{at} + 2;
        for (std::uint16_t i = 0; i < *count; ++i, place += kEntrySize) {
            const auto read = entry(place);
            if (!read || ++entries_ > kEntriesMax) {
                note_damage(out_, "a directory of its EXIF is cut off or too long");
                return 0;
            }
            take(*read, which);
        }
        return tiff_.u32(place).value_or(0);
    }

    std::optional<Entry> entry(std::size_t at) {
        const auto tag = tiff_.u16(at);
        const auto type = tiff_.u16(at + 2);
        const auto count = tiff_.u32(at + 4);
        const auto offset = tiff_.u32(at + 8);
        if (!tag || !type || !count || !offset) return std::nullopt;
        const std::uint64_t size = std::uint64_t{*count} * size_of_type(*type);
        Entry out{*tag, *type, *count, {}};
        if (size <= 4) {
            out.data = tiff_.part(at + 8, static_cast<std::size_t>(size));
        } else if (size <= kPictureSizeMax) {
            out.data = tiff_.part(*offset, static_cast<std::size_t>(size));
            if (out.data.empty()) note_damage(out_, "a value of its EXIF lies outside of it");
        } else {
            note_damage(out_, "a value of its EXIF is longer than can be");
        }
        return out;
    }

    void take(const Entry& entry, Directory which) {
        const std::uint32_t number = number_of(entry).value_or(0);
        if (which == Directory::picture && entry.tag == 0x8769) {
            directory(number, Directory::exif);
        } else if (which == Directory::picture && entry.tag == 0x8825) {
            directory(number, Directory::gps);
        } else if (which == Directory::exif && entry.tag == 0xA005) {
            directory(number, Directory::interoperability);
        } else if (which == Directory::picture && entry.tag == 0x0112) {
            if (number >= 1 && number <= 8) out_.orientation = number;
        } else if (which == Directory::picture && reader_of(entry.tag) != nullptr) {
            // Once each: a hundred entries could point at one long value.
            if (within_.insert(entry.tag).second) reader_of(entry.tag)(entry.data, out_);
        } else if (which == Directory::thumbnail && (entry.tag == 0x0202 || entry.tag == 0x0117)) {
            thumbnail_ = number;
        } else if (which == Directory::gps && entry.tag <= 7) {
            take_position(entry);
        } else {
            take_listed(entry, which);
        }
    }

    // Of what EXIF may hold as a whole.
    static auto reader_of(std::uint16_t tag) -> void (*)(ByteView, Metadata&) {
        if (tag == 0x02BC) return read_xmp;
        if (tag == 0x83BB) return read_iptc;
        if (tag == 0x8773) return read_icc;
        return nullptr;
    }

    void take_listed(const Entry& entry, Directory which) {
        const auto tag = std::find_if(kTags.begin(), kTags.end(), [&](const Tag& each) {
            return each.directory == which && each.number == entry.tag;
        });
        if (tag == kTags.end()) {
            ++further_;
            return;
        }
        std::string value = value_of(entry, tag->form);
        if (value.empty()) return;
        if (tag->tells == Tells::time) value = dated(std::move(value));
        if (which == Directory::exif && entry.tag == 0x9003) taken_ = value;
        if (which == Directory::exif && entry.tag == 0x9004 && taken_.empty()) taken_ = value;
        add_item(out_, tag->tells, which == Directory::gps ? "GPS" : "EXIF", tag->what,
                 std::move(value));
    }

    std::string value_of(const Entry& entry, Form form) const {
        switch (form) {
            case Form::text: return value_text(entry.data);
            case Form::utf16: return utf16_value(entry.data, Numbers::Order::little);
            case Form::size: return entry.data.empty() ? "" : bytes_text(entry.data.size());
            case Form::ratio: {
                const auto value = ratio(entry.data, 0);
                return value ? decimal(*value, 1) : std::string();
            }
            case Form::comment: {  // eight bytes name the encoding
                if (entry.data.size() <= 8) return {};
                if (begins_with(entry.data, "UNICODE")) {
                    return utf16_value(entry.data.subspan(8), order_);
                }
                return value_text(entry.data.subspan(8));
            }
        }
        return {};
    }

    std::optional<std::uint32_t> number_of(const Entry& entry) const {
        const Numbers numbers(entry.data, order_);
        if (entry.type == 3) return numbers.u16(0);
        if (entry.type == 4 || entry.type == 13) return numbers.u32(0);
        return std::nullopt;
    }

    std::optional<double> ratio(ByteView data, std::size_t index) const {
        const Numbers numbers(data, order_);
        const auto above = numbers.u32(8 * index);
        const auto below = numbers.u32(8 * index + 4);
        if (!above || !below || *below == 0) return std::nullopt;
        return static_cast<double>(*above) / static_cast<double>(*below);
    }

    // Degrees, minutes and seconds.
    std::optional<double> degrees(ByteView data) const {
        const auto whole = ratio(data, 0);
        if (!whole) return std::nullopt;
        return *whole + ratio(data, 1).value_or(0) / 60 + ratio(data, 2).value_or(0) / 3600;
    }

    void take_position(const Entry& entry) {
        const bool is_negative = begins_with(entry.data, "S") || begins_with(entry.data, "W");
        switch (entry.tag) {
            case 1: south_ = is_negative; break;
            case 2: latitude_ = degrees(entry.data); break;
            case 3: west_ = is_negative; break;
            case 4: longitude_ = degrees(entry.data); break;
            case 6: take_listed(entry, Directory::gps); break;
            case 7: say_satellite_time(entry); break;
            default: break;
        }
    }

    void say_satellite_time(const Entry& entry) {
        std::string text;
        for (std::size_t i = 0; i < 3; ++i) {
            const auto part = ratio(entry.data, i);
            if (!part || *part >= 100) return;
            const std::string digits = decimal(std::floor(*part), 0);
            text += (i == 0 ? "" : ":") + std::string(digits.size() < 2 ? "0" : "") + digits;
        }
        add_item(out_, Tells::time, "GPS", "time by satellite (UTC)", text);
    }

    void say_position() {
        if (!latitude_ && !longitude_) return;
        const double latitude = latitude_.value_or(0) * (south_ ? -1 : 1);
        const double longitude = longitude_.value_or(0) * (west_ ? -1 : 1);
        if (std::abs(latitude) > 90 || std::abs(longitude) > 180) {
            add_item(out_, Tells::place, "GPS", "position, which is none on Earth");
            return;
        }
        add_item(out_, Tells::place, "GPS", "position",
                 decimal(latitude, 6) + ", " + decimal(longitude, 6));
    }

    void say_thumbnail() {
        if (thumbnail_ == 0) return;
        add_item(out_, Tells::content, "EXIF",
                 "small copy of the picture, perhaps of how it was before it was changed",
                 bytes_text(thumbnail_));
    }

    // "2019:12:23 21:30:05" as "2019-12-23 21:30:05"; anything else as it is.
    static std::string dated(std::string value) {
        if (value.size() >= 10 && value[4] == ':' && value[7] == ':') value[4] = value[7] = '-';
        return value;
    }

    static bool fits(std::string_view text, std::string_view pattern) {
        return text.size() == pattern.size() &&
               std::equal(text.begin(), text.end(), pattern.begin(), [](char c, char wanted) {
                   return wanted == '0' ? c >= '0' && c <= '9' : c == wanted;
               });
    }

    // A suggestion only: clocks of cameras are wrong as often as not.
    void say_taken() {
        const std::string_view taken = taken_;
        if (!fits(taken.substr(0, 10), "0000-00-00") || taken.substr(0, 4) == "0000") return;
        out_.date = taken.substr(0, 10);
        if (taken.size() >= 19 && fits(taken.substr(11, 8), "00:00:00"))
            out_.time = taken.substr(11, 8);
    }

    Numbers tiff_;
    Numbers::Order order_;
    Metadata& out_;
    std::set<std::uint32_t> seen_;    // places of directories
    std::set<std::uint16_t> within_;  // tags of parts that were read
    std::size_t entries_ = 0;
    std::size_t further_ = 0;
    std::uint32_t thumbnail_ = 0;
    bool south_ = false;
    bool west_ = false;
    std::optional<double> latitude_;
    std::optional<double> longitude_;
    std::string taken_;
};

}  // namespace

void read_exif(ByteView tiff, Metadata& out) {
    using namespace std::string_view_literals;
    if (begins_with(tiff, "II*\0"sv)) {
        Reader(tiff, Numbers::Order::little, out).read();
    } else if (begins_with(tiff, "MM\0*"sv)) {
        Reader(tiff, Numbers::Order::big, out).read();
    } else {
        add_item(out, Tells::other, "EXIF", "a block that cannot be read", bytes_text(tiff.size()));
        note_damage(out, "its EXIF cannot be read");
    }
}

}  // namespace custos::vault::exhibits
