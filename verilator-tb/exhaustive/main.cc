// Compares an operation in hardware with its reference for words of at most 32 bits: all from one
// on, or as many random ones.
//
//   sluice_tb OPERATION BITS FIRST COUNT [SEED]
//
// BITS are those of a word. OPERATION is the name of one in references.h, or a file: the values of
// the words from 0 on, 32 bits each with the lowest byte first, without flags; behind its end
// values are 0.
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
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

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
  uint64_t blocks;  // that there are
  uint64_t first;
  uint64_t count;
  bool random;
  uint64_t seed;
};

using Reference = std::function<Result(uint32_t)>;

uint64_t compare(const Reference& reference, const Range& range) {
  VerilatedContext context;
  const auto top = std::make_unique<Vlanes>(&context, "tb");
  Random random(range.seed);
  uint64_t differences = 0;
  for (uint64_t i = 0; i < range.count; i++) {
    uint64_t block = range.first + i;
    if (range.random) block = random.below(range.blocks);
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

Reference from_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) usage_error("no operation and no file %s", path);
  const std::string bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::vector<uint32_t> values(bytes.size() / 4);
  for (size_t i = 0; i < 4 * values.size(); i++) {
    values[i / 4] |= static_cast<uint32_t>(static_cast<uint8_t>(bytes[i])) << i % 4 * 8;
  }
  return [values](uint32_t word) { return Result{word < values.size() ? values[word] : 0, 0}; };
}

Reference reference(const char* operation) {
  if (std::strcmp(operation, "half_add") == 0) return half_add;
  if (std::strcmp(operation, "half_multiply") == 0) return half_multiply;
  if (std::strcmp(operation, "single_to_half") == 0) return single_to_half;
  if (std::strcmp(operation, "single_to_int32") == 0) return single_to_int32;
  if (std::strcmp(operation, "int32_to_half") == 0) return int32_to_half;
  if (std::strcmp(operation, "signed_product") == 0) return signed_product;
  return from_file(operation);
}

int run(int argc, char** argv) {
  if (argc != 5 && argc != 6) usage_error("sluice_tb OPERATION BITS FIRST COUNT [SEED]");
  const bool random = argc == 6;
  const uint64_t words = uint64_t{1} << std::strtoull(argv[2], nullptr, 0);
  const Range range{words / kLanes, std::strtoull(argv[3], nullptr, 0),
                    std::strtoull(argv[4], nullptr, 0), random,
                    random ? std::strtoull(argv[5], nullptr, 0) : 0};
  if (range.first > range.blocks || range.count > range.blocks - range.first) {
    usage_error("there are %u blocks", static_cast<uint32_t>(range.blocks));
  }
  const uint64_t differences = compare(reference(argv[1]), range);
  const char* folder = std::strrchr(argv[1], '/');
  std::printf("%s: %" PRIu64 " words, %" PRIu64 " differences\n",
              folder == nullptr ? argv[1] : folder + 1, range.count * kLanes, differences);
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
