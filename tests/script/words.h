// SPDX-License-Identifier: GPL-3.0-or-later
// One line of a script as words, quoted as in a shell.
//
//   'literal'   "with $NAME, ${NAME}, \" \\ \n \t \x1b"   plain\ word   # comment
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace custos::script {

// `value_of` gives the value of a variable or throws. Throws std::runtime_error for a quote that is
// not closed or an unknown escape.
[[nodiscard]] std::vector<std::string> split_words(
    std::string_view line, const std::function<std::string(const std::string&)>& value_of);

}  // namespace custos::script
