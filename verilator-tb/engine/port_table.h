#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "failure.h"
#include "verilated.h"

namespace sluice {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "ports are copied as bytes");

/** A port of the design, of any of Verilator's types, as little-endian bytes. */
struct PortBytes {
  uint8_t* data;
  size_t size;   ///< of Verilator's type
  size_t bytes;  ///< that hold the width
};

/**
 * The ports of the module, numbered in the order in which a generated header, ports.h, adds them:
 *
 * <pre>
 * #include "Vblock.h"
 * #include "port_table.h"
 *
 * inline void describe(sluice::PortTable& ports, Vblock& top) {
 *   ports.clock(top.clock);
 *   ports.reset(top.aresetn);
 *   ports.input(8, top.limit);
 *   ports.output(1, top.busy);
 * }
 * </pre>
 */
class PortTable {
 public:
  /** A module without a clock is combinational. */
  void clock(CData& port) {
    clocks_.push_back(&port);
    port = 0;
  }

  /** Active low. */
  void reset(CData& port) {
    resets_.push_back(&port);
    port = 1;
  }

  template <class Type>
  void input(unsigned width, Type& port) {
    inputs_.push_back(bytes(width, port));
    std::memset(inputs_.back().data, 0, inputs_.back().size);
  }

  template <class Type>
  void output(unsigned width, Type& port) {
    outputs_.push_back(bytes(width, port));
  }

  const std::vector<CData*>& clocks() const { return clocks_; }
  const std::vector<CData*>& resets() const { return resets_; }
  const std::vector<PortBytes>& inputs() const { return inputs_; }
  const std::vector<PortBytes>& outputs() const { return outputs_; }

 private:
  template <class Type>
  static PortBytes bytes(unsigned width, Type& port) {
    if (width > 8 * sizeof port) {
      usage_error("%u bits cannot be in a port of %zu bytes", width, sizeof port);
    }
    return {reinterpret_cast<uint8_t*>(&port), sizeof port, (width + 7) / 8};
  }

  std::vector<CData*> clocks_;
  std::vector<CData*> resets_;
  std::vector<PortBytes> inputs_;
  std::vector<PortBytes> outputs_;
};

}  // namespace sluice
