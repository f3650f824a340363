package sluice.cosim.dram;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a DRAM channel is: its size, its timing in cycles of the memory, and how addresses are laid
 * over its banks. It is read from a text, a line for each {@link Parameter} and one for the
 * mapping; {@code #} begins a comment.
 */
public final class DramConfig {
  private static final String MAPPING = "mapping";

  private final String text;
  private final int[] values;
  private final AddressMap addresses;

  /** A number of the text; in cycles of the memory if it is a time. */
  public enum Parameter {
    /** Clock of the memory's commands; data moves at twice the rate. */
    MEMORY_MHZ("memory_mhz", 1, 100_000),
    /** Clock of the port, unless a user asks for another. */
    ACCELERATOR_MHZ("accelerator_mhz", 1, 100_000),
    /** Bytes of a column command. */
    BURST_BYTES("burst_bytes", 8, 512),
    /** Cycles that its data takes. */
    BURST_CYCLES("burst_cycles", 1, 64),
    /** Bank groups. */
    GROUPS("groups", 1, 16),
    /** Banks of a group. */
    BANKS("banks", 1, 16),
    /** Bytes of a row of a bank. */
    PAGE_BYTES("page_bytes", 64, 65_536),
    /** 1: numbers of banks and groups are combined with bits of the row. */
    HASHED("hashed", 0, 1),
    /** 1: a command a cycle; 2: one to a row and one to a column. */
    COMMAND_BUSES("command_buses", 1, 2),
    /** Column command to column command, other group. */
    T_CCD_S("tCCD_S", 1, 1000),
    /** Column command to column command, same group. */
    T_CCD_L("tCCD_L", 1, 1000),
    /** Activation to column command. */
    T_RCD("tRCD", 1, 1000),
    /** Precharge to activation. */
    T_RP("tRP", 1, 1000),
    /** Activation to precharge. */
    T_RAS("tRAS", 1, 1000),
    /** Activation to activation, other group. */
    T_RRD_S("tRRD_S", 1, 1000),
    /** Activation to activation, same group. */
    T_RRD_L("tRRD_L", 1, 1000),
    /** Time in which there are at most four activations. */
    T_FAW("tFAW", 1, 1000),
    /** Read to precharge. */
    T_RTP("tRTP", 1, 1000),
    /** End of written data to precharge. */
    T_WR("tWR", 1, 1000),
    /** End of written data to read, other group. */
    T_WTR_S("tWTR_S", 1, 1000),
    /** End of written data to read, same group. */
    T_WTR_L("tWTR_L", 1, 1000),
    /** Read to its data. */
    CL("CL", 1, 1000),
    /** Write to its data. */
    CWL("CWL", 1, 1000),
    /** Refresh to activation. */
    T_RFC("tRFC", 1, 100_000),
    /** Refresh to refresh. */
    T_REFI("tREFI", 2, 1_000_000),
    /** Bursts of the port that wait in the controller, reads and writes apart. */
    QUEUE("queue", 1, 256),
    /** Cycles between the port and the memory, both ways together. */
    LATENCY("latency", 0, 100_000);

    private final String key;
    private final int least;
    private final int most;

    Parameter(String key, int least, int most) {
      this.key = key;
      this.least = least;
      this.most = most;
    }

    @Override
    public String toString() {
      return key;
    }
  }

  private DramConfig(String text, int[] values, AddressMap addresses) {
    this.text = text;
    this.values = values;
    this.addresses = addresses;
  }

  /** The names of the memories that are there from the start. */
  public static List<String> names() {
    return List.of("hbm2", "ddr4");
  }

  /** The memory of a name. */
  public static DramConfig named(String name) {
    String resource = name + ".memory";
    try (InputStream stream = DramConfig.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException("there is no memory '" + name + "'");
      }
      return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static DramConfig parse(String text) {
    Map<Parameter, Integer> values = new EnumMap<>(Parameter.class);
    String mapping = null;
    for (String line : text.lines().toList()) {
      String content = line.replaceFirst("#.*", "").strip();
      if (content.isEmpty()) {
        continue;
      }
      String[] words = content.split("\\s+", 2);
      String value = words.length == 2 ? words[1] : "";
      if (words[0].equals(MAPPING)) {
        check(mapping == null, "%s: given twice", MAPPING);
        mapping = value;
        continue;
      }
      Parameter parameter = parameter(words[0]);
      check(value.matches("\\d{1,9}"), "%s: '%s' is no number", parameter, value);
      int number = Integer.parseInt(value);
      check(
          number >= parameter.least && number <= parameter.most,
          "%s: %d; allowed: %d to %d",
          parameter,
          number,
          parameter.least,
          parameter.most);
      check(values.put(parameter, number) == null, "%s: given twice", parameter);
    }
    for (Parameter parameter : Parameter.values()) {
      check(values.containsKey(parameter), "%s: missing", parameter);
    }
    check(mapping != null, "%s: missing", MAPPING);
    AddressMap addresses =
        AddressMap.parse(
            mapping,
            new AddressMap.Sizes(
                values.get(Parameter.BURST_BYTES),
                values.get(Parameter.PAGE_BYTES),
                values.get(Parameter.GROUPS),
                values.get(Parameter.BANKS)),
            values.get(Parameter.HASHED) == 1);
    int[] numbers = new int[Parameter.values().length];
    values.forEach((parameter, value) -> numbers[parameter.ordinal()] = value);
    return new DramConfig(text, numbers, addresses);
  }

  private static Parameter parameter(String name) {
    for (Parameter parameter : Parameter.values()) {
      if (parameter.key.equals(name)) {
        return parameter;
      }
    }
    throw new IllegalArgumentException("there is no parameter '" + name + "'");
  }

  /** Throws with a message if a condition does not hold. */
  static void check(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(format.formatted(arguments));
    }
  }

  /** The text that this was read from. */
  public String text() {
    return text;
  }

  /** The value of a parameter. */
  public int get(Parameter parameter) {
    return values[parameter.ordinal()];
  }

  /** Where addresses lie in the banks. */
  public AddressMap addresses() {
    return addresses;
  }
}
