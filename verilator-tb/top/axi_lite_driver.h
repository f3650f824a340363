#pragma once

#include <cstdint>

#include "axi.h"
#include "random.h"
#include "verilated.h"

namespace sluice {

/** The signals of an AXI4-Lite slave port with 32 data bits and 9 to 16 address bits. */
struct AxiLitePorts {
  SData* awaddr;
  CData *awprot, *awvalid;
  const CData* awready;
  IData* wdata;
  CData *wstrb, *wvalid;
  const CData* wready;
  const CData *bresp, *bvalid;
  CData* bready;
  SData* araddr;
  CData *arprot, *arvalid;
  const CData* arready;
  const IData* rdata;
  const CData *rresp, *rvalid;
  CData* rready;
};

#define SLUICE_AXI_LITE_PORTS(top, prefix)                                              \
  sluice::AxiLitePorts {                                                                \
    &(top).prefix##_awaddr, &(top).prefix##_awprot, &(top).prefix##_awvalid,            \
        &(top).prefix##_awready, &(top).prefix##_wdata, &(top).prefix##_wstrb,          \
        &(top).prefix##_wvalid, &(top).prefix##_wready, &(top).prefix##_bresp,          \
        &(top).prefix##_bvalid, &(top).prefix##_bready, &(top).prefix##_araddr,         \
        &(top).prefix##_arprot, &(top).prefix##_arvalid, &(top).prefix##_arready,       \
        &(top).prefix##_rdata, &(top).prefix##_rresp, &(top).prefix##_rvalid,           \
        &(top).prefix##_rready                                                          \
  }

/**
 * Accesses registers, one at a time, and checks what the slave may do.
 *
 * <p>In random mode address and data of a write come in either order and apart, and responses wait.
 */
class AxiLiteDriver {
 public:
  AxiLiteDriver(const AxiLitePorts& ports, bool random_mode, const Random& random)
      : ports_(ports), random_mode_(random_mode), random_(random) {}

  void start_write(uint64_t address, uint32_t data, unsigned strobe);
  void start_read(uint64_t address);

  /** An access has been started and has not ended. */
  bool busy() const { return state_ != State::kIdle; }

  // Of the last access.
  AxiResponse response() const { return response_; }
  uint32_t data() const { return data_; }

  void drive_reset();
  void sample_reset() const;
  void drive();
  void sample();

 private:
  enum class State { kIdle, kWrite, kRead };

  /** One of AW, W and AR. */
  struct Request {
    unsigned delay = 0;
    bool pending = false;

    void start(unsigned after) {
      delay = after;
      pending = true;
    }
    void drive(CData* valid) {
      if (pending && delay == 0) {
        *valid = 1;
      } else {
        *valid = 0;
        if (pending) delay--;
      }
    }
  };

  unsigned random_delay();

  /** Whether to be ready for an answer: sometimes before it is valid, sometimes only behind it. */
  bool ready_for_answer(bool valid_seen);

  void sample_answer(const char* channel, const CData* valid, const CData* ready, unsigned payload,
                     bool allowed);

  const AxiLitePorts ports_;
  const bool random_mode_;
  Random random_;
  State state_ = State::kIdle;
  Request aw_;
  Request w_;
  Request ar_;
  bool answer_stalled_ = false;
  bool wait_for_valid_ = false;
  unsigned answer_held_ = 0;
  AxiResponse response_ = AxiResponse::kOkay;
  uint32_t data_ = 0;
};

}  // namespace sluice
