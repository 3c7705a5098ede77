# SPDX-License-Identifier: GPL-3.0-or-later
# The repository belongs to no machine: no path of one, no address of a package registry or mirror.
include(${CMAKE_CURRENT_LIST_DIR}/search.cmake)

# Written so that these lines do not match themselves.
set(paths "(^|[^A-Za-z0-9_.}*>)-])/(wor[k]|roo[t])/")
set(hosts "deb[.]debian[.]org|snapshot[.]debian[.]org|registry[.]npmjs|registry[.]yarnpkg|nodesource[.]com")
set(hosts "${hosts}|pypi[.]org|pythonhosted[.]org|crates[.]io|proxy[.]golang|://(10|172|192[.]168)[.][0-9.]+[:/]")

# Tracked files only; outside a clone (an unpacked release) there is nothing to compare with.
execute_process(WORKING_DIRECTORY ${ROOT} OUTPUT_VARIABLE lines ERROR_QUIET
    COMMAND git grep -InE -e "${paths}" -e "${hosts}" -- . ":!LICENSE")
if(lines)
    report("${lines}    a path of a machine, or the address of a registry: take it at run time")
endif()

finish("what belongs to a machine")
