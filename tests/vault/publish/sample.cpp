// SPDX-License-Identifier: GPL-3.0-or-later
#include "sample.h"

#include <utility>

#include "crypto/encoding.h"
#include "vault/publish/approval.h"
#include "vault/publish/key_history.h"
#include "vault/publish/proof.h"

namespace custos::test {

using namespace vault::publish;

Person person(std::string code, std::string level, std::string name, std::string language) {
    Person person;
    person.code = std::move(code);
    person.protection = protection_named(level).value_or(Protection::confidential);
    person.names.push_back({std::move(name), "legal", std::move(language)});
    return person;
}

std::vector<Person> sample_persons() {
    std::vector<Person> persons;
    Person activist = person("P-AAAAA", "P3", "Vann Sorithea", "en");
    activist.names.push_back({"វ៉ាន់ សុរិទ្ធា", "legal", "km"});
    activist.aliases = {"Bong Thea"};
    activist.numbers = {"N 0417 3389 2"};
    activist.contacts = {"+66 81 555 0142", "thea.vann@example.org"};
    activist.role = "an opposition activist";
    persons.push_back(activist);
    persons.push_back(person("P-BBBBB", "P3", "Keo Ratanak"));
    persons.push_back(person("P-CCCCC", "P3", "Chhun Lis"));
    persons.push_back(person("P-DDDDD", "P2", "Prak Meng Soka"));
    persons.push_back(person("P-EEEEE", "P4", "Somchai Rattanakul"));
    persons.push_back(person("P-FFFFF", "P0", "Helena Brandt"));
    return persons;
}

std::string careless_body() {
    return R"(The authorities must stop the harassment of members of a dissolved party who fled to Thailand.

Mr. Vann Sorithea, a 37-year-old activist, was attacked in Bangkok on 22 December 2019. Mr. Sorithea is at
risk of being returned by force. Two men approached Mr. Sorithea and shocked him with a taser; VANN SORITHEA
escaped. He can be reached at 081-555-0142.

On 23 November, Keo Ratanak and his wife, Chhun Lis, were returned by force. Mr. Ratanak and Mrs. Lis later
"confessed".

Prak Soka and Meng Soka Prak spoke to Somchai Rattanakul. Mr Rattanakul confirmed it.

Helena Brandt, Special Rapporteur, expressed grave concern.
)";
}

std::string careful_body() {
    return R"(The authorities must stop the harassment of members of a dissolved party who fled to Thailand.

{P-AAAAA}, a 37-year-old activist, was attacked in {I-GGGGG:place} on {I-GGGGG:date}. {P-AAAAA} is at risk of
being returned by force. Two men approached {P-AAAAA} and shocked the activist with a taser.[^1]

On 23 November, {P-BBBBB} and his wife, {P-CCCCC}, were returned by force. {P-BBBBB} later "confessed" {D-HHHHH}.

## Background

{P-DDDDD} spoke to {P-EEEEE}. {P-FFFFF}, Special Rapporteur, expressed *grave* concern.

[^1]: The device is shown in {E-JJJJJ}.
)";
}

Material sample_material(const std::string& body) {
    Material material;
    material.statement.code = "S-KKKKK";
    material.statement.index = "KEP 23/0117/2019";
    material.statement.title = "Cambodia: stop the harassment of opposition figures in Thailand";
    material.statement.date = "2019-12-27";
    material.statement.language = "en";
    material.statement.body = body;
    material.statement.sources = {"D-HHHHH"};
    material.persons = sample_persons();
    material.today = "2019-12-27";
    for (const Person& each : material.persons) material.known.emplace(each.code, each.code);
    for (const char* code : {"I-GGGGG", "D-HHHHH", "E-JJJJJ"}) material.known.emplace(code, code);

    Incident incident;
    incident.code = "I-GGGGG";
    incident.protection = Protection::internal;
    incident.title = "Attempted abduction";
    incident.date = "2019-12-22";
    incident.place = "Soi Example 12, Bang Na";
    incident.country = "TH";
    incident.admin1 = "Bangkok";
    incident.precision = "province";
    material.incidents.emplace(incident.code, incident);
    material.exhibits.emplace("E-JJJJJ", Exhibit{"E-JJJJJ"});
    material.sources.emplace(
        "D-HHHHH", Source{"D-HHHHH", "Statement of the Special Rapporteur", "OHCHR", "2019-11",
                          "https://example.org/news?id=25260&lang=E"});
    Consent consent;
    consent.person = "P-AAAAA";
    consent.given = "2019-12-24";
    consent.scopes = {{"publish_anonymous", "granted"}, {"publish_named", "refused"}};
    material.consents.push_back(consent);
    for (const char* code : {"P-BBBBB", "P-DDDDD"}) {
        consent.person = code;
        material.consents.push_back(consent);
    }
    return material;
}

crypto::minisign::SecretKey sample_key(std::uint8_t seed) {
    start_crypto();
    const Bytes bytes(32, seed);
    return crypto::minisign::secret_key_of(crypto::SigningSeed(bytes));
}

std::string sample_proof(const crypto::Digest& package, const vault::VaultId& vault_id,
                         const crypto::SigningSeed& author) {
    RegisterLine line;
    line.number = 1;
    line.index = "KEP 23/0117/2019";
    line.date = "2019-12-27";
    line.package = crypto::hex(package.view());
    line.title = "Cambodia: stop the harassment of opposition figures in Thailand";
    line.language = "en";
    const std::string body = as_json(line).dump();
    vault::Entry entry;
    entry.index = 2;
    entry.log = vault_id;
    entry.time = 1'577'404'800'000;
    entry.verb = vault::Verb::publish;
    entry.subject = vault::kVaultSubject;
    const Bytes salt(vault::kSaltSize, 9);
    entry.body = vault::body_digest(salt, bytes_of(body));
    const std::string text = vault::encode(entry);
    const std::vector<crypto::Digest> leaves = {
        crypto::leaf_hash(bytes_of("0")), crypto::leaf_hash(bytes_of("1")),
        crypto::leaf_hash(bytes_of(text)), crypto::leaf_hash(bytes_of("3"))};
    const std::string checkpoint = crypto::sign_checkpoint(
        {"custos/" + crypto::hex(vault_id), leaves.size(), crypto::root_of(leaves)}, author);
    return write_publication_proof({to_bytes(bytes_of(text)), salt, to_bytes(bytes_of(body)), 2,
                                    crypto::inclusion_proof(leaves, 2), checkpoint});
}

std::string body_with_withheld_passage() {
    return careful_body() +
           "\n{withheld}\nThe plate was *1 kho 4711*.\n\nIt was seen by {P-DDDDD}.\n{/withheld}\n"
           "\nNothing else is withheld.\n";
}

Bytes sample_salt(std::string_view what) {
    return to_bytes(crypto::sha256(bytes_of(what)).view().first(crypto::kSdJwtSaltSize));
}

Claims sample_claims(const Material& material, std::uint8_t key) {
    const Plan plan = make_plan(material);
    return make_claims(material, plan, edition_of(material, plan), sample_key(key), sample_salt);
}

Files package_of(const Material& material, std::uint8_t key) {
    const Edition edition = edition_of(material, make_plan(material));
    const crypto::SigningSeed author(Bytes(32, 40));
    const crypto::SigningSeed approver(Bytes(32, 41));
    const vault::VaultId vault_id = {1, 2, 3};
    const std::string origin = "custos/" + crypto::hex(vault_id);
    PackageParts parts;
    parts.claims = sample_claims(material, key).published();
    parts.log_key = crypto::write_vkey({origin, crypto::verify_key_of(author)});
    parts.replaces = "KEP 23/0001/2019";
    parts.keys =
        write_key_history({{sign_rotation(sample_key(100), sample_key(key), "2019-11-01")}, {}});
    const Approval approval{edition.index,
                            sums_digest(make_package(edition, sample_key(key), parts)),
                            std::string(kScanRules), crypto::sha256({})};
    parts.approval = sign_approval(approval, approver);
    parts.approver = approver_text(crypto::verify_key_of(approver));
    Files package = make_package(edition, sample_key(key), parts);
    const Files proof = make_proof_files(
        package, sample_proof(package_digest(package), vault_id, author), sample_key(key));
    package.insert(proof.begin(), proof.end());
    return package;
}

Files sample_package() { return package_of(sample_material(body_with_withheld_passage())); }

}  // namespace custos::test
