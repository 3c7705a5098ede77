#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Kills, and fails, a command at its system calls, and looks at what is left.
#
#     tests/fault/sweep.sh PROGRAM [STRIDE]
#
# PROGRAM is custos-test (its passphrase costs nothing). At every STRIDE-th occurrence of each call:
# 1 is the full sweep, the test run takes a longer one. After each: if the command said that it had
# succeeded, the record is there; if not, it is there whole or not at all; and `check` finds nothing.
# Needs strace. Prints "N of N".
set -euo pipefail
program=$1
stride=${2:-1}
command -v strace >/dev/null || { echo "no strace here: skipped"; exit 77; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME=$work/home XDG_STATE_HOME=$work/state CUSTOS_VAULT=$work/vault
mkdir home
echo 'north wind over paper' >pass
custos() { "$program" --passphrase-file pass "$@"; }
custos init vault --author Dara --recovery-file recovery.txt >/dev/null 2>&1
custos add incident --set title=Before >id
cp -r vault vault.good
cp -r state state.good

points=0
good=0
problem() { echo "  $1" >&2; }

# One command, one fault. $1: strace's injection; the rest: the command's words.
try() {
    local injection=$1 call=${1%%:*} status=0 count
    shift
    rm -rf vault state
    cp -r vault.good vault
    cp -r state.good state
    # In a shell of its own, whose word about the killed child is not wanted.
    (strace -f -qq -o trace -e trace="$call" -e "inject=$injection" \
        "$program" --passphrase-file pass "$@" >out 2>err; exit $?) 2>/dev/null || status=$?
    points=$((points + 1))
    if ! custos check >check.out 2>&1; then
        problem "$injection on $*: check found: $(head -3 check.out)"
        return 0
    fi
    count=$(custos list incident --json | grep -c '"id": "I-' || true)
    if [ $status = 0 ] && [ "$count" != "$expected" ]; then
        problem "$injection on $*: said done, and $count records are there"
        return 0
    fi
    case $count in 1 | "$expected") good=$((good + 1)) ;; *) problem "$injection on $*: $count records" ;; esac
}

# How often a command makes a call when nothing goes wrong.
calls_of() {
    local call=$1
    shift
    rm -rf vault state
    cp -r vault.good vault
    cp -r state.good state
    strace -f -qq -o trace -e trace="$call" "$program" --passphrase-file pass "$@" >/dev/null 2>&1 || true
    grep -c "$call(" trace || true
}

sweep() {
    local call number total
    for call in openat pwrite64 write fsync fdatasync rename unlink ftruncate; do
        total=$(calls_of "$call" "$@")
        for ((number = 1; number <= total; number += stride)); do
            try "$call:signal=SIGKILL:when=$number" "$@"
            case $call in
            pwrite64 | write)
                try "$call:error=ENOSPC:when=$number" "$@"
                try "$call:error=EIO:when=$number" "$@"
                ;;
            fsync | fdatasync | rename | ftruncate) try "$call:error=EIO:when=$number" "$@" ;;
            esac
        done
    done
}

expected=2
sweep add incident --set title=After
expected=1
sweep edit "$(cat id)" --set title=Changed
printf '%s\n%s\n' '{"kind":"incident","fields":{"title":"One"}}' '{"kind":"incident","fields":{"title":"Two"}}' >lines
expected=3
sweep import jsonl lines

echo "faults: $good of $points"
[ "$good" = "$points" ]
