// SPDX-License-Identifier: GPL-3.0-or-later
// Text as comparisons see it: case, marks (where readers expect it), compatibility forms and
// invisible characters make no difference, as in full-text search; spaces and punctuation do.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace custos::vault {

class FoldTable;

class TextFolder {
public:
    TextFolder();
    TextFolder(TextFolder&&) noexcept;
    TextFolder& operator=(TextFolder&&) noexcept;
    ~TextFolder();

    // Not for two threads at once: character properties are cached as they come.
    [[nodiscard]] std::string fold(std::string_view text);

private:
    std::unique_ptr<FoldTable> table_;
};

}  // namespace custos::vault
