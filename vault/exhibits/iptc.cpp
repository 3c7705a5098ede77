// SPDX-License-Identifier: GPL-3.0-or-later
// IPTC-IIM: records of a marker, two numbers, a length and a text each.
#include <algorithm>
#include <array>

#include "vault/exhibits/reading.h"

namespace custos::vault::exhibits {
namespace {

struct Dataset {
    std::uint8_t number;  // in record 2
    Tells tells;
    std::string_view what;
};

constexpr auto kDatasets = std::to_array<Dataset>({
    {5, Tells::other, "title"},          {25, Tells::other, "keywords"},
    {27, Tells::place, "place"},         {40, Tells::other, "instructions"},
    {55, Tells::time, "made"},           {60, Tells::time, "time of day"},
    {62, Tells::time, "digitised"},      {65, Tells::device, "software"},
    {80, Tells::person, "photographer"}, {85, Tells::person, "photographer's title"},
    {90, Tells::place, "city"},          {92, Tells::place, "place"},
    {95, Tells::place, "province"},      {100, Tells::place, "country"},
    {101, Tells::place, "country"},      {105, Tells::other, "headline"},
    {110, Tells::person, "credit"},      {115, Tells::person, "source"},
    {116, Tells::person, "copyright"},   {118, Tells::person, "contact"},
    {120, Tells::other, "caption"},      {122, Tells::person, "writer of the caption"},
});

}  // namespace

void read_iptc(ByteView records, Metadata& out) {
    const Numbers numbers(records, Numbers::Order::big);
    std::size_t further = 0;
    std::size_t at = 0;
    while (records.size() - at >= 5 && records[at] == 0x1C) {
        const std::size_t size = numbers.u16(at + 3).value_or(0);
        const ByteView text = numbers.part(at + 5, size);
        if (size > 0 && text.empty()) {
            note_damage(out, "its IPTC is cut off");
            break;
        }
        const auto dataset =
            std::find_if(kDatasets.begin(), kDatasets.end(), [&](const Dataset& each) {
                return records[at + 1] == 2 && each.number == records[at + 2];
            });
        if (dataset == kDatasets.end()) {
            ++further;
        } else if (std::string value = value_text(text); !value.empty()) {
            add_item(out, dataset->tells, "IPTC", dataset->what, std::move(value));
        }
        at += 5 + size;
    }
    add_item(out, Tells::other, "IPTC",
             "a block of " + bytes_text(records.size()) + " with further values",
             std::to_string(further));
}

}  // namespace custos::vault::exhibits
