#pragma once
#include <stddef.h>

/// A file of `Prompts/` as it was when the program was built.
struct built_in_prompt {
  /// Its name under `Prompts/`.
  const char *name;
  const char *bytes;
  size_t size;
};

size_t built_in_prompt_count(void);

/// The file of that number, below `built_in_prompt_count()`.
struct built_in_prompt built_in_prompt(size_t index);
