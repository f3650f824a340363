#include "bench.h"

#include <sys/stat.h>

#include <cinttypes>

#include "failure.h"

namespace sluice {

namespace {

/** After the program's end nothing may be under way for so long before the images are taken. */
constexpr unsigned kQuietCycles = 64;

/** Streams of random numbers that depend on nothing but the seed. */
enum Stream : uint64_t { kDriverStream = 1, kRunnerStream, kMemoryStreams };

uint64_t image_bytes(uint64_t given, const std::string& file, const char* option) {
  if (given != 0) return given;
  struct stat status;
  if (file.empty()) usage_error("%s is missing", option);
  if (stat(file.c_str(), &status) != 0) usage_error("cannot read %s", file.c_str());
  return (static_cast<uint64_t>(status.st_size) + 4095) / 4096 * 4096;
}

std::string channel_file(const std::string& prefix, unsigned channel) {
  return prefix.empty() ? "" : prefix + std::to_string(channel) + ".bin";
}

}  // namespace

Bench::Bench(const Options& options)
    : options_(options), model_(options.seed, options.trace), progress_(options.progress) {
  Vtop& top = model_.ports();
  const uint64_t seed = options.seed;

  images_.emplace_back("host", image_bytes(options.host_bytes, options.host_in, "--host-bytes"));
  if (!options.host_in.empty()) images_.back().load(options.host_in);
  for (unsigned i = 0; i < SLUICE_CHANNELS; i++) {
    const std::string file = channel_file(options.channel_in, i);
    images_.emplace_back("ch" + std::to_string(i),
                         image_bytes(options.channel_bytes, file, "--channel-bytes"));
    if (!file.empty()) images_.back().load(file);
  }
  for (MemoryImage& image : images_) image_list_.push_back(&image);

  host_ = std::make_unique<Host>(images_[0], SLUICE_AXI_PORTS(top, m_axi_host),
                                 options.memory.of_host(), Random(seed, kMemoryStreams),
                                 last_activity_);
  beats_.push_back(&host_->beats());
#define SLUICE_ADD_CHANNEL(i)                                                                  \
  channels_.emplace_back(images_[1 + i], SLUICE_AXI_PORTS(top, m_axi_ch##i), options.memory,   \
                         Random(seed, kMemoryStreams + 1 + i), last_activity_);                \
  beats_.push_back(&channels_.back().beats());
  SLUICE_FOR_EACH_CHANNEL(SLUICE_ADD_CHANNEL)
#undef SLUICE_ADD_CHANNEL

  driver_ = std::make_unique<AxiLiteDriver>(SLUICE_AXI_LITE_PORTS(top, s_axil),
                                            options.memory.random(), Random(seed, kDriverStream));
  runner_ = std::make_unique<ProgramRunner>(load_program(options.program), *driver_, image_list_,
                                            beats_, options.memory.random(),
                                            Random(seed, kRunnerStream), last_activity_);
  for (const ErrorSpec& error : options.errors) {
    bool found = false;
    for (MemoryImage* image : image_list_) {
      if (image->name() != error.memory) continue;
      image->add_error(error.address, error.count, error.response);
      found = true;
    }
    if (!found) usage_error("--error: there is no memory '%s'", error.memory.c_str());
  }
}

void Bench::run() {
  CData* const clock = &model_.ports().clock;
  for (;;) {
    drive();
    if (runner_->finished() && drained()) return;
    model_.settle(clock);
    sample();
    model_.edge(clock);
    progress_.at(cycle());
    check_limits();
  }
}

void Bench::drive() {
  const uint64_t now = cycle();
  runner_->step(now, interrupt_);
  if (runner_->in_reset()) {
    model_.ports().aresetn = 0;
    host_->drive_reset();
    for (Channel& channel : channels_) channel.drive_reset();
    driver_->drive_reset();
    return;
  }
  model_.ports().aresetn = 1;
  host_->drive(now);
  for (Channel& channel : channels_) channel.drive(now);
  driver_->drive();
}

void Bench::sample() {
  const uint64_t now = cycle();
  const bool in_reset = runner_->in_reset();
  if (clean_) {
    host_->sample_reset();
    for (Channel& channel : channels_) channel.sample_reset();
    driver_->sample_reset();
  }
  clean_ = in_reset;
  interrupt_ = !in_reset && model_.ports().SLUICE_INTERRUPT != 0;
  if (in_reset) return;
  host_->sample(now);
  for (Channel& channel : channels_) channel.sample(now);
  driver_->sample();
}

void Bench::check_limits() const {
  if (cycle() - last_activity_ > options_.watchdog) {
    fail("no progress for %" PRIu64 " cycles", options_.watchdog);
  }
  if (cycle() >= options_.max_cycles) fail("not finished after --max-cycles");
}

bool Bench::drained() {
  bool idle = host_->idle();
  for (const Channel& channel : channels_) idle = idle && channel.idle();
  quiet_ = idle ? quiet_ + 1 : 0;
  return quiet_ > kQuietCycles;
}

void Bench::save_images() const {
  if (!options_.host_out.empty()) images_[0].save(options_.host_out);
  for (unsigned i = 0; i < SLUICE_CHANNELS && !options_.channel_out.empty(); i++) {
    images_[1 + i].save(channel_file(options_.channel_out, i));
  }
}

}  // namespace sluice
