#pragma once

/// How often this thread has asked for memory, or given it back, since the program began.
unsigned long coachtalk_allocations(void);
