// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/rules.h"

namespace custos::vault::publish {

std::string_view text_of(Rule rule) {
    switch (rule) {
        case Rule::name: return "name";
        case Rule::alias: return "alias";
        case Rule::name_part: return "name_part";
        case Rule::near_name: return "near_name";
        case Rule::inflected_name: return "inflected_name";
        case Rule::identifier: return "identifier";
        case Rule::contact: return "contact";
        case Rule::record_code: return "record_code";
        case Rule::phone_number: return "phone_number";
        case Rule::email_address: return "email_address";
        case Rule::coordinates: return "coordinates";
        case Rule::bank_account: return "bank_account";
        case Rule::payment_card: return "payment_card";
        case Rule::national_identity: return "national_identity";
        case Rule::travel_document: return "travel_document";
        case Rule::network_address: return "network_address";
        case Rule::tracking_link: return "tracking_link";
        case Rule::transliterated_name: return "transliterated_name";
        case Rule::file_name: return "file_name";
        case Rule::date: return "date";
        case Rule::place: return "place";
        case Rule::released: return "released";
    }
    return "name";
}

std::string_view advice_for(Rule rule, Severity severity) {
    constexpr std::string_view kDecide =
        "if this is the person, write the handle; if not, accept it with a reason";
    switch (rule) {
        case Rule::name:
        case Rule::alias:
        case Rule::name_part:
            return severity == Severity::fuzzy
                       ? kDecide
                       : "write the person's handle, {P-...}, in place of the name";
        case Rule::near_name:
        case Rule::inflected_name:
        case Rule::transliterated_name: return kDecide;
        case Rule::identifier:
        case Rule::contact: return "take the number or address out";
        case Rule::record_code: return "put the code in braces, {P-...}, or take it out";
        case Rule::phone_number:
        case Rule::email_address:
        case Rule::coordinates:
        case Rule::bank_account:
        case Rule::payment_card:
        case Rule::national_identity:
        case Rule::travel_document:
        case Rule::network_address: return "take it out, or accept it with a reason";
        case Rule::tracking_link:
            return "write the link without what says who followed or shared it, or accept it with "
                   "a "
                   "reason";
        case Rule::file_name: return "take the name of the file out, or accept it with a reason";
        case Rule::date:
            return "write {I-...:date}, which shows no more of the date than is allowed";
        case Rule::place:
            return "write {I-...:place}, which shows no more of the place than is allowed";
        case Rule::released: return "";
    }
    return "";
}

}  // namespace custos::vault::publish
