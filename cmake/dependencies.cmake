# SPDX-License-Identifier: GPL-3.0-or-later
# Finds what Custos is built from, first in .deps/ (cmake/setup.sh), then in the system, and refuses
# what is too old with a sentence that says why. No third-party source is in this repository.

set(deps ${PROJECT_SOURCE_DIR}/.deps)
set(hint "run cmake/setup.sh, which brings it")

# custos_import(NAME header library [folder]): a library without a CMake package of its own, as
# Custos::NAME; ${NAME}_INCLUDE is where its header was found.
function(custos_import name header library)
    find_path(${name}_INCLUDE ${header} HINTS ${deps}/include PATH_SUFFIXES ${ARGN})
    find_library(${name}_LIBRARY ${library} HINTS ${deps}/lib)
    if(NOT ${name}_INCLUDE OR NOT ${name}_LIBRARY)
        message(FATAL_ERROR "Custos needs ${library} with its headers: ${hint}.")
    endif()
    add_library(Custos::${name} UNKNOWN IMPORTED GLOBAL)
    set_target_properties(Custos::${name} PROPERTIES
        IMPORTED_LOCATION ${${name}_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${${name}_INCLUDE})
endfunction()

find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(ICU 70 REQUIRED COMPONENTS uc i18n)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(cxxopts 3.0 REQUIRED)

# Without this, cxxopts takes "Sok, Chan" for two values.
set_property(TARGET cxxopts::cxxopts APPEND PROPERTY
    INTERFACE_COMPILE_DEFINITIONS "CXXOPTS_VECTOR_DELIMITER='\\0'")

# ---- SQLCipher: 4, with the codec and full-text search --------------------------------------------

custos_import(sqlcipher sqlite3.h sqlcipher sqlcipher)
set_property(TARGET Custos::sqlcipher PROPERTY INTERFACE_COMPILE_DEFINITIONS SQLITE_HAS_CODEC)
set_property(TARGET Custos::sqlcipher PROPERTY
    INTERFACE_LINK_LIBRARIES OpenSSL::Crypto Threads::Threads ${CMAKE_DL_LIBS} m)

# The library is asked, not its file name: a plain SQLite answers nothing and would leave every
# record in the clear; SQLCipher 3 writes another format, on an SQLite of 2016.
if(NOT SQLCIPHER_ASKED STREQUAL sqlcipher_LIBRARY)
    try_run(ran compiled ${PROJECT_BINARY_DIR}/probe ${PROJECT_SOURCE_DIR}/cmake/probe_sqlcipher.c
        LINK_LIBRARIES Custos::sqlcipher
        COMPILE_OUTPUT_VARIABLE compile_output RUN_OUTPUT_VARIABLE answer)
    if(NOT compiled)
        message(FATAL_ERROR "Cannot link ${sqlcipher_LIBRARY}:\n${compile_output}")
    endif()
    set(SQLCIPHER_ANSWER "${answer}" CACHE INTERNAL "")
    set(SQLCIPHER_ASKED ${sqlcipher_LIBRARY} CACHE INTERNAL "")
endif()
list(GET SQLCIPHER_ANSWER 0 sqlcipher_version)
list(GET SQLCIPHER_ANSWER 1 sqlcipher_fts5)
if(sqlcipher_version STREQUAL "none")
    message(FATAL_ERROR "${sqlcipher_LIBRARY} is an SQLite without encryption: a vault made with "
        "it would be readable by anyone. Custos needs SQLCipher 4.6 or newer: ${hint}.")
elseif(sqlcipher_version VERSION_LESS 4.6)
    message(FATAL_ERROR "${sqlcipher_LIBRARY} is SQLCipher ${sqlcipher_version}, whose SQLite is "
        "years old and whose files Custos cannot share. It needs 4.6 or newer: ${hint}.")
elseif(NOT sqlcipher_fts5)
    message(FATAL_ERROR "${sqlcipher_LIBRARY} was built without full-text search (FTS5), so "
        "nothing could be searched: ${hint}.")
endif()

# ---- libsodium: with X-Wing (ML-KEM-768 and X25519) -----------------------------------------------

custos_import(sodium sodium.h sodium)
set_property(TARGET Custos::sodium PROPERTY INTERFACE_LINK_LIBRARIES Threads::Threads)
file(STRINGS ${sodium_INCLUDE}/sodium/version.h line REGEX "SODIUM_VERSION_STRING")
string(REGEX MATCH "[0-9]+\\.[0-9]+\\.[0-9]+" sodium_version "${line}")
if(sodium_version VERSION_LESS 1.0.22)
    message(FATAL_ERROR "libsodium ${sodium_version} in ${sodium_INCLUDE} has no post-quantum keys "
        "(X-Wing). Custos needs 1.0.22 or newer: ${hint}.")
endif()

# ---- the rest --------------------------------------------------------------------------------------

custos_import(cmark-gfm-core cmark-gfm.h cmark-gfm)
custos_import(cmark-gfm cmark-gfm-core-extensions.h cmark-gfm-extensions)
set_property(TARGET Custos::cmark-gfm PROPERTY INTERFACE_LINK_LIBRARIES Custos::cmark-gfm-core)

custos_import(qrencode qrencode.h qrencode)

# For custos-pdf alone; without them statements are published without a PDF.
find_package(PkgConfig)
if(PkgConfig_FOUND)
    pkg_check_modules(pango QUIET IMPORTED_TARGET GLOBAL pangocairo>=1.50 fontconfig)
endif()
if(pango_FOUND)
    add_library(Custos::pango ALIAS PkgConfig::pango)
else()
    message(STATUS "No Pango with cairo here: custos-pdf is not built (${hint})")
endif()

if(BUILD_TESTING)
    custos_import(catch2 catch2/catch_test_macros.hpp Catch2)
    if(NOT EXISTS ${catch2_INCLUDE}/catch2/catch_version_macros.hpp)
        message(FATAL_ERROR "${catch2_INCLUDE} holds Catch2 2; the tests need 3: ${hint}.")
    endif()
    custos_import(catch2-main catch2/catch_test_macros.hpp Catch2Main)
    set_property(TARGET Custos::catch2-main PROPERTY INTERFACE_LINK_LIBRARIES Custos::catch2)
    add_library(Catch2::Catch2 ALIAS Custos::catch2)
    add_library(Catch2::Catch2WithMain ALIAS Custos::catch2-main)
endif()

message(STATUS "SQLCipher ${sqlcipher_version} (${sqlcipher_LIBRARY}), "
    "libsodium ${sodium_version} (${sodium_LIBRARY})")
message(STATUS "OpenSSL ${OPENSSL_VERSION}, ICU ${ICU_VERSION}, "
    "nlohmann-json ${nlohmann_json_VERSION}, cxxopts ${cxxopts_VERSION}")
