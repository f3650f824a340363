package sluice.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import sluice.config.ConfigReader;
import sluice.config.NamedConfig;

/** The options that choose a configuration, for every command that needs one. */
final class ConfigOptions {

  @Option(
      names = {"--config", "--preset"},
      paramLabel = "NAME|FILE",
      description =
          "The configuration: a preset (tiny, trace, edge, reference, u280), or a YAML file, which"
              + " may start from one with a line 'preset: NAME'.")
  private String config = "";

  @Option(
      names = "--set",
      paramLabel = "FIELD=VALUE",
      description =
          "Overrides fields of the configuration, as in --set channels=2,context=4096."
              + " May be repeated.")
  private List<String> overrides = new ArrayList<>();

  /**
   * The configuration that was asked for.
   *
   * @param defaultConfig used if the user names none
   */
  NamedConfig read(String defaultConfig) {
    List<String> given = overrides.stream().filter(override -> !override.isBlank()).toList();
    return ConfigReader.read(config.isBlank() ? defaultConfig : config, given);
  }
}
