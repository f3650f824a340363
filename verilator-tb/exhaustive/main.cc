// Compares an operation in hardware with its reference for words of 32 bits: all from one on, or
// as many random ones.
//
//   sluice_tb OPERATION FIRST COUNT [SEED]
//
// The module has kLanes copies of the operation. Its input `block` is a word without its lowest
// bits, which count the lanes; outputs are the values, 32 bits a lane, and the flags, 8 bits a
// lane, lane 0 at the low end. FIRST and COUNT are in blocks. With SEED, blocks are drawn. Prints
// the first differences and the number of words compared; exits with 1 if there is a difference.

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "Vlanes.h"
#include "failure.h"
#include "random.h"
#include "references.h"
#include "verilated.h"

double sc_time_stamp() { return 0; }  // demanded by some builds of Verilator's runtime

namespace sluice {

namespace {

constexpr uint32_t kLanes = sizeof(Vlanes::values) / sizeof(uint32_t);
constexpr uint32_t kBlocks = (uint64_t{1} << 32) / kLanes;
constexpr uint64_t kMostTold = 10;

struct Range {
  uint64_t first;
  uint64_t count;
  bool random;
  uint64_t seed;
};

template <Result (*reference)(uint32_t)>
uint64_t compare(const Range& range) {
  VerilatedContext context;
  const auto top = std::make_unique<Vlanes>(&context, "tb");
  Random random(range.seed);
  uint64_t differences = 0;
  for (uint64_t i = 0; i < range.count; i++) {
    uint64_t block = range.first + i;
    if (range.random) block = random.below(kBlocks);
    top->block = static_cast<uint32_t>(block);
    top->eval();
    for (uint32_t lane = 0; lane < kLanes; lane++) {
      const uint32_t word = static_cast<uint32_t>(block * kLanes + lane);
      const Result expected = reference(word);
      const uint32_t value = top->values[lane];
      const uint32_t flags = top->flags[lane / 4] >> lane % 4 * 8 & 255;
      if (value != expected.value || flags != expected.flags) {
        if (differences++ < kMostTold) {
          std::printf("%08x: %x %02x, expected %x %02x\n", word, value, flags, expected.value,
                      expected.flags);
        }
      }
    }
    if ((i & 0xffffff) == 0xffffff) {
      std::fprintf(stderr, "%5.1f%%\n", 100.0 * static_cast<double>(i + 1) / range.count);
    }
  }
  top->final();
  return differences;
}

using Comparison = uint64_t (*)(const Range&);

Comparison comparison(const char* operation) {
  if (std::strcmp(operation, "half_add") == 0) return compare<half_add>;
  if (std::strcmp(operation, "half_multiply") == 0) return compare<half_multiply>;
  if (std::strcmp(operation, "single_to_half") == 0) return compare<single_to_half>;
  if (std::strcmp(operation, "single_to_int32") == 0) return compare<single_to_int32>;
  if (std::strcmp(operation, "int32_to_half") == 0) return compare<int32_to_half>;
  usage_error("no operation %s", operation);
}

int run(int argc, char** argv) {
  if (argc != 4 && argc != 5) usage_error("sluice_tb OPERATION FIRST COUNT [SEED]");
  const bool random = argc == 5;
  const Range range{std::strtoull(argv[2], nullptr, 0), std::strtoull(argv[3], nullptr, 0), random,
                    random ? std::strtoull(argv[4], nullptr, 0) : 0};
  if (range.first > kBlocks || range.count > kBlocks - range.first) {
    usage_error("there are %u blocks", kBlocks);
  }
  const uint64_t differences = comparison(argv[1])(range);
  std::printf("%s: %" PRIu64 " words, %" PRIu64 " differences\n", argv[1], range.count * kLanes,
              differences);
  return differences == 0 ? 0 : 1;
}

}  // namespace

}  // namespace sluice

int main(int argc, char** argv) {
  try {
    return sluice::run(argc, argv);
  } catch (const sluice::UsageError& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 2;
  }
}
