#include "axi_lite_driver.h"

#include "failure.h"

namespace sluice {

unsigned AxiLiteDriver::random_delay() {
  return random_mode_ && random_.chance(128) ? random_.below(8) : 0;
}

bool AxiLiteDriver::ready_for_answer(bool valid_seen) {
  if (!random_mode_) return true;
  return random_.chance(128) && (valid_seen || !wait_for_valid_);
}

void AxiLiteDriver::start_write(uint64_t address, uint32_t data, unsigned strobe) {
  state_ = State::kWrite;
  *ports_.awaddr = static_cast<SData>(address);
  *ports_.wdata = data;
  *ports_.wstrb = static_cast<CData>(strobe);
  aw_.start(random_delay());
  w_.start(random_delay());
  wait_for_valid_ = random_.chance(128);
}

void AxiLiteDriver::start_read(uint64_t address) {
  state_ = State::kRead;
  *ports_.araddr = static_cast<SData>(address);
  ar_.start(random_delay());
  wait_for_valid_ = random_.chance(128);
}

void AxiLiteDriver::drive_reset() {
  state_ = State::kIdle;
  aw_ = w_ = ar_ = Request();
  answer_stalled_ = false;
  *ports_.awvalid = *ports_.wvalid = *ports_.arvalid = 0;
  *ports_.bready = *ports_.rready = 0;
  *ports_.awprot = *ports_.arprot = 0;
}

void AxiLiteDriver::sample_reset() const {
  if (*ports_.bvalid) fail("registers: BVALID is high in reset");
  if (*ports_.rvalid) fail("registers: RVALID is high in reset");
}

void AxiLiteDriver::drive() {
  aw_.drive(ports_.awvalid);
  w_.drive(ports_.wvalid);
  ar_.drive(ports_.arvalid);
  *ports_.bready = state_ == State::kWrite && ready_for_answer(answer_stalled_);
  *ports_.rready = state_ == State::kRead && ready_for_answer(answer_stalled_);
}

void AxiLiteDriver::sample() {
  // Answers first: one that comes with the last request beat comes too early.
  if (state_ == State::kWrite) {
    sample_answer("B", ports_.bvalid, ports_.bready, *ports_.bresp, !aw_.pending && !w_.pending);
  } else if (*ports_.bvalid) {
    fail("registers: BVALID without a write");
  }
  if (state_ == State::kRead) {
    if (answer_stalled_ && *ports_.rvalid && *ports_.rdata != data_) {
      fail("registers: RDATA changed before RREADY");
    }
    data_ = *ports_.rdata;
    sample_answer("R", ports_.rvalid, ports_.rready, *ports_.rresp, !ar_.pending);
  } else if (*ports_.rvalid) {
    fail("registers: RVALID without a read");
  }
  if (*ports_.awvalid && *ports_.awready) aw_.pending = false;
  if (*ports_.wvalid && *ports_.wready) w_.pending = false;
  if (*ports_.arvalid && *ports_.arready) ar_.pending = false;
}

void AxiLiteDriver::sample_answer(const char* channel, const CData* valid, const CData* ready,
                                  unsigned payload, bool allowed) {
  if (!*valid) {
    if (answer_stalled_) fail("registers: %sVALID fell before %sREADY", channel, channel);
    return;
  }
  if (!allowed) fail("registers: %sVALID before the request was taken", channel);
  if (answer_stalled_ && payload != answer_held_) {
    fail("registers: %sRESP changed before %sREADY", channel, channel);
  }
  answer_held_ = payload;
  answer_stalled_ = !*ready;
  if (answer_stalled_) return;
  response_ = static_cast<AxiResponse>(payload);
  state_ = State::kIdle;
}

}  // namespace sluice
