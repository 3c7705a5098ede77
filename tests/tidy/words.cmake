# SPDX-License-Identifier: GPL-3.0-or-later
# What is not written here, and what is written instead. An exception says why on its own line:
#     catch (...) {  // allowed: a C callback must not throw
include(${CMAKE_CURRENT_LIST_DIR}/search.cmake)

set(shipped crypto vault cli)
set(ours ${shipped} tests)

forbid("stdout and stderr belong to the printer: cli/printer.h, cli/talk.h"
    "std::(cout|cerr|clog)|\\b(printf|puts|putchar|fputs|fprintf) *\\(" IN ${shipped}
    EXCEPT cli/printer cli/talk cli/progress cli/main.cpp)
forbid("a passphrase is SecretBytes, which is locked and wiped"
    "std::string(_view)? +(pass|secret|password|mnemonic)" IN ${shipped})
forbid("std::ranges::equal for what is public; for secrets the comparison of crypto/secret.h"
    "\\bmemcmp *\\(" IN ${shipped})
forbid("std::fill for what is public; secrets wipe themselves, see crypto/secret.h"
    "\\b(memset|bzero) *\\(" IN ${shipped})
forbid("crypto/random.h"
    "\\bs?rand *\\(|std::(mt19937|random_device|default_random_engine)" IN ${shipped})
forbid("std::string, std::span and their bounds"
    "\\b(strcpy|strcat|sprintf|vsprintf|gets|alloca) *\\(" IN ${ours})
forbid("a child process without a shell: vault/os/process.h"
    "\\b(system|popen|execlp|execvp) *\\(" IN ${shipped} EXCEPT vault/os/process)
forbid("std::from_chars, and check that all of the text was used"
    "std::sto(i|l|ll|ul|ull|f|d|ld)\\b|\\b(ato(i|l|ll|f)|strto[a-z]+) *\\(" IN ${shipped})
forbid("the files of vault/os/file.h: private, synced, whole or not at all"
    "\\b(tmpnam|tempnam|mktemp|mkstemp) *\\(|temp_directory_path" IN ${shipped} EXCEPT vault/os/)
forbid("the clock of vault/os/clock.h, which tests can set"
    "system_clock::now|\\b(time|localtime|gmtime) *\\( *(NULL|nullptr|0|&)" IN ${shipped}
    EXCEPT vault/os/clock)
forbid("the environment is read in cli/, once"
    "\\b(secure_)?getenv *\\(" IN crypto vault)
forbid("a hand-written parser or ICU: std::regex overflows the stack on hostile input"
    "std::regex|<regex>" IN ${shipped})
forbid("catch what can be named; all of it only in main"
    "catch \\(\\.\\.\\.\\)" IN ${shipped} EXCEPT cli/main.cpp)
forbid("do it, or write an issue"
    "FIX[M]E|TO[D]O|\\bX[X]X\\b|\\bHA[C]K\\b" IN ${ours})

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/crypto/* ${ROOT}/vault/* ${ROOT}/cli/* ${ROOT}/tests/*)
foreach(file IN LISTS files)
    if(file MATCHES "/(utils?|helpers?|misc|common|[a-z_]*manager)(/|[.][a-z]+$)")
        report("${file}\n    name it after what it does")
    endif()
endforeach()

finish("banned words")
