package sluice.cosim;

import java.util.ArrayDeque;
import java.util.Deque;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.SignalWords;
import sluice.hdl.sim.Simulator;
import sluice.layout.RegisterMap;

/** Writes registers over AXI4-Lite, one after the other, in the JVM simulator. */
final class RegisterWriter implements Activity {
  private final RegisterMap map;
  private final SignalWords addressValid;
  private final SignalWords addressReady;
  private final SignalWords address;
  private final SignalWords dataValid;
  private final SignalWords dataReady;
  private final SignalWords data;
  private final SignalWords strobe;
  private final SignalWords answerValid;
  private final SignalWords answerReady;
  private final Deque<long[]> writes = new ArrayDeque<>();
  private boolean addressTaken;
  private boolean dataTaken;

  /**
   * @param prefix of the names of the port's signals
   */
  RegisterWriter(Simulator simulator, String prefix, RegisterMap map) {
    this.map = map;
    addressValid = simulator.words(prefix + "_awvalid");
    addressReady = simulator.words(prefix + "_awready");
    address = simulator.words(prefix + "_awaddr");
    dataValid = simulator.words(prefix + "_wvalid");
    dataReady = simulator.words(prefix + "_wready");
    data = simulator.words(prefix + "_wdata");
    strobe = simulator.words(prefix + "_wstrb");
    answerValid = simulator.words(prefix + "_bvalid");
    answerReady = simulator.words(prefix + "_bready");
  }

  /** Writes a register of 32 bits after those before. */
  RegisterWriter write(String register, long value) {
    writes.add(new long[] {map.register(register).offset(), value & 0xFFFF_FFFFL});
    return this;
  }

  /** Writes a pair of registers, NAME_LO and NAME_HI. */
  RegisterWriter writeWide(String name, long value) {
    return write(name + "_LO", value).write(name + "_HI", value >>> 32);
  }

  @Override
  public void drive(Simulator simulator) {
    boolean offering = !writes.isEmpty() && !simulator.inReset();
    addressValid.set(0, offering && !addressTaken ? 1 : 0);
    dataValid.set(0, offering && !dataTaken ? 1 : 0);
    address.set(0, offering ? writes.element()[0] : 0);
    data.set(0, offering ? writes.element()[1] : 0);
    strobe.set(0, 0xF);
    answerReady.set(0, 1);
  }

  @Override
  public void sample(Simulator simulator) {
    addressTaken |= addressValid.get(0) != 0 && addressReady.get(0) != 0;
    dataTaken |= dataValid.get(0) != 0 && dataReady.get(0) != 0;
    if (answerValid.get(0) != 0 && !simulator.inReset()) {
      writes.remove();
      addressTaken = false;
      dataTaken = false;
    }
  }

  @Override
  public String progress() {
    return writes.size() + " registers to write";
  }
}
