// SPDX-License-Identifier: GPL-3.0-or-later
// Takes away from custos-pdf what drawing needs not.
#pragma once

namespace custos::pdf {

// From now on no socket, no other program, no look into other processes: such a system call fails
// with EPERM. False if the kernel does not offer it.
bool enter_sandbox();

}  // namespace custos::pdf
