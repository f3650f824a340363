#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice {

/** One line of a program: what a driver does next. */
struct Command {
  enum class Kind {
    kWrite,       ///< address, data, strobe: answer OKAY
    kRead,        ///< address, value expected under mask
    kWriteError,  ///< address, data: answer SLVERR
    kReadError,   ///< address: answer SLVERR
    kWaitIrq,     ///< timeout
    kWaitReg,     ///< address, mask, value, timeout
    kIdle,        ///< cycles
    kReset,       ///< cycles
    kCheckpoint,  ///< name
    kLoad,        ///< memory, address, file
    kDump,        ///< memory, address, bytes, file
    kError,       ///< error specification
    kClearErrors,
  };

  Kind kind;
  unsigned line;
  uint64_t address = 0;
  uint64_t value = 0;
  uint64_t mask = 0;  ///< of a read: 0 means that any value is right
  uint64_t count = 0;  ///< cycles, bytes or strobes; of a wait 0 means for ever
  std::string name{};  ///< of a memory or checkpoint; an error specification
  std::string file{};
};

/** Reads a program file, or throws UsageError with the line at fault. See README.md. */
std::vector<Command> load_program(const std::string& file);

}  // namespace sluice
