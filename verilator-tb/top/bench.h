#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "Vtop.h"
#include "axi_lite_driver.h"
#include "axi_memory.h"
#include "axi_ports.h"
#include "clocked_model.h"
#include "options.h"
#include "program_runner.h"
#include "progress.h"
#include "sluice_config.h"

namespace sluice {

using HostPorts = SLUICE_AXI_TYPE(std::declval<Vtop&>(), m_axi_host);
using ChannelPorts = SLUICE_AXI_TYPE(std::declval<Vtop&>(), m_axi_ch0);

static_assert(sizeof(HostPorts::Data) * 8 == SLUICE_HOST_BITS, "width of the host port");
static_assert(sizeof(ChannelPorts::Data) * 8 == SLUICE_CHANNEL_BITS, "width of a channel port");

/** The accelerator, its memories and its driver. */
class Bench {
 public:
  explicit Bench(const Options& options);

  /** Runs the program and lets what it left under way come to an end. Throws Failure. */
  void run();

  uint64_t cycle() const { return model_.cycle(); }
  double seconds() const { return progress_.seconds(); }
  const ProgramRunner& runner() const { return *runner_; }
  const std::vector<MemoryImage*>& images() const { return image_list_; }
  const std::vector<const AxiBeats*>& beats() const { return beats_; }

  /** The DRAM behind a memory, by its index among the images; null if there is none. */
  const Dram* dram(size_t memory) const {
    return memory == 0 ? host_->dram() : channels_[memory - 1].dram();
  }

  /** Writes the images that the options ask for. */
  void save_images() const;

 private:
  using Host = AxiMemory<HostPorts>;
  using Channel = AxiMemory<ChannelPorts>;

  void drive();
  void sample();
  void check_limits() const;
  bool drained();

  const Options options_;
  ClockedModel<Vtop> model_;
  Progress progress_;
  uint64_t last_activity_ = 0;
  std::deque<MemoryImage> images_;  ///< the host's, then the channels'
  std::vector<MemoryImage*> image_list_;
  std::unique_ptr<Host> host_;
  std::deque<Channel> channels_;
  std::vector<const AxiBeats*> beats_;
  std::unique_ptr<AxiLiteDriver> driver_;
  std::unique_ptr<ProgramRunner> runner_;

  bool interrupt_ = false;
  bool clean_ = false;  ///< the edge before this cycle was in reset
  unsigned quiet_ = 0;  ///< cycles since the program ended in which nothing was under way
};

}  // namespace sluice
