// SPDX-License-Identifier: GPL-3.0-or-later
// From a record as a file gives it to what would be stored. Reads the vault, changes nothing. What
// the file itself answers is not looked up, so that another thread may be writing meanwhile.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "vault/exchange/coming.h"
#include "vault/exchange/incoming.h"
#include "vault/records/schema.h"
#include "vault/records/store.h"

namespace custos::vault {

enum class Action { create, update, unchanged, refuse };
[[nodiscard]] std::string_view name_of(Action action);

// A record made because a line names one that nobody knows, where that is allowed.
struct NewReference {
    RecordId id;
    std::string text;
    nlohmann::json fields;
    bool stored = false;
};

struct Prepared {
    std::size_t line = 0;
    std::string ref;
    Action action = Action::refuse;
    RecordId id;                                            // not for refuse
    nlohmann::json fields;                                  // checked
    std::vector<std::pair<std::string, RecordId>> links;    // to be made
    std::vector<nlohmann::json> said;                       // of each of these
    std::vector<std::pair<std::string, RecordId>> unlinks;  // to be taken away
    std::vector<NewReference*> references;                  // to be stored before it
    std::vector<std::string> changed;                       // names of fields, for an update
    std::vector<Problem> problems;                          // for refuse: at least one
    std::vector<std::string> notes;  // what was read in other words than it was written in
};

struct PrepareOptions {
    Update update = Update::merge;  // for records that do not say
    bool create_references = false;
};

class Preparer {
public:
    // `before_reading` is called each time before the database is read; nobody else may use it
    // then until the call of prepare() or announced_id() returns.
    Preparer(const Vault& vault, const Coming& coming, PrepareOptions options,
             std::function<void()> before_reading)
        : read_later_(vault),
          before_reading_(std::move(before_reading)),
          schema_(vault.schema()),
          today_(today(vault)),
          coming_(coming),
          options_(options) {}

    // The id that the record has or will get, if others can point at it: by a name or an id.
    [[nodiscard]] std::optional<RecordId> announced_id(const Incoming& incoming);
    [[nodiscard]] Prepared prepare(Incoming incoming, std::size_t line);

    // Which lines pointed at which coming records, from now on.
    void note_pointing(std::vector<Pointing>* pointing) { pointing_ = pointing; }

private:
    struct Known {
        std::optional<RecordId> id;
        State state = State::live;
    };
    const Known& look_up(const std::string& text);
    void report(std::string path, std::string message, std::string value = {},
                std::vector<std::string> choices = {});
    bool identify(const Incoming& incoming);
    bool identify_by_id(const Incoming& incoming);
    nlohmann::json fields_of(Incoming& incoming);
    void check(Kind kind, const nlohmann::json& fields);
    void read_links(const Incoming& incoming);
    nlohmann::json said_of(const IncomingLink& link, const std::string& path);
    [[nodiscard]] bool says_already(const std::string& role, const RecordId& to,
                                    nlohmann::json said) const;
    std::optional<RecordId> link_target(const IncomingLink& link, const std::string& path);
    void check_parts();
    void decide();

    const Coming::Entry* coming_entry(std::string_view id) const;
    const Coming::Entry* point_at(const Coming::Entry* entry);
    void replace_name(const Field& field, nlohmann::json& value);
    void replace_names(FieldList schema, nlohmann::json& fields);
    void replace_keys(nlohmann::json& map);
    void replace_handles(nlohmann::json& fields);
    NewReference* new_reference(const Field& field, const std::string& text);

    const Vault& vault() const {
        before_reading_();
        return read_later_;
    }

    const Vault& read_later_;  // only by vault()
    std::function<void()> before_reading_;
    const Schema& schema_;
    const std::int64_t today_;
    const Coming& coming_;
    PrepareOptions options_;
    std::vector<Pointing>* pointing_ = nullptr;
    std::unordered_map<std::string, Known> known_;     // what look_up() found
    std::map<std::string, NewReference> new_by_text_;  // prefix and text
    std::map<RecordId, NewReference*> new_by_id_;
    std::map<RecordId, std::vector<RecordId>> wholes_;  // of records prepared before (part_of.h)
    // Of the record at hand.
    Prepared now_;
    std::optional<Record> existing_;
    Update update_ = Update::merge;
    std::optional<int> revision_;
};

}  // namespace custos::vault
