// Simulates the accelerator with memories and a driver around it: memory images in, memory images
// out.

#include <cinttypes>
#include <cstdio>

#include "bench.h"
#include "json.h"

double sc_time_stamp() { return 0; }  // demanded by some builds of Verilator's runtime

namespace sluice {

namespace {

/** What a DRAM channel has done; shares are of its cycles. */
void add_dram(Json& json, const Dram* dram) {
  if (dram == nullptr) {
    json.null("dram");
    return;
  }
  const DramReport report = dram->report();
  const double all = report.cycles == 0 ? 1 : static_cast<double>(report.cycles);
  json.open_object("dram")
      .integer("cycles", report.cycles)
      .integer("columns", report.columns)
      .integer("activations", report.activations)
      .integer("refresh_cycles", report.refresh_cycles)
      .integer("data_cycles", report.data_cycles)
      .number("efficiency", static_cast<double>(report.data_cycles) / all)
      .number("refresh_share", static_cast<double>(report.refresh_cycles) / all)
      .close_object();
}

void add_memory(Json& json, const std::string& name, const AxiBeats& beats, const Dram* dram,
                uint64_t cycles) {
  const double all = cycles == 0 ? 1 : static_cast<double>(cycles);
  json.open_object()
      .text("name", name)
      .integer("ar", beats.ar)
      .integer("r", beats.r)
      .integer("aw", beats.aw)
      .integer("w", beats.w)
      .integer("b", beats.b)
      .number("read_utilisation", static_cast<double>(beats.r) / all)
      .number("write_utilisation", static_cast<double>(beats.w) / all);
  add_dram(json, dram);
  json.close_object();
}

void add_checkpoint(Json& json, const ProgramRunner::Checkpoint& checkpoint) {
  json.open_object().text("name", checkpoint.name).integer("cycle", checkpoint.cycle);
  json.open_list("r");
  for (const AxiBeats& beats : checkpoint.beats) json.integer("", beats.r);
  json.close_list().open_list("w");
  for (const AxiBeats& beats : checkpoint.beats) json.integer("", beats.w);
  json.close_list().close_object();
}

void save_result(const Bench& bench, const Options& options, const std::string& failure) {
  const double seconds = bench.seconds();
  Json json;
  json.open_object().text("status", failure.empty() ? "pass" : "fail");
  if (failure.empty()) {
    json.null("failure");
  } else {
    json.text("failure", failure);
  }
  json.integer("seed", options.seed)
      .integer("cycles", bench.cycle())
      .number("wall_seconds", seconds)
      .number("cycles_per_second", static_cast<double>(bench.cycle()) / seconds);
  json.open_list("memories");
  for (size_t i = 0; i < bench.images().size(); i++) {
    add_memory(json, bench.images()[i]->name(), *bench.beats()[i], bench.dram(i), bench.cycle());
  }
  json.close_list().open_list("checkpoints");
  for (const auto& checkpoint : bench.runner().checkpoints()) add_checkpoint(json, checkpoint);
  json.close_list().open_list("reads");
  for (const auto& reading : bench.runner().readings()) {
    json.open_object()
        .integer("line", reading.line)
        .integer("address", reading.address)
        .integer("value", reading.value)
        .close_object();
  }
  json.close_list().close_object();
  json.save(options.result);
}

int run(const Options& options) {
  std::printf("seed %" PRIu64 "\n", options.seed);
  std::fflush(stdout);
  Bench bench(options);
  std::string failure;
  try {
    bench.run();
  } catch (const Failure& thrown) {
    failure = format("cycle %" PRIu64 ": ", bench.cycle()) + thrown.what();
    const std::string where = bench.runner().where();
    if (!where.empty()) failure += " (" + where + ")";
  }
  // The images of a failed run are what is looked at first.
  bench.save_images();
  if (!options.result.empty()) save_result(bench, options, failure);
  const bool passed = failure.empty();
  std::printf("%s after %" PRIu64 " cycles, %.0f cycles/s, seed %" PRIu64 "\n",
              passed ? "pass" : "fail", bench.cycle(),
              static_cast<double>(bench.cycle()) / bench.seconds(), options.seed);
  if (!passed) std::fprintf(stderr, "%s\n", failure.c_str());
  return passed ? 0 : 1;
}

}  // namespace

}  // namespace sluice

int main(int count, char** words) {
  try {
    const sluice::Options options = sluice::Options::parse(count, words);
    if (options.help) {
      std::fputs(sluice::kUsage, stdout);
      return 0;
    }
    return sluice::run(options);
  } catch (const sluice::UsageError& error) {
    std::fprintf(stderr, "sluice_tb: %s\n", error.what());
    return 2;
  }
}
