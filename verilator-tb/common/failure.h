#pragma once

#include <cstdarg>
#include <cstdio>
#include <stdexcept>
#include <string>

namespace sluice {

/** The design, or what it left in memory, is wrong: the run ends with exit code 1. */
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/** The command line or an input file is wrong: nothing is said of the design, exit code 2. */
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline std::string vformat(const char* format, va_list arguments) {
  char text[1024];
  std::vsnprintf(text, sizeof text, format, arguments);
  return text;
}

__attribute__((format(printf, 1, 2))) inline std::string format(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::string text = vformat(format, arguments);
  va_end(arguments);
  return text;
}

[[noreturn]] __attribute__((format(printf, 1, 2))) inline void fail(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::string text = vformat(format, arguments);
  va_end(arguments);
  throw Failure(text);
}

[[noreturn]] __attribute__((format(printf, 1, 2))) inline void usage_error(const char* format,
                                                                          ...) {
  va_list arguments;
  va_start(arguments, format);
  std::string text = vformat(format, arguments);
  va_end(arguments);
  throw UsageError(text);
}

}  // namespace sluice
