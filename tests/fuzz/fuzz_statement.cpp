// SPDX-License-Identifier: GPL-3.0-or-later
// Any text as the body, the title and a name of a statement: plan, CommonMark and HTML.
#include <cstdint>
#include <string>

#include "crypto/secret.h"
#include "vault/publish/markup.h"
#include "vault/publish/render.h"

namespace {

namespace publish = custos::vault::publish;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

publish::Material material_of(const std::string& text) {
    publish::Material material;
    material.statement.title = text.substr(0, 100);
    material.statement.index = text.substr(0, 30);
    material.statement.date = text.substr(0, 10);
    material.statement.language = text.substr(0, 3);
    material.statement.body =
        text + " {P-AAAAA} {I-BBBBB:date} {I-BBBBB:place} {D-CCCCC} {E-DDDDD}";
    material.statement.sources = {"D-CCCCC"};
    material.today = "2019-12-27";
    publish::Person person;
    person.code = "P-AAAAA";
    person.protection = publish::Protection::open;
    person.names.push_back({text.substr(0, 60), "legal", {}});
    material.persons.push_back(person);
    publish::Incident incident;
    incident.code = "I-BBBBB";
    incident.date = text.substr(0, 21);
    incident.place = text;
    incident.country = text.substr(0, 2);
    incident.precision = "exact";
    material.incidents.emplace(incident.code, incident);
    material.sources.emplace("D-CCCCC",
                             publish::Source{"D-CCCCC", text, text, text.substr(0, 10), text});
    material.exhibits.emplace("E-DDDDD", publish::Exhibit{"E-DDDDD"});
    for (const char* code : {"P-AAAAA", "I-BBBBB", "D-CCCCC", "E-DDDDD"})
        material.known.emplace(code, code);
    return material;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 16384) return 0;
    custos::start_crypto();
    static const auto key = custos::crypto::minisign::public_key_of(
        custos::crypto::minisign::secret_key_of(custos::crypto::SigningSeed(custos::Bytes(32, 1))));
    const std::string text(reinterpret_cast<const char*>(data), size);
    static_cast<void>(publish::markup_problems(text));
    const publish::Material material = material_of(text);
    const publish::Plan plan = publish::make_plan(material);
    const publish::Edition edition = publish::edition_of(material, plan);

    const std::string html = publish::render_html(edition, key);
    for (const char* hostile : {"<img", "<iframe", "<object", "<link", "<form", "javascript:\""})
        require(html.find(hostile) == std::string::npos);
    // The page has scripts and a drawing of its own, and no text adds one.
    static const std::string harmless = publish::render_html({}, key);
    for (const char* own : {"<script", "<svg"})
        require(count_of(html, own) == count_of(harmless, own));
    // What leads anywhere leads to a place in the page.
    for (std::size_t at = html.find("href=\""); at != std::string::npos;
         at = html.find("href=\"", at + 1)) {
        require(html[at + 6] == '#');
    }

    static_cast<void>(publish::render_markdown(edition));
    static_cast<void>(publish::render_json(edition));
    return 0;
}
