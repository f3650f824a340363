#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "failure.h"
#include "verilated.h"
#include "word.h"

namespace sluice {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "signals are copied as bytes");

/** A port of the design, of any of Verilator's types: little-endian bytes on this machine. */
class Signal {
 public:
  template <class Type>
  Signal(std::string name, unsigned width, Type& port)
      : name_(std::move(name)),
        width_(width),
        bytes_(reinterpret_cast<uint8_t*>(&port)),
        size_(sizeof port) {
    // Verilator takes the smallest of 1, 2, 4, 8 and more bytes that holds the width.
    const size_t smaller = size_ == 1 ? 0 : size_ <= 8 ? size_ / 2 : size_ - 4;
    if (width > 8 * size_ || width <= 8 * smaller) {
      usage_error("port %s: %u bits cannot be in a signal of %zu bytes", name_.c_str(), width,
                  size_);
    }
  }

  const std::string& name() const { return name_; }
  unsigned width() const { return width_; }

  void set(const Word& word) {
    std::memset(bytes_, 0, size_);
    std::memcpy(bytes_, word.data(), word.size());
  }

  Word get() const {
    Word word(width_);
    std::memcpy(word.data(), bytes_, word.size());
    return word;
  }

 private:
  std::string name_;
  unsigned width_;
  uint8_t* bytes_;
  size_t size_;
};

/** A stream port: valid, ready and the payload's fields, the first one most significant. */
class StreamPort {
 public:
  StreamPort(std::string name, CData& valid, CData* ready)
      : name_(std::move(name)), valid_(&valid), ready_(ready) {}

  /** Adds the next field. */
  template <class Type>
  StreamPort& field(const std::string& name, unsigned width, Type& port) {
    fields_.emplace_back(name_ + "_" + name, width, port);
    width_ += width;
    return *this;
  }

  const std::string& name() const { return name_; }
  unsigned width() const { return width_; }
  CData& valid() const { return *valid_; }

  /** Null for a stream that cannot be held back. */
  CData* ready() const { return ready_; }

  void set(const Word& word) {
    unsigned low = width_;
    for (Signal& field : fields_) {
      low -= field.width();
      field.set(word.slice(low, field.width()));
    }
  }

  Word get() const {
    Word word(width_);
    unsigned low = width_;
    for (const Signal& field : fields_) {
      low -= field.width();
      word.insert(low, field.get());
    }
    return word;
  }

 private:
  std::string name_;
  CData* valid_;
  CData* ready_;
  std::vector<Signal> fields_;
  unsigned width_ = 0;
};

/**
 * The ports of the module under test. A generated header, ports.h, fills it in:
 *
 * <pre>
 * #include "Vblock.h"
 * #include "description.h"
 *
 * inline void describe(sluice::Description& block, Vblock& top) {
 *   block.clock(top.clock);
 *   block.reset(top.aresetn);
 *   block.input_stream("words", top.words_valid, top.words_ready)
 *       .field("value", 16, top.words_value)
 *       .field("last", 1, top.words_last);
 *   block.output_stream("sums", top.sums_valid, top.sums_ready)
 *       .field("total", 20, top.sums_total);
 *   block.input("limit", 16, top.limit);
 *   block.output("busy", 1, top.busy);
 * }
 * </pre>
 */
class Description {
 public:
  /** A module without a clock is combinational. */
  void clock(CData& port) { clock_ = &port; }

  /** Active low. */
  void reset(CData& port) { reset_ = &port; }

  // The stream returned takes its fields at once, before another stream is added.

  StreamPort& input_stream(const std::string& name, CData& valid, CData& ready) {
    inputs_.emplace_back(name, valid, &ready);
    return inputs_.back();
  }

  StreamPort& input_stream(const std::string& name, CData& valid) {
    inputs_.emplace_back(name, valid, nullptr);
    return inputs_.back();
  }

  StreamPort& output_stream(const std::string& name, CData& valid, CData& ready) {
    outputs_.emplace_back(name, valid, &ready);
    return outputs_.back();
  }

  StreamPort& output_stream(const std::string& name, CData& valid) {
    outputs_.emplace_back(name, valid, nullptr);
    return outputs_.back();
  }

  template <class Type>
  void input(const std::string& name, unsigned width, Type& port) {
    plain_inputs_.emplace_back(name, width, port);
  }

  template <class Type>
  void output(const std::string& name, unsigned width, Type& port) {
    plain_outputs_.emplace_back(name, width, port);
  }

  CData* clock() const { return clock_; }
  CData* reset() const { return reset_; }
  std::vector<StreamPort>& inputs() { return inputs_; }
  std::vector<StreamPort>& outputs() { return outputs_; }
  std::vector<Signal>& plain_inputs() { return plain_inputs_; }
  std::vector<Signal>& plain_outputs() { return plain_outputs_; }

 private:
  CData* clock_ = nullptr;
  CData* reset_ = nullptr;
  std::vector<StreamPort> inputs_;
  std::vector<StreamPort> outputs_;
  std::vector<Signal> plain_inputs_;
  std::vector<Signal> plain_outputs_;
};

}  // namespace sluice
