#include "dram_config.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "arguments.h"
#include "failure.h"

namespace sluice {

namespace {

struct Parameter {
  const char* name;
  unsigned DramConfig::*value;
};

constexpr Parameter kParameters[] = {
    {"memory_mhz", &DramConfig::memory_mhz},
    {"accelerator_mhz", &DramConfig::accelerator_mhz},
    {"burst_bytes", &DramConfig::burst_bytes},
    {"burst_cycles", &DramConfig::burst_cycles},
    {"groups", &DramConfig::groups},
    {"banks", &DramConfig::banks},
    {"page_bytes", &DramConfig::page_bytes},
    {"hashed", &DramConfig::hashed},
    {"command_buses", &DramConfig::command_buses},
    {"tCCD_S", &DramConfig::tCCD_S},
    {"tCCD_L", &DramConfig::tCCD_L},
    {"tRCD", &DramConfig::tRCD},
    {"tRP", &DramConfig::tRP},
    {"tRAS", &DramConfig::tRAS},
    {"tRRD_S", &DramConfig::tRRD_S},
    {"tRRD_L", &DramConfig::tRRD_L},
    {"tFAW", &DramConfig::tFAW},
    {"tRTP", &DramConfig::tRTP},
    {"tWR", &DramConfig::tWR},
    {"tWTR_S", &DramConfig::tWTR_S},
    {"tWTR_L", &DramConfig::tWTR_L},
    {"CL", &DramConfig::CL},
    {"CWL", &DramConfig::CWL},
    {"tRFC", &DramConfig::tRFC},
    {"tREFI", &DramConfig::tREFI},
    {"queue", &DramConfig::queue},
    {"latency", &DramConfig::latency},
};

unsigned log2_of(unsigned power_of_two) {
  unsigned bits = 0;
  while ((1u << bits) < power_of_two) bits++;
  return bits;
}

}  // namespace

DramConfig DramConfig::read(const std::string& file) {
  std::ifstream in(file);
  if (!in) usage_error("--memory: cannot read %s", file.c_str());
  DramConfig config{};
  std::set<std::string> given;
  std::string mapping;
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream words(line.substr(0, line.find('#')));
    std::string name;
    if (!(words >> name)) continue;
    std::string value;
    std::getline(words >> std::ws, value);
    value.erase(value.find_last_not_of(" \t\r") + 1);
    if (!given.insert(name).second) {
      usage_error("%s: %s: given twice", file.c_str(), name.c_str());
    }
    if (name == "mapping") {
      mapping = value;
      continue;
    }
    const auto* parameter = std::find_if(std::begin(kParameters), std::end(kParameters),
                                         [&](const Parameter& each) { return name == each.name; });
    if (parameter == std::end(kParameters)) {
      usage_error("%s: there is no parameter '%s'", file.c_str(), name.c_str());
    }
    config.*parameter->value = static_cast<unsigned>(parse_number(value, file + ": " + name));
  }
  for (const Parameter& parameter : kParameters) {
    if (given.count(parameter.name) == 0) {
      usage_error("%s: %s: missing", file.c_str(), parameter.name);
    }
  }
  for (unsigned DramConfig::*size : {&DramConfig::burst_bytes, &DramConfig::page_bytes,
                                     &DramConfig::groups, &DramConfig::banks}) {
    const unsigned value = config.*size;
    if (value == 0 || (value & (value - 1)) != 0) {
      usage_error("%s: sizes are powers of two", file.c_str());
    }
  }
  if (config.memory_mhz == 0 || config.accelerator_mhz == 0 || config.queue == 0 ||
      config.tREFI == 0) {
    usage_error("%s: clocks, queue and tREFI are at least 1", file.c_str());
  }
  config.parse_mapping(mapping, file);
  return config;
}

void DramConfig::parse_mapping(const std::string& text, const std::string& file) {
  std::vector<std::string> words;
  std::istringstream in(text);
  for (std::string word; in >> word;) words.push_back(word);
  unsigned bits[4] = {};
  unsigned shift = log2_of(burst_bytes);
  for (size_t i = words.size(); i-- > 1;) {
    const size_t colon = words[i].find(':');
    const std::string name = words[i].substr(0, colon);
    const Kind kind = name == "column"  ? Kind::kColumn
                      : name == "bank"  ? Kind::kBank
                      : name == "group" ? Kind::kGroup
                                        : Kind::kRow;
    if (kind == Kind::kRow || colon == std::string::npos) {
      usage_error("%s: mapping: '%s'", file.c_str(), words[i].c_str());
    }
    const unsigned width = static_cast<unsigned>(parse_number(words[i].substr(colon + 1), file));
    fields_.push_back({kind, shift, width});
    bits[static_cast<unsigned>(kind)] += width;
    shift += width;
  }
  const bool whole = bits[static_cast<unsigned>(Kind::kColumn)] == log2_of(page_bytes / burst_bytes) &&
                     bits[static_cast<unsigned>(Kind::kBank)] == log2_of(banks) &&
                     bits[static_cast<unsigned>(Kind::kGroup)] == log2_of(groups);
  if (!whole || words.empty() || words[0] != "row") {
    usage_error("%s: mapping: row first, then all bits of column, bank and group", file.c_str());
  }
  fields_.push_back({Kind::kRow, shift, 63 - shift});
}

unsigned DramConfig::bank(uint64_t address) const {
  unsigned bank = static_cast<unsigned>(gather(address, Kind::kBank));
  unsigned group = static_cast<unsigned>(gather(address, Kind::kGroup));
  if (hashed) {
    const uint64_t hash = row(address);
    group ^= static_cast<unsigned>(hash & (groups - 1));
    bank ^= static_cast<unsigned>(hash >> log2_of(groups) & (banks - 1));
  }
  return group * banks + bank;
}

uint64_t DramConfig::gather(uint64_t address, Kind kind) const {
  uint64_t value = 0;
  unsigned at = 0;
  for (const Field& field : fields_) {
    if (field.kind != kind) continue;
    value |= (address >> field.shift & ((uint64_t{1} << field.bits) - 1)) << at;
    at += field.bits;
  }
  return value;
}

}  // namespace sluice
