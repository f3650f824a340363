package sluice.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a YAML file says of a configuration: a mapping from fields to their values, and perhaps
 * {@code preset}, the preset that gives the other fields.
 *
 * @param preset the preset to start from, if the file names one
 * @param fields the fields that the file sets
 */
record ConfigYaml(Optional<String> preset, Map<String, Object> fields) {

  private static final String PRESET = "preset";

  ConfigYaml {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /**
   * Reads a file's text.
   *
   * @param source the file's name, which starts every message
   * @throws ConfigException with all problems found, each with its line
   */
  static ConfigYaml parse(String text, String source) {
    return new Reader(source).read(text);
  }

  private static final class Reader {
    private final String source;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private Optional<String> preset = Optional.empty();

    Reader(String source) {
      this.source = source;
    }

    ConfigYaml read(String text) {
      try (JsonParser parser = new YAMLFactory().createParser(text)) {
        readDocument(parser);
      } catch (JsonProcessingException e) {
        int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
        problems.clear();
        problem(line, "not valid YAML: " + reason(e));
      } catch (IOException e) {
        throw new IllegalStateException("a string cannot fail to be read", e);
      }
      if (!problems.isEmpty()) {
        throw new ConfigException(problems);
      }
      return new ConfigYaml(preset, fields);
    }

    private void readDocument(JsonParser parser) throws IOException {
      JsonToken first = parser.nextToken();
      if (first == null) {
        return;
      }
      if (first != JsonToken.START_OBJECT) {
        problem(line(parser), "expected lines of the form 'field: value'");
        return;
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        int line = line(parser);
        JsonToken value = parser.nextToken();
        Integer before = lines.putIfAbsent(name, line);
        if (before != null) {
          problem(line, "'%s' is already set in line %d".formatted(name, before));
        } else if (name.equals(PRESET)) {
          readPreset(parser, value, line);
        } else if (!ConfigFields.names().contains(name)) {
          problem(line, ConfigFields.unknown(name));
        } else {
          readField(parser, name, value, line);
        }
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        problem(line(parser), "expected one document, found another");
      }
    }

    private void readPreset(JsonParser parser, JsonToken value, int line) throws IOException {
      if (value == JsonToken.VALUE_STRING) {
        String name = parser.getText();
        if (Presets.names().contains(name)) {
          preset = Optional.of(name);
        } else {
          problem(line, Presets.unknown(name));
        }
      } else {
        problem(line, "preset is %s; allowed is the name of a preset".formatted(shown(parser)));
      }
    }

    private void readField(JsonParser parser, String name, JsonToken value, int line)
        throws IOException {
      boolean number = value == JsonToken.VALUE_NUMBER_INT && isInt(parser.getBigIntegerValue());
      if (ConfigFields.isNumber(name) && number) {
        fields.put(name, parser.getIntValue());
      } else if (!ConfigFields.isNumber(name) && value == JsonToken.VALUE_STRING) {
        readChoice(parser, name, line);
      } else {
        problem(line, ConfigFields.wrong(name, shown(parser)));
      }
    }

    private void readChoice(JsonParser parser, String name, int line) throws IOException {
      try {
        fields.put(name, ConfigFields.parse(name, parser.getText()));
      } catch (ConfigException e) {
        e.problems().forEach(problem -> problem(line, problem));
      }
    }

    private static boolean isInt(BigInteger value) {
      return value.bitLength() < Integer.SIZE;
    }

    private static String shown(JsonParser parser) throws IOException {
      JsonToken token = parser.currentToken();
      if (token == JsonToken.START_OBJECT) {
        return "a mapping";
      }
      if (token == JsonToken.START_ARRAY) {
        return "a list";
      }
      if (token == JsonToken.VALUE_NULL || parser.getText().isEmpty()) {
        return "empty";
      }
      return token == JsonToken.VALUE_STRING ? "'" + parser.getText() + "'" : parser.getText();
    }

    private static int line(JsonParser parser) {
      return parser.currentTokenLocation().getLineNr();
    }

    /** The parser's complaint without its quotation of the file. */
    private static String reason(JsonProcessingException e) {
      String message = e.getOriginalMessage();
      return message
          .lines()
          .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
          .collect(Collectors.joining(", "));
    }

    private void problem(int line, String problem) {
      problems.add("%s:%d: %s".formatted(source, line, problem));
    }
  }
}
