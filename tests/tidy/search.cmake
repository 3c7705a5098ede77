# SPDX-License-Identifier: GPL-3.0-or-later
# What the rules here share: finding forbidden lines, and saying them all at the end.
cmake_minimum_required(VERSION 3.25)
get_filename_component(ROOT ${CMAKE_CURRENT_LIST_DIR}/../.. ABSOLUTE)
set_property(GLOBAL PROPERTY broken "")

macro(report text)
    set_property(GLOBAL APPEND_STRING PROPERTY broken "${text}\n")
endmacro()

# forbid(why PATTERN IN folder... [EXCEPT path...]): no line of a source file there matches the
# extended regular expression. A line that ends in "// allowed: REASON" is let through.
function(forbid why pattern)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "IN;EXCEPT")
    execute_process(WORKING_DIRECTORY ${ROOT} OUTPUT_VARIABLE lines
        COMMAND grep -rnE --include=*.h --include=*.cpp --include=*.c -e ${pattern} ${arg_IN})
    string(REPLACE ";" "," lines "${lines}")
    string(REGEX REPLACE "[][]" "|" lines "${lines}")
    string(REPLACE "\n" ";" lines "${lines}")
    foreach(line IN LISTS lines)
        set(excepted NO)
        foreach(path IN LISTS arg_EXCEPT)
            if(line MATCHES "^${path}")
                set(excepted YES)
            endif()
        endforeach()
        if(line AND NOT excepted AND NOT line MATCHES "// allowed: [a-z]")
            report("${line}\n    ${why}")
        endif()
    endforeach()
endfunction()

macro(finish rule)
    get_property(broken GLOBAL PROPERTY broken)
    if(broken)
        message("${broken}")
        message(FATAL_ERROR "found ${rule}")
    endif()
endmacro()
