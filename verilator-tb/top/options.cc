#include "options.h"

#include "arguments.h"
#include "failure.h"

namespace sluice {

const char* const kUsage = R"(usage: sluice_tb --program FILE [options]
  --program FILE              register accesses, waits, checkpoints (see README.md)
  --host-in FILE              image of the host memory; zero beyond the file
  --host-out FILE             image at the end of the run
  --host-bytes N              size of the host memory (default: of the file, to the next 4 KiB)
  --channel-in PREFIX         images PREFIX0.bin, PREFIX1.bin, ...
  --channel-out PREFIX
  --channel-bytes N           size of each channel's memory
  --memory ideal[:LATENCY]    a beat a cycle, LATENCY cycles to the first answer (default ideal:16)
  --memory random[:MIN:MAX]   seeded stalls, gaps and order; MIN to MAX cycles (default 1:100)
  --memory FILE[:MHZ]         channels are DRAM; the accelerator's clock in MHz
  --outstanding N             bursts that a memory holds, reads and writes apart (default 256)
  --no-interleave             random: keep the beats of a read burst together
  --error MEMORY:ADDRESS[+BYTES]:slverr|decerr   MEMORY is host or chN; may be repeated
  --seed N                    (default 1)
  --watchdog CYCLES           fail after so many without a handshake (default 100000)
  --max-cycles CYCLES         fail after so many
  --trace FILE.fst            waveforms (simulators built with --trace)
  --trace-start CYCLE         first cycle of the waveforms
  --progress                  a line with cycles/s on stderr
  --result FILE.json
N may be hexadecimal (0x...) and end in K, M or G. Exit code: 0 pass, 1 fail, 2 usage.
)";

Options Options::parse(int count, char** words) {
  Options options;
  Arguments arguments(count, words);
  MemoryModel memory;
  unsigned outstanding = memory.outstanding;
  bool interleave = true;
  while (arguments.more()) {
    const std::string option = arguments.option();
    if (option == "--program") {
      options.program = arguments.value();
    } else if (option == "--host-in") {
      options.host_in = arguments.value();
    } else if (option == "--host-out") {
      options.host_out = arguments.value();
    } else if (option == "--host-bytes") {
      options.host_bytes = arguments.number();
    } else if (option == "--channel-in") {
      options.channel_in = arguments.value();
    } else if (option == "--channel-out") {
      options.channel_out = arguments.value();
    } else if (option == "--channel-bytes") {
      options.channel_bytes = arguments.number();
    } else if (option == "--memory") {
      memory = MemoryModel::parse(arguments.value());
    } else if (option == "--outstanding") {
      outstanding = static_cast<unsigned>(arguments.number());
      if (outstanding == 0) usage_error("--outstanding: at least 1");
    } else if (option == "--no-interleave") {
      interleave = false;
    } else if (option == "--error") {
      options.errors.push_back(ErrorSpec::parse(arguments.value()));
    } else if (option == "--seed") {
      options.seed = arguments.number();
    } else if (option == "--watchdog") {
      options.watchdog = arguments.number();
    } else if (option == "--max-cycles") {
      options.max_cycles = arguments.number();
    } else if (option == "--trace") {
      options.trace.file = arguments.value();
    } else if (option == "--trace-start") {
      options.trace.start = arguments.number();
    } else if (option == "--progress") {
      options.progress = true;
    } else if (option == "--result") {
      options.result = arguments.value();
    } else if (option == "--help") {
      options.help = true;
      return options;
    } else {
      usage_error("no option %s", option.c_str());
    }
  }
  if (options.program.empty()) usage_error("--program is missing");
  memory.outstanding = outstanding;
  memory.interleave = interleave;
  options.memory = memory;
  return options;
}

}  // namespace sluice
