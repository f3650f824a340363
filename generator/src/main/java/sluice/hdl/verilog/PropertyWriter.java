package sluice.hdl.verilog;

import java.util.List;
import java.util.Locale;
import sluice.hdl.netlist.Clock;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Property.Kind;

/**
 * Writes properties: as statements that formal tools take where FORMAL is defined, and otherwise as
 * plain Verilog that tells of them and stops the simulation.
 */
final class PropertyWriter {
  /** Characters of a string, so that a line has room for one. */
  private static final int LONGEST_STRING = 75;

  private final Declarations declarations;
  private final Expressions expressions;
  private final ClockPorts clocks;
  private final Locators locators;

  PropertyWriter(
      Declarations declarations, Expressions expressions, ClockPorts clocks, Locators locators) {
    this.locators = locators;
    this.declarations = declarations;
    this.expressions = expressions;
    this.clocks = clocks;
  }

  /**
   * Writes properties clock by clock.
   *
   * @param order the clocks of the module
   */
  String write(List<Clock> order, List<Property> properties) {
    StringBuilder formal = new StringBuilder();
    StringBuilder flags = new StringBuilder();
    StringBuilder simulated = new StringBuilder();
    for (Clock clock : order) {
      List<Property> ofClock = properties.stream().filter(p -> p.clock() == clock).toList();
      if (!ofClock.isEmpty()) {
        String indent = "    " + (clocks.outsideReset(clock) == null ? "" : "  ");
        StringBuilder statements = new StringBuilder();
        StringBuilder checks = new StringBuilder();
        for (Property property : ofClock) {
          formal(property, indent, statements);
          if (property.kind() == Kind.COVER) {
            cover(property, indent, flags, checks);
          } else {
            check(property, indent, checks);
          }
        }
        block(clock, statements, formal);
        block(clock, checks, simulated);
      }
    }
    return "\n`ifdef FORMAL"
        + formal
        + "`else"
        + (flags.isEmpty() ? "" : "\n" + flags)
        + simulated
        + "`endif\n";
  }

  private void block(Clock clock, StringBuilder statements, StringBuilder out) {
    String condition = clocks.outsideReset(clock);
    out.append("\n  always @(posedge ").append(clocks.clock(clock)).append(") begin\n");
    if (condition == null) {
      out.append(statements).append("  end\n");
    } else {
      out.append("    if (").append(condition).append(") begin\n").append(statements);
      out.append("    end\n  end\n");
    }
  }

  private void formal(Property property, String indent, StringBuilder out) {
    String word = property.kind().name().toLowerCase(Locale.ROOT);
    out.append(indent).append("// ");
    out.append(plain(property.site() + ": " + property.text())).append('\n').append(indent);
    if (property.kind() == Kind.COVER) {
      out.append("cover (").append(reached(property)).append(");");
      out.append(locators.mark(property.site())).append('\n');
      return;
    }
    if (property.enable() != null) {
      out.append("if (").append(expressions.of(property.enable())).append(") ");
    }
    out.append(word).append(" (").append(expressions.of(property.condition())).append(");");
    out.append(locators.mark(property.site())).append('\n');
  }

  private String reached(Property property) {
    return property.enable() == null
        ? expressions.of(property.condition())
        : expressions.both(property.enable(), property.condition());
  }

  private void check(Property property, String indent, StringBuilder out) {
    String failed = property.kind() == Kind.ASSERT ? "assertion" : "assumption";
    String inner = indent;
    if (property.enable() != null) {
      out.append(indent).append("if (").append(expressions.of(property.enable()));
      out.append(") begin\n");
      inner = indent + "  ";
    }
    out.append(inner).append("if (").append(expressions.none(property.condition()));
    out.append(") begin").append(locators.mark(property.site())).append('\n');
    out.append(inner).append("  ").append(display(failed + " failed: ", property)).append('\n');
    out.append(inner).append("  $stop;\n").append(inner).append("end\n");
    if (property.enable() != null) {
      out.append(indent).append("end\n");
    }
  }

  private void cover(Property property, String indent, StringBuilder flags, StringBuilder out) {
    String flag = declarations.unique("covered_" + Names.of(property));
    flags.append("  reg  ").append(flag).append(" = 1'b0;");
    flags.append(locators.mark(property.site())).append('\n');
    out.append(indent).append("if (!").append(flag).append(") begin\n");
    out.append(indent).append("  if (").append(reached(property)).append(") begin\n");
    out.append(indent).append("    ").append(flag).append(" <= 1'b1;");
    out.append(locators.mark(property.site())).append('\n');
    out.append(indent).append("    ").append(display("covered: ", property)).append('\n');
    out.append(indent).append("  end\n").append(indent).append("end\n");
  }

  /** A statement that tells a text, in strings between which its line can be broken. */
  private static String display(String what, Property property) {
    String text = plain(property.text() + " (" + property.site() + ")");
    text = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    StringBuilder out = new StringBuilder("$display(\"");
    int length = 0;
    for (String word : ("%m: " + what + text).split("(?<= )")) {
      if (length > 0 && length + word.length() > LONGEST_STRING) {
        out.append("\", \"");
        length = 0;
      }
      out.append(word);
      length += word.length();
    }
    return out.append("\");").toString();
  }

  /** A text of printable ASCII characters on one line. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[^ -~]", "?");
  }
}
