package sluice.cosim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sluice.cosim.dram.DramConfig;
import sluice.cosim.dram.DramConfig.Parameter;

/**
 * Reads memory models as they are written on a command line: a name, then numbers behind colons.
 */
final class MemoryModelReader {
  private static final Pattern MODEL = Pattern.compile("(?<name>.+?)(?<numbers>(:\\d{1,9})*)");
  private static final int USUAL_LATENCY = 16;
  private static final int USUAL_LEAST = 1;
  private static final int USUAL_MOST = 100;
  private static final int MOST_LATENCY = 1_000_000;
  private static final int MOST_MHZ = 100_000;

  private final String text;
  private final String name;
  private final List<Integer> numbers;

  private MemoryModelReader(String text, String name, List<Integer> numbers) {
    this.text = text;
    this.name = name;
    this.numbers = numbers;
  }

  /** Reads a model; see {@link MemoryModel#parse}. */
  static MemoryModel read(String text) throws IOException {
    Matcher matcher = MODEL.matcher(text);
    if (!matcher.matches()) {
      throw unknown(text);
    }
    List<Integer> numbers =
        Stream.of(matcher.group("numbers").split(":"))
            .filter(number -> !number.isEmpty())
            .map(Integer::valueOf)
            .toList();
    return new MemoryModelReader(text, matcher.group("name"), numbers).model();
  }

  private MemoryModel model() throws IOException {
    switch (name) {
      case "ideal" -> {
        check(numbers.size() <= 1, "ideal:LATENCY, of 0 to %d cycles", MOST_LATENCY);
        int latency = numbers.isEmpty() ? USUAL_LATENCY : numbers.get(0);
        check(latency <= MOST_LATENCY, "ideal:LATENCY, of 0 to %d cycles", MOST_LATENCY);
        return new MemoryModel.Ideal(latency);
      }
      case "random" -> {
        List<Integer> bounds = numbers.isEmpty() ? List.of(USUAL_LEAST, USUAL_MOST) : numbers;
        check(
            bounds.size() == 2 && bounds.get(0) <= bounds.get(1) && bounds.get(1) <= MOST_LATENCY,
            "random:MIN:MAX, latencies of 0 to %d cycles",
            MOST_LATENCY);
        return new MemoryModel.Random(bounds.get(0), bounds.get(1));
      }
      default -> {
        DramConfig config = config();
        check(numbers.size() <= 1, "%s:MHZ, of 1 to %d", name, MOST_MHZ);
        int clock = numbers.isEmpty() ? config.get(Parameter.ACCELERATOR_MHZ) : numbers.get(0);
        check(clock >= 1 && clock <= MOST_MHZ, "%s:MHZ, of 1 to %d", name, MOST_MHZ);
        return new MemoryModel.Dram(name, config, clock);
      }
    }
  }

  private DramConfig config() throws IOException {
    if (DramConfig.names().contains(name)) {
      return DramConfig.named(name);
    }
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw unknown(text);
    }
    try {
      return DramConfig.parse(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "%s; allowed: ideal, random, %s, or a file that describes DRAM"
            .formatted(text, String.join(", ", DramConfig.names())));
  }

  private void check(boolean condition, String allowed, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(text + "; allowed: " + allowed.formatted(arguments));
    }
  }
}
