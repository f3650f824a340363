#pragma once

#include <deque>
#include <string>

#include "Vblock.h"
#include "clocked_model.h"
#include "cycle_files.h"
#include "description.h"
#include "options.h"
#include "progress.h"
#include "stream_sink.h"
#include "stream_source.h"

namespace sluice {

/** A module between the files of its streams. */
class Bench {
 public:
  explicit Bench(const Options& options);

  /** Runs until all streams are done. Throws Failure. */
  void run();

  /** Writes what the output streams and recorded outputs gave. */
  void save_outputs() const;

  uint64_t cycle() const { return model_.cycle(); }
  double seconds() const { return progress_.seconds(); }
  const std::deque<StreamSource>& sources() const { return sources_; }
  const std::deque<StreamSink>& sinks() const { return sinks_; }

 private:
  void connect_streams();
  void connect_plain_ports();
  bool in_reset() const;
  bool done() const;
  void drive();
  void sample();
  void check_limits() const;

  const Options options_;
  ClockedModel<Vblock> model_;
  Progress progress_;
  Description block_;
  std::deque<StreamSource> sources_;
  std::deque<StreamSink> sinks_;
  std::deque<CycleDriver> drivers_;
  std::deque<CycleRecorder> recorders_;
  uint64_t last_activity_ = 0;
};

}  // namespace sluice
