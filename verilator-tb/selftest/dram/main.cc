// Plays a list of accesses to a DRAM channel, and prints when each is answered, and a report.
//
//   dram FILE.memory MHZ < accesses       a line each: CYCLE ADDRESS BYTES r|w, by rising cycle
//
// An access is accepted in its cycle; the list must not be longer than the channel has room for.

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "dram.h"
#include "failure.h"

int main(int count, char** words) {
  using namespace sluice;
  try {
    if (count != 3) usage_error("FILE.memory MHZ");
    Dram dram(DramConfig::read(words[1]), static_cast<unsigned>(std::atoi(words[2])));
    std::vector<std::shared_ptr<DramAccess>> accesses;
    uint64_t cycle, address, bytes;
    char kind;
    while (std::scanf("%" SCNu64 " %" SCNu64 " %" SCNu64 " %c", &cycle, &address, &bytes, &kind) ==
           4) {
      auto access = std::make_shared<DramAccess>();
      access->address = address;
      access->bytes = bytes;
      access->write = kind == 'w';
      dram.advance(cycle);
      if (!dram.has_room(access->write)) usage_error("no room in cycle %" PRIu64, cycle);
      dram.accept(access);
      accesses.push_back(access);
    }
    dram.advance(cycle + 100000);
    for (const auto& access : accesses) std::printf("%" PRIu64 "\n", access->answer);
    const DramReport report = dram.report();
    std::printf("%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", report.cycles,
                report.columns, report.activations, report.refresh_cycles, report.data_cycles);
    return 0;
  } catch (const UsageError& error) {
    std::fprintf(stderr, "dram: %s\n", error.what());
    return 2;
  }
}
