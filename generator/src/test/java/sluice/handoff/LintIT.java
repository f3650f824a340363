package sluice.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.config.AcceleratorConfig;
import sluice.config.ArithmeticStyle;
import sluice.config.Presets;

/**
 * Verilog of every preset, and of two as gates: other people's tools have nothing to say, and it is
 * always the same.
 */
class LintIT {

  @TempDir Path folder;

  static Stream<Arguments> configurations() {
    Stream<Arguments> presets =
        Presets.names().stream()
            .map(name -> Arguments.of(Named.of(name, Presets.get(name)), name.equals("tiny")));
    Stream<Arguments> gates =
        Stream.of("tiny", "trace")
            .map(
                name ->
                    Arguments.of(
                        Named.of(
                            name + " as gates",
                            Presets.get(name).withArithmetic(ArithmeticStyle.GATES)),
                        name.equals("tiny")));
    return Stream.concat(presets, gates);
  }

  private Path generate(AcceleratorConfig config, String name) throws IOException {
    Path directory = Files.createDirectory(folder.resolve(name));
    RtlPackage.write(config, directory);
    return directory;
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void verilogIsCleanAndAlwaysTheSame(AcceleratorConfig config, boolean withYosys)
      throws Exception {
    Path first = generate(config, "first");
    assertThat(contents(generate(config, "second"))).isEqualTo(contents(first));

    int files = Files.readAllLines(first.resolve("filelist.f")).size();
    LintRun lint = withYosys ? LintRun.of("--yosys", first) : LintRun.of(first);
    String tools = withYosys ? "verilator iverilog yosys" : "verilator iverilog";
    assertThat(lint)
        .isEqualTo(new LintRun(0, "%s: clean (%d files, %s)\n".formatted(first, files, tools)));
  }

  private static TreeMap<String, String> contents(Path directory) throws IOException {
    TreeMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(directory.relativize(file).toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
