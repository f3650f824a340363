package sluice.hdl;

/** Turns Java names into the snake case of the Verilog. */
final class Identifier {
  private Identifier() {}

  /** {@code scoreBuffer} to {@code score_buffer}, {@code TopK} to {@code top_k}. */
  static String snakeCase(String java) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < java.length(); i++) {
      char c = java.charAt(i);
      boolean upper = Character.isUpperCase(c);
      boolean afterLower = i > 0 && !Character.isUpperCase(java.charAt(i - 1));
      boolean beforeLower = i + 1 < java.length() && Character.isLowerCase(java.charAt(i + 1));
      boolean boundary = upper && i > 0 && (afterLower || beforeLower);
      if (boundary && java.charAt(i - 1) != '_') {
        result.append('_');
      }
      result.append(Character.toLowerCase(c));
    }
    return result.toString().replace('$', '_');
  }
}
