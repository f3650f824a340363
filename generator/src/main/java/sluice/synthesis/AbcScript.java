package sluice.synthesis;

/**
 * What abc does with logic: optimizes, maps for delay, buffers and sizes; the last step prints the
 * longest path.
 *
 * @param stage picoseconds that the logic between two registers may take: where it is shorter, it
 *     is made smaller; 0 for as short as can be everywhere
 * @param buffersInputs whether what inputs and registers drive is buffered; abc has to be told what
 *     drives them
 */
public record AbcScript(int stage, boolean buffersInputs) {

  /** The commands, as Yosys' {@code abc -script} takes them. */
  public String text() {
    String limit = stage == 0 ? "" : ",-D," + stage;
    String buffer = buffersInputs ? "buffer,-c,-p" : "buffer,-c";
    return "+strash;ifraig;scorr;dc2;dch,-f;map%1$s;topo;%2$s;upsize%1$s;dnsize%1$s;stime,-p"
        .formatted(limit, buffer);
  }
}
