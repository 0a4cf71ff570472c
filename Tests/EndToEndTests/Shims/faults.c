// Loaded into the program with LD_PRELOAD: a disk that is slow or refuses to write, and a calendar clock that somebody sets.
//
// The test switches them while the program runs, in a file of four 64-bit numbers that both map ($FAULTS). Only files in
// folders with "Recordings" in their path are touched.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct faults {
  _Atomic long stall_ms;       // the next write to a sound file takes that long; then it is 0 again
  _Atomic long stall_sync_ms;  // the same for the next fdatasync of one
  _Atomic long write_errno;    // every write and sync fails with it, as on a disk that has become read-only
  _Atomic long clock_seconds;  // how far the calendar clock has been set
};

static struct faults none, *faults = &none;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("FAULTS");
  int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *memory = mmap(NULL, sizeof *faults, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (memory != MAP_FAILED) faults = memory;
  close(file);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

// MARK: The disk

static bool is_recording(int file, const char *ending) {
  char link[40], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", file);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return false;
  path[length] = 0;
  size_t end = strlen(ending);
  return strstr(path, "/Recordings/") && (size_t)length >= end && strcmp(path + length - end, ending) == 0;
}

static void rest(long milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&time, NULL);
}

ssize_t write(int file, const void *bytes, size_t count) {
  if (atomic_load(&faults->write_errno) && is_recording(file, "")) {
    errno = (int)atomic_load(&faults->write_errno);
    return -1;
  }
  if (atomic_load(&faults->stall_ms) && is_recording(file, ".flac")) rest(atomic_exchange(&faults->stall_ms, 0));
  return REAL(write)(file, bytes, count);
}

int fdatasync(int file) {
  if (atomic_load(&faults->write_errno) && is_recording(file, "")) {
    errno = (int)atomic_load(&faults->write_errno);
    return -1;
  }
  if (atomic_load(&faults->stall_sync_ms) && is_recording(file, ".flac"))
    rest(atomic_exchange(&faults->stall_sync_ms, 0));
  return REAL(fdatasync)(file);
}

// MARK: The calendar clock

int clock_gettime(clockid_t clock, struct timespec *time) {
  static __typeof__(&clock_gettime) real;
  if (!real) real = REAL(clock_gettime);
  int result = real(clock, time);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) time->tv_sec += atomic_load(&faults->clock_seconds);
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  int result = REAL(gettimeofday)(time, zone);
  time->tv_sec += atomic_load(&faults->clock_seconds);
  return result;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

// A wait until a moment of the calendar clock ends when that clock, as it is set then, has come to it.
int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until) {
  for (;;) {
    if (sem_trywait(semaphore) == 0) return 0;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec > until->tv_sec || (now.tv_sec == until->tv_sec && now.tv_nsec >= until->tv_nsec)) {
      errno = ETIMEDOUT;
      return -1;
    }
    rest(2);
  }
}
