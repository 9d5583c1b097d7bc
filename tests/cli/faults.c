/* Preloaded, it makes the disk full after GYRE_FAULT_WRITES writes at a place of a file. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/types.h>

typedef ssize_t (*Write)(int, const void*, size_t, off_t);

static ssize_t write_or_fail(const char* name, int file, const void* bytes, size_t n, off_t at) {
  static atomic_long done;
  const char* limit = getenv("GYRE_FAULT_WRITES");
  /* The headers of arrays are written first, at offset 0. */
  if (limit && at > 0 && atomic_fetch_add(&done, 1) >= atol(limit)) {
    errno = ENOSPC;
    return -1;
  }
  return ((Write)dlsym(RTLD_NEXT, name))(file, bytes, n, at);
}

ssize_t pwrite(int file, const void* bytes, size_t n, off_t at) {
  return write_or_fail("pwrite", file, bytes, n, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t n, off_t at) {
  return write_or_fail("pwrite64", file, bytes, n, at);
}
