// SPDX-License-Identifier: GPL-3.0-or-later
// Any sequence of changes, replayed from the log, gives the same vault; and an own model of what
// each change means, which knows nothing of logs and tables, agrees with it.
#include <random>
#include <vector>

#include <catch2/catch_test_macros.hpp>

#include "tests/vault/analysis/snapshot.h"
#include "tests/vault/open_vault.h"
#include "vault/records/merge.h"
#include "vault/replay.h"

namespace custos::vault {
namespace {

using nlohmann::json;

class Play {
public:
    Play(Vault& vault, std::uint32_t seed) : vault_(vault), random_(seed) {
        for (int i = 0; i < 4; ++i) add();
    }

    void step() {
        switch (pick(12)) {
            case 0:
            case 1: add(); break;
            case 2:
            case 3: revise(); break;
            case 4:
            case 5: link(); break;
            case 6: unlink(); break;
            case 7: trash(); break;
            case 8: restore(); break;
            case 9: pick(3) == 0 ? purge() : add(); break;
            case 10: merge(); break;
            default: unmerge(); break;
        }
    }

    // Undone in the other order, so that each finds what it left.
    void unmerge_all() {
        while (!merges_.empty()) unmerge();
    }

    // The model, with what is merged now left aside: it is what the vault said before.
    [[nodiscard]] const Snapshot& model() const { return model_; }

private:
    std::size_t pick(std::size_t below) { return random_() % below; }

    template <class Act>
    bool tried(Act act) {
        try {
            Change change(vault_);
            act(change);
            change.commit();
            return true;
        } catch (const Error&) {  // refused: nothing may have changed, which the model checks
            return false;
        }
    }

    RecordId any() { return ids_[pick(ids_.size())]; }
    std::optional<RecordId> any_of(Kind kind) {
        std::vector<RecordId> fit;
        for (const RecordId& id : ids_) {
            if (id.kind == kind) fit.push_back(id);
        }
        if (fit.empty()) return std::nullopt;
        return fit[pick(fit.size())];
    }

    json fields_for(Kind kind) {
        const std::string word = "word" + std::to_string(pick(50));
        json fields;
        if (kind == Kind::person) {
            fields = {{"role", word}, {"aliases", {word, "a" + std::to_string(pick(5))}}};
            if (pick(2) == 0) fields["names"] = {{{"text", "Name " + word}}};
            if (pick(2) == 0) fields["country"] = pick(2) == 0 ? "KH" : "TH";
        } else if (kind == Kind::incident) {
            fields = {{"title", word}, {"date", "2019-1" + std::to_string(pick(3))}};
        } else {
            fields = {{"type", "abduction"}};
            if (const auto person = any_of(Kind::person)) fields["victim"] = to_text(*person);
            if (const auto incident = any_of(Kind::incident))
                fields["incident"] = to_text(*incident);
        }
        return fields;
    }

    // While something is merged, nothing else may change that the merge touched, or undoing it
    // would rightly leave something: then only new records are made that stand for themselves.
    [[nodiscard]] bool is_free() const { return merges_.empty(); }

    void add() {
        static constexpr std::array kMade = {Kind::person, Kind::person, Kind::incident, Kind::act};
        const Kind kind = is_free() ? kMade.at(pick(kMade.size())) : Kind::source;
        const json fields = kind == Kind::source ? json{{"title", "s"}} : fields_for(kind);
        std::optional<RecordId> made;
        if (!tried([&](Change& change) { made = create_record(change, kind, fields); })) return;
        if (kind != Kind::source) ids_.push_back(*made);
        model_[to_text(*made)] = {{"state", "live"},
                                  {"fields", get_record(vault_, *made, 1).fields},
                                  {"links", json::array()}};
    }

    void revise() {
        if (!is_free()) return;
        const RecordId id = any();
        const json fields = fields_for(id.kind);
        if (tried([&](Change& change) { revise_record(change, id, fields); }))
            model_[to_text(id)]["fields"] = fields;
    }

    void link() {
        if (!is_free()) return;
        const RecordId from = any();
        const RecordId to = any();
        const std::string role = pick(2) == 0 ? "related_to" : "about";
        if (!tried([&](Change& change) { link_records(change, from, role, to); })) return;
        auto& links = model_[to_text(from)]["links"];
        links.push_back({role, to_text(to)});
        std::sort(links.begin(), links.end());
    }

    void unlink() {
        if (!is_free()) return;
        const RecordId from = any();
        auto& links = model_[to_text(from)]["links"];
        if (links.empty()) return;
        const std::size_t number = pick(links.size());
        const json link = links[number];
        const auto to = parse_id(link[1].get<std::string>());
        if (tried([&](Change& change) {
                unlink_records(change, from, link[0].get<std::string>(), *to);
            }))
            links.erase(number);
    }

    void trash() {
        if (!is_free()) return;
        const RecordId id = any();
        if (tried([&](Change& change) { trash_record(change, id); }))
            model_[to_text(id)]["state"] = "trashed";
    }

    void restore() {
        if (!is_free()) return;
        const RecordId id = any();
        if (tried([&](Change& change) { restore_record(change, id); }))
            model_[to_text(id)]["state"] = "live";
    }

    void purge() {
        if (!is_free()) return;
        const RecordId id = any();
        if (!tried([&](Change& change) { purge_record(change, id, "asked for"); })) return;
        model_[to_text(id)] = {{"state", "purged"}, {"fields", json()}, {"links", json::array()}};
    }

    void merge() {
        const auto kept = any_of(pick(3) == 0 ? Kind::incident : Kind::person);
        const auto other = kept ? any_of(kept->kind) : std::nullopt;
        if (other && tried([&](Change& change) { merge_records(change, *kept, *other); }))
            merges_.push_back(*other);
    }

    void unmerge() {
        if (merges_.empty()) return;
        REQUIRE(tried([&](Change& change) {
            const Unmerged undone = unmerge_record(change, merges_.back());
            REQUIRE(undone.left.empty());
        }));
        merges_.pop_back();
    }

    Vault& vault_;
    std::mt19937 random_;
    std::vector<RecordId> ids_;
    std::vector<RecordId> merges_;
    Snapshot model_;
};

void require_same_when_replayed(const Vault& vault) {
    Database replayed = empty_index();
    replay(vault.log(), replayed);
    const auto differences = compare_indexes(vault.database(), replayed);
    CAPTURE(differences);
    REQUIRE(differences.empty());
}

}  // namespace

TEST_CASE("any sequence of changes gives the same vault when it is replayed", "[replay][merge]") {
    for (int round = 0; round < 12; ++round) {
        const std::uint32_t seed = std::random_device{}();
        CAPTURE(seed);
        VaultFixture fixture;
        Vault vault = fixture.create();
        Play play(vault, seed);

        for (int i = 0; i < 60; ++i) {
            play.step();
            if (i % 15 == 0) require_same_when_replayed(vault);
        }
        play.unmerge_all();

        require_same_when_replayed(vault);
        REQUIRE(snapshot_of(vault) == play.model());
    }
}

}  // namespace custos::vault
