package sluice.bench.area;

import java.util.List;
import java.util.function.Supplier;
import sluice.hdl.Module;

/**
 * A unit that is measured.
 *
 * @param name what it is called on the command line and in {@code peers.yaml}
 * @param parameters its sizes, in words
 * @param operations multiply-adds that it does in a cycle, by which its area is divided
 * @param circuit makes it
 * @param stage picoseconds that the logic between two registers may take, which is what it is
 *     mapped for; 0 for the shortest there is
 * @param beside names of units that do the same another way, measured here, to compare area for an
 *     operation
 */
public record AreaUnit(
    String name,
    String parameters,
    int operations,
    int stage,
    Supplier<Module> circuit,
    List<String> beside) {

  /** Keeps a copy. */
  public AreaUnit {
    beside = List.copyOf(beside);
  }

  /** A unit of one operation, beside nothing that is measured here. */
  public AreaUnit(String name, String parameters, Supplier<Module> circuit) {
    this(name, parameters, 1, 0, circuit, List.of());
  }
}
