# SPDX-License-Identifier: GPL-3.0-or-later
# Nothing lies about unused: each source is in a CMakeLists.txt, each CMakeLists.txt is entered, each
# header is included, each script is run.
include(${CMAKE_CURRENT_LIST_DIR}/search.cmake)

function(files_under result)
    set(found)
    foreach(pattern IN LISTS ARGN)
        foreach(layer crypto vault cli tests)
            file(GLOB_RECURSE some RELATIVE ${ROOT} ${ROOT}/${layer}/${pattern})
            list(APPEND found ${some})
        endforeach()
    endforeach()
    set(${result} ${found} PARENT_SCOPE)
endfunction()

# The words of a CMakeLists.txt, without comments.
function(words_of file result)
    file(READ ${ROOT}/${file} text)
    string(REGEX REPLACE "#[^\n]*" "" text "${text}")
    string(REGEX MATCHALL "[A-Za-z0-9_./{}$-]+" words "${text}")
    set(${result} ${words} PARENT_SCOPE)
endfunction()

files_under(lists CMakeLists.txt)
words_of(CMakeLists.txt entered)
words_of(tests/CMakeLists.txt test_folders)
list(TRANSFORM test_folders PREPEND tests/)
list(APPEND entered ${test_folders})
set(built tests/fuzz/replay.cpp)    # by custos_fuzz, in cmake/targets.cmake
foreach(file IN LISTS lists)
    get_filename_component(folder ${file} DIRECTORY)
    if(NOT folder IN_LIST entered)
        report("${file}\n    no CMakeLists.txt above enters this folder")
    endif()
    words_of(${file} words)
    list(FILTER words INCLUDE REGEX "\\.(cpp|c)$")
    list(TRANSFORM words PREPEND ${folder}/)
    list(APPEND built ${words})
endforeach()

files_under(sources *.cpp *.c)
foreach(source IN LISTS sources)
    if(NOT source IN_LIST built)
        report("${source}\n    no CMakeLists.txt builds this file")
    endif()
endforeach()

execute_process(WORKING_DIRECTORY ${ROOT} OUTPUT_VARIABLE includes
    COMMAND grep -rhoE --include=*.h --include=*.cpp --include=*.c
        "^ *# *include \"[^\"]+\"" crypto vault cli tests)
files_under(headers *.h)
foreach(header IN LISTS headers)
    string(FIND "${includes}" "\"${header}\"" at)
    if(at EQUAL -1 AND header MATCHES "^tests/.*/([^/]+)$")    # tests may say "scratch.h"
        string(FIND "${includes}" "\"${CMAKE_MATCH_1}\"" at)
    endif()
    if(at EQUAL -1)
        report("${header}\n    nobody includes this file")
    endif()
endforeach()

# Asked of ctest's own files, so that it does not matter how tests/script registers them.
file(GLOB scripts RELATIVE ${ROOT} ${ROOT}/tests/script/*.txt)
list(REMOVE_ITEM scripts tests/script/CMakeLists.txt)
if(scripts AND BUILD)
    execute_process(OUTPUT_VARIABLE registered
        COMMAND grep -rh --include=CTestTestfile.cmake add_test ${BUILD})
    foreach(script IN LISTS scripts)
        get_filename_component(name ${script} NAME)
        string(FIND "${registered}" "/${name}\"" at)
        if(at EQUAL -1)
            report("${script}\n    no test runs this script")
        endif()
    endforeach()
endif()

finish("dead files")
