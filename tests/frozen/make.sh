#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Freezes the vault that the demo leaves behind, as the format NAME: run it once for each released
# format, commit what it makes, and never change it again.
#
#     ./dev demo && tests/frozen/make.sh v1
set -euo pipefail
cd "$(dirname "$0")"
. ./answers.sh
root=$(cd ../.. && pwd)
name=${1:?a name for the format, such as v1}
[ ! -e "$name" ] || { echo "$name is frozen already" >&2; exit 1; }
mkdir "$name"
cd "$name"
export XDG_STATE_HOME=$(mktemp -d)
cp -r "$root/build/demo/restored" vault
cp -r "$root/build/demo/backup" backup
cp -r "$root/build/demo/package" package
cp "$root"/build/demo/{passphrase.txt,recovery.txt,organisation.pub} .
answers "${CUSTOS_BIN:-$root/build/release/custos}"
