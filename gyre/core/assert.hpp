#pragma once

#include <cstdio>
#include <cstdlib>

/// For programmer errors only: on in every build, and never for what a user typed.
#define GYRE_ASSERT(condition)                                                               \
  do {                                                                                       \
    if (!(condition)) {                                                                      \
      std::fprintf(stderr, "%s:%d: assertion failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                          \
    }                                                                                        \
  } while (false)
