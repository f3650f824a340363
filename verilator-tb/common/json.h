#pragma once

#include <cstdint>
#include <string>

namespace sluice {

/** Builds one JSON text. The key is empty for the elements of a list and the outermost object. */
class Json {
 public:
  Json& open_object(const char* key = "");
  Json& close_object();
  Json& open_list(const char* key = "");
  Json& close_list();
  Json& text(const char* key, const std::string& value);
  Json& null(const char* key);
  Json& integer(const char* key, uint64_t value);
  Json& number(const char* key, double value);

  const std::string& str() const { return text_; }

  /** Throws UsageError if the file cannot be written. */
  void save(const std::string& file) const;

 private:
  void start(const char* key);
  void open(const char* key, char bracket);
  void close(char bracket);

  std::string text_;
  unsigned depth_ = 0;
  bool first_ = true;
};

}  // namespace sluice
