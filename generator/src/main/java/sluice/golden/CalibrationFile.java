package sluice.golden;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import sluice.config.AcceleratorConfig;

/**
 * The JSON file of one KV head's calibration: {@code {"heavy": [channel, ...], "weights": [number,
 * ...], "thresholds": [[N ascending numbers], ...]}}. Every number is exactly representable in
 * FP16.
 */
public final class CalibrationFile {

  private static final String HEAVY = "heavy";
  private static final String WEIGHTS = "weights";
  private static final String THRESHOLDS = "thresholds";
  private static final List<String> FIELDS = List.of(HEAVY, WEIGHTS, THRESHOLDS);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private CalibrationFile() {}

  /**
   * Reads a calibration.
   *
   * @param config the accelerator that it must fit
   * @throws IllegalArgumentException if it does not, naming file, field, value and what is allowed
   * @throws IOException if the file cannot be read
   */
  public static Calibration read(Path file, AcceleratorConfig config) throws IOException {
    try {
      Calibration calibration = parse(MAPPER.readTree(Files.readAllBytes(file)));
      calibration.check(config);
      return calibration;
    } catch (JsonProcessingException e) {
      String where = e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr();
      throw new IllegalArgumentException(file + where + ": not JSON: " + e.getOriginalMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** Writes a calibration; equal calibrations give equal files. */
  public static void write(Path file, Calibration calibration) throws IOException {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode heavy = root.putArray(HEAVY);
    for (int channel : calibration.heavy()) {
      heavy.add(channel);
    }
    addAll(root.putArray(WEIGHTS), calibration.weights());
    ArrayNode thresholds = root.putArray(THRESHOLDS);
    for (short[] list : calibration.thresholds()) {
      addAll(thresholds.addArray(), list);
    }
    String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root);
    String unixText = text.replace("\r\n", "\n") + "\n";
    Files.write(file, unixText.getBytes(StandardCharsets.UTF_8));
  }

  private static void addAll(ArrayNode array, short[] halves) {
    for (short bits : halves) {
      array.add(Half.toDouble(bits));
    }
  }

  private static Calibration parse(JsonNode root) {
    if (!root.isObject()) {
      throw new IllegalArgumentException("not a JSON object; its fields must be " + FIELDS);
    }
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        throw Calibration.problem(name, "no such field", FIELDS.toString());
      }
    }
    JsonNode heavyNode = array(root, HEAVY);
    int[] heavy = new int[heavyNode.size()];
    for (int i = 0; i < heavy.length; i++) {
      JsonNode channel = heavyNode.get(i);
      if (!channel.isInt()) {
        throw Calibration.problem(HEAVY + "[" + i + "]", channel, "integers");
      }
      heavy[i] = channel.intValue();
    }
    short[] weights = halves(WEIGHTS, array(root, WEIGHTS));
    JsonNode lists = array(root, THRESHOLDS);
    short[][] thresholds = new short[lists.size()][];
    for (int i = 0; i < thresholds.length; i++) {
      String field = THRESHOLDS + "[" + i + "]";
      if (!lists.get(i).isArray()) {
        throw Calibration.problem(field, lists.get(i), "a list of numbers");
      }
      thresholds[i] = halves(field, lists.get(i));
    }
    return new Calibration(heavy, weights, thresholds);
  }

  private static JsonNode array(JsonNode root, String field) {
    JsonNode node = root.get(field);
    if (node == null || !node.isArray()) {
      throw Calibration.problem(field, node == null ? "missing" : node, "a list");
    }
    return node;
  }

  private static short[] halves(String field, JsonNode list) {
    short[] halves = new short[list.size()];
    for (int i = 0; i < halves.length; i++) {
      JsonNode number = list.get(i);
      double value = number.isNumber() ? number.doubleValue() : Double.NaN;
      halves[i] = Half.ofDouble(value);
      if (!Half.finite(halves[i]) || Half.toDouble(halves[i]) != value) {
        throw Calibration.problem(
            field + "[" + i + "]", number, "numbers exactly representable in FP16");
      }
    }
    return halves;
  }
}
