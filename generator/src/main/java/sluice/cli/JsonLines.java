package sluice.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** Results for programs: a JSON object a line. */
final class JsonLines {
  private JsonLines() {}

  static String of(List<Map<String, Object>> rows) throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    StringBuilder lines = new StringBuilder();
    for (Map<String, Object> row : rows) {
      lines.append(mapper.writeValueAsString(row)).append('\n');
    }
    return lines.toString();
  }
}
