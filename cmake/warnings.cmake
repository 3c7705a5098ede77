# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings for our own code (third-party headers are SYSTEM). Presets make them errors.
# g++ 12 at -O3 warns falsely about std::string (-Wrestrict): releases are built with -O2.
add_library(custos_warnings INTERFACE)
target_compile_options(custos_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor
    -Wold-style-cast -Wcast-align -Wcast-qual -Woverloaded-virtual -Wnull-dereference
    -Wdouble-promotion -Wformat=2 -Wimplicit-fallthrough -Wextra-semi -Wundef>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(custos_warnings INTERFACE $<$<COMPILE_LANGUAGE:CXX>:
        -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wuseless-cast -Wsuggest-override>)
endif()
