package sluice.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sluice.config.AcceleratorConfig;
import sluice.config.NamedConfig;
import sluice.handoff.RtlPackage;
import sluice.hdl.verilog.Locators;
import sluice.hdl.verilog.ResetStyle;

/** {@code generate}: writes the Verilog of an accelerator. */
@Command(
    name = "generate",
    description = {
      "Writes the Verilog of an accelerator: one file a module, and filelist.f, which lists them."
          + " Without --config, that is the preset "
          + GenerateCommand.DEFAULT_CONFIG
          + ".",
      "The folder appears whole or, if anything fails, not at all. A folder that was generated"
          + " before is replaced."
    },
    footer = {
      "",
      "Examples:",
      "  generate --config reference",
      "  generate --config edge --set headDim=64,heavyChannels=16 --out build/rtl",
      "  generate --config mine.yaml"
    })
final class GenerateCommand implements Callable<Integer> {

  static final String DEFAULT_CONFIG = "edge";

  /** Writes the files of an accelerator to an empty folder. */
  @FunctionalInterface
  interface Emitter {
    void write(AcceleratorConfig config, ResetStyle reset, Locators locators, Path directory)
        throws IOException;
  }

  private final Emitter emitter;

  @Spec private CommandSpec spec;

  @Mixin private ConfigOptions configOptions = new ConfigOptions();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where to write. Default: rtl-out/NAME in the project's folder, where NAME is the"
              + " configuration's.")
  private String out = "";

  @Option(
      names = "--reset",
      paramLabel = "STYLE",
      description =
          "How registers are reset: sync-low (default), sync-high, async-low or async-high.")
  private String reset = "";

  @Option(
      names = "--locators",
      paramLabel = "WHERE",
      description =
          "Whether the Verilog tells which line of Java it comes from: off (default), comments at"
              + " the ends of its lines, or map: a file locators.json beside it.")
  private String locators = "";

  GenerateCommand() {
    this(RtlPackage::write);
  }

  GenerateCommand(Emitter emitter) {
    this.emitter = emitter;
  }

  @Override
  public Integer call() throws IOException {
    NamedConfig chosen = configOptions.read(DEFAULT_CONFIG);
    ResetStyle style =
        choice("--reset", reset, ResetStyle.SYNC_LOW, ResetStyle.values(), ResetStyle::label);
    Locators places =
        choice("--locators", locators, Locators.OFF, Locators.values(), Locators::label);
    Path folder = out.isBlank() ? defaultFolder(chosen.name()) : Path.of(out);
    List<String> files =
        new OutputFolder(folder)
            .replace(directory -> emitter.write(chosen.config(), style, places, directory));
    PrintWriter console = spec.commandLine().getOut();
    console.printf("%s: %d files of configuration %s%n", folder, files.size(), chosen.name());
    console.flush();
    return 0;
  }

  private static <T> T choice(
      String option, String text, T standard, T[] all, Function<T, String> label) {
    if (text.isBlank()) {
      return standard;
    }
    return Arrays.stream(all)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    option
                        + ": "
                        + text
                        + "; allowed: "
                        + Arrays.stream(all).map(label).collect(Collectors.joining(", "))));
  }

  private static Path defaultFolder(String name) {
    return ProjectFolder.root().resolve("rtl-out").resolve(name);
  }
}
