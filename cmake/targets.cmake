# SPDX-License-Identifier: GPL-3.0-or-later
# How targets are made here: one static library a folder, one test program a test folder. Lists of
# sources are explicit, so that a file that nobody builds is noticed (tests/tidy).

find_program(CCACHE ccache)
if(CCACHE)
    # Headers compiled ahead defeat ccache unless it is told to trust them.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1 ${CCACHE})
    if(CUSTOS_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)
    endif()
endif()

# custos_folders(FOLDER...): enters each folder that has a CMakeLists.txt.
function(custos_folders)
    foreach(folder IN LISTS ARGN)
        if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${folder}/CMakeLists.txt)
            add_subdirectory(${folder})
        endif()
    endforeach()
endfunction()

# Heavy headers that are everywhere are compiled once, by one target each, and shared.
function(custos_precompiled name header link)
    file(WRITE ${PROJECT_BINARY_DIR}/${name}.cpp "")
    add_library(${name} OBJECT ${PROJECT_BINARY_DIR}/${name}.cpp)
    target_link_libraries(${name} PRIVATE ${link} custos_warnings)
    target_precompile_headers(${name} PRIVATE ${header})
endfunction()
if(CUSTOS_PCH)
    custos_precompiled(custos_pch_json <nlohmann/json.hpp> nlohmann_json::nlohmann_json)
    if(BUILD_TESTING)
        custos_precompiled(custos_pch_test <catch2/catch_test_macros.hpp> Catch2::Catch2WithMain)
    endif()
endif()

# What every target of ours has.
function(custos_settings target)
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
    target_link_libraries(${target} PRIVATE custos_warnings)
endfunction()

# custos_library(custos_vault_log SOURCES entry.cpp ... LINKS custos_vault_db ...)
function(custos_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
    add_library(${name} STATIC ${arg_SOURCES})
    custos_settings(${name})
    target_link_libraries(${name} PUBLIC ${arg_LINKS})
    if(CUSTOS_PCH AND "nlohmann_json::nlohmann_json" IN_LIST arg_LINKS)
        target_precompile_headers(${name} REUSE_FROM custos_pch_json)
    endif()
endfunction()

# custos_test(test_vault_log SOURCES entry_test.cpp ... LINKS custos_vault_log ...)
# One Catch2 program and one entry in ctest of the same name.
function(custos_test name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
    add_executable(${name} ${arg_SOURCES})
    custos_settings(${name})
    target_link_libraries(${name} PRIVATE ${arg_LINKS} Catch2::Catch2WithMain)
    if(CUSTOS_PCH)
        target_precompile_headers(${name} REUSE_FROM custos_pch_test)
    endif()
    add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
    # Catch2's answer when every test of the program was skipped, say for want of vectors.
    set_tests_properties(${name} PROPERTIES SKIP_RETURN_CODE 4)
endfunction()

# custos_embed(target header FILE...): makes a header with the text of each file, as
# `embedded::statement_css` for statement.css. Included by its path from the source root.
function(custos_embed target header)
    set(made ${PROJECT_BINARY_DIR}/embedded)
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    add_custom_command(OUTPUT ${made}/${folder}/${header}
        COMMAND ${CMAKE_COMMAND} -DTO=${made}/${folder}/${header} "-DFROM=${ARGN}"
            -P ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
        DEPENDS ${ARGN} ${PROJECT_SOURCE_DIR}/cmake/embed.cmake
        VERBATIM)
    target_sources(${target} PRIVATE ${made}/${folder}/${header})
    target_include_directories(${target} PRIVATE ${made})
endfunction()

add_custom_target(fuzzers)
add_custom_target(benches)

# custos_fuzz(fuzz_note SOURCES fuzz_note.cpp LINKS custos_crypto): a source with
# LLVMFuzzerTestOneInput. libFuzzer drives it under the preset fuzz; elsewhere it is a test that
# replays tests/fuzz/corpus/fuzz_note.
function(custos_fuzz name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
    add_executable(${name} ${arg_SOURCES})
    custos_settings(${name})
    target_link_libraries(${name} PRIVATE ${arg_LINKS})
    add_dependencies(fuzzers ${name})
    if(CUSTOS_FUZZ)
        target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    else()
        target_sources(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/replay.cpp)
        add_test(NAME ${name}
            COMMAND ${name} ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
    endif()
endfunction()

# custos_bench(bench_log SOURCES bench_log.cpp LINKS custos_vault_log): a program that ./dev bench
# runs and that prints what it measured.
function(custos_bench name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
    add_executable(${name} ${arg_SOURCES})
    custos_settings(${name})
    target_link_libraries(${name} PRIVATE ${arg_LINKS})
    add_dependencies(benches ${name})
    set_target_properties(${name} PROPERTIES
        RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/bench)
endfunction()
