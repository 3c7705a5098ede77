#!/bin/bash
# Brings what Custos is built from: distribution packages, and three libraries that are too old in
# Debian 12, rebuilt from Debian's own newer source packages into .deps/ and nowhere else.
#
# usage: cmake/setup.sh [PACKAGE...]      with packages to install besides, if the distribution has them
#
# Called by ./dev. Safe to interrupt and to run again: what is done is stamped and not done twice.
# Sources come from the mirror this machine already uses; apt checks the archive's signature, and
# dpkg-source checks every file against the signed index.
# SPDX-License-Identifier: GPL-3.0-or-later
set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
deps=$root/.deps
jobs=$(nproc)

build_packages="g++ make cmake ninja-build pkg-config libssl-dev libicu-dev zlib1g-dev
    nlohmann-json3-dev libcxxopts-dev libcmark-gfm-dev libcmark-gfm-extensions-dev libqrencode-dev
    libpango1.0-dev libcairo2-dev"
source_packages="dpkg-dev debian-archive-keyring tcl patch xz-utils"   # to rebuild the three
fonts="fonts-noto-core"   # PDFs of Khmer, Thai, Arabic, ...; fonts-droid-fallback adds Chinese, Japanese, Korean
test_packages="age minisign signify-openbsd expect strace valgrind nano vim libimage-exiftool-perl"  # tests skip what is absent

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$1"; [ -z "${2:-}" ] || say "hint: $2"; exit 1; }

# ---- distribution packages -----------------------------------------------------------------------

installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }
available() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else fail "need root to run: $*" "run that line as root, then start this again"
    fi
}

updated=no
update_once() {
    [ $updated = no ] || return 0
    updated=yes
    say "reading the package lists (apt-get update)"
    as_root apt-get update -qq
}

# install_packages required|optional NAME...
install_packages() {
    local need=$1 name missing=() found=()
    shift
    for name in "$@"; do installed "$name" || missing+=("$name"); done
    [ ${#missing[@]} -gt 0 ] || return 0
    update_once
    for name in "${missing[@]}"; do
        if available "$name" || [ "$need" = required ]; then found+=("$name")
        else say "not in this distribution, what needs it is skipped: $name"
        fi
    done
    [ ${#found[@]} -gt 0 ] || return 0
    say "installing ${found[*]}"
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${found[@]}" >/dev/null
}

# True if the distribution offers PACKAGE at VERSION or newer.
distribution_has() {
    local candidate
    candidate=$(apt-cache policy "$1" | sed -n 's/^ *Candidate: //p')
    [ -n "$candidate" ] && [ "$candidate" != "(none)" ] &&
        dpkg --compare-versions "$candidate" ge "$2"
}

# ---- source packages -----------------------------------------------------------------------------

# The mirror of this machine, as apt knows it. No address is written down here.
mirror() {
    local codename
    codename=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(RELEASE) $(COMPONENT) $(REPO_URI)' |
        awk -v release="$codename" '$1 == release && $2 == "main" { print $3; exit }'
}

# apt with a root of its own, so that nothing of the machine's configuration is touched.
private_apt() {
    local tool=$1
    shift
    "$tool" -q -o Dir::Etc::SourceList="$deps/apt/sources.list" -o Dir::Etc::SourceParts=- \
        -o Dir::State::Lists="$deps/apt/lists" -o Dir::Cache="$deps/apt/cache" \
        -o APT::Sandbox::User="$(id -un)" -o Acquire::Languages=none -o Acquire::Retries=3 "$@"
}

prepare_private_apt() {
    local uri suite key=/usr/share/keyrings/debian-archive-keyring.gpg
    uri=$(mirror)
    [ -n "$uri" ] || fail "apt knows no Debian mirror on this machine" \
        "Custos builds on Debian 12 or newer; see CONTRIBUTING.md"
    mkdir -p "$deps/apt/lists/partial" "$deps/apt/cache/archives/partial"
    for suite in "$@"; do
        echo "deb-src [signed-by=$key] $uri $suite main"
    done >"$deps/apt/sources.list"
    say "reading the source lists of $*"
    private_apt apt-get update >"$deps/apt/log" 2>&1 || { cat "$deps/apt/log" >&2; exit 1; }
}

# unpack NAME SUITE: leaves the sources in .deps/work/NAME/source and the version beside them.
unpack() {
    local work=$deps/work/$1
    rm -rf "$work"
    mkdir -p "$work/stage"
    (
        cd "$work"
        private_apt apt-get source --download-only "$1/$2" &&
            dpkg-source --no-check -x "$1"_*.dsc source
    ) >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "cannot fetch the sources of $1"; }
    sed -n 's/^Version: //p' "$work/$1"_*.dsc | head -n 1 >"$work/version"
}

# Each build_NAME runs in the unpacked sources and leaves include/ and lib/ in $1.
hardened="-O2 -g -fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2"

build_sqlcipher() {
    local flags="-DSQLITE_HAS_CODEC -DSQLCIPHER_CRYPTO_OPENSSL -DSQLITE_TEMP_STORE=3
        -DSQLITE_ENABLE_FTS5 -DSQLITE_THREADSAFE=1 -DSQLITE_OMIT_LOAD_EXTENSION
        -DSQLITE_DQS=0 -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DHAVE_USLEEP=1"
    CFLAGS="-DSQLITE_HAS_CODEC" ./configure --enable-tempstore=yes
    make sqlite3.c
    mkdir -p "$1/include/sqlcipher" "$1/lib"
    # shellcheck disable=SC2086
    gcc $hardened $flags -w -c sqlite3.c -o sqlite3.o
    ar rcs "$1/lib/libsqlcipher.a" sqlite3.o
    cp sqlite3.h "$1/include/sqlcipher/"
}

build_libsodium() {
    CFLAGS=$hardened ./configure --disable-shared --disable-dependency-tracking --prefix=/
    make -j"$jobs"
    make install DESTDIR="$1"
}

build_catch2() {
    mkdir -p "$1/include" "$1/lib"
    (cd src && find catch2 -name '*.hpp' -exec cp --parents -t "$1/include" {} +)
    sed -e '/^#cmakedefine/d' -e 's/@CATCH_CONFIG_DEFAULT_REPORTER@/console/' \
        -e 's/@CATCH_CONFIG_CONSOLE_WIDTH@/100/' src/catch2/catch_user_config.hpp.in \
        >"$1/include/catch2/catch_user_config.hpp"
    g++ -std=c++20 -O1 -DCATCH_AMALGAMATED_CUSTOM_MAIN -c extras/catch_amalgamated.cpp -o all.o
    g++ -std=c++20 -I"$1/include" -c src/catch2/internal/catch_main.cpp -o main.o
    ar rcs "$1/lib/libCatch2.a" all.o
    ar rcs "$1/lib/libCatch2Main.a" main.o
}

# What would make a finished build stale: its recipe and its suite.
stamp_of() { { echo "$hardened $2"; declare -f "build_$1"; } | sha256sum | cut -c1-16; }
is_built() { [ "$(sed -n 1p "$deps/stamps/$1" 2>/dev/null)" = "$(stamp_of "$1" "$2")" ]; }

# rebuild NAME SUITE: builds aside, moves into place at the end, stamps last.
rebuild() {
    local name=$1 suite=$2 work=$deps/work/$1
    say "building $name $(cat "$work/version") from the source package of $suite"
    # A shell of its own, because `set -e` does not hold to the left of `||`.
    (cd "$work/source" && bash -euc "$(declare -p hardened jobs; declare -f "build_$name")
        build_$name '$work/stage'") >>"$work/log" 2>&1 ||
        { tail -n 40 "$work/log" >&2; fail "cannot build $name" "all of its output: $work/log"; }
    mkdir -p "$deps/include" "$deps/lib" "$deps/stamps"
    cp -r "$work/stage/include" "$work/stage/lib" "$deps/"
    { stamp_of "$name" "$suite"; cat "$work/version"; } >"$deps/stamps/$name.new"
    mv "$deps/stamps/$name.new" "$deps/stamps/$name"
    rm -rf "$work"
}

# ---- what is needed ------------------------------------------------------------------------------

command -v apt-get >/dev/null || fail "there is no apt-get here" \
    "on another system install the libraries that CMakeLists.txt asks for and run cmake --preset dev"

mkdir -p "$deps"
exec 9>"$deps/lock"
flock -n 9 || { say "waiting for another set-up of this tree"; flock 9; }

# shellcheck disable=SC2086
install_packages required $build_packages
# shellcheck disable=SC2086
install_packages optional $fonts $test_packages "$@"

# name, distribution package, oldest version that will do, suite of the source package
todo=()
while read -r name package oldest suite; do
    if is_built "$name" "$suite"; then :
    elif distribution_has "$package" "$oldest"; then install_packages required "$package"
    else todo+=("$name:$suite")
    fi
done <<'END'
sqlcipher  libsqlcipher-dev  4.6     trixie
libsodium  libsodium-dev     1.0.22  forky
catch2     catch2            3.3     trixie
END

if [ ${#todo[@]} -gt 0 ]; then
    # shellcheck disable=SC2086
    install_packages required $source_packages
    # shellcheck disable=SC2046
    prepare_private_apt $(printf '%s\n' "${todo[@]#*:}" | sort -u)
    for item in "${todo[@]}"; do unpack "${item%:*}" "${item#*:}"; done

    # Side by side, each a process group of its own, so that an interruption ends all they started.
    set -m
    children=()
    trap 'kill -- "${children[@]/#/-}" 2>/dev/null; exit 130' INT TERM
    for item in "${todo[@]}"; do
        rebuild "${item%:*}" "${item#*:}" &
        children+=($!)
    done
    failed=no
    for child in "${children[@]}"; do wait "$child" || failed=yes; done
    [ $failed = no ] || exit 1
    rm -rf "$deps/apt" "$deps/work"
fi

version_of() { dpkg-query -W -f '${Version}' "$1" 2>/dev/null || echo absent; }
rebuilt_or() { sed -n 2p "$deps/stamps/$1" 2>/dev/null || version_of "$2"; }
say "SQLCipher $(rebuilt_or sqlcipher libsqlcipher-dev), libsodium $(rebuilt_or libsodium \
libsodium-dev), Catch2 $(rebuilt_or catch2 catch2), OpenSSL $(version_of libssl-dev), ICU \
$(version_of libicu-dev), $(g++ --version | head -n 1)"
