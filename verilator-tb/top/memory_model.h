#pragma once

#include <cstdint>
#include <string>

#include "dram_config.h"
#include "random.h"

namespace sluice {

/** How a memory behaves. */
struct MemoryModel {
  enum class Kind { kIdeal, kRandom, kDram };

  Kind kind = Kind::kIdeal;
  uint32_t latency_min = 16;  ///< cycles from the request (or last write beat) to the first answer
  uint32_t latency_max = 16;
  unsigned outstanding = 256;  ///< bursts accepted and not yet answered, reads and writes apart
  bool interleave = true;  ///< random: beats of read bursts with different IDs may alternate
  DramConfig dram{};
  unsigned port_mhz = 0;  ///< DRAM: clock of the port

  bool random() const { return kind == Kind::kRandom; }

  /**
   * Reads ideal[:LATENCY], random[:MIN:MAX], or the FILE[:MHZ] of a DRAM channel; anything else is a
   * UsageError.
   */
  static MemoryModel parse(const std::string& text);

  /** That of the host's memory, if this is that of the channels: no DRAM, but some latency. */
  MemoryModel of_host() const;
};

/**
 * The behaviour of one memory under the random model. It changes in phases, as a memory behind a
 * busy interconnect would: always ready for a while, then hardly ever, then ready only once it has
 * seen VALID. Orders that AXI leaves to the slave are all taken in turn.
 */
class Mood {
 public:
  enum class WriteOrder { kAny, kAddressFirst, kDataFirst };

  /** Everything at once, for ever. */
  Mood() = default;

  /**
   * Phases by the generator. Half of the memories keep one write order, and a quarter wait for
   * VALID, for the whole run: a master that must not wait for them hangs, and not only for a phase.
   */
  explicit Mood(Random& random)
      : order_kept_(random.chance(128)), always_after_valid_(random.chance(64)) {
    write_order = static_cast<WriteOrder>(random.below(3));
  }

  /** Draws the next phase, if the current one is over. */
  void advance(uint64_t cycle, Random& random) {
    if (cycle < until_) return;
    until_ = cycle + random.between(32, 1024);
    for (unsigned* stall : {&ar_stall, &aw_stall, &w_stall, &r_gap, &b_gap}) {
      static constexpr unsigned kParts[] = {0, 0, 24, 128, 232};
      *stall = kParts[random.below(5)];
    }
    ready_after_valid = always_after_valid_ || random.chance(64);
    if (!order_kept_) write_order = static_cast<WriteOrder>(random.below(3));
  }

  // Probabilities in 256 parts that a channel is not ready, or shows nothing, in a cycle.
  unsigned ar_stall = 0;
  unsigned aw_stall = 0;
  unsigned w_stall = 0;
  unsigned r_gap = 0;
  unsigned b_gap = 0;
  bool ready_after_valid = false;
  WriteOrder write_order = WriteOrder::kAny;

 private:
  bool order_kept_ = false;
  bool always_after_valid_ = false;
  uint64_t until_ = 0;
};

}  // namespace sluice
