#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sluice {

/**
 * A DRAM channel: its size, its timing in cycles of the memory, and how addresses are laid over its
 * banks. The Java side, sluice.cosim.dram.DramConfig, documents each number and the text they are
 * read from.
 */
struct DramConfig {
  unsigned memory_mhz, accelerator_mhz;
  unsigned burst_bytes, burst_cycles, groups, banks, page_bytes, hashed, command_buses;
  unsigned tCCD_S, tCCD_L, tRCD, tRP, tRAS, tRRD_S, tRRD_L, tFAW, tRTP, tWR, tWTR_S, tWTR_L;
  unsigned CL, CWL, tRFC, tREFI;
  unsigned queue, latency;

  /** Reads a file; a UsageError that says what is wrong. */
  static DramConfig read(const std::string& file);

  /** The row of an address. */
  uint64_t row(uint64_t address) const { return gather(address, Kind::kRow); }

  /** The bank of an address, through all groups. */
  unsigned bank(uint64_t address) const;

 private:
  enum class Kind { kRow, kColumn, kBank, kGroup };

  /** A range of address bits. */
  struct Field {
    Kind kind;
    unsigned shift;
    unsigned bits;
  };

  void parse_mapping(const std::string& text, const std::string& file);
  uint64_t gather(uint64_t address, Kind kind) const;

  std::vector<Field> fields_;
};

}  // namespace sluice
