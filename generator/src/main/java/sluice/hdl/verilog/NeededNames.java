package sluice.hdl.verilog;

import java.util.BitSet;
import sluice.hdl.netlist.MemoryBlock;
import sluice.hdl.netlist.Netlist;
import sluice.hdl.netlist.Node;
import sluice.hdl.netlist.Operator;

/** The values that Verilog has to have a name for, since it cannot be written in their place. */
final class NeededNames {
  private final Declarations declarations;
  private final BitSet needed;

  /**
   * @param declarations with the names of the user's
   */
  NeededNames(Netlist netlist, Declarations declarations) {
    this.declarations = declarations;
    this.needed = new BitSet(netlist.idBound());
  }

  boolean contains(Node node) {
    return needed.get(node.id());
  }

  /** Finds what a part of the netlist needs. */
  void mark(Usage part) {
    part.computed().forEach(this::mark);
    part.memories().stream().filter(memory -> !memory.synchronous()).forEach(this::markWrites);
  }

  /** Verilog selects bits of identifiers only, and words by a plain index. */
  private void mark(Node node) {
    if (node instanceof Node.MemoryRead read) {
      markIndex(read.address());
    } else if (node instanceof Node.Slice slice) {
      needed.set(slice.source().id());
    } else if (node instanceof Node.Operation operation
        && operation.operator() == Operator.SIGN_EXTEND
        && !(operation.operands().get(0) instanceof Node.Slice)
        && operation.operands().get(0).width() > 1) {
      needed.set(operation.operands().get(0).id());
    } else if (node instanceof Node.Operation operation && isShift(operation.operator())) {
      markAmount(operation.operands().get(1));
    }
  }

  private static boolean isShift(Operator operator) {
    return switch (operator) {
      case SHIFT_LEFT, SHIFT_RIGHT, SHIFT_RIGHT_SIGNED -> true;
      default -> false;
    };
  }

  /**
   * A wide amount is written by its bits. Icarus Verilog makes wrong code of a shift by a word of a
   * memory at a constant address.
   */
  private void markAmount(Node amount) {
    boolean word =
        amount instanceof Node.MemoryRead read && read.address() instanceof Node.Constant;
    if (word || Expressions.isWideAmount(amount)) {
      needed.set(amount.id());
    }
  }

  /** Writes of a register file in lanes take bits of the mask and of the data. */
  private void markWrites(MemoryBlock memory) {
    for (MemoryBlock.Write write : memory.writes()) {
      markIndex(write.address());
      if (MemoryPorts.takesLanes(memory, write)) {
        needed.set(write.address().id());
        needed.set(write.data().id());
        needed.set(write.mask().id());
      }
    }
  }

  /**
   * An index that is computed gets a name: Icarus Verilog computes an index with more bits than its
   * operands have, so that a sum would not wrap around.
   */
  private void markIndex(Node index) {
    if (index instanceof Node.Operation operation) {
      boolean plain =
          switch (operation.operator()) {
            case AND, OR, XOR ->
                operation.operands().stream()
                    .noneMatch(
                        operand ->
                            operand instanceof Node.Operation
                                && declarations.identifier(operand) == null);
            case CONCAT, ZERO_EXTEND, SIGN_EXTEND -> true;
            default -> false;
          };
      if (!plain) {
        needed.set(index.id());
      }
    }
  }
}
