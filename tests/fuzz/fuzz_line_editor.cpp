// SPDX-License-Identifier: GPL-3.0-or-later
// Keys and pastes from a terminal: whatever comes, the line is UTF-8 without control characters,
// the cursor stands between characters, and what is shown fits its row.
#include <cstdint>

#include "cli/form/line_editor.h"
#include "cli/harmless.h"
#include "crypto/bytes.h"
#include "vault/records/text.h"

namespace {

using custos::cli::LineEditor;

void require(bool holds) {
    if (!holds) __builtin_trap();
}

void look_at(const LineEditor& editor) {
    const std::string& text = editor.text();
    require(custos::vault::is_utf8(text));
    require(editor.cursor() <= text.size());
    require(custos::vault::is_utf8(std::string_view(text).substr(0, editor.cursor())));
    (void)editor.shown("title> ", 80);
}

void type(std::string_view bytes, LineEditor::Pasting pasting) {
    LineEditor editor;
    editor.begin(pasting, "present");
    while (!bytes.empty()) {
        const auto event = editor.feed(bytes);
        look_at(editor);
        if (event == LineEditor::Event::none) continue;
        for (const std::string& line : editor.take_lines()) {
            for (const char c : line) {
                const auto byte = static_cast<unsigned char>(c);
                require((byte >= 0x20 || c == '\t') && byte != 0x7F);
            }
        }
        editor.begin(pasting);
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 4096) return 0;  // looking at a line is linear, and is done for every event
    const std::string_view bytes = custos::text_of({data, size});
    type(bytes, LineEditor::Pasting::one_line);
    type(bytes, LineEditor::Pasting::many_lines);
    // One byte at a time, as a slow line brings them.
    LineEditor editor;
    editor.begin(LineEditor::Pasting::many_lines);
    for (std::size_t i = 0; i < bytes.size() && i < 256; ++i) {
        std::string_view one = bytes.substr(i, 1);
        (void)editor.feed(one);
        look_at(editor);
    }
    return 0;
}
