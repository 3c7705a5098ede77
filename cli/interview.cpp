// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/interview.h"

#include <cerrno>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/harmless.h"
#include "crypto/error.h"
#include "vault/os/process.h"
#include "vault/records/assign.h"
#include "vault/records/check.h"
#include "vault/records/describe.h"
#include "vault/records/schema.h"

namespace custos::cli {
namespace {

using nlohmann::json;
using vault::Field;
using vault::FieldType;

// Thrown by a single dot in place of a value.
struct Finished {};

std::string read_line() {
    std::string line;
    for (;;) {
        vault::throw_if_interrupted();
        char c = 0;
        const ssize_t got = ::read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) {
            throw Error{ErrorCode::usage,
                        "the input ended before the record did; nothing was stored"};
        }
        if (c == '\n') return line;
        line.push_back(c);
        if (line.size() > vault::kTextSizeMax)
            throw Error{ErrorCode::usage, "the line is too long"};
    }
}

// References cannot be looked up here: any id that is well formed will do for now.
vault::Resolved take_any(std::string_view text) {
    const auto query = vault::parse_id_query(text);
    if (!query) return {};
    vault::RecordId id;
    id.kind = query->kind;
    return {id, {}};
}

class Interview {
public:
    Interview(Context& context, const vault::Schema& schema, vault::Kind kind)
        : talk_(context.talk), schema_(schema), kind_(kind) {}

    json run() {
        talk_.raw("Enter leaves a field out, ? explains it, a single dot ends the record.\n");
        try {
            ask_all("", schema_.fields(kind_));
        } catch (const Finished&) {
            talk_.raw("\n");
        }
        return fields_;
    }

private:
    void ask_all(const std::string& prefix, vault::FieldList schema) {
        for (const Field& field : schema) ask(prefix + std::string(field.name), field);
    }

    void ask(const std::string& path, const Field& field) {
        if (field.type == FieldType::object) {
            if (agreed(path, field)) ask_all(path + ".", field.children);
        } else if (field.type == FieldType::object_list) {
            for (std::size_t number = 1; agreed(path, field); ++number) {
                ask_all(path + "." + std::to_string(number) + ".", field.children);
            }
        } else if (field.type == FieldType::long_text) {
            ask_long(path, field);
        } else if (field.type == FieldType::term_map || field.type == FieldType::reference_map) {
            while (ask_once(path, path + " (KEY=VALUE)", field, ".")) {
            }
        } else if (vault::is_list(field.type)) {
            while (ask_once(path, path + " (one at a time)", field, "=")) {
            }
        } else {
            (void)ask_once(path, path, field, "=");
        }
    }

    bool agreed(const std::string& path, const Field& field) {
        for (;;) {
            talk_.raw(path + ", y to fill it in: ");
            const std::string answer = read_line();
            if (answer == ".") throw Finished{};
            if (answer == "?") {
                explain(field);
            } else {
                return answer == "y" || answer == "yes";
            }
        }
    }

    // Whether there was an answer.
    bool ask_once(const std::string& path, const std::string& prompt, const Field& field,
                  const char* joint) {
        for (;;) {
            talk_.raw(prompt + (field.required ? " (needed)" : "") + ": ");
            const std::string answer = read_line();
            if (answer.empty()) return false;
            if (answer == ".") throw Finished{};
            if (answer == "?") {
                explain(field);
            } else if (take(path + joint + answer, path)) {
                return true;
            }
        }
    }

    void ask_long(const std::string& path, const Field& field) {
        for (;;) {
            talk_.raw(path + " (lines; a single dot ends the text): ");
            std::string line = read_line();
            if (line.empty()) return;
            if (line == ".") throw Finished{};
            if (line == "?") {
                explain(field);
                continue;
            }
            std::string text = line;
            for (line = read_line(); line != "."; line = read_line()) text += "\n" + line;
            if (take(path + "=" + text, path)) return;
        }
    }

    bool take(const std::string& assignment, const std::string& path) {
        json changed = fields_;
        try {
            vault::assign(schema_, kind_, changed, assignment);
        } catch (const Error& error) {
            complain(error.what());
            return false;
        }
        for (const vault::Problem& problem :
             vault::check_fields(schema_, kind_, changed, take_any).problems) {
            if (!problem.path.starts_with(path)) continue;  // what is missing may still come
            complain(vault::to_text(problem));
            return false;
        }
        fields_ = std::move(changed);
        return true;
    }

    void complain(const std::string& why) {
        talk_.raw("  " + harmless(why, LineFeeds::keep) + "\n");
    }

    void explain(const Field& field) {
        talk_.raw("  " + std::string(field.help) + "\n");
        if (!field.example.empty())
            talk_.raw("  for example: " + std::string(field.example) + "\n");
        if (field.vocabulary == vault::VocabularyId::none) return;
        for (const vault::Term& term : schema_.vocabulary(field.vocabulary).terms) {
            talk_.raw("    " + std::string(term.key) + "  " + std::string(term.label) + "\n");
        }
    }

    Talk& talk_;
    const vault::Schema& schema_;
    vault::Kind kind_;
    json fields_ = json::object();
};

}  // namespace

bool can_interview(const Context& context) {
    return !context.globals.no_input && !context.globals.machine() && ::isatty(STDIN_FILENO) == 1 &&
           context.talk.is_terminal();
}

json interview(Context& context, const vault::Schema& schema, vault::Kind kind) {
    return Interview(context, schema, kind).run();
}

}  // namespace custos::cli
