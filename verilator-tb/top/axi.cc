#include "axi.h"

#include <cinttypes>

#include "failure.h"

namespace sluice {

void check_burst(const std::string& memory, const char* channel, const AxiRequest& request,
                 unsigned beat_bytes) {
  constexpr uint64_t kBoundary = 4096;
  constexpr unsigned kIncr = 1;
  const char* name = memory.c_str();
  if ((1u << request.size) != beat_bytes) {
    fail("%s: %s: size %u is not the full width of %u bytes", name, channel, request.size,
         beat_bytes);
  }
  if (request.burst != kIncr) {
    fail("%s: %s: burst type %u is not INCR", name, channel, request.burst);
  }
  if (request.lock != 0) fail("%s: %s: exclusive access", name, channel);
  const uint64_t first = request.address & ~uint64_t{beat_bytes - 1};
  const uint64_t last = first + uint64_t{request.beats()} * beat_bytes - 1;
  if (first / kBoundary != last / kBoundary) {
    fail("%s: %s: burst of %u beats at 0x%" PRIx64 " crosses a 4 KiB boundary", name, channel,
         request.beats(), request.address);
  }
}

}  // namespace sluice
