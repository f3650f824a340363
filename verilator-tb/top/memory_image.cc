#include "memory_image.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <cstring>

#include <unistd.h>

#include "arguments.h"
#include "failure.h"

namespace sluice {

MemoryImage::MemoryImage(std::string name, uint64_t bytes)
    : name_(std::move(name)),
      bytes_(bytes),
      data_(static_cast<uint8_t*>(std::calloc(std::max<uint64_t>(bytes, 1), 1))) {
  if (!data_) usage_error("%s: no room for %" PRIu64 " bytes", name_.c_str(), bytes);
}

void MemoryImage::load(const std::string& file, uint64_t address) {
  FILE* in = std::fopen(file.c_str(), "rb");
  if (in == nullptr) usage_error("cannot read %s", file.c_str());
  const uint64_t room = address <= bytes_ ? bytes_ - address : 0;
  const uint64_t count = room == 0 ? 0 : std::fread(data_.get() + address, 1, room, in);
  const bool whole = count < room || std::fgetc(in) == EOF;
  const bool error = std::ferror(in) != 0;
  std::fclose(in);
  if (error) usage_error("cannot read %s", file.c_str());
  if (!whole) {
    usage_error("%s does not fit into %s at 0x%" PRIx64 " (%" PRIu64 " bytes)", file.c_str(),
                name_.c_str(), address, bytes_);
  }
}

void MemoryImage::save(const std::string& file, uint64_t address, uint64_t count) const {
  if (!contains(address, count)) {
    usage_error("%s: 0x%" PRIx64 " + %" PRIu64 " bytes is outside the memory", name_.c_str(),
                address, count);
  }
  static const uint8_t kZero[4096] = {};
  FILE* out = std::fopen(file.c_str(), "wb");
  if (out == nullptr) usage_error("cannot write %s", file.c_str());
  bool good = true;
  for (uint64_t at = 0; at < count && good; at += sizeof kZero) {
    const uint64_t block = std::min<uint64_t>(sizeof kZero, count - at);
    const uint8_t* from = data_.get() + address + at;
    good = std::memcmp(from, kZero, block) == 0
               ? std::fseek(out, static_cast<long>(block), SEEK_CUR) == 0
               : std::fwrite(from, 1, block, out) == block;
  }
  good = good && std::fflush(out) == 0 && ftruncate(fileno(out), static_cast<off_t>(count)) == 0;
  if (std::fclose(out) != 0 || !good) usage_error("cannot write %s", file.c_str());
}

void MemoryImage::add_error(uint64_t address, uint64_t count, AxiResponse response) {
  errors_.push_back({address, count, response});
}

AxiResponse MemoryImage::find_error(uint64_t address, uint64_t count) const {
  for (const ErrorRange& range : errors_) {
    const bool before = address + count <= range.address;
    const bool behind = range.address + range.count <= address;
    if (!before && !behind) return range.response;
  }
  return AxiResponse::kOkay;
}

ErrorSpec ErrorSpec::parse(const std::string& text) {
  const size_t first = text.find(':');
  const size_t last = text.rfind(':');
  if (first == std::string::npos || first == last) {
    usage_error("error '%s' is not MEMORY:ADDRESS[+BYTES]:slverr|decerr", text.c_str());
  }
  ErrorSpec spec{text.substr(0, first), 0, 1, AxiResponse::kSlaveError};
  const std::string range = text.substr(first + 1, last - first - 1);
  const size_t plus = range.find('+');
  spec.address = parse_number(range.substr(0, plus), "error address");
  if (plus != std::string::npos) {
    spec.count = parse_number(range.substr(plus + 1), "error bytes");
  }
  const std::string response = text.substr(last + 1);
  if (response == "decerr") {
    spec.response = AxiResponse::kDecodeError;
  } else if (response != "slverr") {
    usage_error("error '%s': the response is slverr or decerr", text.c_str());
  }
  return spec;
}

}  // namespace sluice
