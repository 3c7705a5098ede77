// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/shown_exhibits.h"

#include <algorithm>
#include <optional>
#include <set>

#include "crypto/encoding.h"
#include "vault/exhibits/clean.h"
#include "vault/publish/pdf_objects.h"

namespace custos::vault::publish {
namespace {

constexpr std::string_view kBegins = "exhibit-";
constexpr std::string_view kUri = "data:image/";
constexpr std::string_view kBase64 = ";base64,";
// Chance makes a few runs of so many printable bytes in a large picture, and no name of them.
constexpr std::size_t kTextRunMin = 12;

Finding finding_in(const std::string& file, std::uint64_t offset, std::string next) {
    Finding finding;
    finding.rule = "metadata";
    finding.severity = Severity::exact;
    finding.file = file;
    finding.offset = offset;
    finding.form = "picture";
    finding.next = std::move(next);
    return finding;
}

// A picture inside a page: where it stands, and what it is.
struct Embedded {
    std::size_t begin = 0;
    std::size_t end = 0;
    crypto::Digest sha256;
};

// The first one from `from` on. What is no base64 is a picture of no digest.
std::optional<Embedded> next_embedded(std::string_view page, std::size_t from) {
    const std::size_t begin = page.find(kUri, from);
    if (begin == std::string_view::npos) return std::nullopt;
    Embedded out{begin, std::min(page.find_first_of("\"'<> )", begin), page.size()), {}};
    const std::string_view uri = page.substr(begin, out.end - begin);
    const std::size_t data = uri.find(kBase64);
    const auto bytes = data == std::string_view::npos
                           ? std::nullopt
                           : crypto::from_base64(uri.substr(data + kBase64.size()));
    if (bytes) out.sha256 = crypto::sha256(*bytes);
    return out;
}

std::set<crypto::Digest> digests_of_exhibits(const Files& package) {
    std::set<crypto::Digest> all;
    for (const auto& [name, bytes] : package) {
        if (is_exhibit_file(name)) all.insert(crypto::sha256(bytes));
    }
    return all;
}

}  // namespace

std::string exhibit_file_name(std::size_t number, std::string_view media_type) {
    std::string_view ending;
    if (media_type == "image/jpeg") ending = ".jpg";
    if (media_type == "image/png") ending = ".png";
    if (ending.empty()) return {};
    return std::string(kBegins) + std::to_string(number) + std::string(ending);
}

bool is_exhibit_file(std::string_view name) {
    return name.starts_with(kBegins) && (name.ends_with(".jpg") || name.ends_with(".png"));
}

std::set<std::size_t> fitting(const std::vector<ShownExhibit>& exhibits, std::size_t each,
                              std::size_t sum) {
    std::set<std::size_t> numbers;
    std::size_t taken = 0;
    for (const ShownExhibit& exhibit : exhibits) {
        const std::size_t size = exhibit.bytes->size();
        if (size > each || taken + size > sum) continue;
        taken += size;
        numbers.insert(exhibit.number);
    }
    return numbers;
}

std::string text_in_picture(ByteView bytes) {
    std::string out;
    std::string run;
    const auto end_run = [&] {
        if (run.size() >= kTextRunMin) out += run + "\n";
        run.clear();
    };
    for (const std::uint8_t byte : bytes) {
        if (byte >= 0x20 && byte < 0x7F) {
            run.push_back(static_cast<char>(byte));
        } else {
            end_run();
        }
    }
    end_run();
    // The name of a part of a PNG is no beginning of a word.
    for (const std::string_view part : {"PLTE", "tRNS", "IDAT"}) {
        for (std::size_t at = out.find(part); at != std::string::npos; at = out.find(part, at))
            out.replace(at, part.size(), "\n");
    }
    return out;
}

std::string data_uri(const ShownExhibit& exhibit) {
    return "data:" + exhibit.media_type + std::string(kBase64) + crypto::base64(*exhibit.bytes);
}

std::vector<Finding> picture_findings(const Files& package) {
    std::vector<Finding> found;
    for (const auto& [name, bytes] : package) {
        if (is_exhibit_file(name) && !exhibits::is_clean_picture(bytes)) {
            found.push_back(finding_in(name, 0,
                                       "it holds more than the pixels of a picture: show what "
                                       "custos exhibit clean makes of it"));
        }
    }
    const std::set<crypto::Digest> known = digests_of_exhibits(package);
    for (const auto& [name, bytes] : package) {
        if (name.ends_with(kPdfSuffix)) {
            for (const PdfPicture& picture : pdf_pictures(bytes)) {
                if (picture.jpeg.empty() ? picture.is_pixels_alone
                                         : known.contains(crypto::sha256(picture.jpeg)))
                    continue;
                found.push_back(
                    finding_in(name, picture.offset, "it shows a picture that is no exhibit"));
            }
        }
        if (!name.ends_with(".html")) continue;
        const std::string_view page = custos::text_of(bytes);
        for (auto at = next_embedded(page, 0); at; at = next_embedded(page, at->end)) {
            if (known.contains(at->sha256)) continue;
            found.push_back(finding_in(name, at->begin, "it shows a picture that is no exhibit"));
        }
    }
    return found;
}

Files without_pictures(Files package) {
    const std::set<crypto::Digest> known = digests_of_exhibits(package);
    if (known.empty()) return package;
    for (auto& [name, bytes] : package) {
        if (is_exhibit_file(name)) {
            bytes = to_bytes(bytes_of(text_in_picture(bytes)));
        } else if (name.ends_with(".html")) {
            const std::string_view page = custos::text_of(bytes);
            std::string rest;
            std::size_t copied = 0;
            for (auto at = next_embedded(page, 0); at; at = next_embedded(page, at->end)) {
                if (!known.contains(at->sha256)) continue;
                rest += page.substr(copied, at->begin - copied);
                copied = at->end;
            }
            rest += page.substr(copied);
            bytes = to_bytes(bytes_of(rest));
        }
    }
    return package;
}

}  // namespace custos::vault::publish
