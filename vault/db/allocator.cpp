// SPDX-License-Identifier: GPL-3.0-or-later
#include "vault/db/allocator.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <sqlite3.h>

#include "crypto/error.h"
#include "crypto/secret.h"

namespace custos::vault {

namespace {

// Size of the block, in front of it. 16 bytes, so that the block is aligned like malloc's.
struct alignas(16) Front {
    std::size_t size;
};
static_assert(sizeof(Front) == 16);

Front* front_of(void* block) { return static_cast<Front*>(block) - 1; }

void* allocate(int size) {
    auto* const front =
        static_cast<Front*>(std::malloc(sizeof(Front) + static_cast<std::size_t>(size)));
    if (front == nullptr) return nullptr;
    front->size = static_cast<std::size_t>(size);
    return front + 1;
}

void release(void* block) {
    if (block == nullptr) return;
    Front* const front = front_of(block);
    wipe(MutableByteView(static_cast<std::uint8_t*>(block), front->size));
    std::free(front);
}

int size_of(void* block) { return block == nullptr ? 0 : static_cast<int>(front_of(block)->size); }

// realloc() would leave a copy behind where it moves the block.
void* reallocate(void* block, int size) {
    if (size <= size_of(block)) return block;
    void* const larger = allocate(size);
    if (larger == nullptr) return nullptr;
    std::memcpy(larger, block, front_of(block)->size);
    release(block);
    return larger;
}

int rounded_up(int size) { return (size + 7) & ~7; }
int start(void* /*unused*/) { return SQLITE_OK; }
void stop(void* /*unused*/) {}

bool configure() {
    static const sqlite3_mem_methods methods = {allocate,   release, reallocate, size_of,
                                                rounded_up, start,   stop,       nullptr};
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK &&
           sqlite3_config(SQLITE_CONFIG_MULTITHREAD) == SQLITE_OK &&
           sqlite3_initialize() == SQLITE_OK;
}

}  // namespace

void start_sqlite() {
    static const bool started = configure();
    if (!started) throw Error{ErrorCode::failed, "cannot start SQLite with memory that is wiped"};
}

}  // namespace custos::vault
