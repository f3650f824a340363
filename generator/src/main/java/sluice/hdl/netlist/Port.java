package sluice.hdl.netlist;

/**
 * A port of a module.
 *
 * @param name name in the Verilog, unique within the module
 * @param direction input or output
 * @param node an {@link Node.Input}, or the {@link Node.Wire} that drives an output
 * @param group name of the interface it belongs to; ports of one group stand together
 * @param clock the clock that it belongs to; null for an asynchronous one
 */
public record Port(String name, Direction direction, Node node, String group, Clock clock) {

  /** Seen from inside the module. */
  public enum Direction {
    /** Into the module. */
    INPUT,

    /** Out of the module. */
    OUTPUT
  }

  /** That of its name: ports are keys of maps of one module. */
  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
