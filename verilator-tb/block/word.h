#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "random.h"

namespace sluice {

/** A bit vector of fixed width, least significant byte first; bits beyond the width are 0. */
class Word {
 public:
  explicit Word(unsigned width = 0) : width_(width), bytes_((width + 7) / 8) {}

  /** Hexadecimal digits, with underscores if wanted; a UsageError if it does not fit. */
  static Word parse(const std::string& text, unsigned width, const std::string& where);

  static Word random(unsigned width, Random& random);

  unsigned width() const { return width_; }
  const uint8_t* data() const { return bytes_.data(); }
  uint8_t* data() { return bytes_.data(); }
  size_t size() const { return bytes_.size(); }

  /** The bits [low, low + width). */
  Word slice(unsigned low, unsigned width) const;

  /** Replaces the bits from low on. */
  void insert(unsigned low, const Word& part);

  /** All digits of the width, at least one. */
  std::string hex() const;

  bool operator==(const Word& other) const {
    return width_ == other.width_ && bytes_ == other.bytes_;
  }
  bool operator!=(const Word& other) const { return !(*this == other); }

 private:
  unsigned bit(unsigned index) const { return bytes_[index / 8] >> (index % 8) & 1; }
  void clear_padding();

  unsigned width_;
  std::vector<uint8_t> bytes_;
};

/** Reads a file of one hexadecimal word a line; `#` begins a comment. */
std::vector<Word> load_words(const std::string& file, unsigned width);

}  // namespace sluice
