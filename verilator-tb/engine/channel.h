#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "failure.h"

namespace sluice {

/** Bytes from whoever steers the simulation, and back to him. */
class Channel {
 public:
  Channel(int in, int out) : in_(in), out_(out), buffer_(1 << 16) {}

  /** The next byte, or -1 at the end. */
  int next() {
    if (begin_ == end_ && !fill()) return -1;
    return buffer_[begin_++];
  }

  /** Takes bytes that have to come. */
  void take(uint8_t* data, size_t count) {
    while (count > 0) {
      if (begin_ == end_ && !fill()) fail("a command breaks off");
      const size_t part = count < end_ - begin_ ? count : end_ - begin_;
      std::memcpy(data, &buffer_[begin_], part);
      begin_ += part;
      data += part;
      count -= part;
    }
  }

  void send(const std::vector<uint8_t>& bytes) {
    size_t sent = 0;
    while (sent < bytes.size()) {
      const ssize_t count = write(out_, bytes.data() + sent, bytes.size() - sent);
      if (count <= 0) fail("nobody takes an answer");
      sent += static_cast<size_t>(count);
    }
  }

 private:
  bool fill() {
    const ssize_t count = read(in_, buffer_.data(), buffer_.size());
    begin_ = 0;
    end_ = count > 0 ? static_cast<size_t>(count) : 0;
    return end_ > 0;
  }

  int in_;
  int out_;
  std::vector<uint8_t> buffer_;
  size_t begin_ = 0;
  size_t end_ = 0;
};

}  // namespace sluice
