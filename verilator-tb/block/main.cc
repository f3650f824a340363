// Simulates one module with files at its streams: words in, words out.

#include <cinttypes>
#include <cstdio>

#include "bench.h"
#include "failure.h"
#include "json.h"

double sc_time_stamp() { return 0; }  // demanded by some builds of Verilator's runtime

namespace sluice {

namespace {

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
  json.open_list("inputs");
  for (const StreamSource& source : bench.sources()) {
    json.open_object()
        .text("name", source.port().name())
        .integer("words", source.sent())
        .close_object();
  }
  json.close_list().open_list("outputs");
  for (const StreamSink& sink : bench.sinks()) {
    json.open_object()
        .text("name", sink.port().name())
        .integer("words", sink.words().size())
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
  }
  bench.save_outputs();
  if (!options.result.empty()) save_result(bench, options, failure);
  const bool passed = failure.empty();
  std::printf("%s after %" PRIu64 " cycles, seed %" PRIu64 "\n", passed ? "pass" : "fail",
              bench.cycle(), options.seed);
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
