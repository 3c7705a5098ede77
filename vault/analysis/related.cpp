// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/analysis/related.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include "crypto/error.h"
#include "vault/records/describe.h"

namespace custos::vault::analysis {
namespace {

using nlohmann::json;

std::string without_numbers(const std::string& path) {
    std::string out;
    std::size_t at = 0;
    while (at <= path.size()) {
        const std::size_t end = std::min(path.find('.', at), path.size());
        const std::string part = path.substr(at, end - at);
        const bool number = part.find_first_not_of("0123456789") == std::string::npos;
        const bool id = parse_id(part).has_value();  // the key of a map
        if (!number && !id) out += (out.empty() ? "" : ".") + part;
        at = end + 1;
    }
    return out;
}

// What a record says of others.
std::vector<Relation> relations_of(const Vault& vault, const Record& record) {
    std::vector<Relation> found;
    for (const FieldReference& reference :
         references(vault.schema(), record.id.kind, record.fields))
        found.push_back({record.id, without_numbers(reference.path), false, reference.to, 0});
    for (const Link& link : record.links) found.push_back({record.id, link.role, true, link.to, 0});
    return found;
}

class Search {
public:
    Search(const Vault& vault, int hops, std::size_t limit)
        : vault_(vault), hops_(hops), limit_(limit) {}

    Related run(const RecordId& start) {
        Record record = get_record(vault_, start);
        if (record.state != State::live) {
            throw Error{ErrorCode::refused, "cannot tell what " + record.code +
                                                " is related to: it is " +
                                                std::string(name_of(record.state))};
        }
        reach(std::move(record), 0);
        while (!waiting_.empty()) {
            const std::size_t next = waiting_.front();
            waiting_.pop_front();
            expand(next);
        }
        collect_relations();
        collect_deeds();
        result_.left_out = left_out_.size();
        return std::move(result_);
    }

private:
    void reach(Record record, int hops) {
        numbers_[record.id] = result_.records.size();
        result_.records.push_back({std::move(record), hops});
        const std::size_t number = result_.records.size() - 1;
        // Those that cost no step come first, so that the nearest are known first.
        if (result_.records[number].record.id.kind == Kind::involvement) {
            waiting_.push_front(number);
        } else {
            waiting_.push_back(number);
        }
    }

    void visit(const RecordId& id, int hops) {
        if (hops > hops_ || numbers_.contains(id) || passed_.contains(id)) return;
        if (result_.records.size() >= limit_) {
            left_out_.insert(id);
            return;
        }
        std::optional<Record> record;
        try {
            record = get_record(vault_, id);
        } catch (const Error& error) {  // a reference may outlive what it names
            if (error.code() != ErrorCode::not_found) throw;
        }
        if (!record || record->state != State::live || record->fields.is_null()) {
            passed_.insert(id);
            return;
        }
        reach(std::move(*record), hops);
    }

    void expand(std::size_t number) {
        const RecordId id = result_.records[number].record.id;
        const int hops = result_.records[number].hops;
        if (id.kind == Kind::case_ && hops > 0) return;
        const bool free = id.kind == Kind::involvement && hops > 0;
        if (hops >= hops_ && !free) return;
        const int next = free ? hops : hops + 1;
        for (const Relation& relation : relations_of(vault_, result_.records[number].record))
            visit(relation.to, next);
        if (free) return;  // what speaks of an involvement is as far away as any record
        for (const RecordId& referrer : referrers_of(vault_, id)) {
            if (left_out_.size() > limit_) break;
            visit(referrer, next);
        }
    }

    void collect_relations() {
        std::set<std::tuple<RecordId, std::string, bool, RecordId>> seen;
        for (const RelatedRecord& near : result_.records) {
            for (Relation& relation : relations_of(vault_, near.record)) {
                const auto other = numbers_.find(relation.to);
                if (other == numbers_.end()) continue;
                relation.hops = std::max(near.hops, result_.records[other->second].hops);
                if (seen.emplace(relation.from, relation.role, relation.is_link, relation.to)
                        .second)
                    result_.relations.push_back(std::move(relation));
            }
        }
        std::stable_sort(result_.relations.begin(), result_.relations.end(),
                         [](const Relation& a, const Relation& b) { return a.hops < b.hops; });
    }

    static std::optional<RecordId> id_in(const json& fields, const char* name) {
        const auto found = fields.find(name);
        if (found == fields.end() || !found->is_string()) return std::nullopt;
        return parse_id(found->get_ref<const std::string&>());
    }

    void collect_deeds() {
        std::map<RecordId, std::size_t> of_act;
        for (const RelatedRecord& near : result_.records) {
            if (near.record.id.kind != Kind::act) continue;
            of_act[near.record.id] = result_.deeds.size();
            const json& fields = near.record.fields;
            result_.deeds.push_back(
                {near.record.id, id_in(fields, "victim"), id_in(fields, "incident"), {}});
        }
        for (const RelatedRecord& near : result_.records) {
            if (near.record.id.kind != Kind::involvement) continue;
            const json& fields = near.record.fields;
            const auto act = id_in(fields, "act");
            const auto found = act ? of_act.find(*act) : of_act.end();
            if (found == of_act.end()) continue;
            result_.deeds[found->second].by.push_back({near.record.id, id_in(fields, "perpetrator"),
                                                       fields.value("degree", std::string())});
        }
    }

    const Vault& vault_;
    int hops_;
    std::size_t limit_;
    Related result_;
    std::map<RecordId, std::size_t> numbers_;
    std::set<RecordId> passed_;  // not live
    std::set<RecordId> left_out_;
    std::deque<std::size_t> waiting_;
};

}  // namespace

const RelatedRecord* Related::find(const RecordId& id) const {
    const auto found = std::find_if(records.begin(), records.end(), [&](const RelatedRecord& near) {
        return near.record.id == id;
    });
    return found == records.end() ? nullptr : &*found;
}

Related related_to(const Vault& vault, const RecordId& id, int hops, std::size_t limit) {
    return Search(vault, hops, limit).run(id);
}

}  // namespace custos::vault::analysis
