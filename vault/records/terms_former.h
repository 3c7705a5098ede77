// SPDX-License-Identifier: GPL-3.0-or-later
// Words that are taken and become another: wording of 2001 that is not used any more, numbers of
// HURIDOCS for what we say in two fields, common other names. Only vocabulary.cpp includes this.
#pragma once

#include <array>

#include "vault/records/vocabulary.h"

namespace custos::vault::terms {

// A row a line, to be read down the page.
// clang-format off
// {vocabulary, before, now, note}
inline constexpr auto kFormer = std::to_array<FormerTerm>({
    {VocabularyId::act_type, "010109", "killing", "set completion to attempted"},
    {VocabularyId::act_type, "attempted_killing", "killing", "set completion to attempted"},
    {VocabularyId::act_type, "02011102", "rape", "set completion to attempted"},
    {VocabularyId::act_type, "attempted_rape", "rape", "set completion to attempted"},
    {VocabularyId::act_type, "attempted_abduction", "abduction", "set completion to attempted"},
    {VocabularyId::act_type, "murder", "killing", ""},
    {VocabularyId::act_type, "kidnapping", "abduction", ""},
    {VocabularyId::act_type, "disappearance", "enforced_disappearance", ""},
    {VocabularyId::act_type, "involuntary_disappearance", "enforced_disappearance", ""},
    {VocabularyId::act_type, "refoulement", "forced_return", ""},
    {VocabularyId::act_type, "deportation", "expulsion", "say forced_return where the person is in danger there"},
    {VocabularyId::act_type, "cruel_inhuman_or_degrading_treatment", "ill_treatment", ""},
    {VocabularyId::act_type, "red_notice", "notice_abuse", ""},
    {VocabularyId::completion, "attempt", "attempted", ""},
    {VocabularyId::gender, "transsexual", "self_described", "write gender_in_own_words"},
    {VocabularyId::person_characteristic, "040301", "undocumented", "HURIDOCS 2001 says \"illegal immigrants\""},
    {VocabularyId::person_characteristic, "illegal_immigrant", "undocumented", ""},
    {VocabularyId::person_characteristic, "illegal_immigrants", "undocumented", ""},
    {VocabularyId::person_characteristic, "homosexual", "lgbti", ""},
    {VocabularyId::person_characteristic, "handicapped", "disabled", ""},
    {VocabularyId::person_characteristic, "mentally_retarded", "disabled", ""},
    {VocabularyId::perpetrator_type, "guerrilla", "armed_group", ""},
    {VocabularyId::perpetrator_type, "secret_service", "intelligence_service", ""},
    {VocabularyId::perpetrator_type, "vigilantes", "death_squad", ""},
    {VocabularyId::source_type, "film", "video", ""},
    {VocabularyId::source_type, "audiotape", "audio", ""},
    {VocabularyId::victim_status, "deported", "returned_by_force", ""},
});

// clang-format on

}  // namespace custos::vault::terms
