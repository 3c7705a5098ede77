// SPDX-License-Identifier: GPL-3.0-or-later
// custos log prove, log check, log stamp: what others can be shown of the log, and hold against it.
#include <array>

#include <nlohmann/json.hpp>

#include "cli/commands/bodies.h"
#include "cli/open_vault.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "crypto/timestamp.h"
#include "crypto/tlog_proof.h"
#include "vault/log/compare.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kProveOptions = {
    Option{"to", '\0', Takes::value, "FILE", "where to write the proof; else on stdout"},
};

constexpr std::array kCheckOptions = {
    Option{"against", '\0', Takes::value, "FILE",
           "a checkpoint or .tlog-proof that was kept elsewhere; needed"},
};

constexpr std::array kStampOptions = {
    Option{"query", '\0', Takes::value, "FILE",
           "the time stamp query: written, or with --reply read"},
    Option{"reply", '\0', Takes::value, "FILE", "what the authority answered"},
    Option{"checkpoint", '\0', Takes::value, "FILE",
           "the checkpoint that is stamped: written, or with --reply read"},
    Option{"ca", '\0', Takes::value, "FILE", "certificates of authorities that you trust (PEM)"},
};

int log_prove(Context& context, const Arguments& arguments) {
    const auto index = decimal(arguments.word(0), 1'000'000'000'000);
    if (!index) {
        throw Error{ErrorCode::usage, "cannot prove this: it is no number of a log entry",
                    "see them with: custos log show"};
    }
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const std::string proof = vault::prove_entry(vault.log(), *index);
    const std::string to = arguments.text("to");
    if (!to.empty()) vault::write_new_file(to, bytes_of(proof));
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.log.prove/1"},
                              {"index", *index},
                              {"size", vault.log().head().size},
                              {"file", to.empty() ? json() : json(to)},
                              {"proof", proof}});
    } else if (to.empty()) {
        context.out.raw(proof);
    }
    return 0;
}

std::string sentence_for(vault::LogRelation relation) {
    switch (relation) {
        case vault::LogRelation::continues:
            return "the log continues what was signed then: nothing before it was changed";
        case vault::LogRelation::rolled_back:
            return "the log is OLDER than that: somebody put an old copy back";
        case vault::LogRelation::forked:
            return "the log is NOT what was signed then: it was rewritten, or took another way";
        case vault::LogRelation::foreign: return "this is of another log";
        case vault::LogRelation::not_signed: return "nobody who may sign this log signed this";
        case vault::LogRelation::malformed: return "this is neither a checkpoint nor a proof";
    }
    return {};
}

int log_check(Context& context, const Arguments& arguments) {
    const auto file = arguments.maybe("against");
    if (!file) {
        throw Error{ErrorCode::usage, "cannot check the log without something to hold against it",
                    "name a checkpoint or proof that was kept elsewhere with --against FILE; "
                    "custos check looks at the log itself"};
    }
    const Bytes bytes = vault::read_file(*file, crypto::kTlogProofSizeMax);
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const auto compared = vault::compare_log(vault.log(), text_of(bytes), vault.log_signers());
    const vault::Head head = vault.log().head();
    const bool good = compared.relation == vault::LogRelation::continues;
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.log.check/1"},
                              {"result", name_of(compared.relation)},
                              {"against",
                               {{"origin", compared.against.origin},
                                {"size", compared.against.size},
                                {"root", crypto::base64(compared.against.root.bytes)}}},
                              {"size", head.size},
                              {"root", crypto::base64(head.root.bytes)}});
    } else {
        context.out.line(sentence_for(compared.relation), good ? Style::good : Style::bad);
        context.out.fields({{"then", std::to_string(compared.against.size) + " entries"},
                            {"now", std::to_string(head.size) + " entries"}});
    }
    return good ? 0 : static_cast<int>(ErrorCode::integrity);
}

std::string needed(const Arguments& arguments, const char* option) {
    std::string file = arguments.text(option);
    if (file.empty()) {
        throw Error{ErrorCode::usage,
                    "cannot stamp the log without --" + std::string(option) + " FILE",
                    "see custos help log stamp"};
    }
    return file;
}

int ask_for_stamp(Context& context, const Arguments& arguments) {
    const std::string query_file = needed(arguments, "query");
    const std::string checkpoint_file = needed(arguments, "checkpoint");
    const vault::Vault vault = open_vault(context, vault::Access::read);
    const std::string checkpoint = vault.log().newest_checkpoint().value_or("");
    const Bytes query = crypto::make_timestamp_query(crypto::sha256(bytes_of(checkpoint)));
    vault::write_new_file(checkpoint_file, bytes_of(checkpoint));
    vault::write_new_file(query_file, query);
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.log.stamp/1"},
                              {"size", vault.log().head().size},
                              {"query", query_file},
                              {"checkpoint", checkpoint_file}});
    }
    context.talk.note(
        "send the query to a time-stamping authority from another machine, such as: curl -H "
        "'Content-Type: application/timestamp-query' --data-binary @" +
        query_file + " ADDRESS > reply.tsr");
    return 0;
}

int check_stamp(Context& context, const Arguments& arguments) {
    const Bytes query = vault::read_file(needed(arguments, "query"), crypto::kTimestampQueryMax);
    const Bytes reply = vault::read_file(needed(arguments, "reply"), crypto::kTimestampReplyMax);
    const Bytes trusted = vault::read_file(needed(arguments, "ca"), crypto::kCertificatesMax);
    const Bytes checkpoint =
        vault::read_file(needed(arguments, "checkpoint"), crypto::kNoteSizeMax);
    std::string why;
    if (crypto::timestamp_query_digest(query) != crypto::sha256(checkpoint))
        why = "the query is not for this checkpoint";
    const auto stamp =
        why.empty() ? crypto::check_timestamp(query, reply, trusted, why) : std::nullopt;
    if (!stamp) {
        throw Error{ErrorCode::integrity, "cannot accept the time stamp: " + why,
                    "ask the authority again with a new query"};
    }
    const std::string time = vault::utc_text(stamp->seconds * 1000);
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.log.stamp/1"},
                              {"time", time},
                              {"authority", stamp->authority},
                              {"checkpoint", crypto::hex(crypto::sha256(checkpoint).view())}});
    } else {
        context.out.line("the checkpoint existed at " + time, Style::good);
        context.out.fields({{"authority", stamp->authority}});
        context.talk.note(
            "keep checkpoint, query, reply and certificates together; custos log check --against "
            "the checkpoint shows that the log continues it");
    }
    return 0;
}

int log_stamp(Context& context, const Arguments& arguments) {
    return arguments.has("reply") ? check_stamp(context, arguments)
                                  : ask_for_stamp(context, arguments);
}

}  // namespace

const Body kLogProve = {
    log_prove,
    kProveOptions,
    1,
    1,
    "Writes a proof (c2sp.org/tlog-proof) that a log entry is in the newest checkpoint. The\n"
    "entry is in it, its content is not: whoever is shown the content later can compare.\n"
    "\n"
    "    custos log prove 41 --to entry-41.tlog-proof",
};

const Body kLogCheck = {
    log_check,
    kCheckOptions,
    0,
    0,
    "Holds a checkpoint or a proof that was kept elsewhere, such as that of a published\n"
    "package, against the log: an old copy put back, another history and a rewritten entry\n"
    "are noticed. Exit status 5 if so.\n"
    "\n"
    "    custos log check --against checkpoint-2019-12-27.txt\n"
    "    custos log check --against package/statement.tlog-proof",
};

const Body kLogStamp = {
    log_stamp,
    kStampOptions,
    0,
    0,
    "Has a time-stamping authority (RFC 3161) say when the log's newest checkpoint existed.\n"
    "custos itself has no network: it writes a query, which you carry, and later checks the\n"
    "reply against query, checkpoint and the certificates that you trust; that needs no vault.\n"
    "\n"
    "    custos log stamp --checkpoint head.txt --query head.tsq\n"
    "    custos log stamp --checkpoint head.txt --query head.tsq --reply head.tsr --ca tsa.pem",
};

}  // namespace custos::cli
