// Simulates one module, steered over standard input and output.
//
//   sluice_tb SEED RANDOM
//
// RANDOM is 1 if state that reset does not set begins with random values, and 0 if with zeros.
// Commands, numbers and values are little endian; a value has the bytes that its width needs:
//
//   'i' number16 value   sets an input
//   'r' number8 level8   sets a reset pin (active low)
//   's' clocks8          the logic settles, the clocks of the bits rise together
//   'o'                  the logic settles; answered by the values of all outputs in order
//
// The end of standard input ends the simulation. What the design prints goes to standard error.

#include <cstdio>
#include <cstdlib>

#include "channel.h"
#include "clocked_model.h"
#include "port_table.h"
#include "ports.h"

double sc_time_stamp() { return 0; }  // demanded by some builds of Verilator's runtime

namespace sluice {

namespace {

class Engine {
 public:
  Engine(uint64_t seed, int randomness, Channel& channel)
      : model_(seed, TraceOptions(), randomness), channel_(channel) {
    describe(ports_, model_.ports());
    size_t bytes = 0;
    for (const PortBytes& output : ports_.outputs()) bytes += output.bytes;
    answer_.resize(bytes);
    settle();
  }

  void run() {
    for (int command = channel_.next(); command >= 0; command = channel_.next()) {
      switch (command) {
        case 'i': set_input(); break;
        case 'r': set_reset(); break;
        case 's': rise(); break;
        case 'o':
          settle();
          send_outputs();
          break;
        default: fail("no command %d", command);
      }
    }
  }

 private:
  void set_input() {
    uint8_t number[2];
    channel_.take(number, sizeof number);
    const PortBytes& port = ports_.inputs().at(number[0] | number[1] << 8);
    channel_.take(port.data, port.bytes);
  }

  void set_reset() {
    uint8_t number_level[2];
    channel_.take(number_level, sizeof number_level);
    *ports_.resets().at(number_level[0]) = number_level[1];
    settle();  // An asynchronous reset does not wait for an edge.
  }

  void settle() {
    for (CData* clock : ports_.clocks()) *clock = 0;
    model_.settle(nullptr);
  }

  void rise() {
    uint8_t rising;
    channel_.take(&rising, 1);
    settle();
    for (size_t i = 0; i < ports_.clocks().size(); i++) *ports_.clocks()[i] = rising >> i & 1;
    model_.edge(nullptr);
  }

  void send_outputs() {
    size_t at = 0;
    for (const PortBytes& output : ports_.outputs()) {
      std::memcpy(&answer_[at], output.data, output.bytes);
      at += output.bytes;
    }
    channel_.send(answer_);
  }

  ClockedModel<Vblock> model_;
  Channel& channel_;
  PortTable ports_;
  std::vector<uint8_t> answer_;
};

}  // namespace

}  // namespace sluice

int main(int count, char** words) {
  try {
    if (count != 3) sluice::usage_error("usage: sluice_tb SEED RANDOM");
    const int answers = dup(STDOUT_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    sluice::Channel channel(STDIN_FILENO, answers);
    const int randomness = std::atoi(words[2]) != 0 ? 2 : 0;
    sluice::Engine(std::strtoull(words[1], nullptr, 10), randomness, channel).run();
    return 0;
  } catch (const sluice::UsageError& error) {
    std::fprintf(stderr, "sluice_tb: %s\n", error.what());
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "sluice_tb: %s\n", error.what());
    return 1;
  }
}
