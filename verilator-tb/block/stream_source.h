#pragma once

#include <cstdint>
#include <vector>

#include "description.h"
#include "random.h"

namespace sluice {

/** Sends the words of a list into an input stream. Between words the payload is random. */
class StreamSource {
 public:
  /** @param stall parts in 256 of the free cycles without a word */
  StreamSource(StreamPort& port, std::vector<Word> words, unsigned stall, const Random& random)
      : port_(port), words_(std::move(words)), stall_(stall), random_(random) {}

  const StreamPort& port() const { return port_; }
  size_t sent() const { return sent_; }
  size_t size() const { return words_.size(); }
  bool done() const { return sent_ == words_.size(); }

  void drive_reset() {
    port_.valid() = 0;
    port_.set(Word::random(port_.width(), random_));
  }

  void drive() {
    if (port_.valid() && !taken_) return;  // held until it is taken
    taken_ = false;
    port_.valid() = !done() && !random_.chance(stall_);
    port_.set(port_.valid() ? words_[sent_] : Word::random(port_.width(), random_));
  }

  /** Returns whether a word was taken. */
  bool sample() {
    taken_ = port_.valid() && (port_.ready() == nullptr || *port_.ready());
    if (taken_) sent_++;
    return taken_;
  }

 private:
  StreamPort& port_;
  const std::vector<Word> words_;
  const unsigned stall_;
  Random random_;
  size_t sent_ = 0;
  bool taken_ = false;
};

}  // namespace sluice
