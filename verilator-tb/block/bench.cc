#include "bench.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>

#include "failure.h"
#include "ports.h"

namespace sluice {

namespace {

constexpr uint64_t kResetCycles = 8;

/** Finds an option's port or stream by name. */
template <class Port>
Port& find(std::vector<Port>& ports, const std::string& name, const char* what) {
  for (Port& port : ports) {
    if (port.name() == name) return port;
  }
  usage_error("the module has no %s '%s'", what, name.c_str());
}

template <class Map, class Value>
Value value_or(const Map& map, const std::string& name, Value otherwise) {
  const auto found = map.find(name);
  return found == map.end() ? otherwise : static_cast<Value>(found->second);
}

void save_words(const std::string& file, const std::vector<Word>& words) {
  FILE* out = std::fopen(file.c_str(), "w");
  if (out == nullptr) usage_error("cannot write %s", file.c_str());
  bool good = true;
  for (const Word& word : words) good = std::fprintf(out, "%s\n", word.hex().c_str()) > 0 && good;
  if (std::fclose(out) != 0 || !good) usage_error("cannot write %s", file.c_str());
}

}  // namespace

Bench::Bench(const Options& options)
    : options_(options), model_(options.seed, options.trace), progress_(options.progress) {
  describe(block_, model_.ports());
  connect_streams();
  connect_plain_ports();
}

void Bench::connect_streams() {
  for (const auto& [name, file] : options_.in) find(block_.inputs(), name, "input stream");
  for (const auto& [name, file] : options_.out) find(block_.outputs(), name, "output stream");
  for (const auto& [name, count] : options_.expect) find(block_.outputs(), name, "output stream");
  for (const std::string& name : options_.unstable) find(block_.outputs(), name, "output stream");
  for (const auto& [name, parts] : options_.stalls) {
    const auto named = [&name = name](const StreamPort& port) { return port.name() == name; };
    if (std::none_of(block_.inputs().begin(), block_.inputs().end(), named)) {
      find(block_.outputs(), name, "stream");
    }
  }
  uint64_t stream = 1;
  for (StreamPort& port : block_.inputs()) {
    const std::string file = value_or(options_.in, port.name(), std::string());
    std::vector<Word> words;
    // A payload without bits is written 0.
    if (!file.empty()) words = load_words(file, port.width());
    sources_.emplace_back(port, std::move(words),
                          value_or(options_.stalls, port.name(), options_.stall),
                          Random(options_.seed, stream++));
  }
  for (StreamPort& port : block_.outputs()) {
    sinks_.emplace_back(port, value_or(options_.expect, port.name(), StreamSink::kAny),
                        value_or(options_.stalls, port.name(), options_.stall),
                        options_.unstable.count(port.name()) == 0,
                        Random(options_.seed, stream++));
  }
}

void Bench::connect_plain_ports() {
  for (Signal& port : block_.plain_inputs()) port.set(Word(port.width()));
  for (const auto& [name, text] : options_.set) {
    Signal& port = find(block_.plain_inputs(), name, "plain input");
    port.set(Word::parse(text, port.width(), "--set " + name));
  }
  for (const auto& [name, file] : options_.drive) {
    Signal& port = find(block_.plain_inputs(), name, "plain input");
    drivers_.emplace_back(port, load_words(file, port.width()));
  }
  for (const auto& [name, file] : options_.record) {
    recorders_.emplace_back(find(block_.plain_outputs(), name, "plain output"), file);
  }
}

bool Bench::in_reset() const { return cycle() < kResetCycles; }

bool Bench::done() const {
  if (options_.cycles != 0) return cycle() >= kResetCycles + options_.cycles;
  if (in_reset()) return false;
  for (const StreamSource& source : sources_) {
    if (!source.done()) return false;
  }
  for (const StreamSink& sink : sinks_) {
    if (!sink.done()) return false;
  }
  for (const CycleDriver& driver : drivers_) {
    if (!driver.done()) return false;
  }
  return true;
}

void Bench::run() {
  uint64_t left = options_.cycles != 0 ? 0 : options_.drain;
  while (!done() || left != 0) {
    if (done()) left--;
    drive();
    model_.settle(block_.clock());
    sample();
    model_.edge(block_.clock());
    progress_.at(cycle());
    check_limits();
  }
  for (const StreamSink& sink : sinks_) {
    if (!sink.done()) {
      fail("%s: %zu words of the %zu expected", sink.port().name().c_str(), sink.words().size(),
           sink.expected());
    }
  }
}

void Bench::drive() {
  if (block_.reset() != nullptr) *block_.reset() = !in_reset();
  if (in_reset()) {
    for (StreamSource& source : sources_) source.drive_reset();
    for (StreamSink& sink : sinks_) sink.drive_reset();
    return;
  }
  for (StreamSource& source : sources_) source.drive();
  for (StreamSink& sink : sinks_) sink.drive();
  for (CycleDriver& driver : drivers_) driver.drive();
}

void Bench::sample() {
  if (in_reset()) {
    last_activity_ = cycle();
    return;
  }
  bool active = false;
  for (StreamSource& source : sources_) active |= source.sample();
  for (StreamSink& sink : sinks_) active |= sink.sample();
  for (CycleRecorder& recorder : recorders_) recorder.sample();
  for (const CycleDriver& driver : drivers_) active |= !driver.done();
  // What is done, or runs by the cycle, needs no words to get on.
  if (active || done() || options_.cycles != 0) last_activity_ = cycle();
}

void Bench::check_limits() const {
  if (cycle() - last_activity_ > options_.watchdog) {
    std::string missing;
    for (const StreamSource& source : sources_) {
      if (source.done()) continue;
      missing += format("; %s: %zu of %zu sent", source.port().name().c_str(), source.sent(),
                        source.size());
    }
    for (const StreamSink& sink : sinks_) {
      if (sink.done()) continue;
      missing += format("; %s: %zu of %zu received", sink.port().name().c_str(),
                        sink.words().size(), sink.expected());
    }
    fail("no progress for %" PRIu64 " cycles%s", options_.watchdog, missing.c_str());
  }
  if (cycle() >= options_.max_cycles) fail("not finished after --max-cycles");
}

void Bench::save_outputs() const {
  for (const StreamSink& sink : sinks_) {
    const auto file = options_.out.find(sink.port().name());
    if (file != options_.out.end()) save_words(file->second, sink.words());
  }
  for (const CycleRecorder& recorder : recorders_) save_words(recorder.file(), recorder.words());
}

}  // namespace sluice
