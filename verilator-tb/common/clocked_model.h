#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "failure.h"
#include "verilated.h"
#if VM_TRACE
#include "verilated_fst_c.h"
#endif

namespace sluice {

/** What to record of a run. */
struct TraceOptions {
  std::string file;  ///< empty: nothing
  uint64_t start = 0;  ///< first cycle recorded
};

/**
 * A Verilated design with one clock.
 *
 * <p>A cycle is: inputs are set; settle() lets combinational outputs follow; outputs are sampled;
 * edge() clocks the design. An input must only change between edge() and settle(), else the design
 * would see it at the edge it answers to.
 */
template <class Model>
class ClockedModel {
 public:
  /**
   * Uninitialized state gets random values from the seed, to find what reset misses; with
   * `randomness` 0, zeros.
   */
  ClockedModel(uint64_t seed, const TraceOptions& trace, int randomness = 2) : trace_(trace) {
    context_->randReset(randomness);
    context_->randSeed(static_cast<int>(seed % 0x7FFFFFFE) + 1);  // 0 would mean the time of day
#if VM_TRACE
    context_->traceEverOn(true);
#else
    if (!trace.file.empty()) {
      usage_error("--trace: this simulator was built without tracing (build with --trace)");
    }
#endif
    model_ = std::make_unique<Model>(context_.get(), "tb");
#if VM_TRACE
    if (!trace.file.empty()) {
      fst_ = std::make_unique<VerilatedFstC>();
      model_->trace(fst_.get(), 99);
      fst_->open(trace.file.c_str());
      if (!fst_->isOpen()) usage_error("cannot write %s", trace.file.c_str());
    }
#endif
  }

  ~ClockedModel() {
    model_->final();
#if VM_TRACE
    if (fst_) fst_->close();
#endif
  }

  Model& ports() { return *model_; }

  /** Cycles that are over. */
  uint64_t cycle() const { return cycle_; }

  void settle(CData* clock) {
    if (clock != nullptr) *clock = 0;
    model_->eval();
    record(2 * cycle_);
  }

  void edge(CData* clock) {
    if (clock != nullptr) *clock = 1;
    model_->eval();
    record(2 * cycle_ + 1);
    cycle_++;
    if (context_->gotFinish()) fail("the design called $finish or $stop");
  }

 private:
  void record(uint64_t time) {
#if VM_TRACE
    if (fst_ && cycle_ >= trace_.start) fst_->dump(time);
#else
    (void)time;
#endif
  }

  TraceOptions trace_;
  std::unique_ptr<VerilatedContext> context_ = std::make_unique<VerilatedContext>();
  std::unique_ptr<Model> model_;
#if VM_TRACE
  std::unique_ptr<VerilatedFstC> fst_;
#endif
  uint64_t cycle_ = 0;
};

}  // namespace sluice
