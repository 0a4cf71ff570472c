#pragma once
#include <alsa/asoundlib.h>

static void coachtalk_alsa_say_nothing(const char *file, int line, const char *function, int err, const char *fmt, ...) {
  (void)file; (void)line; (void)function; (void)err; (void)fmt;
}

/// Stops libasound from writing its own messages over the screen: the handler is variadic, so Swift cannot name one.
static inline void coachtalk_alsa_silence_errors(void) { snd_lib_error_set_handler(coachtalk_alsa_say_nothing); }
