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
  --memory ideal|random       full bandwidth, or seeded stalls, gaps and order (default ideal)
  --latency N|MIN:MAX         cycles to the first answer (default 16; random 1:100)
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

namespace {

void parse_latency(const std::string& text, MemoryModel& memory) {
  const size_t colon = text.find(':');
  const uint64_t low = parse_number(text.substr(0, colon), "--latency");
  const uint64_t high =
      colon == std::string::npos ? low : parse_number(text.substr(colon + 1), "--latency");
  if (low > high || high > 1000000) {
    usage_error("--latency %s: out of order or range", text.c_str());
  }
  memory.latency_min = static_cast<uint32_t>(low);
  memory.latency_max = static_cast<uint32_t>(high);
}

}  // namespace

Options Options::parse(int count, char** words) {
  Options options;
  Arguments arguments(count, words);
  bool latency_given = false;
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
      const std::string model = arguments.value();
      if (model != "ideal" && model != "random") {
        usage_error("--memory %s: ideal or random", model.c_str());
      }
      options.memory.random = model == "random";
    } else if (option == "--latency") {
      parse_latency(arguments.value(), options.memory);
      latency_given = true;
    } else if (option == "--outstanding") {
      options.memory.outstanding = static_cast<unsigned>(arguments.number());
      if (options.memory.outstanding == 0) usage_error("--outstanding: at least 1");
    } else if (option == "--no-interleave") {
      options.memory.interleave = false;
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
  if (options.memory.random && !latency_given) {
    options.memory.latency_min = 1;
    options.memory.latency_max = 100;
  }
  return options;
}

}  // namespace sluice
