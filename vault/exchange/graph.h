// SPDX-License-Identifier: GPL-3.0-or-later
// Who did what to whom, for programs that draw and count graphs: docs/formats/graph.md.
#pragma once

#include "vault/exchange/export.h"

namespace custos::vault {

enum class GraphFormat { graphml, dot };

// Whether names of protected persons and titles (which may hold them) are written, or codes only.
enum class Identities { leave_out, write };

// Persons, incidents, acts and involvements as nodes; their references and links to each other as
// edges.
ExportCount export_graph(const Vault& vault, GraphFormat format, Identities identities,
                         const WriteText& write);

}  // namespace custos::vault
