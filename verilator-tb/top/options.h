#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "clocked_model.h"
#include "memory_image.h"
#include "memory_model.h"

namespace sluice {

/** The command line of the top harness. See README.md. */
struct Options {
  std::string program;
  std::string host_in;
  std::string host_out;
  uint64_t host_bytes = 0;  ///< 0: the size of the file
  std::string channel_in;
  std::string channel_out;
  uint64_t channel_bytes = 0;
  MemoryModel memory;
  std::vector<ErrorSpec> errors;
  uint64_t seed = 1;
  uint64_t watchdog = 100000;
  uint64_t max_cycles = UINT64_MAX;
  TraceOptions trace;
  bool progress = false;
  std::string result;
  bool help = false;

  static Options parse(int count, char** words);
};

extern const char* const kUsage;

}  // namespace sluice
