#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "dram_config.h"

namespace sluice {

/** A read or write of a range of bytes, in one burst of the port. */
struct DramAccess {
  static constexpr uint64_t kNever = UINT64_MAX;

  uint64_t address;
  uint64_t bytes;
  bool write;
  uint64_t answer = kNever;  ///< first cycle of the port in which it can be answered, all of it

  // The channel's own.
  uint64_t accepted = 0;  ///< cycle of the memory
  uint64_t order = 0;
  unsigned commands_left = 0;
};

/** What a DRAM channel has done. Cycles are the memory's. */
struct DramReport {
  uint64_t cycles;
  uint64_t columns;  ///< column commands: bursts of the memory that moved data
  uint64_t activations;
  uint64_t refresh_cycles;  ///< in which a refresh kept everything else waiting
  uint64_t data_cycles;
};

/**
 * A DRAM channel and its controller, cycle by cycle of the memory: banks with open rows, the data
 * bus, activation windows, refresh of all banks at once. Commands are scheduled first ready, first
 * come: of the column commands that are possible that of the oldest access, and of the row commands
 * the same. Rows stay open until another is wanted. Reads go before writes, until no read waits,
 * too many writes do, or one for too long; then all writes that wait are done.
 *
 * <p>The Java side, sluice.cosim.dram.Dram, does the same in every cycle; a change of one is a
 * change of both.
 */
class Dram {
 public:
  /** @param port_mhz clock of the port, in whose cycles requests come and answers go */
  Dram(const DramConfig& config, unsigned port_mhz);

  bool has_room(bool write) const {
    return (write ? writes_.size() : reads_) < config_.queue;
  }

  /** Accepts an access in the cycle that advance() has come to. It must live until its answer. */
  void accept(const std::shared_ptr<DramAccess>& access);

  /** Lets the memory run up to the begin of a cycle of the port. */
  void advance(uint64_t port_cycle);

  /** Forgets what waits. */
  void reset();

  DramReport report() const;

 private:
  static constexpr uint64_t kClosed = UINT64_MAX;

  /** What an access wants of one row of one bank: so many column commands. */
  struct Part {
    std::shared_ptr<DramAccess> access;
    uint64_t row;
    unsigned commands;
  };

  struct Bank {
    unsigned group;
    std::deque<Part> reads, writes;
    uint64_t row = kClosed;
    uint64_t next_activate = 0;
    uint64_t next_column = 0;
    uint64_t next_precharge = 0;
    unsigned passes = 0;

    std::deque<Part>& parts(bool write) { return write ? writes : reads; }

    /** Index of what is served next, if anything waits: the oldest with an open row, or the oldest.
     */
    size_t next(bool write);
  };

  /** A part that waits in a bank. */
  struct Choice {
    Bank* bank = nullptr;
    size_t part = 0;
    uint64_t order = 0;

    void offer(Bank& other, size_t index, uint64_t other_order) {
      if (bank != nullptr && order <= other_order) return;
      bank = &other;
      part = index;
      order = other_order;
    }
  };

  void refresh();
  void choose_direction();
  bool issue_column();
  void issue_row();
  bool may_activate(const Bank& bank) const;
  void finish(DramAccess& access, uint64_t data_end);

  const DramConfig config_;
  const unsigned port_mhz_;
  std::vector<Bank> banks_;
  // The first cycles in which a group can be read, written and activated.
  std::vector<uint64_t> next_read_, next_write_, next_activate_;
  std::array<uint64_t, 4> window_{};  ///< first cycles that the last four activations allow another
  unsigned activation_ = 0;
  std::deque<std::shared_ptr<DramAccess>> writes_;
  size_t reads_ = 0;
  size_t writes_to_drain_ = 0;  ///< before reads are looked at again

  uint64_t now_ = 0;
  uint64_t next_refresh_;
  uint64_t order_ = 0;
  uint64_t columns_ = 0;
  uint64_t activations_ = 0;
  uint64_t refresh_cycles_ = 0;
};

}  // namespace sluice
