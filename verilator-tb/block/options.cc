#include "options.h"

#include <cstdlib>

#include "arguments.h"
#include "failure.h"

namespace sluice {

const char* const kUsage = R"(usage: sluice_tb [options]
  --in NAME=FILE           words of an input stream, one hexadecimal word a line
  --out NAME=FILE          where the words of an output stream go
  --expect NAME=COUNT      words that an output stream gives; one more or less fails
  --set NAME=HEX           value of a plain input (default 0)
  --drive NAME=FILE        a plain input's words, a cycle each from the first one after reset
  --record NAME=FILE       a plain output's words, a cycle each from the first one after reset
  --stall P | NAME=P       probability of a stall, 0 to 0.99, for all streams or one (default 0)
  --unstable NAME          an output stream that may change a word before it is taken
  --cycles N               run for N cycles after reset whatever the streams do
  --drain N                cycles to go on when all is done, for words too many (default 64)
  --seed N                 (default 1)
  --watchdog CYCLES        fail after so many without a word taken anywhere (default 10000)
  --max-cycles CYCLES      fail after so many
  --trace FILE.fst         waveforms (simulators built with --trace)
  --trace-start CYCLE      first cycle of the waveforms
  --progress               a line with cycles/s on stderr
  --result FILE.json
Exit code: 0 pass, 1 fail, 2 usage.
)";

namespace {

unsigned parse_probability(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != 0 || !(value >= 0 && value <= 0.99)) {
    usage_error("--stall: '%s' is not between 0 and 0.99", text.c_str());
  }
  return static_cast<unsigned>(value * 256 + 0.5);
}

/** Takes NAME=VALUE into a map. */
void assign(Arguments& arguments, const std::string& option,
            std::map<std::string, std::string>& map) {
  const auto assignment = parse_assignment(arguments.value(), option);
  if (!map.insert(assignment).second) {
    usage_error("%s %s is given twice", option.c_str(), assignment.first.c_str());
  }
}

}  // namespace

Options Options::parse(int count, char** words) {
  Options options;
  Arguments arguments(count, words);
  while (arguments.more()) {
    const std::string option = arguments.option();
    if (option == "--in") {
      assign(arguments, option, options.in);
    } else if (option == "--out") {
      assign(arguments, option, options.out);
    } else if (option == "--set") {
      assign(arguments, option, options.set);
    } else if (option == "--drive") {
      assign(arguments, option, options.drive);
    } else if (option == "--record") {
      assign(arguments, option, options.record);
    } else if (option == "--expect") {
      const auto [name, value] = parse_assignment(arguments.value(), option);
      options.expect[name] = parse_number(value, option);
    } else if (option == "--stall") {
      const std::string value = arguments.value();
      if (value.find('=') == std::string::npos) {
        options.stall = parse_probability(value);
      } else {
        const auto [name, probability] = parse_assignment(value, option);
        options.stalls[name] = parse_probability(probability);
      }
    } else if (option == "--unstable") {
      options.unstable.insert(arguments.value());
    } else if (option == "--cycles") {
      options.cycles = arguments.number();
    } else if (option == "--drain") {
      options.drain = arguments.number();
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
    } else {
      usage_error("no option %s", option.c_str());
    }
  }
  return options;
}

}  // namespace sluice
