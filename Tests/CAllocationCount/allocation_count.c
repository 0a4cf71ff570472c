// Linked into the test program, these take the place of the C library's allocator and count for each thread.
#include "allocation_count.h"
#include <errno.h>
#include <stddef.h>

static __thread unsigned long count;

unsigned long coachtalk_allocations(void) { return count; }

#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)

int coachtalk_counts_allocations(void) { return 0; }

#else

int coachtalk_counts_allocations(void) { return 1; }

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void *__libc_memalign(size_t, size_t);
extern void __libc_free(void *);

void *malloc(size_t size) { count++; return __libc_malloc(size); }
void *calloc(size_t number, size_t size) { count++; return __libc_calloc(number, size); }
void *realloc(void *old, size_t size) { count++; return __libc_realloc(old, size); }
void free(void *old) { if (old) count++; __libc_free(old); }
void *aligned_alloc(size_t alignment, size_t size) { count++; return __libc_memalign(alignment, size); }
int posix_memalign(void **place, size_t alignment, size_t size) {
  count++;
  void *memory = __libc_memalign(alignment, size);
  if (!memory) return ENOMEM;
  *place = memory;
  return 0;
}

#endif
