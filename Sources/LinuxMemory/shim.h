#pragma once
#include <linux/mman.h>
#include <stddef.h>

// The C library declares it for programs that ask for GNU's extensions only, which a module cannot.
extern void *mremap(void *from, size_t size, size_t new_size, int flags, ...);

// Moves pages to another address, over what is mapped there. Swift cannot call functions that take any number of arguments.
static inline void *move_pages(void *from, size_t size, size_t new_size, void *to) {
  return mremap(from, size, new_size, MREMAP_MAYMOVE | MREMAP_FIXED, to);
}
