// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/exchange/import.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <set>

#include "crypto/error.h"
#include "vault/os/task_thread.h"

namespace custos::vault {
namespace {

class JsonLines : public RecordSource {
public:
    explicit JsonLines(Source source)
        : source_(std::move(source)), lines_(source_, kImportLineSizeMax) {}

    void rewind() override { lines_.rewind(); }
    bool next() override { return lines_.next(); }
    std::size_t line() const override { return lines_.line().number; }
    std::uint64_t at() const override { return lines_.at(); }
    void must_be_unchanged() const override { source_.must_be_unchanged(); }

    // The keys, or an escaped ASCII letter, of which they could be made.
    bool may_be_named() const override {
        return follows('"', {"ref\"", "id\""}) || follows('\\', {"u006", "u007"});
    }

    Incoming record() override {
        const Line& line = lines_.line();
        if (!line.too_long) return read_json_record(line.text, line.number);
        Incoming incoming;
        incoming.problems.push_back({{}, "is longer than 8 MiB", {}, {}});
        return incoming;
    }

private:
    // Whether somewhere in the line `mark` is followed by one of these.
    bool follows(char mark, std::initializer_list<std::string_view> these) const {
        const std::string_view text = lines_.line().text;
        for (std::size_t at = text.find(mark); at != std::string_view::npos;
             at = text.find(mark, at + 1)) {
            const std::string_view rest = text.substr(at + 1);
            if (std::any_of(these.begin(), these.end(),
                            [&](std::string_view each) { return rest.starts_with(each); }))
                return true;
        }
        return false;
    }

    Source source_;
    LineReader lines_;
};

class Import {
public:
    Import(Vault& vault, RecordSource& source, const ImportOptions& options,
           const std::function<void(const Prepared&)>& tell,
           const std::function<void(std::uint64_t)>& tick)
        : vault_(vault),
          source_(source),
          options_(options),
          tell_(tell),
          tick_(tick),
          preparer_(vault, coming_, options.prepare, [this] {
              if (writer_) writer_->settle();
          }) {}

    ImportCount run() {
        read_names();
        if (options_.partial && !coming_.empty()) find_refused();
        if (options_.store) {
            change_.emplace(vault_);
            writer_.emplace();
        }
        each_record([&](Incoming incoming, std::size_t line) {
            finish(preparer_.prepare(std::move(incoming), line));
        });
        if (writer_) writer_->settle();
        source_.must_be_unchanged();
        if (change_ && !given_up()) {
            if (count_.created + count_.updated > 0) change_->commit();
            count_.stored = true;
        }
        return count_;
    }

private:
    bool given_up() const { return count_.stopped || (count_.refused > 0 && !options_.partial); }

    void read_names() {
        source_.rewind();
        std::size_t lines = 0;
        while (source_.next()) {
            if (++lines > kImportLinesMax) {
                throw Error{ErrorCode::usage, "cannot import more than 20,000,000 records at once",
                            "import them in parts"};
            }
            tick_(0);
            if (!source_.may_be_named()) continue;
            const Incoming incoming = source_.record();
            if (!incoming.problems.empty()) continue;  // told when it is to be stored
            if (incoming.kind == Kind::statement) late_.insert(source_.line());
            if (const auto id = preparer_.announced_id(incoming))
                coming_.add(incoming.ref, *id, source_.line());
        }
        coming_.finish();
    }

    // Everything once without storing, to know which lines are refused and which point at those.
    void find_refused() {
        std::vector<Pointing> pointing;
        std::vector<std::uint32_t> refused;
        preparer_.note_pointing(&pointing);
        each_record([&](Incoming incoming, std::size_t line) {
            const Prepared prepared = preparer_.prepare(std::move(incoming), line);
            if (prepared.action == Action::refuse && refused.size() <= kImportRefusedMax)
                refused.push_back(static_cast<std::uint32_t>(line));
        });
        preparer_.note_pointing(nullptr);
        coming_.refuse(refused, std::move(pointing));
    }

    // In the order of the file, but statements last where there are names for them to write.
    template <class Visit>
    void each_record(const Visit& visit) {
        const bool in_two = !coming_.empty();
        source_.rewind();
        while (!count_.stopped && source_.next()) {
            tick_(source_.at());
            if (late_.contains(source_.line())) continue;
            Incoming incoming = source_.record();
            if (in_two && incoming.kind == Kind::statement) {
                late_.insert(source_.line());
            } else {
                visit(std::move(incoming), source_.line());
            }
        }
        if (late_.empty()) return;
        source_.rewind();
        while (!count_.stopped && source_.next()) {
            if (late_.contains(source_.line())) visit(source_.record(), source_.line());
        }
    }

    void finish(Prepared prepared) {
        if (prepared.action == Action::refuse) {
            count_.stopped = ++count_.refused >= kImportRefusedMax;
            for (Problem& problem : prepared.problems) source_.locate(problem);
        } else {
            for (NewReference* reference : prepared.references) make(*reference, prepared.line);
            if (change_ && !given_up()) store(prepared);
            std::size_t& count = prepared.action == Action::create   ? count_.created
                                 : prepared.action == Action::update ? count_.updated
                                                                     : count_.unchanged;
            ++count;
        }
        tell_(prepared);
    }

    void make(NewReference& reference, std::size_t line) {
        if (reference.stored) return;
        reference.stored = true;
        ++count_.created;
        ++count_.references;
        if (change_ && !given_up()) {
            later(line, read_revision(reader_, reference.id.kind, reference.fields),
                  [this, id = reference.id](Revision& revision) {
                      create_checked(*change_, id, std::move(revision));
                  });
        }
        Prepared told;
        told.line = line;
        told.ref = reference.text;
        told.action = Action::create;
        told.id = reference.id;
        tell_(told);
    }

    void store(const Prepared& prepared) {
        const RecordId& id = prepared.id;
        if (prepared.action == Action::create) {
            later(prepared.line, read_revision(reader_, id.kind, prepared.fields),
                  [this, id](Revision& revision) {
                      create_checked(*change_, id, std::move(revision));
                  });
        } else if (!prepared.changed.empty()) {
            later(prepared.line, read_revision(reader_, id.kind, prepared.fields),
                  [this, id](Revision& revision) {
                      revise_checked(*change_, id, std::move(revision));
                  });
        }
        for (const auto& [role, to] : prepared.unlinks) {
            later(prepared.line, {}, [this, id, role = role, to = to](Revision&) {
                unlink_records(*change_, id, role, to);
            });
        }
        for (std::size_t i = 0; i < prepared.links.size(); ++i) {
            later(prepared.line, {},
                  [this, id, link = prepared.links[i], said = prepared.said[i]](Revision&) {
                      const RecordSet known{link.second};
                      link_records(*change_, id, link.first, link.second, &known, said);
                  });
        }
    }

    // In the second thread, in order. What only shows then (that something would be part of itself)
    // is told with the line.
    template <class Task>
    void later(std::size_t line, Revision revision, Task task) {
        const std::size_t size = 4 * revision.body.size();  // with its words and values
        writer_->put(
            [line, task, revision = std::move(revision)]() mutable {
                try {
                    task(revision);
                } catch (const Error& error) {
                    throw Error{error.code(), "line " + std::to_string(line) + ": " + error.what(),
                                error.hint()};
                }
            },
            size);
    }

    Vault& vault_;
    RecordSource& source_;
    const ImportOptions& options_;
    const std::function<void(const Prepared&)>& tell_;
    const std::function<void(std::uint64_t)>& tick_;
    Coming coming_;
    Preparer preparer_;
    ContentReader reader_;
    std::set<std::size_t> late_;  // lines of statements
    ImportCount count_;
    std::optional<Change> change_;
    std::optional<TaskThread> writer_;  // uses what is above: ends first
};

}  // namespace

std::unique_ptr<RecordSource> jsonl_records(Source source) {
    return std::make_unique<JsonLines>(std::move(source));
}

ImportCount import_records(Vault& vault, RecordSource& source, const ImportOptions& options,
                           const std::function<void(const Prepared&)>& tell,
                           const std::function<void(std::uint64_t)>& tick) {
    return Import(vault, source, options, tell, tick).run();
}

}  // namespace custos::vault
