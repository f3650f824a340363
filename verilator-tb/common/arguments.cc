#include "arguments.h"

#include <cctype>
#include <cerrno>
#include <cstdlib>

#include "failure.h"

namespace sluice {

std::string Arguments::option() {
  option_ = words_[position_++];
  if (option_.compare(0, 2, "--") != 0) {
    usage_error("%s: an option (--name) is expected", option_.c_str());
  }
  return option_;
}

std::string Arguments::value() {
  if (!more()) usage_error("%s needs a value", option_.c_str());
  return words_[position_++];
}

uint64_t Arguments::number() { return parse_number(value(), option_); }

uint64_t parse_number(const std::string& text, const std::string& what) {
  const bool hexadecimal = text.compare(0, 2, "0x") == 0 || text.compare(0, 2, "0X") == 0;
  char* end = nullptr;
  errno = 0;
  const uint64_t value = std::strtoull(text.c_str(), &end, hexadecimal ? 16 : 10);
  bool valid = !text.empty() && std::isdigit(static_cast<unsigned char>(text[0])) &&
               end != text.c_str() && errno == 0;
  unsigned shift = 0;
  if (valid && *end != 0) {
    const char suffix = *end++;
    shift = suffix == 'K' ? 10 : suffix == 'M' ? 20 : suffix == 'G' ? 30 : 0;
    valid = shift != 0 && *end == 0 && value << shift >> shift == value;
  }
  if (!valid) usage_error("%s: '%s' is no number", what.c_str(), text.c_str());
  return value << shift;
}

std::pair<std::string, std::string> parse_assignment(const std::string& text,
                                                     const std::string& what) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    usage_error("%s: '%s' is not NAME=VALUE", what.c_str(), text.c_str());
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

}  // namespace sluice
