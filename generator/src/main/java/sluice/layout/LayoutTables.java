package sluice.layout;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Registers, descriptor, completion record and status codes as tables in Markdown, for people. The
 * tables end with a line break.
 */
public final class LayoutTables {

  private LayoutTables() {}

  /** The registers: offset, name, access, reset value, meaning; fields narrower than 32 bits. */
  public static String registers(RegisterMap map) {
    StringBuilder table = header("Offset", "Register", "Access", "Reset", "Meaning");
    for (Register register : map.registers()) {
      row(
          table,
          code("0x%03X".formatted(register.offset())),
          code(register.name()),
          register.constant() ? "ro, constant" : register.access().word(),
          code("0x%X".formatted(register.reset())),
          meaning(register));
    }
    return table.toString();
  }

  /** The fields of a structure made of 64-bit words. */
  public static String fields(List<BitField> fields) {
    StringBuilder table = header("Word", "Byte", "Bits", "Field", "Meaning");
    for (BitField field : fields) {
      row(
          table,
          Integer.toString(field.word()),
          code("0x%02X".formatted(field.word() * Long.BYTES)),
          range(field.high(), field.low()),
          code(field.name()),
          field.meaning());
    }
    return table.toString();
  }

  /** The status codes. */
  public static String statuses() {
    StringBuilder table = header("Code", "Status", "Meaning", "Checked as number");
    for (Status status : Status.values()) {
      int place = Status.CHECK_ORDER.indexOf(status) + 1;
      row(
          table,
          Integer.toString(status.code()),
          code(status.name()),
          status.meaning(),
          place == 0 ? "" : Integer.toString(place));
    }
    return table.toString();
  }

  private static String meaning(Register register) {
    boolean whole = register.fields().size() == 1 && register.fields().get(0).width() == 32;
    if (whole) {
      return register.description();
    }
    String fields =
        register.fields().stream()
            .map(
                field ->
                    "%s %s: %s"
                        .formatted(
                            range(field.high(), field.low()), code(field.name()), field.meaning()))
            .collect(Collectors.joining("; "));
    return register.description() + " " + fields + ".";
  }

  private static String range(int high, int low) {
    return high == low ? "[%d]".formatted(low) : "[%d:%d]".formatted(high, low);
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static StringBuilder header(String... titles) {
    StringBuilder table = new StringBuilder();
    row(table, titles);
    table.append("|").append(" --- |".repeat(titles.length)).append("\n");
    return table;
  }

  private static void row(StringBuilder table, String... cells) {
    table.append(
        List.of(cells).stream()
            .map(cell -> " " + cell + " |")
            .collect(Collectors.joining("", "|", "\n")));
  }
}
