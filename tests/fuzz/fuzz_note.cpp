// SPDX-License-Identifier: GPL-3.0-or-later
// Signed notes, checkpoints and the keys of notes: what is read is written back byte for byte.
#include <cstdint>

#include "crypto/checkpoint.h"
#include "crypto/error.h"
#include "crypto/note.h"

namespace {

using namespace custos::crypto;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    custos::start_crypto();
    const std::string_view input = custos::text_of({data, size});

    const auto note = parse_note(input);
    if (note) {
        require(write_note(*note) == input);
        require(!note->signatures.empty() && note->signatures.size() <= kNoteSignaturesMax);
        // A stranger's key of every name in it opens nothing.
        std::vector<NoteKey> strangers;
        for (const NoteSignature& signature : note->signatures) {
            strangers.push_back({signature.name, VerifyKey{}});
        }
        require(!open_note(input, strangers) && !open_checkpoint(input, strangers));
    }
    const auto checkpoint = peek_checkpoint(input);
    require(!checkpoint || note);
    if (const auto read = parse_checkpoint_text(input)) {
        require(input.substr(0, checkpoint_text(*read).size()) == checkpoint_text(*read));
    }
    try {
        require(write_vkey(read_vkey(input)) == input);
    } catch (const custos::Error& error) {
        require(error.code() == custos::ErrorCode::usage);
    }
    return 0;
}
