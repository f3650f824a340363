#pragma once

#include <chrono>
#include <cinttypes>
#include <cstdint>
#include <cstdio>

namespace sluice {

/** Wall time of a run, and a line on stderr every two seconds if asked for. */
class Progress {
 public:
  explicit Progress(bool shown) : shown_(shown) {}

  /** Called every cycle; looks at the clock seldom. */
  void at(uint64_t cycle) {
    if (shown_ && (cycle & 0xFFF) == 0) show(cycle);
  }

  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  void show(uint64_t cycle) {
    const double now = seconds();
    if (now - last_ < 2) return;
    std::fprintf(stderr, "cycle %" PRIu64 ", %.0f cycles/s\n", cycle,
                 (cycle - last_cycle_) / (now - last_));
    last_ = now;
    last_cycle_ = cycle;
  }

  bool shown_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double last_ = 0;
  uint64_t last_cycle_ = 0;
};

}  // namespace sluice
