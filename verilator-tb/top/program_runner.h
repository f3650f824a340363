#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "axi_lite_driver.h"
#include "memory_image.h"
#include "program.h"
#include "random.h"

namespace sluice {

/** Carries out a program, a step a cycle. It begins with a reset. */
class ProgramRunner {
 public:
  /** A register read by the program. */
  struct Reading {
    unsigned line;
    uint64_t address;
    uint32_t value;
  };

  struct Checkpoint {
    std::string name;
    uint64_t cycle;
    std::vector<AxiBeats> beats;  ///< of each memory so far
  };

  /**
   * @param beats transfers of each memory, in the order of the images
   * @param last_activity set to the cycle whenever a command other than a poll gets on
   */
  ProgramRunner(std::vector<Command> program, AxiLiteDriver& driver,
                std::vector<MemoryImage*> images, std::vector<const AxiBeats*> beats,
                bool random_mode, const Random& random, uint64_t& last_activity);

  bool finished() const { return position_ == program_.size(); }
  bool in_reset() const { return reset_; }
  const std::vector<Reading>& readings() const { return readings_; }
  const std::vector<Checkpoint>& checkpoints() const { return checkpoints_; }

  /**
   * Begins a cycle: goes on as far as it can.
   *
   * @param interrupt the pin in the cycle before
   */
  void step(uint64_t cycle, bool interrupt);

  /** Where the program stands, for messages; empty at its end. */
  std::string where() const;

 private:
  /** True if the command is done. */
  bool advance(const Command& command, uint64_t cycle, bool interrupt);
  bool advance_access(const Command& command);
  bool advance_poll(const Command& command, uint64_t cycle);
  void check_response(const Command& command) const;
  void check_timeout(const Command& command, uint64_t cycle, const char* what) const;
  MemoryImage& image(const std::string& name) const;

  const std::vector<Command> program_;
  AxiLiteDriver& driver_;
  const std::vector<MemoryImage*> images_;
  const std::vector<const AxiBeats*> beats_;
  const bool random_mode_;
  Random random_;
  uint64_t& last_activity_;

  size_t position_ = 0;
  bool started_ = false;  ///< the command at position_ has begun
  uint64_t since_ = 0;  ///< the cycle it began
  bool polling_ = false;  ///< its register access is under way
  uint64_t next_poll_ = 0;
  bool reset_ = false;
  std::vector<Reading> readings_;
  std::vector<Checkpoint> checkpoints_;
};

}  // namespace sluice
