#pragma once

#include <cstdint>
#include <string>

namespace sluice {

/** RRESP and BRESP. */
enum class AxiResponse : uint8_t {
  kOkay = 0,
  kExclusiveOkay = 1,
  kSlaveError = 2,
  kDecodeError = 3,
};

/** The payload of an AR or AW channel. */
struct AxiRequest {
  uint64_t address;
  uint32_t id;
  uint8_t length;  ///< AxLEN: beats - 1
  uint8_t size;
  uint8_t burst;
  uint8_t lock;
  uint8_t cache;
  uint8_t prot;
  uint8_t qos;

  bool operator==(const AxiRequest& o) const {
    return address == o.address && id == o.id && length == o.length && size == o.size &&
           burst == o.burst && lock == o.lock && cache == o.cache && prot == o.prot && qos == o.qos;
  }

  unsigned beats() const { return length + 1u; }
};

/** Transfers of one AXI4 port since the start. */
struct AxiBeats {
  uint64_t ar = 0;
  uint64_t r = 0;
  uint64_t aw = 0;
  uint64_t w = 0;
  uint64_t b = 0;
};

/**
 * Fails unless the burst is one that a full-width INCR-only master may send: AxSIZE the width of
 * the bus, no exclusive access, no 4 KiB boundary crossed.
 *
 * @param channel "AR" or "AW"
 */
void check_burst(const std::string& memory, const char* channel, const AxiRequest& request,
                 unsigned beat_bytes);

}  // namespace sluice
