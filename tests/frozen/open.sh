#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Opens every frozen vault, package and backup with PROGRAM and compares the answers with those that
# were frozen beside them.
set -euo pipefail
program=$1
cd "$(dirname "$0")"
here=$PWD
. ./answers.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
passed=0 of=0
for format in v*/; do
    of=$((of + 1))
    rm -rf "$work/f" && mkdir "$work/f" && cp -r "$here/$format/." "$work/f/" && chmod -R go= "$work/f"
    cd "$work/f"
    export XDG_STATE_HOME=$work/state
    mv answers expected
    mkdir -p vault/objects
    "$program" --vault vault --passphrase-file passphrase.txt check
    answers "$program"
    diff -r expected answers
    "$program" verify package --key organisation.pub
    "$program" backup restore backup restored --identity recovery.txt --new-passphrase-file passphrase.txt
    "$program" --vault restored --passphrase-file passphrase.txt list incident --json | diff - expected/incident.json
    passed=$((passed + 1))
    cd "$here"
done
echo "frozen formats: $passed of $of"
[ "$passed" = "$of" ] && [ "$of" -gt 0 ]
