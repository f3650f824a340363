// Runs one module with recorded inputs as fast as it can, and says how fast.
//
//   sluice_tb STIMULUS PASSES
//
// STIMULUS holds little-endian words of 64 bits: the number of cycles, the number of words a cycle,
// then for each cycle aresetn and every input in the order of ports.h, least significant word
// first. All inputs are in memory before the clock starts. Prints a JSON object: seconds of CPU time
// of each pass, and the checksum of all outputs of all cycles as hexadecimal digits.

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <vector>

#include "Vspeed.h"
#include "failure.h"
#include "json.h"
#include "ports.h"
#include "verilated.h"

double sc_time_stamp() { return 0; }  // demanded by some builds of Verilator's runtime

namespace sluice {

namespace {

struct Stimulus {
  uint64_t cycles;
  uint64_t width;
  std::vector<uint64_t> words;
};

Stimulus load(const char* file) {
  FILE* in = std::fopen(file, "rb");
  if (in == nullptr) usage_error("cannot read %s", file);
  uint64_t head[2];
  bool good = std::fread(head, sizeof head[0], 2, in) == 2;
  Stimulus stimulus{head[0], head[1], {}};
  if (good) {
    stimulus.words.resize(stimulus.cycles * stimulus.width);
    good = std::fread(stimulus.words.data(), sizeof(uint64_t), stimulus.words.size(), in) ==
           stimulus.words.size();
  }
  std::fclose(in);
  if (!good) usage_error("%s is too short", file);
  if (stimulus.width != kInputWords) usage_error("%s is for another module", file);
  return stimulus;
}

double cpu_seconds() {
  timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::string hexadecimal(uint64_t number) {
  char digits[17];
  std::snprintf(digits, sizeof digits, "%016" PRIx64, number);
  return digits;
}

int run(const char* file, uint64_t passes) {
  const Stimulus stimulus = load(file);
  VerilatedContext context;
  context.randReset(0);
  const auto top = std::make_unique<Vspeed>(&context, "tb");
  uint64_t checksum = 0;
  std::vector<double> seconds;
  for (uint64_t pass = 0; pass < passes; pass++) {
    const double start = cpu_seconds();
    const uint64_t* words = stimulus.words.data();
    for (uint64_t cycle = 0; cycle < stimulus.cycles; cycle++) {
      drive(*top, words);
      words += kInputWords;
      top->clock = 0;
      top->eval();
      checksum = sample(*top, checksum);
      top->clock = 1;
      top->eval();
    }
    seconds.push_back(cpu_seconds() - start);
  }
  top->final();
  Json json;
  json.open_object().open_list("seconds");
  for (const double pass : seconds) json.number("", pass);
  json.close_list().text("checksum", hexadecimal(checksum)).close_object();
  std::puts(json.str().c_str());
  return 0;
}

}  // namespace

}  // namespace sluice

int main(int count, char** words) {
  try {
    if (count != 3) sluice::usage_error("STIMULUS PASSES");
    return sluice::run(words[1], std::strtoull(words[2], nullptr, 10));
  } catch (const sluice::UsageError& error) {
    std::fprintf(stderr, "sluice_tb: %s\n", error.what());
    return 2;
  }
}
