#include "json.h"

#include <cstdio>

#include "failure.h"

namespace sluice {

namespace {

std::string quoted(const std::string& value) {
  std::string out = "\"";
  for (unsigned char c : value) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c < 0x20) {
      out += format("\\u%04x", c);
    } else {
      out += static_cast<char>(c);
    }
  }
  return out + '"';
}

}  // namespace

void Json::start(const char* key) {
  if (!first_) text_ += ',';
  if (depth_ != 0) {
    text_ += '\n';
    text_.append(2 * depth_, ' ');
  }
  first_ = false;
  if (*key != 0) text_ += quoted(key) + ": ";
}

void Json::open(const char* key, char bracket) {
  start(key);
  text_ += bracket;
  depth_++;
  first_ = true;
}

void Json::close(char bracket) {
  depth_--;
  if (!first_) {
    text_ += '\n';
    text_.append(2 * depth_, ' ');
  }
  text_ += bracket;
  first_ = false;
}

Json& Json::open_object(const char* key) {
  open(key, '{');
  return *this;
}

Json& Json::close_object() {
  close('}');
  return *this;
}

Json& Json::open_list(const char* key) {
  open(key, '[');
  return *this;
}

Json& Json::close_list() {
  close(']');
  return *this;
}

Json& Json::text(const char* key, const std::string& value) {
  start(key);
  text_ += quoted(value);
  return *this;
}

Json& Json::null(const char* key) {
  start(key);
  text_ += "null";
  return *this;
}

Json& Json::integer(const char* key, uint64_t value) {
  start(key);
  text_ += std::to_string(value);
  return *this;
}

Json& Json::number(const char* key, double value) {
  start(key);
  text_ += format("%.6g", value);
  return *this;
}

void Json::save(const std::string& file) const {
  FILE* out = std::fopen(file.c_str(), "w");
  if (out == nullptr) usage_error("cannot write %s", file.c_str());
  const bool written = std::fputs(text_.c_str(), out) >= 0 && std::fputc('\n', out) != EOF;
  if (std::fclose(out) != 0 || !written) usage_error("cannot write %s", file.c_str());
}

}  // namespace sluice
