# SPDX-License-Identifier: GPL-3.0-or-later
# The arrows: cli -> vault -> crypto, and nothing back.
include(${CMAKE_CURRENT_LIST_DIR}/search.cmake)

forbid("crypto is the ground: it includes nothing of ours but itself"
    "^ *# *include \"(vault|cli|tests)/" IN crypto)
forbid("vault may include crypto, not the programs above it"
    "^ *# *include \"(cli|tests)/" IN vault)
forbid("a program that is shipped includes no test"
    "^ *# *include \"tests/" IN cli)
forbid("include from the root: \"crypto/bytes.h\""
    "^ *# *include \"[^/]*\"" IN crypto vault cli)

forbid("only vault/db speaks to SQLite; others use its Database"
    "^ *# *include [<\"](sqlcipher/)?sqlite3" IN crypto vault cli EXCEPT vault/db/)
forbid("crypto is bytes in, bytes out: no files, clock, terminal or processes"
    "^ *# *include <(fstream|filesystem|iostream|chrono|ctime|time.h|cstdio|stdio.h|fcntl.h|unistd.h)>"
    IN crypto)
forbid("vault does not talk: return it, and let cli print it"
    "^ *# *include <(iostream|cxxopts.hpp)>" IN vault)
forbid("cli has no SQL and no key bytes of its own"
    "^ *# *include <(sodium|openssl/)" IN cli EXCEPT cli/commands/version.cpp)

finish("includes against the arrows")
