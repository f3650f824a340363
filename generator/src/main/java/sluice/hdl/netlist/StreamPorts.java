package sluice.hdl.netlist;

/**
 * The hand-shake of a stream that is a port. The stream leaves the module if {@code valid} is an
 * output.
 *
 * @param valid the port that offers a value
 * @param ready the port that takes it, of the other direction
 */
public record StreamPorts(Port valid, Port ready) {

  /** Whether the module is the producer. */
  public boolean isOutput() {
    return valid.direction() == Port.Direction.OUTPUT;
  }
}
