package sluice.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.config.Presets;

/** Every preset's Verilog: other people's tools have nothing to say, and it is always the same. */
class LintIT {

  @TempDir Path folder;

  static List<String> presets() {
    return Presets.names();
  }

  private Path generate(String preset, String name) throws IOException {
    Path directory = Files.createDirectory(folder.resolve(name));
    RtlPackage.write(Presets.get(preset), directory);
    return directory;
  }

  @ParameterizedTest
  @MethodSource("presets")
  void aPresetIsCleanAndAlwaysTheSame(String preset) throws Exception {
    Path first = generate(preset, "first");
    assertThat(contents(generate(preset, "second"))).isEqualTo(contents(first));

    int files = Files.readAllLines(first.resolve("filelist.f")).size();
    boolean withYosys = preset.equals("tiny");
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
