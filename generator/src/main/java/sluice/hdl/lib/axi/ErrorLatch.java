package sluice.hdl.lib.axi;

import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;

/** Keeps the address of the first access that failed until it is cleared. */
final class ErrorLatch extends Module {

  /** Whether an access fails in this cycle. */
  public final Bool failed;

  /** Its address. */
  public final UInt address;

  /** Forgets the error; one in the same cycle wins. */
  public final Bool clear;

  public final Bool error;
  public final UInt errorAddress;

  ErrorLatch(int addressBits) {
    super("error_latch" + addressBits);
    describe("Keeps the address of the first access that failed until it is cleared.");
    failed = input(Bool.of());
    address = input(UInt.of(addressBits));
    clear = input(Bool.of());
    error = output(Bool.of());
    errorAddress = output(UInt.of(addressBits));

    Bool seen = register(Bool.of()).reset(false);
    UInt firstAddress = register(UInt.of(addressBits));
    Bool first = failed.and(seen.not().or(clear));
    when(failed, () -> seen.set(true)).elseWhen(clear, () -> seen.set(false));
    when(first, () -> firstAddress.set(address));
    error.set(seen);
    errorAddress.set(firstAddress);
  }
}
