# SPDX-License-Identifier: GPL-3.0-or-later
# cmake -DTO=header -DFROM="file;file" -P embed.cmake: see custos_embed() in targets.cmake.
set(text "// Made by cmake/embed.cmake.\n#pragma once\n\n#include <string_view>\n\nnamespace embedded {\n")
foreach(file IN LISTS FROM)
    get_filename_component(name ${file} NAME)
    string(REPLACE "." "_" name ${name})
    file(READ ${file} content)
    string(APPEND text "inline constexpr std::string_view ${name} = R\"~(${content})~\";\n")
endforeach()
file(WRITE ${TO} "${text}}  // namespace embedded\n")
