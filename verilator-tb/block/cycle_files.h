#pragma once

#include <string>
#include <vector>

#include "description.h"

namespace sluice {

/** Gives a plain input another word each cycle; the last one stays. */
class CycleDriver {
 public:
  CycleDriver(Signal& port, std::vector<Word> words) : port_(port), words_(std::move(words)) {}

  bool done() const { return next_ >= words_.size(); }

  void drive() {
    if (!done()) port_.set(words_[next_++]);
  }

 private:
  Signal& port_;
  const std::vector<Word> words_;
  size_t next_ = 0;
};

/** Takes down a plain output each cycle. */
class CycleRecorder {
 public:
  CycleRecorder(Signal& port, std::string file) : port_(port), file_(std::move(file)) {}

  const std::string& file() const { return file_; }
  const std::vector<Word>& words() const { return words_; }

  void sample() { words_.push_back(port_.get()); }

 private:
  Signal& port_;
  const std::string file_;
  std::vector<Word> words_;
};

}  // namespace sluice
