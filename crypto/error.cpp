// SPDX-License-Identifier: GPL-3.0-or-later
#include "crypto/error.h"

namespace custos {

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::failed: return "failed";
        case ErrorCode::usage: return "usage";
        case ErrorCode::partly_done: return "partly_done";
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::integrity: return "integrity";
        case ErrorCode::conflict: return "conflict";
        case ErrorCode::no_vault: return "no_vault";
        case ErrorCode::busy: return "busy";
        case ErrorCode::wrong_passphrase: return "wrong_passphrase";
        case ErrorCode::refused: return "refused";
        case ErrorCode::remote: return "remote";
        case ErrorCode::no_space: return "no_space";
        case ErrorCode::interrupted: return "interrupted";
    }
    return "failed";
}

}  // namespace custos
