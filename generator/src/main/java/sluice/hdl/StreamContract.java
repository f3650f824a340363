package sluice.hdl;

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
    Bool waiting = module.register(Bool.of()).reset(false).named("waiting");
    waiting.set(stream.valid().andNot(stream.ready()));
    UInt payload = Module.pack(stream.payload());
    UInt offered = module.delayed(payload).named("offered");
    Module.when(
        waiting,
        () -> {
          statement.of(stream.valid(), "an offered value is not taken back");
          statement.of(payload.eq(offered), "an offered value does not change");
        });
  }
}
