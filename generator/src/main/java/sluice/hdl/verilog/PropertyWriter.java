package sluice.hdl.verilog;

import java.util.List;
import sluice.hdl.netlist.Property;
import sluice.hdl.netlist.Property.Kind;

/**
 * Writes properties: as statements that formal tools take where FORMAL is defined, and otherwise as
 * plain Verilog that tells of them and stops the simulation.
 */
final class PropertyWriter {
  private final Declarations declarations;
  private final Expressions expressions;
  private final ResetStyle reset;

  PropertyWriter(Declarations declarations, Expressions expressions, ResetStyle reset) {
    this.declarations = declarations;
    this.expressions = expressions;
    this.reset = reset;
  }

  String write(List<Property> properties) {
    StringBuilder formal = new StringBuilder();
    StringBuilder flags = new StringBuilder();
    StringBuilder simulated = new StringBuilder();
    for (Property property : properties) {
      formal(property, formal);
      if (property.kind() == Kind.COVER) {
        cover(property, flags, simulated);
      } else {
        check(property, simulated);
      }
    }
    return "\n`ifdef FORMAL"
        + block(formal)
        + "`else"
        + (flags.isEmpty() ? "" : "\n" + flags)
        + block(simulated)
        + "`endif\n";
  }

  private String block(StringBuilder statements) {
    return "\n  always @(posedge clock) begin\n    if ("
        + reset.released()
        + ") begin\n"
        + statements
        + "    end\n  end\n";
  }

  private void formal(Property property, StringBuilder out) {
    String word = property.kind().name().toLowerCase(java.util.Locale.ROOT);
    out.append("      // ").append(plain(property.site() + ": " + property.text())).append('\n');
    out.append("      ");
    if (property.kind() == Kind.COVER) {
      out.append("cover (").append(reached(property)).append(");\n");
      return;
    }
    if (property.enable() != null) {
      out.append("if (").append(expressions.of(property.enable())).append(") ");
    }
    out.append(word).append(" (").append(expressions.of(property.condition())).append(");\n");
  }

  private String reached(Property property) {
    return property.enable() == null
        ? expressions.of(property.condition())
        : expressions.both(property.enable(), property.condition());
  }

  private void check(Property property, StringBuilder out) {
    String none = expressions.none(property.condition());
    String failed = property.kind() == Kind.ASSERT ? "assertion" : "assumption";
    out.append("      if (");
    if (property.enable() == null) {
      out.append(none);
    } else {
      out.append(expressions.of(property.enable())).append(") begin\n        if (").append(none);
    }
    String indent = property.enable() == null ? "        " : "          ";
    out.append(") begin\n").append(indent);
    out.append(display(failed + " failed: ", property)).append('\n');
    out.append(indent).append("$stop;\n");
    if (property.enable() != null) {
      out.append("        end\n");
    }
    out.append("      end\n");
  }

  private void cover(Property property, StringBuilder flags, StringBuilder out) {
    String flag = declarations.unique("covered");
    flags.append("  reg  ").append(flag).append(" = 1'b0;\n");
    out.append("      if (!").append(flag).append(") begin\n");
    out.append("        if (").append(reached(property)).append(") begin\n");
    out.append("          ").append(flag).append(" <= 1'b1;\n");
    out.append("          ").append(display("covered: ", property)).append('\n');
    out.append("        end\n      end\n");
  }

  private static String display(String what, Property property) {
    String text = plain(property.text() + " (" + property.site() + ")");
    text = text.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    return "$display(\"%m: " + what + text + "\");";
  }

  /** A text of printable ASCII characters on one line. */
  private static String plain(String text) {
    return text.replaceAll("\\s+", " ").replaceAll("[^ -~]", "?");
  }
}
