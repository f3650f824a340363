package sluice.hdl.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Crossing;
import sluice.hdl.netlist.Design;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Port;
import sluice.hdl.netlist.Site;

/** Designs as the Java that builds them. */
class JavaPrinterTest {
  @TempDir Path folder;

  private static Design small() {
    Netlist netlist = new Netlist("small", Site.NONE);
    Node.Input input = new Node.Input(netlist, 8, Site.NONE);
    Clock other = new Clock("other", null, null, false, Site.NONE);
    netlist.clocks().add(other);
    Node.Register register = new Node.Register(netlist, other, Crossing.NONE, 8, Site.NONE);
    register.rename("held");
    register.setNext(input);
    Node.Wire output = new Node.Wire(netlist, 8, Site.NONE);
    output.setDriver(register);
    netlist.ports().add(new Port("in", Port.Direction.INPUT, input, "", netlist.clock()));
    netlist.ports().add(new Port("out", Port.Direction.OUTPUT, output, "", other));
    return Design.of(netlist);
  }

  @Test
  void theMethodReadsLikeCodeOfOnesOwn() {
    assertThat(JavaPrinter.print(small()))
        .isEqualTo(
            """
            static Design design() {
              Netlist m0 = new Netlist("small", Site.NONE);
              Node.Input m0n0 = new Node.Input(m0, 8, Site.NONE);
              Clock m0c1 = new Clock("other", null, null, false, Site.NONE);
              m0.clocks().add(m0c1);
              Node.Register m0n1 = new Node.Register(m0, m0c1, Crossing.NONE, 8, Site.NONE);
              m0n1.rename("held", NameLevel.RENAMEABLE);
              Node.Wire m0n2 = new Node.Wire(m0, 8, Site.NONE);
              m0n1.setNext(m0n0);
              m0n2.setDriver(m0n1);
              m0.ports().add(new Port("in", Port.Direction.INPUT, m0n0, "", m0.clock()));
              m0.ports().add(new Port("out", Port.Direction.OUTPUT, m0n2, "", m0c1));
              return Design.of(m0);
            }
            """);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void compiledItBuildsTheSameDesign(long seed) throws Exception {
    String printed = JavaPrinter.print(RandomDesign.of(seed));
    Path source = folder.resolve("Built.java");
    Files.writeString(
        source,
        JavaPrinter.imports() + "public class Built {\npublic " + printed.indent(2) + "}\n");
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(code).isZero();
    URL[] path = {folder.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
      Method method = loader.loadClass("Built").getMethod("design");
      assertThat(JavaPrinter.print((Design) method.invoke(null))).isEqualTo(printed);
    }
  }
}
