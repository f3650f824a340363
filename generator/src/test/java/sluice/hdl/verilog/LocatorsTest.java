package sluice.hdl.verilog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.docs.sample.Correlator;
import sluice.docs.sample.Gcd;
import sluice.docs.sample.Lookup;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Policy;

class LocatorsTest {
  private static final Pattern LOCATOR =
      Pattern.compile("// (\\w+\\.java):(\\d+)$", Pattern.MULTILINE);

  /** Verilog, and the Java lines beside it. */
  private record Written(Map<String, String> files, Map<String, Map<Integer, String>> lines) {}

  private static Written write(Module circuit, Locators locators) {
    Written written = new Written(new LinkedHashMap<>(), new HashMap<>());
    try {
      new VerilogWriter("", ResetStyle.SYNC_LOW, locators)
          .write(
              Elaborator.elaborate(circuit, Policy.quiet()),
              new VerilogWriter.Sink() {
                @Override
                public void file(String path, String text) {
                  written.files().put(path, text);
                }

                @Override
                public void located(String path, Map<Integer, String> lines) {
                  written.lines().put(path, lines);
                }
              });
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return written;
  }

  private static List<Named<Supplier<Module>>> circuits() {
    return List.of(
        Named.of("stateful", () -> new Circuits.Stateful(70)),
        Named.of("operators", () -> new Circuits.Operators(65, 33)),
        Named.of("chain", Circuits.Chain::new),
        Named.of("state machine", () -> new Gcd(16)),
        Named.of("memory", () -> new Lookup(64)),
        Named.of("memory in lanes", () -> new MemoryCircuits.Masked(32, 8, 2)),
        Named.of("tables", () -> new MemoryCircuits.Roms(8)),
        Named.of("black box", () -> new Correlator(8)),
        Named.of("properties", PropertyCircuits.Checked::new),
        Named.of("properties of domains", PropertyCircuits.OfDomains::new));
  }

  @Test
  void aCommentNamesTheLineOfJava() throws IOException {
    List<String> java =
        Files.readAllLines(Path.of("src/test/java/sluice/hdl/verilog/Circuits.java"));
    String text = write(new Circuits.Counter(10), Locators.COMMENTS).files().get("counter10.v");

    assertThat(text.lines())
        .contains("  input  wire enable, // " + line(java, "enable = input(Bool.of());"))
        .contains("  output reg  [3:0] value // " + line(java, "UInt value = output"))
        .contains("  assign last = value == 4'd9; // " + line(java, "last.set(count.eq"))
        .contains("      value <= 4'd0; // " + line(java, "count = register(UInt.index"))
        .contains("      if (enable) begin // " + line(java, "when(enable, () -> count.set"));
  }

  private static String line(List<String> java, String text) {
    for (int i = 0; i < java.size(); i++) {
      if (java.get(i).contains(text)) {
        return "Circuits.java:" + (i + 1);
      }
    }
    throw new AssertionError("no line with " + text);
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void everyDeclarationInstanceAssignmentAndUpdateHasOne(Supplier<Module> circuit) {
    Pattern start =
        Pattern.compile(
            "^ *(?:(?:input|output|wire|reg|assign|localparam) .*|[\\w\\[\\]]+ <= .*"
                + "|(?!module)\\w+ \\w+ \\((?: //.*)?)$");
    Pattern none =
        Pattern.compile("unused_ok|unused_property_ok|wire (?:\\w+_)?(?:clock|aresetn),");
    write(circuit.get(), Locators.COMMENTS)
        .files()
        .forEach(
            (file, text) -> {
              List<String> lines = file.startsWith("mem/") ? List.of() : text.lines().toList();
              for (int i = 0; i < lines.size(); i++) {
                if (start.matcher(lines.get(i)).matches() && !none.matcher(lines.get(i)).find()) {
                  int end = i;
                  while (!LOCATOR.matcher(lines.get(end)).find()) {
                    end++;
                    assertThat(lines.get(end)).as(lines.get(i)).doesNotMatch(start).isNotBlank();
                  }
                }
              }
            });
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void linesStayWithinTheirColumns(Supplier<Module> circuit) {
    write(circuit.get(), Locators.COMMENTS)
        .files()
        .values()
        .forEach(text -> assertThat(text.lines()).allMatch(line -> line.length() <= 100));
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void withoutTheCommentsTheVerilogIsTheSame(Supplier<Module> circuit) {
    Written plain = write(circuit.get(), Locators.OFF);
    Written commented = write(circuit.get(), Locators.COMMENTS);
    plain
        .files()
        .forEach(
            (file, text) ->
                assertThat(words(LOCATOR.matcher(commented.files().get(file)).replaceAll("")))
                    .isEqualTo(words(text)));
    assertThat(write(circuit.get(), Locators.MAP).files()).isEqualTo(plain.files());
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ");
  }

  /** Goes through both texts word by word: a comment and the map must name one line of Java. */
  @ParameterizedTest
  @MethodSource("circuits")
  void theMapSaysTheSameAsTheComments(Supplier<Module> circuit) {
    Written commented = write(circuit.get(), Locators.COMMENTS);
    Written mapped = write(circuit.get(), Locators.MAP);
    mapped
        .lines()
        .forEach(
            (file, lines) -> {
              String text = mapped.files().get(file);
              int at = 0;
              int from = 0;
              String with = commented.files().get(file);
              Matcher comment = LOCATOR.matcher(with);
              while (comment.find()) {
                for (char c : with.substring(from, comment.start()).toCharArray()) {
                  if (!Character.isWhitespace(c)) {
                    at = text.indexOf(c, at) + 1;
                  }
                }
                from = comment.end();
                int line = 1 + (int) text.substring(0, at).chars().filter(c -> c == '\n').count();
                assertThat(lines).as(file).containsEntry(line, comment.group().substring(3));
              }
              assertThat(from).isPositive();
            });
  }

  /** A value that needs more than one line. */
  private static final class Wide extends Module {
    Wide() {
      UInt total = input(UInt.of(200), "a_long_name_of_an_input_that_is_long");
      UInt out = output(UInt.of(200));
      UInt large = UInt.literal(1, 200).shiftLeft(190).truncate(200).not();
      out.set(total.plusWrap(large).xor(total.minusWrap(large)).plusWrap(total.and(large)));
    }
  }

  @Test
  void allLinesOfABrokenStatementAreInTheMap() {
    Written written = write(new Wide(), Locators.MAP);
    List<String> text = written.files().get("wide.v").lines().toList();
    int first = text.indexOf(text.stream().filter(l -> l.contains("assign")).findFirst().get());
    int last = first;
    while (!text.get(last).endsWith(";")) {
      last++;
    }

    assertThat(last).isGreaterThan(first);
    Map<Integer, String> lines = written.lines().get("wide.v");
    for (int i = first; i <= last; i++) {
      assertThat(lines.get(i + 1)).isEqualTo(lines.get(first + 1)).startsWith("LocatorsTest.java:");
    }
  }
}
