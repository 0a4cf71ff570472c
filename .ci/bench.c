// What `bench-recording` needs and no program at hand does: measuring, a bare recorder, and clicks.
// cc -O2 bench.c -lasound -lsndfile -lm. Each command prints plain numbers; moments are seconds of the monotonic clock.
#define _GNU_SOURCE
#include <alsa/asoundlib.h>
#include <ctype.h>
#include <math.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sndfile.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>

enum { rate = 48000 };

static _Noreturn void die(const char *what, const char *why) {
  fprintf(stderr, "bench: %s: %s\n", what, why);
  exit(1);
}

static double now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static double monotonic(void) { return now(CLOCK_MONOTONIC); }

static void rest(double seconds) {
  struct timespec time = {(time_t)seconds, (long)((seconds - floor(seconds)) * 1e9)};
  while (nanosleep(&time, &time) && errno == EINTR) continue;
}

// The same irregular numbers from 0 to 1 in every run.
static double irregular(void) {
  static unsigned long long state = 1;
  state = state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (double)(state >> 11) / (double)(1ULL << 53);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

// MARK: Sound

// A buffer of 2 s, as coachtalk has; without a period, both are ALSA's choice.
static snd_pcm_t *microphone(const char *device, int channels, int period_ms) {
  snd_pcm_t *pcm;
  snd_pcm_hw_params_t *hw;
  snd_pcm_hw_params_alloca(&hw);
  snd_pcm_uframes_t period = rate * period_ms / 1000, buffer = 2 * rate;
  int code = snd_pcm_open(&pcm, device, SND_PCM_STREAM_CAPTURE, 0);
  if (code >= 0) code = snd_pcm_hw_params_any(pcm, hw);
  if (code >= 0) code = snd_pcm_hw_params_set_access(pcm, hw, SND_PCM_ACCESS_RW_INTERLEAVED);
  if (code >= 0) code = snd_pcm_hw_params_set_format(pcm, hw, SND_PCM_FORMAT_S16_LE);
  if (code >= 0) code = snd_pcm_hw_params_set_rate(pcm, hw, rate, 0);
  if (code >= 0) code = snd_pcm_hw_params_set_channels(pcm, hw, channels);
  if (code >= 0 && period) code = snd_pcm_hw_params_set_buffer_size_near(pcm, hw, &buffer);
  if (code >= 0 && period) code = snd_pcm_hw_params_set_period_size_near(pcm, hw, &period, NULL);
  if (code >= 0) code = snd_pcm_hw_params(pcm, hw);
  if (code < 0) die(device, snd_strerror(code));
  return pcm;
}

static SNDFILE *sound(const char *path, int mode, SF_INFO *info) {
  SNDFILE *file = sf_open(path, mode, info);
  if (!file) die(path, sf_strerror(NULL));
  return file;
}

static SF_INFO flac(int channels) {
  return (SF_INFO){.samplerate = rate, .channels = channels, .format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16};
}

// A negative level is libsndfile's own.
static void set_level(SNDFILE *file, int level) {
  double part = level / 8.0;
  if (level >= 0) sf_command(file, SFC_SET_COMPRESSION_LEVEL, &part, sizeof part);
}

// MARK: Clicks: 1 ms of full scale, at irregular moments half a second to two seconds apart

enum { loud = 20000, apart = rate / 5 };

typedef struct {
  long frame, last;
} Ear;

// Calls `heard` with the frame of each click's beginning.
static void listen(Ear *ear, const short *samples, long frames, int channels, void (*heard)(long)) {
  for (long i = 0; i < frames; i++, ear->frame++) {
    if (abs(samples[i * channels]) < loud) continue;
    if (ear->last == 0 || ear->frame - ear->last > apart) heard(ear->frame);
    ear->last = ear->frame;
  }
}

static long clicks[10000];
static int click_count;
static void keep(long frame) {
  if (click_count < 10000) clicks[click_count++] = frame;
}

// make-clicks SECONDS FILE
static void make_clicks(char **argument) {
  SF_INFO info = {.samplerate = rate, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
  SNDFILE *file = sound(argument[1], SFM_WRITE, &info);
  long length = atol(argument[0]) * rate, next = rate;
  for (long frame = 0; frame < length; frame++) {
    if (frame > next + rate / 1000) next += rate / 2 + (long)(irregular() * 1.5 * rate);
    short value = frame >= next ? 30000 : (short)(irregular() * 200); // a room is never quite silent
    sf_writef_short(file, (short[]){value, value}, 1);
  }
  sf_close(file);
}

// find-clicks FILE: the second of each
static void find_clicks(char **argument) {
  SF_INFO info = {0};
  SNDFILE *file = sound(argument[0], SFM_READ, &info);
  short *samples = malloc(sizeof(short) * 4096 * info.channels);
  Ear ear = {0};
  for (sf_count_t count; (count = sf_readf_short(file, samples, 4096)) > 0;)
    listen(&ear, samples, count, info.channels, keep);
  for (int i = 0; i < click_count; i++) printf("%.6f\n", clicks[i] / (double)rate);
}

// hear-clicks DEVICE SECONDS: the moment of each. Every read tells when frame 0 was; for a click the median of the reads
// within 5 s of it is believed, for a sound server's clock and the computer's drift apart.
static void hear_clicks(char **argument) {
  double seconds = atof(argument[1]);
  snd_pcm_t *pcm = microphone(argument[0], 2, 20);
  size_t most = (size_t)(seconds * 200 + 1000);
  double *began = malloc(sizeof(double) * most), *near = malloc(sizeof(double) * most);
  long *read = malloc(sizeof(long) * most);
  int count = 0;
  short samples[rate / 50 * 2];
  Ear ear = {0};
  int code = snd_pcm_start(pcm);
  for (double end = monotonic() + seconds; code >= 0 && monotonic() < end;) {
    long frames = snd_pcm_readi(pcm, samples, rate / 50);
    if (frames < 0) die(argument[0], "an overrun: the clicks cannot be placed; try again on a quieter machine");
    listen(&ear, samples, frames, 2, keep);
    long waiting = snd_pcm_avail(pcm);
    double at = monotonic();
    if (waiting < 0 || count >= seconds * 200) continue;
    read[count] = ear.frame;
    began[count++] = at - (ear.frame + waiting) / (double)rate;
  }
  if (count == 0) die(argument[0], "no sound");
  for (int i = 0, first = 0; i < click_count; i++) {
    while (first < count - 1 && read[first] < clicks[i] - 5 * rate) first++;
    int n = 0;
    for (int k = first; k < count && read[k] <= clicks[i] + 5 * rate; k++) near[n++] = began[k];
    qsort(near, n, sizeof *near, compare);
    if (n > 0) printf("%.6f\n", near[n / 2] + clicks[i] / (double)rate);
  }
}

// MARK: Recording and encoding, bare

// record DEVICE CHANNELS SECONDS FILE PERIOD_MS LEVEL: libasound to libsndfile, on the disk each second
static void record(char **argument) {
  int channels = atoi(argument[1]), file = open(argument[3], O_RDWR | O_CREAT | O_TRUNC, 0600);
  if (file < 0) die(argument[3], strerror(errno));
  snd_pcm_t *pcm = microphone(argument[0], channels, atoi(argument[4]));
  snd_pcm_uframes_t buffer, period;
  snd_pcm_get_params(pcm, &buffer, &period);
  SF_INFO info = flac(channels);
  SNDFILE *out = sf_open_fd(file, SFM_WRITE, &info, 0);
  if (!out) die(argument[3], sf_strerror(NULL));
  set_level(out, atoi(argument[5]));
  short *samples = malloc(sizeof(short) * period * channels);
  for (long frame = 0, synced = 0, end = atol(argument[2]) * rate; frame < end;) {
    long count = snd_pcm_readi(pcm, samples, period);
    if (count < 0) count = snd_pcm_recover(pcm, (int)count, 1);
    if (count < 0) die(argument[0], snd_strerror((int)count));
    if (sf_writef_short(out, samples, count) != count) die(argument[3], sf_strerror(out));
    frame += count;
    if (frame - synced >= rate) {
      fdatasync(file);
      synced = frame;
    }
  }
  sf_close(out);
  fdatasync(file);
}

static sf_count_t place, size;
static sf_count_t io_length(void *none) { return (void)none, size; }
static sf_count_t io_seek(sf_count_t offset, int whence, void *none) {
  (void)none;
  return place = whence == SEEK_SET ? offset : whence == SEEK_CUR ? place + offset : size + offset;
}
static sf_count_t io_read(void *bytes, sf_count_t count, void *none) { return (void)bytes, (void)count, (void)none, 0; }
static sf_count_t io_write(const void *bytes, sf_count_t count, void *none) {
  (void)bytes, (void)none;
  place += count;
  if (place > size) size = place;
  return count;
}
static sf_count_t io_tell(void *none) { return (void)none, place; }

// encode RAW CHANNELS LEVEL: processor seconds and MiB an hour, from memory to nowhere, in the blocks of 100 ms
static void encode(char **argument) {
  int channels = atoi(argument[1]);
  FILE *raw = fopen(argument[0], "rb");
  if (!raw) die(argument[0], strerror(errno));
  fseek(raw, 0, SEEK_END);
  long frames = ftell(raw) / (2 * channels);
  short *samples = malloc(sizeof(short) * frames * channels);
  rewind(raw);
  if (fread(samples, 2 * channels, frames, raw) != (size_t)frames) die(argument[0], "cannot be read");
  SF_VIRTUAL_IO io = {io_length, io_seek, io_read, io_write, io_tell};
  SF_INFO info = flac(channels);
  double began = now(CLOCK_PROCESS_CPUTIME_ID);
  SNDFILE *out = sf_open_virtual(&io, SFM_WRITE, &info, NULL);
  if (!out) die("libsndfile", sf_strerror(NULL));
  set_level(out, atoi(argument[2]));
  for (long frame = 0, block = rate / 10; frame < frames; frame += block)
    sf_writef_short(out, samples + frame * channels, frames - frame < block ? frames - frame : block);
  sf_close(out);
  double hours = frames / (double)rate / 3600;
  printf("%.6f %.3f\n", (now(CLOCK_PROCESS_CPUTIME_ID) - began) / hours, size / hours / (1 << 20));
}

// MARK: Other programs

// run FILE PROGRAM ARGUMENT…: its processor seconds, its children's too, and the KiB of the largest process, to FILE
static int run(char **argument) {
  pid_t child = fork();
  if (child == 0) {
    execvp(argument[1], argument + 1);
    die(argument[1], strerror(errno));
  }
  int status;
  struct rusage usage;
  if (child < 0 || wait4(child, &status, 0, &usage) != child) die(argument[1], strerror(errno));
  FILE *file = fopen(argument[0], "w");
  if (!file) die(argument[0], strerror(errno));
  fprintf(file, "%.6f %ld\n",
          usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
          usage.ru_maxrss);
  fclose(file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

// append COUNT PAUSE FILE: how long each line of 150 bytes takes to be on the disk
static void append(char **argument) {
  int file = open(argument[2], O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0) die(argument[2], strerror(errno));
  char line[150];
  memset(line, 'x', sizeof line);
  line[sizeof line - 1] = '\n';
  for (int i = atoi(argument[0]); i > 0; i--) {
    rest(atof(argument[1]) * (0.5 + irregular()));
    double began = monotonic();
    if (write(file, line, sizeof line) != sizeof line || fdatasync(file)) die(argument[2], strerror(errno));
    double took = monotonic() - began;
    printf("%.6f %.6f %.6f\n", began, took, took);
  }
}

// answer FILE: a line on the disk for each that comes, and only then its answer: the least that a program can do for a tag
static void answer_lines(char **argument) {
  int file = open(argument[0], O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0) die(argument[0], strerror(errno));
  char line[150], asked[4096];
  memset(line, 'x', sizeof line);
  line[sizeof line - 1] = '\n';
  while (read(0, asked, sizeof asked) > 0) {
    if (write(file, line, sizeof line) != sizeof line || fdatasync(file)) die(argument[0], strerror(errno));
    if (write(1, "0:00 question\n", 14) != 14) return;
  }
}

static void say(int file, const char *text) {
  if (write(file, text, strlen(text)) != (ssize_t)strlen(text)) die("the program", "does not read what it is told");
}

// tag COUNT PAUSE SCRIPT PROGRAM ARGUMENT…: starts a meeting with the lines of SCRIPT, then tags turns one at a time;
// when each was sent, and how long it took to be on the disk (as synced.c saw it, which is in SYNCED_BY) and to be
// acknowledged. The meeting ends with the input.
static int tag(char **argument) {
  int in[2], out[2], count = atoi(argument[0]), page = memfd_create("synced", 0);
  char file[16];
  volatile double *synced = MAP_FAILED;
  if (page >= 0 && !ftruncate(page, sizeof *synced))
    synced = mmap(NULL, sizeof *synced, PROT_READ | PROT_WRITE, MAP_SHARED, page, 0);
  if (synced == MAP_FAILED || pipe(in) || pipe(out)) die("pipe", strerror(errno));
  snprintf(file, sizeof file, "%d", page);
  pid_t child = fork();
  if (child == 0) {
    setenv("SYNCED", file, 1), setenv("LD_PRELOAD", getenv("SYNCED_BY"), 1);
    dup2(in[0], 0), dup2(out[1], 1);
    close(in[0]), close(in[1]), close(out[0]), close(out[1]);
    execvp(argument[3], argument + 3);
    die(argument[3], strerror(errno));
  }
  close(in[0]), close(out[1]);
  signal(SIGPIPE, SIG_IGN);
  FILE *answers = fdopen(out[0], "r");
  say(in[1], argument[2]);
  char answer[4096];
  for (int i = -1; i < count; i++) { // the first only tells that the meeting has begun
    if (i >= 0) rest(atof(argument[1]) * (0.5 + irregular()));
    double sent = monotonic(), answered;
    say(in[1], "/c question\n");
    do
      if (!fgets(answer, sizeof answer, answers)) die(argument[3], "ended early");
    while (!strstr(answer, "question") || answer[0] < '0' || answer[0] > '9');
    answered = monotonic();
    if (i >= 0 && (*synced < sent || *synced > answered)) die(argument[3], "answered what is not on the disk");
    if (i >= 0) printf("%.6f %.6f %.6f\n", sent, *synced - sent, answered - sent);
    else rest(0.5);
  }
  close(in[1]);
  while (fgets(answer, sizeof answer, answers)) continue;
  int status;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

// MARK: Keys

static const char *const names[] = {"Anna", "Ben"};

// echo-keys FILE: a line on the disk for each key, and then a row on the screen: the least that a program can do for one
static void echo_keys(char **argument) {
  struct termios raw;
  int file = open(argument[0], O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (file < 0 || tcgetattr(0, &raw)) die(argument[0], strerror(errno));
  cfmakeraw(&raw);
  tcsetattr(0, TCSANOW, &raw);
  char line[150], key, row[64];
  memset(line, 'x', sizeof line);
  line[sizeof line - 1] = '\n';
  if (write(1, "ready", 5) != 5) return;
  while (read(0, &key, 1) == 1) {
    if (write(file, line, sizeof line) != sizeof line || fdatasync(file)) die(argument[0], strerror(errno));
    int length = snprintf(row, sizeof row, "\r0:00 %s\033[K", names[key == 't']);
    if (write(1, row, length) != length) return;
  }
}

// Reads what comes to a screen until it holds `text`.
static void await(int screen, const char *text) {
  static char seen[1 << 20];
  size_t length = 0;
  ssize_t count;
  while ((count = read(screen, seen + length, sizeof seen - 1 - length)) > 0) {
    seen[length += count] = 0;
    if (strstr(seen, text)) return;
  }
  die("the program ended without", text);
}

// press COUNT PAUSE [READY SCRIPT BEGUN KEY LIVE] -- PROGRAM ARGUMENT…: a program in a terminal, in which the keys c and t
// are pressed in turn, one each PAUSE seconds whether or not the screen keeps up; how long each took to be on the screen,
// as a name behind a time. Before that, each text is waited for and the one after it typed.
static int press(char **argument) {
  int screen, count = atoi(argument[0]), shown = 0, sent = 0;
  double pause = atof(argument[1]), *moment = calloc(count, sizeof *moment);
  char **text = argument + 2, **program = text;
  while (strcmp(*program, "--")) program++;
  struct winsize size = {24, 80, 0, 0};
  pid_t child = forkpty(&screen, 0, 0, &size);
  if (child == 0) {
    setenv("TERM", "xterm", 1);
    execvp(program[1], program + 1);
    die(program[1], strerror(errno));
  }
  for (; text < program; text += 2) {
    await(screen, text[0]);
    rest(0.3);
    if (text + 1 < program) say(screen, text[1]);
  }
  char seen[1 << 16];
  size_t length = 0;
  for (double next = monotonic(); shown < count;) {
    double left = next - monotonic();
    if (sent < count && left <= 0) {
      moment[sent] = monotonic();
      say(screen, sent++ % 2 ? "t" : "c");
      next += pause;
      continue;
    }
    struct pollfd come = {screen, POLLIN, 0};
    if (poll(&come, 1, sent < count ? (int)(left * 1000) + 1 : 10000) == 0 && sent == count) break;
    if (!(come.revents & POLLIN)) continue;
    ssize_t got = read(screen, seen + length, sizeof seen - 1 - length);
    double at = monotonic();
    if (got <= 0) break;
    seen[length += got] = 0;
    char *from = seen, *name;
    while (shown < sent && (name = strstr(from, names[shown % 2]))) {
      if (name >= seen + 2 && name[-1] == ' ' && isdigit(name[-2])) printf("%.6f %.6f\n", moment[shown], at - moment[shown]), shown++;
      from = name + 1;
    }
    // A name may come in two parts.
    size_t kept = seen + length - from < 16 ? seen + length - from : 16;
    memmove(seen, seen + length - kept, kept);
    length = kept;
  }
  close(screen);
  int status;
  waitpid(child, &status, 0);
  if (shown < count) die(program[1], "did not show every key");
  return 0;
}

int main(int count, char **argument) {
  struct {
    const char *name;
    int arguments;
    void (*does)(char **);
    int (*answers)(char **);
  } commands[] = {
      {"make-clicks", 2, make_clicks, 0}, {"find-clicks", 1, find_clicks, 0}, {"hear-clicks", 2, hear_clicks, 0},
      {"record", 6, record, 0},           {"encode", 3, encode, 0},           {"append", 3, append, 0},
      {"run", 2, 0, run},                 {"tag", 4, 0, tag},                 {"answer", 1, answer_lines, 0},
      {"echo-keys", 1, echo_keys, 0},     {"press", 4, 0, press},
  };
  for (unsigned i = 0; count > 1 && i < sizeof commands / sizeof *commands; i++) {
    if (strcmp(argument[1], commands[i].name)) continue;
    if (count - 2 < commands[i].arguments) die(argument[1], "too few arguments");
    if (commands[i].answers) return commands[i].answers(argument + 2);
    commands[i].does(argument + 2);
    return fflush(stdout) ? 1 : 0;
  }
  die("no such command", count > 1 ? argument[1] : "none");
}
