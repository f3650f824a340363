#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "clocked_model.h"

namespace sluice {

/** The command line of the block harness; maps go by stream or port. See README.md. */
struct Options {
  std::map<std::string, std::string> in;
  std::map<std::string, std::string> out;
  std::map<std::string, uint64_t> expect;
  std::map<std::string, std::string> set;
  std::map<std::string, std::string> drive;
  std::map<std::string, std::string> record;
  std::map<std::string, unsigned> stalls;  ///< parts in 256
  std::set<std::string> unstable;
  unsigned stall = 0;  ///< of the streams that have none of their own
  uint64_t drain = 64;
  uint64_t seed = 1;
  uint64_t cycles = 0;  ///< 0: until the streams are done
  uint64_t watchdog = 10000;
  uint64_t max_cycles = UINT64_MAX;
  TraceOptions trace;
  bool progress = false;
  std::string result;
  bool help = false;

  static Options parse(int count, char** words);
};

extern const char* const kUsage;

}  // namespace sluice
