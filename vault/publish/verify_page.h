// SPDX-License-Identifier: GPL-3.0-or-later
// The stand-alone page that checks published statements in a browser, offline. It is published
// apart from the statements: a page that comes with what it checks can be made to say anything.
#pragma once

#include <string>

namespace custos::vault::publish {

inline constexpr const char* kVerifyPageFile = "verify.html";

// The same bytes from every build of one version.
[[nodiscard]] std::string render_verify_page();

}  // namespace custos::vault::publish
