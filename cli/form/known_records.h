// SPDX-License-Identifier: GPL-3.0-or-later
// What a form asks of the vault while somebody types: which records there are. Opened for each
// question and closed again, so that the vault is free for others meanwhile.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "vault/records/id.h"
#include "vault/vault.h"

namespace custos::cli {

struct KnownRecord {
    vault::RecordId id;
    std::string text;  // "P-7K3QD  Grey Heron", not harmless yet
};

class KnownRecords {
public:
    KnownRecords() = default;
    KnownRecords(const KnownRecords&) = delete;
    KnownRecords& operator=(const KnownRecords&) = delete;
    virtual ~KnownRecords() = default;

    // Those of these kinds that `text` could mean: the one with that code, else those that hold its
    // words; with an empty text the newest ones. At most `limit`. Error{busy} while another process
    // writes.
    [[nodiscard]] virtual std::vector<KnownRecord> find(vault::KindSet kinds, std::string_view text,
                                                        std::size_t limit) = 0;
    [[nodiscard]] virtual KnownRecord known(const vault::RecordId& id) = 0;
};

class VaultRecords : public KnownRecords {
public:
    explicit VaultRecords(const vault::Reopener& reopener) : reopener_(reopener) {}
    std::vector<KnownRecord> find(vault::KindSet kinds, std::string_view text,
                                  std::size_t limit) override;
    KnownRecord known(const vault::RecordId& id) override;

private:
    const vault::Reopener& reopener_;
};

}  // namespace custos::cli
