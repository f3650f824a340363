#include "program.h"

#include <fstream>
#include <sstream>

#include "arguments.h"
#include "failure.h"

namespace sluice {

namespace {

using Kind = Command::Kind;
using Words = std::vector<std::string>;

struct Syntax {
  const char* name;
  Kind kind;
  size_t least;
  size_t most;
  const char* usage;
};

constexpr Syntax kSyntax[] = {
    {"write", Kind::kWrite, 2, 3, "ADDRESS DATA [STROBE]"},
    {"read", Kind::kRead, 1, 3, "ADDRESS [EXPECTED [MASK]]"},
    {"write_error", Kind::kWriteError, 2, 2, "ADDRESS DATA"},
    {"read_error", Kind::kReadError, 1, 1, "ADDRESS"},
    {"wait_irq", Kind::kWaitIrq, 0, 1, "[TIMEOUT]"},
    {"wait_reg", Kind::kWaitReg, 3, 4, "ADDRESS MASK VALUE [TIMEOUT]"},
    {"idle", Kind::kIdle, 1, 1, "CYCLES"},
    {"reset", Kind::kReset, 1, 1, "CYCLES"},
    {"checkpoint", Kind::kCheckpoint, 1, 1, "NAME"},
    {"load_host", Kind::kLoad, 2, 2, "OFFSET FILE"},
    {"load_channel", Kind::kLoad, 3, 3, "CHANNEL OFFSET FILE"},
    {"dump_host", Kind::kDump, 3, 3, "OFFSET BYTES FILE"},
    {"dump_channel", Kind::kDump, 4, 4, "CHANNEL OFFSET BYTES FILE"},
    {"error", Kind::kError, 1, 1, "MEMORY:ADDRESS[+BYTES]:slverr|decerr"},
    {"clear_errors", Kind::kClearErrors, 0, 0, ""},
};

/** The words behind the command's name, taken in turn. */
class Operands {
 public:
  Operands(const Words& words, const std::string& where) : words_(words), where_(where) {}

  bool more() const { return next_ < words_.size(); }
  const std::string& word() { return words_[next_++]; }
  uint64_t number() { return parse_number(word(), where_); }
  uint64_t number_or(uint64_t otherwise) { return more() ? number() : otherwise; }

  uint64_t word32() {
    const uint64_t value = number();
    if (value >> 32 != 0) usage_error("%s: more than 32 bits", where_.c_str());
    return value;
  }

  uint64_t address() {
    const uint64_t value = number();
    if (value >= 0x1000) {
      usage_error("%s: register addresses have 12 bits", where_.c_str());
    }
    return value;
  }

 private:
  const Words& words_;
  const std::string& where_;
  size_t next_ = 1;
};

void take_operands(Command& command, bool channel, Operands operands) {
  switch (command.kind) {
    case Kind::kWrite:
      command.address = operands.address();
      command.value = operands.word32();
      command.count = operands.number_or(0xF) & 0xF;
      break;
    case Kind::kRead: {
      command.address = operands.address();
      const bool expects = operands.more();
      command.value = expects ? operands.word32() : 0;
      command.mask = expects ? operands.number_or(0xFFFFFFFF) : 0;
      break;
    }
    case Kind::kWriteError:
      command.address = operands.address();
      command.value = operands.word32();
      break;
    case Kind::kReadError:
      command.address = operands.address();
      break;
    case Kind::kWaitIrq:
      command.count = operands.number_or(0);
      break;
    case Kind::kWaitReg:
      command.address = operands.address();
      command.mask = operands.word32();
      command.value = operands.word32();
      command.count = operands.number_or(0);
      break;
    case Kind::kIdle:
    case Kind::kReset:
      command.count = operands.number();
      break;
    case Kind::kCheckpoint:
    case Kind::kError:
      command.name = operands.word();
      break;
    case Kind::kLoad:
    case Kind::kDump:
      command.name = channel ? "ch" + std::to_string(operands.number()) : "host";
      command.address = operands.number();
      if (command.kind == Kind::kDump) command.count = operands.number();
      command.file = operands.word();
      break;
    case Kind::kClearErrors:
      break;
  }
}

Command parse(const Words& words, unsigned line, const std::string& where) {
  for (const Syntax& syntax : kSyntax) {
    if (words[0] != syntax.name) continue;
    const size_t count = words.size() - 1;
    if (count < syntax.least || count > syntax.most) {
      usage_error("%s: %s %s", where.c_str(), syntax.name, syntax.usage);
    }
    Command command{syntax.kind, line};
    const bool channel = words[0].find("_channel") != std::string::npos;
    take_operands(command, channel, Operands(words, where));
    return command;
  }
  usage_error("%s: no command '%s'", where.c_str(), words[0].c_str());
}

}  // namespace

std::vector<Command> load_program(const std::string& file) {
  std::ifstream in(file);
  if (!in) usage_error("cannot read %s", file.c_str());
  std::vector<Command> program;
  std::string text;
  for (unsigned line = 1; std::getline(in, text); line++) {
    std::istringstream stream(text.substr(0, text.find('#')));
    Words words;
    for (std::string word; stream >> word;) words.push_back(word);
    if (!words.empty()) program.push_back(parse(words, line, file + ":" + std::to_string(line)));
  }
  return program;
}

}  // namespace sluice
