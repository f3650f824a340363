package sluice.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sluice.config.Presets;
import sluice.docs.sample.Capture;
import sluice.docs.sample.Correlator;
import sluice.docs.sample.Counter;
import sluice.docs.sample.Distance;
import sluice.docs.sample.Gcd;
import sluice.docs.sample.HitCounter;
import sluice.docs.sample.Lookup;
import sluice.docs.sample.Meter;
import sluice.docs.sample.Mistakes;
import sluice.docs.sample.Peak;
import sluice.docs.sample.Poller;
import sluice.hdl.Depth;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.lib.Queue;
import sluice.hdl.verilog.Locators;
import sluice.hdl.verilog.ResetStyle;
import sluice.hdl.verilog.VerilogWriter;
import sluice.layout.CompletionLayout;
import sluice.layout.DescriptorLayout;
import sluice.layout.LayoutTables;
import sluice.layout.RegisterMap;

/**
 * What stands in the generated parts of documents:
 *
 * <ul>
 *   <li>{@code java FILE "FROM"} and {@code java FILE "FROM" "TO"}: lines of a source file;
 *   <li>{@code verilog CIRCUIT FILE}, also with FROM and TO: a file that a circuit becomes; {@code
 *       located} in place of {@code verilog}: with the lines of Java it comes from;
 *   <li>{@code message CIRCUIT}: how a circuit is refused;
 *   <li>{@code table NAME}: a table of the layout, or of the presets;
 *   <li>{@code example NAME}: a part of the worked example of the arithmetic.
 * </ul>
 */
final class GeneratedParts {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private static final Map<String, Supplier<Module>> CIRCUITS =
      Map.ofEntries(
          Map.entry("Counter", () -> new Counter(10)),
          Map.entry("HitCounter", () -> new HitCounter(9)),
          Map.entry("Meter", () -> new Meter(12, 100)),
          Map.entry("Gcd", () -> new Gcd(16)),
          Map.entry("Lookup", () -> new Lookup(64)),
          Map.entry("Peak", Peak::new),
          Map.entry("Correlator", () -> new Correlator(8)),
          Map.entry("Capture", Capture::new),
          Map.entry("Distance", () -> new Distance(Depth.levels(17))),
          Map.entry("Queue", () -> new Queue<>(UInt.of(8), 4)),
          Map.entry("Narrow", Mistakes.Narrow::new),
          Map.entry("Latch", Mistakes.Latch::new),
          Map.entry("LateDefault", Mistakes.LateDefault::new),
          Map.entry("Crossing", Mistakes.Crossing::new),
          Map.entry("Loop", Mistakes.Loop::new),
          Map.entry("Shallow", Mistakes.Shallow::new),
          Map.entry("Poller", () -> new Poller(3, 4)));

  private final Path root;

  /**
   * @param root the project's folder
   */
  GeneratedParts(Path root) {
    this.root = root;
  }

  /** The text of a part. */
  String of(String what) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(what);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    List<String> range = words.subList(Math.min(2, words.size()), words.size());
    return switch (words.get(0)) {
      case "java" -> fenced("java", range(SourceFile.read(root.resolve(words.get(1))), range));
      case "verilog" ->
          fenced(
              "verilog",
              range(
                  emitted(words.get(1), range.get(0), Locators.OFF),
                  range.subList(1, range.size())));
      case "located" ->
          fenced(
              "verilog",
              range(
                  emitted(words.get(1), range.get(0), Locators.COMMENTS),
                  range.subList(1, range.size())));
      case "message" -> fenced("text", message(words.get(1)));
      case "table" -> "\n" + table(words.get(1)) + "\n";
      case "example" -> new WorkedExample().part(words.get(1));
      default -> throw new IllegalArgumentException("no generated part: " + what);
    };
  }

  private static String fenced(String language, String text) {
    return "```" + language + "\n" + text + "```\n";
  }

  private static String range(SourceFile source, List<String> range) {
    return switch (range.size()) {
      case 0 -> String.join("\n", source.lines()) + "\n";
      case 1 -> source.block(range.get(0));
      default -> source.lines(range.get(0), range.get(1));
    };
  }

  private static SourceFile emitted(String circuit, String file, Locators locators) {
    Map<String, String> files =
        new VerilogWriter("", ResetStyle.SYNC_LOW, locators)
            .write(Elaborator.elaborate(CIRCUITS.get(circuit).get()));
    if (!files.containsKey(file)) {
      throw new IllegalArgumentException(circuit + " becomes " + files.keySet());
    }
    return SourceFile.of(file, files.get(file));
  }

  private static String message(String circuit) {
    try {
      Elaborator.elaborate(CIRCUITS.get(circuit).get());
    } catch (ElaborationException e) {
      return e.getMessage() + "\n";
    }
    throw new IllegalArgumentException(circuit + " is not refused");
  }

  private static String table(String name) {
    return switch (name) {
      case "registers" -> LayoutTables.registers(RegisterMap.of(Presets.get("edge")));
      case "decode" -> LayoutTables.fields(DescriptorLayout.DECODE_FIELDS);
      case "append" -> LayoutTables.fields(DescriptorLayout.APPEND_FIELDS);
      case "completion" -> LayoutTables.fields(CompletionLayout.FIELDS);
      case "statuses" -> LayoutTables.statuses();
      case "diagnostics" -> diagnostics();
      case "presets" -> PresetTable.render();
      default -> throw new IllegalArgumentException("no table: " + name);
    };
  }

  private static String diagnostics() {
    StringBuilder text =
        new StringBuilder("| kind | | cause | remedy |\n| --- | --- | --- | --- |\n");
    for (Diagnostic.Kind kind : Diagnostic.Kind.values()) {
      String severity = kind.severity().name().toLowerCase(Locale.ROOT);
      text.append("| `%s` | %s | ".formatted(kind.code(), severity));
      text.append("%s | %s |\n".formatted(kind.cause(), kind.remedy()));
    }
    return text.toString();
  }
}
