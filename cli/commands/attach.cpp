// SPDX-License-Identifier: GPL-3.0-or-later
// custos attach, custos extract: files into the vault, and out again.
#include "vault/objects/attach.h"

#include <array>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/commands/bodies.h"
#include "cli/input.h"
#include "cli/open_vault.h"
#include "cli/shared_progress.h"
#include "crypto/encoding.h"
#include "crypto/error.h"
#include "vault/os/storage.h"
#include "vault/records/assign.h"
#include "vault/records/schema.h"
#include "vault/records/store.h"

namespace custos::cli {
namespace {

using nlohmann::json;

constexpr std::array kAttachOptions = {
    Option{"role", 'r', Takes::value, "ROLE",
           "what the exhibit is to the record; \"about\" if not given"},
    Option{"set", 's', Takes::values, "FIELD=VALUE", "a field of each exhibit"},
};

constexpr std::array kExtractOptions = {
    Option{"output", 'o', Takes::value, "FILE", "write a new file instead of stdout"},
};

std::vector<vault::Path> files_of(const Arguments& arguments) {
    return {arguments.words().begin() + 1, arguments.words().end()};
}

json as_json(const std::vector<vault::Attached>& attached) {
    json exhibits = json::array();
    for (const vault::Attached& one : attached) {
        exhibits.push_back({{"id", one.code},
                            {"file_name", one.file_name},
                            {"media_type", one.media_type},
                            {"sha256", crypto::hex(one.sha256.view())},
                            {"size", one.size},
                            {"was_stored", one.was_stored}});
    }
    return {{"schema", "custos.attach/1"}, {"exhibits", exhibits}};
}

int attach(Context& context, const Arguments& arguments) {
    vault::AttachRequest request;
    request.role = arguments.text("role", request.role);
    const auto own =
        assign_before_opening(vault::Kind::exhibit, request.fields, arguments.texts("set"));
    const std::vector<vault::Path> files = files_of(arguments);
    // What cannot be read is said before a passphrase is asked for.
    std::uint64_t sum = 0;
    for (const vault::Path& file : files) sum += vault::open_regular(file).size();

    vault::Vault vault = open_vault(context, vault::Access::write);
    for (const std::string& assignment : own)
        vault::assign(vault.schema(), vault::Kind::exhibit, request.fields, assignment);
    request.about = vault::resolve(vault, arguments.word(0));
    SharedProgress progress(context);
    progress.begin(files.size() == 1 ? std::string("sealing the file")
                                     : "sealing " + std::to_string(files.size()) + " files",
                   sum, Unit::bytes);
    const auto attached =
        vault::attach_files(vault, request, files, [&](std::uint64_t more) { progress.add(more); });
    progress.end();

    if (context.globals.machine()) {
        context.out.document(as_json(attached));
        return 0;
    }
    for (const vault::Attached& one : attached) {
        context.out.line(one.code);
        if (one.was_stored) {
            context.talk.note(one.code +
                              " has the same content as an earlier file: it is kept once");
        }
    }
    return 0;
}

int extract(Context& context, const Arguments& arguments) {
    const auto output = arguments.maybe("output");
    if (!output && context.globals.machine()) {
        throw Error{ErrorCode::usage, "cannot write a file and JSON to the same place",
                    "name a file with --output"};
    }
    if (!output && context.out.is_terminal()) {
        throw Error{ErrorCode::usage, "a file does not belong on a terminal",
                    "name a file with --output, or use a pipe"};
    }
    vault::Vault vault = open_vault(context, vault::Access::write);
    const vault::RecordId exhibit = vault::resolve(vault, arguments.word(0));
    SharedProgress progress(context);
    progress.begin("opening the file", 0, Unit::bytes);
    if (!output) {
        vault::extract_to(vault, exhibit, [&](ByteView piece) {
            context.out.raw(piece);
            context.out.flush();
            progress.add(piece.size());
        });
        return 0;
    }
    const vault::Extracted extracted = vault::extract_to_file(
        vault, exhibit, *output, [&](std::uint64_t more) { progress.add(more); });
    progress.end();
    if (context.globals.machine()) {
        context.out.document({{"schema", "custos.extract/1"},
                              {"file_name", extracted.file_name},
                              {"sha256", crypto::hex(extracted.sha256.view())},
                              {"size", extracted.size}});
    } else {
        context.talk.note("wrote " + vault::Path(*output).filename().string() + ", sha256 " +
                          crypto::hex(extracted.sha256.view()));
    }
    return 0;
}

}  // namespace

const Body kAttach = {
    attach,
    kAttachOptions,
    2,
    kAnyNumber,
    "Seals each file into the vault and makes an exhibit of it, linked to the record.\n"
    "Prints the ids of the exhibits, one a line, in the order of the files. All of the\n"
    "files are attached, or none. The originals are read once and never changed; remove\n"
    "them yourself, and remember that deleting does not wipe a disk.\n"
    "\n"
    "    custos attach I-2M9XA photo.jpg recording.m4a\n"
    "    custos attach I-2M9XA photo.jpg --role depicts --set captured=2019-12-23\n"
    "\n"
    "The exhibit's fields file_name, media_type, size and sha256 are filled in. Two files\n"
    "with the same content are kept once. Nobody can tell from the sealed file what it\n"
    "is, or how long it is but for its size class; its metadata (place, device) are in it.",
};

const Body kExtract = {
    extract,
    kExtractOptions,
    1,
    1,
    "Writes the file of an exhibit, byte by byte what was attached, after its digest was\n"
    "compared. An existing file is never overwritten. The log notes that it was copied\n"
    "out. Without --output the file goes to stdout, and only the exit status tells, at\n"
    "the end, whether it was whole.\n"
    "\n"
    "    custos extract E-9KQ2T --output photo.jpg\n"
    "    custos extract E-9KQ2T | sha256sum",
};

}  // namespace custos::cli
