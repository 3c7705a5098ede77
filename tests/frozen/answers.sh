# SPDX-License-Identifier: GPL-3.0-or-later
# What a frozen vault has to answer, whatever custos opens it. Sourced by make.sh and open.sh.
# answers PROGRAM: writes files into the directory "answers"; the vault is "vault", beside it.
answers() {
    local program=$1 kind photo
    mkdir -p answers
    for kind in case person incident act involvement testimony source intervention exhibit consent statement; do
        "$program" --vault vault --passphrase-file passphrase.txt list $kind --json >"answers/$kind.json"
    done
    "$program" --vault vault --passphrase-file passphrase.txt list --trashed --json >answers/trashed.json
    "$program" --vault vault --passphrase-file passphrase.txt search 'van' --json | grep -v '"score"' >answers/search.json
    "$program" --vault vault --passphrase-file passphrase.txt search 'រថយន្ត' --json | grep -v '"score"' >answers/search-khmer.json
    "$program" --vault vault --passphrase-file passphrase.txt log checkpoint >answers/checkpoint
    photo=$(grep -o '"id": "E-[^"]*"' answers/exhibit.json | head -1 | cut -d '"' -f 4)
    rm -f answers/photo.jpg
    # On a copy: copying out is logged, and a frozen vault stays as it is.
    rm -rf vault.copy && cp -r vault vault.copy
    "$program" --vault vault.copy --passphrase-file passphrase.txt extract "$photo" --output answers/photo.jpg
    rm -rf vault.copy
}
