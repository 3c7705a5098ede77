// SPDX-License-Identifier: GPL-3.0-or-later
// custos exhibit metadata, clean, verify: what files say of themselves, and how they are rid of it.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/exhibits/clean.h"
#include "vault/exhibits/derive.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;
namespace exhibits = vault::exhibits;

constexpr std::array kCleanOptions = {
    Option{"output-title", 't', Takes::value, "TEXT", "title of the new exhibit"},
};

json as_json(const exhibits::ExhibitMetadata& it) {
    json items = json::array();
    for (const exhibits::MetadataItem& item : it.metadata.items) {
        items.push_back({{"tells", exhibits::text_of(item.tells)},
                         {"severity", exhibits::severity_of(item.tells)},
                         {"where", item.where},
                         {"what", item.what},
                         {"value", item.value}});
    }
    json out = {{"schema", "custos.exhibit.metadata/1"},
                {"id", it.code},
                {"media_type", it.media_type},
                {"size", it.size},
                {"can_read", !it.metadata.format.empty()},
                {"complete", !it.metadata.format.empty() && it.metadata.damage.empty()},
                {"items", std::move(items)}};
    if (it.metadata.width > 0) {
        out["width"] = it.metadata.width;
        out["height"] = it.metadata.height;
        out["orientation"] = it.metadata.orientation;
    }
    if (!it.metadata.damage.empty()) out["incomplete_because"] = it.metadata.damage;
    if (!it.metadata.date.empty()) {
        out["suggestion"] = {{"captured", it.metadata.date}};
        if (!it.metadata.time.empty()) out["suggestion"]["time"] = it.metadata.time;
    }
    return out;
}

Style style_of(exhibits::Tells tells) {
    return exhibits::severity_of(tells) == "high" ? Style::warning : Style::plain;
}

void print(Context& context, const exhibits::ExhibitMetadata& it) {
    const exhibits::Metadata& metadata = it.metadata;
    std::string heading = it.code + "  " + it.media_type;
    if (metadata.width > 0) {
        heading += "  " + std::to_string(metadata.width) + " x " + std::to_string(metadata.height) +
                   " pixels";
    }
    context.out.line(heading, Style::strong);
    for (const exhibits::MetadataItem& item : metadata.items) {
        std::string severity(exhibits::severity_of(item.tells));
        severity.resize(8, ' ');
        std::string tells(exhibits::text_of(item.tells));
        tells.resize(9, ' ');
        context.out.line_of({{severity + tells, style_of(item.tells)},
                             {item.what + (item.value.empty() ? "" : ": " + item.value), {}},
                             {"  (" + item.where + ")", Style::faint}},
                            2);
    }
    if (metadata.items.empty() && metadata.damage.empty()) {
        context.out.line("nothing was found that custos knows of", Style::plain);
    }
}

int exhibit_metadata(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::read);
    const auto it = exhibits::metadata_of(vault, vault::resolve(vault, arguments.word(0)));
    if (context.globals.machine()) {
        context.out.document(as_json(it));
        return 0;
    }
    const exhibits::Metadata& metadata = it.metadata;
    if (metadata.format.empty()) {
        context.out.line(it.code + "  " + it.media_type, Style::strong);
        context.talk.warning("custos cannot read what a file of this kind (" + it.media_type +
                             ") says of itself: it may tell place, time, device and persons");
        return 0;
    }
    print(context, it);
    if (!metadata.damage.empty())
        context.talk.warning("there may be more than was found: " + metadata.damage);
    if (!metadata.date.empty()) {
        context.talk.note("the file says that it was made on " + metadata.date +
                          (metadata.time.empty() ? "" : " at " + metadata.time) +
                          "; if you believe its clock: custos edit " + it.code +
                          " --set captured=" + metadata.date);
    }
    return 0;
}

int exhibit_clean(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::write);
    const auto it = exhibits::clean_exhibit(vault, vault::resolve(vault, arguments.word(0)),
                                            arguments.text("output-title"));
    if (context.globals.machine()) {
        json removed = json::array();
        for (const exhibits::Removed& each : it.removed)
            removed.push_back({{"where", each.where}, {"values", each.values}});
        context.out.document({{"schema", "custos.exhibit.clean/1"},
                              {"id", it.code},
                              {"derived_from", it.original},
                              {"media_type", it.media_type},
                              {"size", it.size},
                              {"sha256", crypto::hex(it.sha256.view())},
                              {"original_size", it.original_size},
                              {"original_sha256", crypto::hex(it.original_sha256.view())},
                              {"rules", exhibits::kCleanRules},
                              {"removed", std::move(removed)}});
        return 0;
    }
    context.out.line(it.code);
    std::string removed;
    for (const exhibits::Removed& each : it.removed) {
        removed +=
            (removed.empty() ? "" : ", ") + each.where + " (" + std::to_string(each.values) + ")";
    }
    context.talk.note(removed.empty() ? "nothing had to be removed from " + it.original
                                      : "removed: " + removed);
    if (!it.profile.empty())
        context.talk.note("colours may look slightly different: the colour profile is gone");
    context.talk.note(it.original +
                      " is as it was. Look at the picture itself: faces, signs and "
                      "reflections are still in it");
    return 0;
}

int exhibit_verify(Context& context, const Arguments& arguments) {
    vault::Vault vault = open_vault(context, vault::Access::read);
    const auto it = exhibits::verify_exhibit(vault, vault::resolve(vault, arguments.word(0)));
    const bool is_intact = it.differs.empty();
    if (context.globals.machine()) {
        json out = {{"schema", "custos.exhibit.verify/1"},
                    {"id", it.code},
                    {"result", is_intact ? "intact" : "altered"},
                    {"size", it.size},
                    {"sha256", crypto::hex(it.sha256.view())}};
        if (!it.original.empty()) {
            out["derived_from"] = it.original;
            out["compared_with_original"] = it.was_compared;
        }
        if (!is_intact) out["because"] = it.differs;
        if (!it.why_not_compared.empty()) out["not_compared_because"] = it.why_not_compared;
        context.out.document(out);
    } else if (is_intact) {
        context.out.line(it.code + "  intact", Style::good);
        context.out.fields(
            {{"size", std::to_string(it.size)},
             {"sha256", crypto::hex(it.sha256.view())},
             {"made of", it.was_compared ? it.original + ", cleaned again: the same bytes" : ""}},
            2);
    } else {
        context.out.line(it.code + "  altered: " + it.differs, Style::bad);
    }
    if (!it.why_not_compared.empty()) {
        context.talk.warning("it could not be compared with what it was made of: " +
                             it.why_not_compared);
    }
    return is_intact ? 0 : static_cast<int>(ErrorCode::integrity);
}

}  // namespace

const Body kExhibitClean = {
    exhibit_clean,
    kCleanOptions,
    1,
    1,
    "Makes a new exhibit that holds the pixels of a picture and nothing else, linked to the\n"
    "original as derived_from. The original stays as it is. Prints the id of the new one.\n"
    "\n"
    "    custos exhibit clean E-9KQ2T\n"
    "    custos exhibit clean E-9KQ2T --output-title \"Burn on the neck\"\n"
    "\n"
    "JPEG and PNG up to 128 MiB can be cleaned. The pixels are copied bit for bit, not\n"
    "compressed again; how the picture is to be turned is kept. Gone are place, time,\n"
    "device, owner, comments, small copies, colour profiles, and whatever stood behind the\n"
    "end. What was made is read again before it is stored, and must have nothing left. A\n"
    "damaged file, an animation or another kind of file is refused (status 13).\n"
    "\n"
    "Only a cleaned picture can be shown in a statement: write {E-...} with its id.\n"
    "\n"
    "Cleaning does not look at the picture: faces, signs, shadows and reflections stay, and\n"
    "experts can tell cameras apart by the noise of their pixels and the way they compress.",
};

const Body kExhibitVerify = {
    exhibit_verify,
    {},
    1,
    1,
    "Opens the sealed file of an exhibit and compares its digest and size with the log and\n"
    "the record. Where custos made it of another exhibit (exhibit clean), that is cleaned\n"
    "again, and every byte compared. Status 0, or 5 where something differs.\n"
    "\n"
    "    custos exhibit verify E-9KQ2T",
};

const Body kExhibitMetadata = {
    exhibit_metadata,
    {},
    1,
    1,
    "Says what the file of an exhibit tells beside what it shows: place, persons, further\n"
    "content (a small copy of the picture, a film, bytes behind the end, earlier versions),\n"
    "time and device. The sealed file is opened in memory and written nowhere; what is\n"
    "found is printed, and neither stored nor logged.\n"
    "\n"
    "    custos exhibit metadata E-9KQ2T\n"
    "    custos exhibit metadata E-9KQ2T --json\n"
    "\n"
    "Read are JPEG (EXIF with GPS and the maker's notes, XMP, IPTC, Photoshop, colour\n"
    "profile, comments, bytes behind the end), PNG, WebP and PDF (document information,\n"
    "XMP, earlier versions, comments, pictures inside), up to 128 MiB. Of other files\n"
    "custos says that it cannot read them: that is no word for or against them.\n"
    "\n"
    "The time of a picture is offered as a suggestion, and never taken over by itself:\n"
    "clocks of cameras are often wrong. What is printed is the file's own claim.",
};

}  // namespace custos::cli
