package sluice.hdl;

import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Site;

/**
 * The contract of a {@link Stream} as properties: once a value is offered, {@code valid} stays high
 * and the payload stays the same until it is taken. The properties belong to the module in which
 * the stream can be used, and are declared outside of any {@code when}.
 */
public final class StreamContract {
  private StreamContract() {}

  /** Asserts the contract: for a stream that the module offers, or one between its children. */
  public static void check(Stream<?> stream) {
    Module module = stream.valid().module();
    declare(stream, module, module::always);
  }

  /** Assumes the contract: for a stream that the module takes from outside. */
  public static void assume(Stream<?> stream) {
    Module module = stream.valid().module();
    declare(stream, module, module::assume);
  }

  private interface Statement {
    void of(Bool condition, String text);
  }

  private static void declare(Stream<?> stream, Module module, Statement statement) {
    Bool waiting = module.register(Bool.of()).reset(false);
    waiting.set(stream.valid().andNot(stream.ready()));
    UInt payload = Module.pack(stream.payload());
    UInt offered = module.delayed(payload);
    Site site = Trace.here().site();
    module.atEnd(
        () -> {
          String name = name(stream, module);
          waiting.nodeIn(module, site).rename(name + "_waiting", NameLevel.RENAMEABLE);
          offered.nodeIn(module, site).rename(name + "_offered", NameLevel.RENAMEABLE);
        });
    Module.when(
        waiting,
        () -> {
          statement.of(stream.valid(), "an offered value is not taken back");
          statement.of(payload.eq(offered), "an offered value does not change");
        });
  }

  /** The name of a stream: of the port, with the child's before it, or of what its valid is. */
  private static String name(Stream<?> stream, Module module) {
    String valid;
    if (stream.valid().source() instanceof Source.Boundary port) {
      String ofChild = port.module == module ? "" : port.module.instance().name() + "_";
      valid = ofChild + port.inside.name();
    } else {
      valid = stream.valid().nodeIn(module, Site.NONE).name();
    }
    return valid == null ? "stream" : valid.replaceFirst("_valid$", "");
  }
}
