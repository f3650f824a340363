package sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {

  private static final String FIELDS =
      "channels, channelBits, headDim, groupQueries, heavyChannels, keyBits, queryBits, buckets,"
          + " context, maxSelected, pageTokens, kvHeads, readsInFlight, dividers, addressBits,"
          + " arithmetic";

  @TempDir Path folder;

  @Test
  void readsAPresetByItsName() {
    assertThat(ConfigReader.read("reference", List.of()))
        .isEqualTo(new NamedConfig("reference", Presets.get("reference")));
  }

  @Test
  void readsAFileThatStartsFromAPreset() throws IOException {
    String file = file("mine.yaml", "preset: edge\ncontext: 4096\nmaxSelected: 512 # few\n");

    NamedConfig read = ConfigReader.read(file, List.of());

    assertThat(read.name()).isEqualTo("mine");
    assertThat(read.config())
        .isEqualTo(
            TestConfigs.operators(1, 512, 128, 4, 32, 2, 4, 256, 4096, 512, 512, 8, 16, 8, 40));
  }

  @Test
  void aPresetMayBeNamedAfterTheFieldsThatOverrideIt() throws IOException {
    String file = file("mine.yml", "queryBits: 8\npreset: tiny\n");

    assertThat(ConfigReader.read(file, List.of()).config().queryBits()).isEqualTo(8);
  }

  @Test
  void readsAFileWithAllFields() throws IOException {
    StringBuilder text = new StringBuilder();
    ConfigFields.of(Presets.get("u280"))
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));

    assertThat(ConfigReader.read(file("full.yaml", text.toString()), List.of()).config())
        .isEqualTo(Presets.get("u280"));
  }

  @Test
  void overridesFields() {
    AcceleratorConfig config =
        ConfigReader.read("edge", List.of("channels=2, context=4096", "queryBits=6")).config();

    assertThat(config.channels()).isEqualTo(2);
    assertThat(config.context()).isEqualTo(4096);
    assertThat(config.queryBits()).isEqualTo(6);
  }

  @Test
  void theArithmeticIsAWord() throws IOException {
    String file = file("mine.yaml", "preset: tiny\narithmetic: gates\n");

    assertThat(ConfigReader.read(file, List.of()).config())
        .isEqualTo(Presets.get("tiny").withArithmetic(ArithmeticStyle.GATES));
    assertThat(ConfigReader.read(file, List.of("arithmetic=operators")).config())
        .isEqualTo(Presets.get("tiny"));
  }

  @Test
  void otherWordsAndNumbersAreNoArithmetic() {
    assertRead("tiny", "arithmetic=fast")
        .hasMessage("arithmetic is 'fast'; allowed is operators or gates");
    assertRead("tiny", "arithmetic=Gates")
        .hasMessage("arithmetic is 'Gates'; allowed is operators or gates");
    assertRead("tiny", "arithmetic=1")
        .hasMessage("arithmetic is '1'; allowed is operators or gates");
    assertRead("tiny", "arithmetic=").hasMessage("arithmetic is ''; allowed is operators or gates");
  }

  @Test
  void theLastOverrideOfAFieldHolds() {
    assertThat(ConfigReader.read("edge", List.of("channels=2", "channels=4")).config().channels())
        .isEqualTo(4);
  }

  @Test
  void overridesAreValidatedTogetherWithTheRest() {
    assertRead("tiny", "context=128,maxSelected=256")
        .hasMessage("maxSelected is 256; allowed is at most context, which is 128");
  }

  @Test
  void aPresetsSizesShrinkWithTheContext() {
    AcceleratorConfig config = ConfigReader.read("edge", List.of("context=256")).config();

    assertThat(config.maxSelected()).isEqualTo(256);
    assertThat(config.pageTokens()).isEqualTo(256);
  }

  @Test
  void aFilesPresetShrinksWithTheFilesContext() throws IOException {
    String file = file("mine.yaml", "preset: edge\ncontext: 4096\n");

    AcceleratorConfig config = ConfigReader.read(file, List.of()).config();

    assertThat(config.maxSelected()).isEqualTo(4096);
    assertThat(config.pageTokens()).isEqualTo(512);
  }

  @Test
  void aWrongContextIsTheOnlyProblemReported() {
    assertRead("edge", "context=0")
        .hasMessage("context is 0; allowed is a power of two, 16 to 1048576");
    assertRead("edge", "context=100")
        .hasMessage("context is 100; allowed is a power of two, 16 to 1048576");
  }

  @Test
  void sizesThatTheUserGivesNeverShrink() throws IOException {
    String file = file("mine.yaml", "preset: edge\nmaxSelected: 8192\n");

    assertRead(file, "context=4096")
        .hasMessage("maxSelected is 8192; allowed is at most context, which is 4096");
  }

  @Test
  void anUnknownOverrideNamesTheNearestFieldAndAll() {
    assertRead("tiny", "chanels=2")
        .hasMessage("unknown field 'chanels' (did you mean 'channels'?); the fields are " + FIELDS);
  }

  @Test
  void caseAndUnderscoresDoNotHideTheNearestField() {
    assertRead("tiny", "HEAD_DIM=2")
        .hasMessage("unknown field 'HEAD_DIM' (did you mean 'headDim'?); the fields are " + FIELDS);
  }

  @Test
  void anUnknownOverrideFarFromAllFieldsSuggestsNone() {
    assertRead("tiny", "frequency=2")
        .hasMessage("unknown field 'frequency'; the fields are " + FIELDS);
  }

  @Test
  void anOverrideMustBeAnInteger() {
    assertRead("tiny", "channels=two").hasMessage("channels is 'two'; allowed is an integer");
    assertRead("tiny", "channels=2.0").hasMessage("channels is '2.0'; allowed is an integer");
    assertRead("tiny", "channels=").hasMessage("channels is ''; allowed is an integer");
    assertRead("tiny", "context=4294967296")
        .hasMessage("context is '4294967296'; allowed is an integer");
  }

  @Test
  void anOverrideMustHaveAValue() {
    assertRead("tiny", "channels")
        .hasMessage(
            "'channels' sets nothing; allowed is field=value, as in channels=2,context=4096");
  }

  @Test
  void aWrongPresetAndWrongOverridesAreReportedTogether() {
    assertRead("small", "channels=x,keyBits=y")
        .hasMessage(
            """
            3 problems with the configuration:
              unknown preset 'small'; the presets are tiny, trace, edge, reference, u280
              channels is 'x'; allowed is an integer
              keyBits is 'y'; allowed is an integer""");
  }

  @Test
  void aMissingFileIsNamed() {
    assertRead("nowhere/mine.yaml").hasMessage("there is no configuration file nowhere/mine.yaml");
    assertRead("mine.yaml").hasMessage("there is no configuration file mine.yaml");
  }

  @Test
  void aFolderIsNoFile() {
    assertRead(folder.toString()).hasMessage(folder + " is not a file");
  }

  @Test
  void aFileThatIsNotTextIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("mine.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe});

    assertRead(file.toString()).hasMessage(file + " is not a text file in UTF-8");
  }

  @Test
  void problemsOfAFileComeWithItsLines() throws IOException {
    String file =
        file(
            "mine.yaml",
            """
            preset: ege
            chanels: 2

            keyBits: four
            queryBits: 4.5
            buckets: [64]
            headDim: {bits: 3}
            context:
            maxSelected: 99999999999
            dividers: 2
            dividers: 4
            arithmetic: carefully
            """);

    assertRead(file)
        .extracting(e -> ((ConfigException) e).problems())
        .isEqualTo(
            List.of(
                file
                    + ":1: unknown preset 'ege' (did you mean 'edge'?);"
                    + " the presets are tiny, trace, edge, reference, u280",
                file
                    + ":2: unknown field 'chanels' (did you mean 'channels'?); the fields are "
                    + FIELDS,
                file + ":4: keyBits is 'four'; allowed is an integer",
                file + ":5: queryBits is 4.5; allowed is an integer",
                file + ":6: buckets is a list; allowed is an integer",
                file + ":7: headDim is a mapping; allowed is an integer",
                file + ":8: context is empty; allowed is an integer",
                file + ":9: maxSelected is 99999999999; allowed is an integer",
                file + ":11: 'dividers' is already set in line 10",
                file + ":12: arithmetic is 'carefully'; allowed is operators or gates"));
  }

  @Test
  void theArithmeticOfAFileIsNeitherNumberNorList() throws IOException {
    String number = file("number.yaml", "preset: tiny\narithmetic: 1\n");
    String list = file("list.yaml", "preset: tiny\narithmetic: [gates]\n");

    assertRead(number).hasMessage(number + ":2: arithmetic is 1; allowed is operators or gates");
    assertRead(list).hasMessage(list + ":2: arithmetic is a list; allowed is operators or gates");
  }

  @Test
  void textThatIsNotYamlIsRefusedWithItsLine() throws IOException {
    String file = file("mine.yaml", "preset: edge\nchannels: [2\nkeyBits: 2\n");

    assertRead(file)
        .hasMessage(
            file
                + ":3: not valid YAML: while parsing a flow sequence,"
                + " expected ',' or ']', but got :");
  }

  @Test
  void aFileMustBeAMapping() throws IOException {
    String file = file("mine.yaml", "- edge\n");

    assertRead(file).hasMessage(file + ":1: expected lines of the form 'field: value'");
  }

  @Test
  void aFileHoldsOneDocument() throws IOException {
    String file = file("mine.yaml", "preset: edge\n---\npreset: tiny\n");

    assertRead(file).hasMessage(file + ":3: expected one document, found another");
  }

  @Test
  void aFileWithoutPresetMustGiveEveryField() throws IOException {
    StringBuilder text = new StringBuilder();
    ConfigFields.of(Presets.get("tiny"))
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    String file =
        file("mine.yaml", text.toString().replaceAll("kvHeads: 2\n|addressBits: 40\n", ""));

    assertRead(file)
        .hasMessage(
            "no value for kvHeads, addressBits; give every field,"
                + " or a preset to start from, as in 'preset: edge'");
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> assertRead(
      String source, String... overrides) {
    return assertThatThrownBy(() -> ConfigReader.read(source, List.of(overrides)))
        .isInstanceOf(ConfigException.class);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
