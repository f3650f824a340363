#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "axi.h"

namespace sluice {

/** The bytes of one memory, addresses 0 to bytes() - 1, and which of them answer with an error. */
class MemoryImage {
 public:
  /** All zero. Pages never touched cost nothing. */
  MemoryImage(std::string name, uint64_t bytes);

  const std::string& name() const { return name_; }
  uint64_t bytes() const { return bytes_; }
  uint8_t* data() { return data_.get(); }

  /** Copies a file to an address; a UsageError if it does not exist or does not fit. */
  void load(const std::string& file, uint64_t address = 0);

  /** Writes a range to a file, sparse where it is zero. */
  void save(const std::string& file, uint64_t address, uint64_t count) const;
  void save(const std::string& file) const { save(file, 0, bytes_); }

  bool contains(uint64_t address, uint64_t count) const {
    return address <= bytes_ && count <= bytes_ - address;
  }

  /** Makes every access to a beat that touches the range answer with the response. */
  void add_error(uint64_t address, uint64_t count, AxiResponse response);
  void clear_errors() { errors_.clear(); }

  /** The response to an access; a range outside the memory is refused elsewhere, unless it is an
   * error range. */
  AxiResponse response(uint64_t address, uint64_t count) const {
    return errors_.empty() ? AxiResponse::kOkay : find_error(address, count);
  }

 private:
  struct ErrorRange {
    uint64_t address;
    uint64_t count;
    AxiResponse response;
  };
  struct Free {
    void operator()(uint8_t* data) const { std::free(data); }
  };

  AxiResponse find_error(uint64_t address, uint64_t count) const;

  std::string name_;
  uint64_t bytes_;
  std::unique_ptr<uint8_t, Free> data_;
  std::vector<ErrorRange> errors_;
};

/** An error to inject, as text MEMORY:ADDRESS[+BYTES]:slverr|decerr; 1 byte by default. */
struct ErrorSpec {
  std::string memory;
  uint64_t address;
  uint64_t count;
  AxiResponse response;

  static ErrorSpec parse(const std::string& text);
};

}  // namespace sluice
