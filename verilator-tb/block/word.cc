#include "word.h"

#include <cctype>
#include <cstring>
#include <fstream>

#include "failure.h"

namespace sluice {

namespace {

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Word Word::parse(const std::string& text, unsigned width, const std::string& where) {
  Word word(width);
  unsigned low = 0;
  bool any = false;
  for (auto c = text.rbegin(); c != text.rend(); ++c) {
    if (*c == '_') continue;
    const int value = digit_value(*c);
    if (value < 0) usage_error("%s: '%s' is no hexadecimal word", where.c_str(), text.c_str());
    any = true;
    for (unsigned i = 0; i < 4; i++, low++) {
      if ((value >> i & 1) == 0) continue;
      if (low >= width) {
        usage_error("%s: '%s' has more than %u bits", where.c_str(), text.c_str(), width);
      }
      word.bytes_[low / 8] |= static_cast<uint8_t>(1u << low % 8);
    }
  }
  if (!any) usage_error("%s: a hexadecimal word is expected", where.c_str());
  return word;
}

Word Word::random(unsigned width, Random& random) {
  Word word(width);
  for (size_t i = 0; i < word.bytes_.size(); i += 8) {
    const uint64_t bits = random.next();
    std::memcpy(&word.bytes_[i], &bits, std::min<size_t>(8, word.bytes_.size() - i));
  }
  word.clear_padding();
  return word;
}

void Word::clear_padding() {
  if (width_ % 8 != 0) bytes_.back() &= static_cast<uint8_t>((1u << width_ % 8) - 1);
}

Word Word::slice(unsigned low, unsigned width) const {
  Word part(width);
  const unsigned shift = low % 8;
  for (size_t i = 0; i < part.bytes_.size(); i++) {
    const size_t at = low / 8 + i;
    unsigned value = bytes_[at] >> shift;
    if (shift != 0 && at + 1 < bytes_.size()) value |= bytes_[at + 1] << (8 - shift);
    part.bytes_[i] = static_cast<uint8_t>(value);
  }
  part.clear_padding();
  return part;
}

void Word::insert(unsigned low, const Word& part) {
  for (unsigned i = 0; i < part.width_; i++) {
    uint8_t& byte = bytes_[(low + i) / 8];
    const unsigned place = (low + i) % 8;
    byte = static_cast<uint8_t>((byte & ~(1u << place)) | part.bit(i) << place);
  }
}

std::string Word::hex() const {
  std::string text;
  for (unsigned i = (width_ + 3) / 4; i-- > 0;) {
    text += "0123456789abcdef"[bytes_[i / 2] >> (4 * (i % 2)) & 0xF];
  }
  return text.empty() ? "0" : text;
}

std::vector<Word> load_words(const std::string& file, unsigned width) {
  std::ifstream in(file);
  if (!in) usage_error("cannot read %s", file.c_str());
  std::vector<Word> words;
  std::string line;
  for (unsigned number = 1; std::getline(in, line); number++) {
    line.erase(std::min(line.find('#'), line.size()));
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back()))) line.pop_back();
    size_t first = 0;
    while (first < line.size() && std::isspace(static_cast<unsigned char>(line[first]))) first++;
    if (first == line.size()) continue;
    words.push_back(
        Word::parse(line.substr(first), width, file + ":" + std::to_string(number)));
  }
  return words;
}

}  // namespace sluice
