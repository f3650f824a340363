#include "program_runner.h"

#include <cinttypes>

#include "failure.h"

namespace sluice {

using Kind = Command::Kind;

namespace {

constexpr uint64_t kFirstReset = 8;
constexpr uint32_t kPollGap = 16;

std::vector<Command> with_first_reset(std::vector<Command> program) {
  Command reset{Kind::kReset, 0};
  reset.count = kFirstReset;
  program.insert(program.begin(), reset);
  return program;
}

}  // namespace

ProgramRunner::ProgramRunner(std::vector<Command> program, AxiLiteDriver& driver,
                             std::vector<MemoryImage*> images, std::vector<const AxiBeats*> beats,
                             bool random_mode, const Random& random, uint64_t& last_activity)
    : program_(with_first_reset(std::move(program))),
      driver_(driver),
      images_(std::move(images)),
      beats_(std::move(beats)),
      random_mode_(random_mode),
      random_(random),
      last_activity_(last_activity) {
  // A file may not be there yet, but a name can be wrong from the start.
  for (const Command& command : program_) {
    const bool named = command.kind == Kind::kLoad || command.kind == Kind::kDump;
    if (named) image(command.name);
    if (command.kind == Kind::kError) image(ErrorSpec::parse(command.name).memory);
  }
}

std::string ProgramRunner::where() const {
  return finished() ? "" : "program line " + std::to_string(program_[position_].line);
}

MemoryImage& ProgramRunner::image(const std::string& name) const {
  for (MemoryImage* image : images_) {
    if (image->name() == name) return *image;
  }
  usage_error("there is no memory '%s'", name.c_str());
}

void ProgramRunner::step(uint64_t cycle, bool interrupt) {
  while (!finished()) {
    if (!started_) {
      since_ = cycle;
      next_poll_ = cycle;
      polling_ = false;
    }
    const bool done = advance(program_[position_], cycle, interrupt);
    started_ = !done;
    if (!done) return;
    last_activity_ = cycle;
    position_++;
  }
}

bool ProgramRunner::advance(const Command& command, uint64_t cycle, bool interrupt) {
  switch (command.kind) {
    case Kind::kWrite:
    case Kind::kRead:
    case Kind::kWriteError:
    case Kind::kReadError:
      return advance_access(command);
    case Kind::kWaitReg:
      return advance_poll(command, cycle);
    case Kind::kWaitIrq:
      if (!interrupt) check_timeout(command, cycle, "no interrupt");
      return interrupt;
    case Kind::kIdle:
      last_activity_ = cycle;
      return cycle - since_ >= command.count;
    case Kind::kReset:
      last_activity_ = cycle;
      reset_ = cycle - since_ < command.count;
      return !reset_;
    case Kind::kCheckpoint: {
      Checkpoint checkpoint{command.name, cycle, {}};
      for (const AxiBeats* beats : beats_) checkpoint.beats.push_back(*beats);
      checkpoints_.push_back(std::move(checkpoint));
      return true;
    }
    case Kind::kLoad:
      image(command.name).load(command.file, command.address);
      return true;
    case Kind::kDump:
      image(command.name).save(command.file, command.address, command.count);
      return true;
    case Kind::kError: {
      const ErrorSpec error = ErrorSpec::parse(command.name);
      image(error.memory).add_error(error.address, error.count, error.response);
      return true;
    }
    case Kind::kClearErrors:
      for (MemoryImage* image : images_) image->clear_errors();
      return true;
  }
  return true;
}

bool ProgramRunner::advance_access(const Command& command) {
  const bool write = command.kind == Kind::kWrite || command.kind == Kind::kWriteError;
  if (!started_) {
    if (write) {
      const unsigned strobe = command.kind == Kind::kWrite ? command.count : 0xF;
      driver_.start_write(command.address, static_cast<uint32_t>(command.value), strobe);
    } else {
      driver_.start_read(command.address);
    }
    return false;
  }
  if (driver_.busy()) return false;
  check_response(command);
  if (command.kind == Kind::kRead) {
    const uint32_t value = driver_.data();
    readings_.push_back({command.line, command.address, value});
    if (((value ^ command.value) & command.mask) != 0) {
      fail("register 0x%03" PRIx64 " is 0x%08x, expected 0x%08" PRIx64 " under mask 0x%08" PRIx64,
           command.address, value, command.value, command.mask);
    }
  }
  return true;
}

bool ProgramRunner::advance_poll(const Command& command, uint64_t cycle) {
  if (driver_.busy()) return false;
  if (polling_) {
    polling_ = false;
    check_response(command);
    if ((driver_.data() & command.mask) == command.value) return true;
    check_timeout(command, cycle, "the register did not get its value");
    next_poll_ = cycle + (random_mode_ ? random_.below(4 * kPollGap) : kPollGap);
  }
  if (cycle >= next_poll_) {
    driver_.start_read(command.address);
    polling_ = true;
  }
  return false;
}

void ProgramRunner::check_response(const Command& command) const {
  const bool error = command.kind == Kind::kWriteError || command.kind == Kind::kReadError;
  const AxiResponse expected = error ? AxiResponse::kSlaveError : AxiResponse::kOkay;
  if (driver_.response() != expected) {
    fail("register 0x%03" PRIx64 ": response %u, expected %u", command.address,
         static_cast<unsigned>(driver_.response()), static_cast<unsigned>(expected));
  }
}

void ProgramRunner::check_timeout(const Command& command, uint64_t cycle, const char* what) const {
  if (command.count != 0 && cycle - since_ >= command.count) {
    fail("%s within %" PRIu64 " cycles", what, command.count);
  }
}

}  // namespace sluice
