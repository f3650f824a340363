#include "memory_model.h"

#include "arguments.h"
#include "failure.h"

namespace sluice {

namespace {

constexpr uint32_t kHostLatency = 100;
constexpr uint64_t kMostLatency = 1000000;
constexpr uint64_t kMostMhz = 100000;

uint32_t latency(const std::string& text) {
  const uint64_t cycles = parse_number(text, "--memory");
  if (cycles > kMostLatency) usage_error("--memory: a latency of %s cycles", text.c_str());
  return static_cast<uint32_t>(cycles);
}

}  // namespace

MemoryModel MemoryModel::parse(const std::string& text) {
  const size_t colon = text.find(':');
  const std::string name = text.substr(0, colon);
  const std::string parameters = colon == std::string::npos ? "" : text.substr(colon + 1);
  MemoryModel model;
  if (name == "ideal") {
    if (!parameters.empty()) model.latency_min = model.latency_max = latency(parameters);
    return model;
  }
  if (name == "random") {
    const std::string bounds = parameters.empty() ? "1:100" : parameters;
    const size_t middle = bounds.find(':');
    if (middle == std::string::npos) usage_error("--memory %s: random:MIN:MAX", text.c_str());
    model.kind = Kind::kRandom;
    model.latency_min = latency(bounds.substr(0, middle));
    model.latency_max = latency(bounds.substr(middle + 1));
    if (model.latency_min > model.latency_max) usage_error("--memory %s: MIN > MAX", text.c_str());
    return model;
  }
  model.kind = Kind::kDram;
  model.dram = DramConfig::read(name);
  model.port_mhz = model.dram.accelerator_mhz;
  if (!parameters.empty()) {
    const uint64_t mhz = parse_number(parameters, "--memory");
    if (mhz == 0 || mhz > kMostMhz) usage_error("--memory %s: no clock in MHz", text.c_str());
    model.port_mhz = static_cast<unsigned>(mhz);
  }
  return model;
}

MemoryModel MemoryModel::of_host() const {
  MemoryModel model = *this;
  if (kind == Kind::kDram) {
    model.kind = Kind::kIdeal;
    model.latency_min = model.latency_max = kHostLatency;
  }
  return model;
}

}  // namespace sluice
