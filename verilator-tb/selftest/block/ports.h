#pragma once

#include "Vblock.h"
#include "description.h"

inline void describe(sluice::Description& block, Vblock& top) {
  block.clock(top.clock);
  block.reset(top.aresetn);
  block.input("bias", 8, top.bias);
  block.input("fault", 2, top.fault);
  block.output("fault_seen", 2, top.fault_seen);
  block.input_stream("words", top.words_valid, top.words_ready)
      .field("value", 16, top.words_value)
      .field("last", 1, top.words_last);
  block.output_stream("sums", top.sums_valid, top.sums_ready)
      .field("total", 20, top.sums_total)
      .field("count", 68, top.sums_count);
}
