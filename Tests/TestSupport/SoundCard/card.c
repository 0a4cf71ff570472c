// A sound card for tests: an I/O plugin of libasound that behaves as hardware does.
//
// What it captures is decided by the monotonic clock alone. Frame n of the card is heard n / (rate * (1 + ppm / 1e6)) s
// after the clock's zero, whether the stream runs or not, and is frame n of the sound file, which is played in a loop:
// so a frame that is lost or comes twice shows, and what was missed stays missed. Nobody fetching overruns the buffer.
//
//   pcm.card { @args [ FILE ] @args.FILE { type string } type testcard file $FILE }   opened as   card:/path/mic
//
// The file is in ALSA's own notation. Lists are in one string; sizes are in frames; only `sound` has no default.
//
//   sound "/path/mic.raw"     16-bit samples, interleaved, as many channels as the largest number in `channels`
//   formats "S16_LE"          also S24_3LE S24_LE S32_LE FLOAT_LE
//   channels "1 2"  rates "16000 48000"  ppm "-50"
//   periods "480"             or the least and the most: "100 4800" (frames of the last format and number of channels)
//   buffers "4800"            likewise
//   only "mmap"               or "interleaved": what the card's memory allows; both by default
//
// Files beside it are its faults, for as long as they are there: mic.gone (pulled), mic.suspended, mic.stuck (neither
// sound nor an error). One program at a time may open it.

#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <ctype.h>
#include <fcntl.h>
#include <math.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <time.h>

typedef struct {
  snd_pcm_ioplug_t io;
  char *path;
  int lock;
  double ppm;
  const int16_t *sound;
  uint64_t sound_frames;
  unsigned sound_channels;
  uint64_t enough;  // frames for which `poll` waits, as the program has asked for
  uint64_t first;  // the frame the stream started with
  uint64_t last;   // the newest one it has
} card_t;

static int has(card_t *card, const char *fault) {
  char path[4096];
  snprintf(path, sizeof path, "%s.%s", card->path, fault);
  return access(path, F_OK) == 0;
}

static double frames_per_second(card_t *card) { return card->io.rate * (1 + card->ppm / 1e6); }

static uint64_t frame_now(card_t *card) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)((now.tv_sec + now.tv_nsec / 1e9) * frames_per_second(card));
}

// The "interrupt": the descriptor is readable once enough follows the `fetched` frames, at once if it does already.
static void arm(card_t *card, uint64_t fetched) {
  double at = (card->first + fetched + card->enough + 1) / frames_per_second(card);
  struct itimerspec when = {.it_value = {.tv_sec = (time_t)at, .tv_nsec = (long)(fmod(at, 1) * 1e9)}};
  if (has(card, "stuck")) memset(&when, 0, sizeof when);
  timerfd_settime(card->io.poll_fd, TFD_TIMER_ABSTIME, &when, NULL);
}

static int card_start(snd_pcm_ioplug_t *io) {
  card_t *card = io->private_data;
  if (has(card, "gone")) return -ENODEV;
  card->first = card->last = frame_now(card);
  arm(card, 0);
  return 0;
}

static int card_stop(snd_pcm_ioplug_t *io) {
  struct itimerspec never = {0};
  return timerfd_settime(io->poll_fd, 0, &never, NULL);
}

static int card_sw_params(snd_pcm_ioplug_t *io, snd_pcm_sw_params_t *params) {
  card_t *card = io->private_data;
  snd_pcm_uframes_t least = io->period_size;
  snd_pcm_sw_params_get_avail_min(params, &least);
  card->enough = least > io->period_size ? least : io->period_size;
  return 0;
}

static int card_prepare(snd_pcm_ioplug_t *io) {
  card_t *card = io->private_data;
  card->first = card->last = 0;
  return has(card, "gone") ? -ENODEV : has(card, "suspended") ? -ESTRPIPE : 0;
}

// A pulled card stays pulled until it is opened again. Every call but `prepare` then answers ENODEV or ESTRPIPE.
static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io) {
  card_t *card = io->private_data;
  if (has(card, "gone")) {
    snd_pcm_ioplug_set_state(io, SND_PCM_STATE_DISCONNECTED);
  } else if (has(card, "suspended")) {
    snd_pcm_ioplug_set_state(io, SND_PCM_STATE_SUSPENDED);
  } else if (io->state == SND_PCM_STATE_RUNNING && !has(card, "stuck")) {
    uint64_t now = frame_now(card);
    if (now - card->first - io->appl_ptr >= io->buffer_size) return -EPIPE;
    card->last = now;
  }
  return (card->last - card->first) % io->buffer_size;
}

static int card_poll(snd_pcm_ioplug_t *io, struct pollfd *fds, unsigned count, unsigned short *events) {
  card_t *card = io->private_data;
  *events = 0;
  if (count == 0 || !(fds[0].revents & POLLIN)) return 0;
  if (card_pointer(io) < 0 || io->state != SND_PCM_STATE_RUNNING)
    *events = POLLERR;
  else if (card->last - card->first - io->appl_ptr >= card->enough)
    *events = POLLIN;
  else
    arm(card, io->appl_ptr);
  return 0;
}

static void put(unsigned char *at, snd_pcm_format_t format, int16_t sample) {
  int32_t wide = (int32_t)((uint32_t)(uint16_t)sample << 16);
  float real = sample / 32768.0f;
  switch (format) {
  case SND_PCM_FORMAT_S16_LE: memcpy(at, &sample, 2); break;
  case SND_PCM_FORMAT_S24_3LE: wide >>= 8; memcpy(at, &wide, 3); break;
  case SND_PCM_FORMAT_S24_LE: wide >>= 8; memcpy(at, &wide, 4); break;
  case SND_PCM_FORMAT_FLOAT_LE: memcpy(at, &real, 4); break;
  default: memcpy(at, &wide, 4);
  }
}

static snd_pcm_sframes_t card_transfer(
    snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas, snd_pcm_uframes_t offset, snd_pcm_uframes_t size) {
  card_t *card = io->private_data;
  for (snd_pcm_uframes_t i = 0; i < size; i++) {
    const int16_t *frame =
        card->sound + (card->first + io->appl_ptr + i) % card->sound_frames * card->sound_channels;
    for (unsigned c = 0; c < io->channels; c++)
      put((unsigned char *)areas[c].addr + (areas[c].first + areas[c].step * (offset + i)) / 8, io->format, frame[c]);
  }
  arm(card, io->appl_ptr + size);
  return size;
}

static int card_close(snd_pcm_ioplug_t *io) {
  card_t *card = io->private_data;
  if (io->poll_fd >= 0) close(io->poll_fd);
  if (card->lock >= 0) close(card->lock);
  if (card->sound) munmap((void *)card->sound, card->sound_frames * card->sound_channels * 2);
  free(card->path);
  free(card);
  return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = {
    .start = card_start, .stop = card_stop, .prepare = card_prepare, .pointer = card_pointer,
    .sw_params = card_sw_params, .transfer = card_transfer, .poll_revents = card_poll, .close = card_close,
};

static unsigned list(const char *text, unsigned *values) {
  unsigned count = 0;
  char *copy = strdup(text), *rest = copy, *word;
  while (count < 16 && (word = strsep(&rest, " ")))
    values[count++] = isdigit(*word) ? (unsigned)atoi(word) : (unsigned)snd_pcm_format_value(word);
  free(copy);
  return count;
}

// A setting as text, number or not; the few bytes are never freed.
static const char *get(snd_config_t *settings, const char *name, const char *otherwise) {
  char *text;
  snd_config_t *node;
  if (snd_config_search(settings, name, &node) < 0 || snd_config_get_ascii(node, &text) < 0) return otherwise;
  return text;
}

static int restrict_to(card_t *card, snd_config_t *settings) {
  snd_pcm_ioplug_t *io = &card->io;
  unsigned v[16], n, frame, err = 0;
  n = list(get(settings, "formats", "S16_LE"), v);
  err |= snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_FORMAT, n, v);
  frame = snd_pcm_format_physical_width(v[n - 1]) / 8;
  n = list(get(settings, "channels", "1 2"), v);
  err |= snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_CHANNELS, n, v);
  frame *= card->sound_channels = v[n - 1];
  n = list(get(settings, "rates", "48000"), v);
  err |= snd_pcm_ioplug_set_param_list(io, SND_PCM_IOPLUG_HW_RATE, n, v);
  n = list(get(settings, "periods", "48 48000"), v);
  err |= snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, v[0] * frame, v[n - 1] * frame);
  n = list(get(settings, "buffers", "192 192000"), v);
  err |= snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_BUFFER_BYTES, v[0] * frame, v[n - 1] * frame);
  err |= snd_pcm_ioplug_set_param_minmax(io, SND_PCM_IOPLUG_HW_PERIODS, 2, 1024);
  unsigned access[] = {SND_PCM_ACCESS_RW_INTERLEAVED, SND_PCM_ACCESS_MMAP_INTERLEAVED};
  const char *only = get(settings, "only", "");
  err |= snd_pcm_ioplug_set_param_list(
      io, SND_PCM_IOPLUG_HW_ACCESS, *only ? 1 : 2, access + (strcmp(only, "mmap") == 0));
  return err ? -EINVAL : 0;
}

static int map_sound(card_t *card, const char *path) {
  struct stat info;
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0 || fstat(file, &info) < 0) return -errno;
  card->sound_frames = info.st_size / 2 / card->sound_channels;
  void *bytes = mmap(NULL, info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  if (bytes == MAP_FAILED || card->sound_frames == 0) return -EINVAL;
  card->sound = bytes;
  return 0;
}

SND_PCM_PLUGIN_DEFINE_FUNC(testcard) {
  (void)root;
  const char *path = get(conf, "file", "");
  snd_config_t *settings;
  snd_input_t *input;
  if (stream != SND_PCM_STREAM_CAPTURE) return -EINVAL;
  card_t *card = calloc(1, sizeof *card);
  card->path = strdup(path);
  card->io.poll_fd = -1;
  card->lock = open(path, O_RDONLY | O_CLOEXEC);
  card->io.private_data = card;
  int err = 0;
  if (card->lock < 0)
    err = -errno;
  else if (has(card, "gone"))
    err = -ENODEV;
  else if (flock(card->lock, LOCK_EX | LOCK_NB) < 0)
    err = -EBUSY;
  if (err < 0) {
    card_close(&card->io);
    return err;
  }
  snd_config_top(&settings);
  snd_input_stdio_open(&input, path, "r");
  err = snd_config_load(settings, input);
  snd_input_close(input);
  card->ppm = atof(get(settings, "ppm", "0"));
  card->io.version = SND_PCM_IOPLUG_VERSION;
  card->io.name = "a sound card for tests";
  card->io.callback = &callbacks;
  card->io.poll_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  card->io.poll_events = POLLIN;
  if (err < 0 || (err = snd_pcm_ioplug_create(&card->io, name, stream, mode)) < 0) {
    card_close(&card->io);
  } else if ((err = restrict_to(card, settings)) < 0 || (err = map_sound(card, get(settings, "sound", ""))) < 0) {
    snd_pcm_ioplug_delete(&card->io);  // which closes
  } else {
    *pcmp = card->io.pcm;
  }
  snd_config_delete(settings);
  return err;
}
SND_PCM_PLUGIN_SYMBOL(testcard);
