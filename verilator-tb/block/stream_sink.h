#pragma once

#include <cstdint>
#include <vector>

#include "description.h"
#include "failure.h"
#include "random.h"

namespace sluice {

/** Takes the words of an output stream, and checks that a word stays until it is taken. */
class StreamSink {
 public:
  static constexpr size_t kAny = SIZE_MAX;

  /**
   * @param expected how many words come, or kAny
   * @param stall parts in 256 of the cycles that are not ready
   * @param stable whether valid and payload must not change before ready
   */
  StreamSink(StreamPort& port, size_t expected, unsigned stall, bool stable, const Random& random)
      : port_(port), expected_(expected), stall_(stall), stable_(stable), random_(random) {}

  const StreamPort& port() const { return port_; }
  const std::vector<Word>& words() const { return words_; }
  size_t expected() const { return expected_; }
  bool done() const { return expected_ == kAny || words_.size() == expected_; }

  void drive_reset() {
    if (port_.ready() != nullptr) *port_.ready() = 0;
  }

  void drive() {
    if (port_.ready() != nullptr) *port_.ready() = !random_.chance(stall_);
  }

  /** Returns whether a word was taken. */
  bool sample() {
    const char* name = port_.name().c_str();
    if (!port_.valid()) {
      if (held_ && stable_) fail("%s_valid fell before %s_ready", name, name);
      held_ = false;
      return false;
    }
    const Word word = port_.get();
    if (held_ && stable_ && word != held_word_) {
      fail("%s changed before %s_ready, from %s to %s", name, name, held_word_.hex().c_str(),
           word.hex().c_str());
    }
    held_ = port_.ready() != nullptr && !*port_.ready();
    held_word_ = word;
    if (held_) return false;
    if (words_.size() == expected_) {
      fail("%s: a word more than the %zu expected: %s", name, expected_, word.hex().c_str());
    }
    words_.push_back(word);
    return true;
  }

 private:
  StreamPort& port_;
  const size_t expected_;
  const unsigned stall_;
  const bool stable_;
  Random random_;
  bool held_ = false;
  Word held_word_;
  std::vector<Word> words_;
};

}  // namespace sluice
