// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/records/vocabulary.h"

#include <algorithm>
#include <array>

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "vault/records/terms_acts.h"
#include "vault/records/terms_evidence.h"
#include "vault/records/terms_former.h"
#include "vault/records/terms_people.h"

namespace custos::vault {
namespace {

using Id = VocabularyId;

// clang-format off
constexpr auto kVocabularies = std::to_array<Vocabulary>({
    {Id::act_type, "act_type", "what was done to the victim", terms::kActType},
    {Id::act_method, "act_method", "by which means", terms::kActMethod},
    {Id::attribution, "attribution", "what those accused say", terms::kAttribution},
    {Id::autopsy, "autopsy", "whether the body was examined", terms::kAutopsy},
    {Id::calendar, "calendar", "the calendar in which a date was given", terms::kCalendar},
    {Id::case_status, "case_status", "where the work on a case stands", terms::kCaseStatus},
    {Id::civil_status, "civil_status", "married or not", terms::kCivilStatus},
    {Id::compensation, "compensation", "what was given for what was lost", terms::kCompensation},
    {Id::completion, "completion", "whether the act was carried out", terms::kCompletion},
    {Id::confidence, "confidence", "how sure we are", terms::kConfidence},
    {Id::consent_capacity, "consent_capacity", "who spoke for the person", terms::kConsentCapacity},
    {Id::consent_method, "consent_method", "how consent was given", terms::kConsentMethod},
    {Id::consent_scope, "consent_scope", "what consent is about; each stands alone", terms::kConsentScope},
    {Id::consent_state, "consent_state", "the answer", terms::kConsentState},
    {Id::contact_type, "contact_type", "ways to reach a person", terms::kContactType},
    {Id::copy_status, "copy_status", "original or copy", terms::kCopyStatus},
    {Id::counting_unit, "counting_unit", "one person or several", terms::kCountingUnit},
    {Id::credibility, "credibility", "Admiralty scale: is the information true", terms::kCredibility},
    {Id::degree, "degree", "part in the act", terms::kDegree},
    {Id::detention_type, "detention_type", "kind of detention", terms::kDetentionType},
    {Id::exhibit_type, "exhibit_type", "kind of evidence", terms::kExhibitType},
    {Id::gender, "gender", "as the person says", terms::kGender},
    {Id::handling, "handling", "how evidence came to us", terms::kHandling},
    {Id::identifier_status, "identifier_status", "whether a document holds", terms::kIdentifierStatus},
    {Id::identifier_type, "identifier_type", "documents and numbers", terms::kIdentifierType},
    {Id::impact, "impact", "what an intervention changed", terms::kImpact},
    {Id::intent, "intent", "what the perpetrator wanted", terms::kIntent},
    {Id::intervention_status, "intervention_status", "where an intervention stands", terms::kInterventionStatus},
    {Id::intervention_type, "intervention_type", "what was done about it", terms::kInterventionType},
    {Id::knowledge_basis, "knowledge_basis", "how a witness knows", terms::kKnowledgeBasis},
    {Id::link_role, "link_role", "what a link says", terms::kLinkRole},
    {Id::location_type, "location_type", "kind of place", terms::kLocationType},
    {Id::medical_attention, "medical_attention", "whether a doctor was there", terms::kMedicalAttention},
    {Id::name_kind, "name_kind", "kind of name", terms::kNameKind},
    {Id::perpetrator_status, "perpetrator_status", "what became of the perpetrator", terms::kPerpetratorStatus},
    {Id::perpetrator_type, "perpetrator_type", "kind of perpetrator", terms::kPerpetratorType},
    {Id::person_characteristic, "person_characteristic", "what may have made a person a target", terms::kPersonCharacteristic},
    {Id::place_method, "place_method", "how coordinates were found", terms::kPlaceMethod},
    {Id::plan_appearance, "plan_appearance", "how somebody or something appears in a publication", terms::kPlanAppearance},
    {Id::priority, "priority", "how urgent", terms::kPriority},
    {Id::property_type, "property_type", "kind of property", terms::kPropertyType},
    {Id::protection, "protection", "how closely the record is guarded", terms::kProtection},
    {Id::publish_precision, "publish_precision", "how exactly a place may be published", terms::kPublishPrecision},
    {Id::refugee_status, "refugee_status", "standing in the host country", terms::kRefugeeStatus},
    {Id::relationship, "relationship", "how one person stands to another", terms::kRelationship},
    {Id::reliability, "reliability", "Admiralty scale: is the source reliable", terms::kReliability},
    {Id::reliability_huridocs, "reliability_huridocs", "HURIDOCS scale of reliability", terms::kReliabilityHuridocs},
    {Id::response, "response", "how those asked answered", terms::kResponse},
    {Id::right, "right", "human right concerned", terms::kRight},
    {Id::risk_level, "risk_level", "danger for the person", terms::kRiskLevel},
    {Id::sex, "sex", "as documents say", terms::kSex},
    {Id::signature, "signature", "how a testimony was confirmed", terms::kSignature},
    {Id::source_connection, "source_connection", "how near a source is to the act", terms::kSourceConnection},
    {Id::source_type, "source_type", "kind of source", terms::kSourceType},
    {Id::statements_signed, "statements_signed", "whether the victim had to sign", terms::kStatementsSigned},
    {Id::time_precision, "time_precision", "how exact a time of day is", terms::kTimePrecision},
    {Id::victim_status, "victim_status", "what became of the victim", terms::kVictimStatus},
    {Id::violation_status, "violation_status", "what we found", terms::kViolationStatus},
    {Id::whereabouts, "whereabouts", "what is known of where a captive is", terms::kWhereabouts},
});
// clang-format on

// Row i is the vocabulary after `none` with number i.
constexpr bool rows_are_in_order() {
    for (std::size_t i = 0; i < kVocabularies.size(); ++i) {
        if (kVocabularies[i].id != static_cast<Id>(i + 1)) return false;
    }
    return static_cast<std::size_t>(Id::whereabouts) == kVocabularies.size();
}
static_assert(rows_are_in_order());

// Keys are unique, and a broader term stands before its narrower ones.
constexpr bool is_sound(std::span<const Term> list) {
    for (std::size_t i = 0; i < list.size(); ++i) {
        bool has_parent = list[i].parent.empty();
        for (std::size_t j = 0; j < i; ++j) {
            if (list[j].key == list[i].key) return false;
            has_parent = has_parent || list[j].key == list[i].parent;
        }
        if (!has_parent || list[i].key.empty() || list[i].label.empty()) return false;
    }
    return true;
}
constexpr bool all_sound() {
    for (const Vocabulary& row : kVocabularies) {
        if (!is_sound(row.terms)) return false;
    }
    return true;
}
static_assert(all_sound());

// What does not matter in a written key: case, the sign between words, how letters are composed.
std::string folded(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
    if (U_FAILURE(status)) return std::string(text);
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    std::string key;
    fold->normalize(wide, status).trim().toUTF8String(key);
    std::replace_if(
        key.begin(), key.end(), [](char c) { return c == ' ' || c == '-'; }, '_');
    return key;
}

constexpr std::size_t kWrittenKeySizeMax = 200;

// "030104" for "03010400000004": twelve digits, by pairs, and the two of the list.
std::string_view without_trailing_zeros(std::string_view code) {
    if (code.size() == 14) code.remove_suffix(2);
    while (code.size() > 2 && code.ends_with("00")) code.remove_suffix(2);
    return code;
}

// Each stands for a term that there is, and is none itself.
constexpr bool former_is_sound() {
    for (const FormerTerm& former : terms::kFormer) {
        bool there = false;
        for (const Term& term :
             kVocabularies[static_cast<std::size_t>(former.vocabulary) - 1].terms) {
            if (term.key == former.before) return false;
            there = there || term.key == former.now;
        }
        if (!there) return false;
    }
    return true;
}
static_assert(former_is_sound());

}  // namespace

std::span<const Vocabulary> builtin_vocabularies() { return kVocabularies; }

const Vocabulary& builtin_vocabulary(VocabularyId id) {
    static constexpr Vocabulary kNone = {Id::none, "none", "", {}};
    if (id == Id::none) return kNone;
    return kVocabularies[static_cast<std::size_t>(id) - 1];
}

const Term* find_term(const Vocabulary& words, std::string_view key) {
    for (const Term& term : words.terms) {
        if (term.key == key) return &term;
    }
    return nullptr;
}

const Term* find_written_term(const Vocabulary& words, std::string_view text) {
    if (const Term* exact = find_term(words, text)) return exact;
    if (text.size() > kWrittenKeySizeMax) return nullptr;
    const std::string wanted = folded(text);
    for (const Term& term : words.terms) {
        if (folded(term.key) == wanted || folded(term.label) == wanted) return &term;
    }
    return nullptr;
}

std::vector<const Term*> terms_with_code(const Vocabulary& words, std::string_view code) {
    const auto is_number = [](std::string_view text) {
        return text.size() >= 2 &&
               std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    };
    std::vector<const Term*> found;
    if (code.size() > kWrittenKeySizeMax) return found;
    for (const Term& term : words.terms) {
        if (!term.huridocs.empty() && term.huridocs == code) found.push_back(&term);
    }
    if (!found.empty() || !is_number(code)) return found;
    const std::string_view wanted = without_trailing_zeros(code);
    for (const Term& term : words.terms) {
        if (is_number(term.huridocs) && without_trailing_zeros(term.huridocs) == wanted)
            found.push_back(&term);
    }
    return found;
}

std::span<const FormerTerm> former_terms() { return terms::kFormer; }

const FormerTerm* find_former_term(const Vocabulary& words, std::string_view text) {
    if (text.size() > kWrittenKeySizeMax) return nullptr;
    const std::string wanted = folded(text);
    for (const FormerTerm& former : terms::kFormer) {
        if (former.vocabulary == words.id && former.before == wanted) return &former;
    }
    return nullptr;
}

std::string_view label_of(const Vocabulary& words, std::string_view key) {
    const Term* term = find_term(words, key);
    return term == nullptr ? key : term->label;
}

std::vector<std::string_view> with_narrower(const Vocabulary& words, std::string_view key) {
    std::vector<std::string_view> keys;
    if (find_term(words, key) == nullptr) return keys;
    keys.push_back(key);
    // A broader term stands before its narrower ones, so one pass finds them all.
    for (const Term& term : words.terms) {
        const bool below =
            !term.parent.empty() && std::find(keys.begin(), keys.end(), term.parent) != keys.end();
        if (below) keys.push_back(term.key);
    }
    return keys;
}

}  // namespace custos::vault
