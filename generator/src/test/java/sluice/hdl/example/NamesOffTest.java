package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sluice.hdl.Elaborator;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.netlist.Node;

/**
 * {@code -Dsluice.hdl.names=off} leaves out what the user's Java says, so that it can be measured.
 */
class NamesOffTest {

  private static final class Sum extends Module {
    private final UInt a = input(UInt.of(8));
    private final UInt b = input(UInt.of(8));
    private final UInt out = output(UInt.of(9));

    Sum() {
      UInt total = a.plus(b);
      out.set(total);
    }
  }

  /** A process of its own, since the property is looked at once. */
  public static final class Names {
    private Names() {}

    /** Prints the name and the line of each value that is computed. */
    public static void main(String[] arguments) {
      for (Node node : Elaborator.elaborate(new Sum()).top().nodes()) {
        if (node instanceof Node.Operation) {
          System.out.println(node.name() + " " + node.site());
        }
      }
    }
  }

  private static List<String> run(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Names.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.lines().toList();
  }

  @Test
  void namesAndLinesAreLeftOutWhenTheyAreOff() throws IOException, InterruptedException {
    assertThat(run()).anyMatch(line -> line.startsWith("total NamesOffTest.java:"));
    assertThat(run("-Dsluice.hdl.names=off"))
        .isNotEmpty()
        .allMatch(line -> line.equals("null unknown source"));
  }
}
