#pragma once
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

/// fork(2), which Swift will not name: safe while there is one thread.
static inline pid_t coachtalk_fork(void) { return fork(); }

/// Has `signal` sent to this process when its parent ends; prctl(2) is variadic, so Swift cannot call it.
static inline void coachtalk_signal_when_parent_ends(int signal) { prctl(PR_SET_PDEATHSIG, signal); }
