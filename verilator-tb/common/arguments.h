#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace sluice {

/** Walks over a command line of `--option value` and `--flag` words. */
class Arguments {
 public:
  Arguments(int count, char** words) : words_(words + 1, words + count) {}

  bool more() const { return position_ < words_.size(); }

  /** The next option's name; a UsageError if the word is no option. */
  std::string option();

  /** The value of the option just taken. */
  std::string value();

  /** The value as a number, as parse_number takes it. */
  uint64_t number();

 private:
  std::vector<std::string> words_;
  size_t position_ = 0;
  std::string option_;
};

/** Decimal, or hexadecimal after 0x, with an optional suffix K, M or G (powers of 1024). */
uint64_t parse_number(const std::string& text, const std::string& what);

/** Splits NAME=VALUE. */
std::pair<std::string, std::string> parse_assignment(const std::string& text,
                                                     const std::string& what);

}  // namespace sluice
