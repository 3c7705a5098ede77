// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/publish/hits.h"

#include <tuple>

namespace custos::vault::publish {
namespace {

// Bytes between the beginning of a telephone number and the last digits that are looked for.
constexpr std::uint32_t kNumberSpread = 32;

bool is_about_part(Rule rule) {
    return rule == Rule::name_part || rule == Rule::near_name || rule == Rule::inflected_name ||
           rule == Rule::transliterated_name;
}

// Numbers that say no more than a number of the vault that stands in them.
bool is_number_of_nobody(Rule rule) {
    switch (rule) {
        case Rule::phone_number:
        case Rule::email_address:
        case Rule::coordinates:
        case Rule::bank_account:
        case Rule::payment_card:
        case Rule::national_identity:
        case Rule::travel_document: return true;
        default: return false;
    }
}

bool comes_first(const Hit& a, const Hit& b) {
    return std::tie(a.begin, b.end, b.severity, a.rule, a.person, a.first) <
           std::tie(b.begin, a.end, a.severity, b.rule, b.person, b.first);
}

auto place_in(std::vector<Hit>& hits, std::size_t at) {
    return hits.begin() + static_cast<std::ptrdiff_t>(at);
}

}  // namespace

void sort_hits(std::vector<Hit>& hits, std::size_t first) {
    if (!std::is_sorted(place_in(hits, first), hits.end(), comes_first))
        std::sort(place_in(hits, first), hits.end(), comes_first);
}

void merge_hits(std::vector<Hit>& hits, std::size_t middle) {
    if (middle == 0 || middle == hits.size() || comes_first(hits[middle - 1], hits[middle])) return;
    std::inplace_merge(hits.begin(), place_in(hits, middle), hits.end(), comes_first);
}

void Sieve::start(const std::vector<Hit>& hits) {
    released_ = 0;
    used_ = 0;
    if (++view_ == 0) {
        std::fill(reaches_.begin(), reaches_.end(), Reach{});
        view_ = 1;
    }
    numbers_.clear();
    for (const Hit& hit : hits) {
        if (hit.rule == Rule::contact || hit.rule == Rule::identifier)
            numbers_.push_back(hit.begin);
    }
}

bool Sieve::is_said(const Hit& hit) {
    if (is_number_of_nobody(hit.rule)) {
        const auto number = std::lower_bound(numbers_.begin(), numbers_.end(), hit.begin);
        const std::uint32_t end = std::max(hit.end, hit.begin + kNumberSpread);
        if (number != numbers_.end() && *number <= end) return true;
    }
    if (is_about_part(hit.rule)) {
        if (hit.end <= released_) return true;
        if (hit.end <= reach(hit.person, static_cast<std::uint32_t>(About::whole_name)).any)
            return true;
        if (hit.rule == Rule::transliterated_name &&
            hit.begin < reach(hit.person, static_cast<std::uint32_t>(About::part)).any)
            return true;
    }
    const Reach& same = reach(hit.person, static_cast<std::uint32_t>(hit.rule));
    return hit.end <= (hit.severity == Severity::exact ? same.exact : same.any);
}

void Sieve::note(const Hit& hit) {
    const auto reaches = [&](About about) {
        std::uint32_t& end = reach(hit.person, static_cast<std::uint32_t>(about)).any;
        end = std::max(end, hit.end);
    };
    if (hit.rule == Rule::name || hit.rule == Rule::alias) reaches(About::whole_name);
    if (is_about_part(hit.rule) && hit.rule != Rule::transliterated_name) reaches(About::part);
    Reach& same = reach(hit.person, static_cast<std::uint32_t>(hit.rule));
    same.any = std::max(same.any, hit.end);
    if (hit.severity == Severity::exact) same.exact = std::max(same.exact, hit.end);
}

std::size_t Sieve::place_of(std::uint32_t person, std::uint32_t about) const {
    const std::uint64_t hash = (std::uint64_t{person} << 32 | (about + 1u)) * 0x9E3779B97F4A7C15u;
    std::size_t at = (hash >> 32) & (reaches_.size() - 1);
    while (reaches_[at].view == view_ &&
           (reaches_[at].person != person || reaches_[at].about != about))
        at = (at + 1) & (reaches_.size() - 1);
    return at;
}

// Makes one that reaches nowhere if there is none. Until the next call.
Sieve::Reach& Sieve::reach(std::uint32_t person, std::uint32_t about) {
    std::size_t at = place_of(person, about);
    if (reaches_[at].view == view_) return reaches_[at];
    if (++used_ * 2 > reaches_.size()) {
        std::vector<Reach> old(reaches_.size() * 4);
        old.swap(reaches_);
        for (const Reach& each : old) {
            if (each.view == view_) reaches_[place_of(each.person, each.about)] = each;
        }
        at = place_of(person, about);
    }
    reaches_[at] = {view_, person, about, 0, 0};
    return reaches_[at];
}

}  // namespace custos::vault::publish
