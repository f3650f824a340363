package sluice.accel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.config.Presets;
import sluice.hdl.Elaborator;
import sluice.hdl.netlist.Design;
import sluice.hdl.verilog.DeclaredName;
import sluice.hdl.verilog.NameOrigin;
import sluice.hdl.verilog.VerilogWriter;

/** The accelerator's Verilog has names of its Java, and no assignment that only renames. */
class AcceleratorNamesTest {
  private static final Pattern DECLARED =
      Pattern.compile("^ +(?:(input|output) +)?(?:wire|reg) +(?:\\[[^\\]]*\\] )?(\\w+)");
  private static final Pattern ALIAS =
      Pattern.compile("^ +(?:assign|wire(?: \\[[^\\]]*\\])?) +(\\w+) = ([a-z_]\\w*);$");

  private static Design design(String preset) {
    return Elaborator.elaborate(new Accelerator(Presets.get(preset)));
  }

  @Test
  void noNameIsInventedAndFewAreDerived() {
    // The modules that are written once are counted once.
    Map<NameOrigin, Set<String>> names = new EnumMap<>(NameOrigin.class);
    new VerilogWriter("")
        .names(design("reference"))
        .forEach(
            (module, declared) -> {
              for (DeclaredName name : declared) {
                names
                    .computeIfAbsent(name.origin(), origin -> new TreeSet<>())
                    .add(module + "." + name.identifier());
              }
            });
    int total = names.values().stream().mapToInt(Set::size).sum();
    Set<String> derived = names.getOrDefault(NameOrigin.DERIVED, Set.of());
    Set<String> invented = names.getOrDefault(NameOrigin.INVENTED, Set.of());
    String counts =
        "%d names, of which %d are derived: %s".formatted(total, derived.size(), derived);
    assertThat(total).isGreaterThan(5000);
    assertThat(invented).as(counts).isEmpty();
    assertThat(derived).as(counts).hasSizeLessThan(total / 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tiny", "trace", "edge", "reference", "u280"})
  void nothingInsideAModuleIsOnlyAnotherNameForSomething(String preset) {
    List<String> aliases = new ArrayList<>();
    new VerilogWriter("")
        .write(design(preset))
        .forEach(
            (file, text) -> {
              Map<String, Boolean> ports = new HashMap<>();
              for (String line : text.split("\n")) {
                Matcher declared = DECLARED.matcher(line);
                if (declared.find()) {
                  ports.put(declared.group(2), declared.group(1) != null);
                }
                Matcher alias = ALIAS.matcher(line);
                if (alias.matches() && !ports.getOrDefault(alias.group(1), false)) {
                  aliases.add(file + ":" + line);
                }
              }
            });
    assertThat(aliases).isEmpty();
  }
}
