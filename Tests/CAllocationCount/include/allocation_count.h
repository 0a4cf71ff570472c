#pragma once

/// How often this thread has asked for memory, or given it back, since the program began.
unsigned long coachtalk_allocations(void);

/// Whether that is counted: a sanitizer has an allocator of its own.
int coachtalk_counts_allocations(void);
