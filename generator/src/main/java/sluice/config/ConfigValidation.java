package sluice.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The rules that a configuration must keep. First each field alone; then the relations between
 * fields, of which those are left out that involve a field already found wrong.
 */
public final class ConfigValidation {

  private static final int LARGEST_CONTEXT = 1 << 20;
  private static final int MOST_PAGES = 1 << 16;

  private final AcceleratorConfig config;
  private final Map<String, Object> values;
  private final List<String> problems = new ArrayList<>();
  private final Set<String> wrong = new HashSet<>();

  private ConfigValidation(AcceleratorConfig config) {
    this.config = config;
    this.values = new LinkedHashMap<>(ConfigFields.of(config));
  }

  /**
   * The same configuration, if it keeps all rules.
   *
   * @throws ConfigException with every rule that is broken
   */
  public static AcceleratorConfig check(AcceleratorConfig config) {
    List<String> problems = problems(config);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  /** The rules that are broken, each as a sentence; empty if the configuration can be built. */
  public static List<String> problems(AcceleratorConfig config) {
    ConfigValidation validation = new ConfigValidation(config);
    validation.checkFields();
    validation.checkRelations();
    return List.copyOf(validation.problems);
  }

  private void checkFields() {
    oneOf("channels", 1, 2, 4, 8, 16, 32);
    oneOf("channelBits", 64, 128, 256, 512);
    powerOfTwo("headDim", 16, 256);
    range("groupQueries", 1, 8);
    range("heavyChannels", 8, 256);
    oneOf("keyBits", 2, 4);
    range("queryBits", 2, 8);
    powerOfTwo("buckets", 16, 1024);
    powerOfTwo("context", 16, LARGEST_CONTEXT);
    range("maxSelected", 1, LARGEST_CONTEXT);
    powerOfTwo("pageTokens", 1, LARGEST_CONTEXT);
    range("kvHeads", 1, 256);
    range("readsInFlight", 1, 64);
    range("dividers", 1, 64);
    range("addressBits", 32, 64);
  }

  private void checkRelations() {
    if (right("heavyChannels", "headDim")) {
      require(
          config.heavyChannels() <= config.headDim(),
          "heavyChannels is %d; allowed is at most headDim, which is %d",
          config.heavyChannels(),
          config.headDim());
    }
    if (right("headDim", "channelBits")) {
      require(
          config.headDim() * 16 >= config.channelBits(),
          "channelBits is %d; allowed is at most one vector, headDim x 16 = %d",
          config.channelBits(),
          config.headDim() * 16);
    }
    if (right("heavyChannels", "keyBits", "channelBits")) {
      require(
          config.recordBits() <= config.channelBits(),
          "heavyChannels is %d and keyBits is %d, which makes key records of %d bits;"
              + " allowed is at most channelBits, which is %d",
          config.heavyChannels(),
          config.keyBits(),
          config.recordBits(),
          config.channelBits());
    }
    if (right("maxSelected", "context")) {
      require(
          config.maxSelected() <= config.context(),
          "maxSelected is %d; allowed is at most context, which is %d",
          config.maxSelected(),
          config.context());
    }
    if (right("pageTokens", "context")) {
      require(
          config.pageTokens() <= config.context(),
          "pageTokens is %d; allowed is at most context, which is %d",
          config.pageTokens(),
          config.context());
      require(
          config.pages() <= MOST_PAGES,
          "pageTokens is %d, which makes %d pages of a context of %d; allowed are at most %d pages",
          config.pageTokens(),
          config.pages(),
          config.context(),
          MOST_PAGES);
    }
    if (right("pageTokens", "heavyChannels", "keyBits", "channelBits", "channels")
        && config.recordBits() <= config.channelBits()) {
      require(
          config.pageTokens() >= config.rowTokens(),
          "pageTokens is %d; allowed is at least a row of tokens, channels x lanes = %d x %d = %d",
          config.pageTokens(),
          config.channels(),
          config.lanes(),
          config.rowTokens());
    }
  }

  private void oneOf(String field, int... allowed) {
    String last = String.valueOf(allowed[allowed.length - 1]);
    String others =
        IntStream.of(allowed)
            .limit(allowed.length - 1L)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    allow(
        field,
        value -> IntStream.of(allowed).anyMatch(a -> a == value),
        "%s or %s".formatted(others, last));
  }

  private void range(String field, int least, int most) {
    allow(field, value -> value >= least && value <= most, "%d to %d".formatted(least, most));
  }

  private void powerOfTwo(String field, int least, int most) {
    allow(
        field,
        value -> value >= least && value <= most && Integer.bitCount(value) == 1,
        "a power of two, %d to %d".formatted(least, most));
  }

  private void allow(String field, IntPredicate rule, String allowed) {
    int value = (Integer) values.get(field);
    if (!rule.test(value)) {
      wrong.add(field);
      problems.add("%s is %d; allowed is %s".formatted(field, value, allowed));
    }
  }

  private boolean right(String... fields) {
    return Arrays.stream(fields).noneMatch(wrong::contains);
  }

  private void require(boolean rule, String problem, Object... details) {
    if (!rule) {
      problems.add(problem.formatted(details));
    }
  }
}
