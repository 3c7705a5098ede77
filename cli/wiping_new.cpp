// SPDX-License-Identifier: GPL-3.0-or-later
// Replaces the global operator new and delete by ones that wipe what is given back: decrypted
// records pass through strings and JSON values all over the program, and must not stay in the heap
// behind them. Linked into the executables only. Aligned and array forms come down to these.
#include <cstdlib>
#include <cstring>
#include <new>

#include <malloc.h>

void* operator new(std::size_t size) {
    for (;;) {
        // NOLINTNEXTLINE(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
        if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
        const std::new_handler handler = std::get_new_handler();
        if (handler == nullptr) throw std::bad_alloc{};
        handler();
    }
}

void operator delete(void* memory) noexcept {
    if (memory == nullptr) return;
    explicit_bzero(memory, malloc_usable_size(memory));
    // NOLINTNEXTLINE(cppcoreguidelines-no-malloc,cppcoreguidelines-owning-memory)
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept { operator delete(memory); }
