package sluice.accel;

import java.util.Random;
import sluice.hdl.Bool;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;

/**
 * A neighbour of a block that works for some cycles after a pulse of the block: an input of the
 * block is low meanwhile, and then high, for one cycle or until the next pulse.
 */
public final class Reply implements Activity {
  private static final int MOST_CYCLES = 60;

  private final Bool pulse;
  private final Bool done;
  private final boolean stays;
  private final int mostCycles;
  private final Random random;
  private int left = -1;
  private int pulses;

  private Reply(Bool pulse, Bool done, boolean stays, Stalls stalls, long seed) {
    this.pulse = pulse;
    this.done = done;
    this.stays = stays;
    this.mostCycles = (int) (MOST_CYCLES * stalls.both());
    this.random = new Random(seed);
  }

  /** Answers with a level. */
  public static Reply level(Bool pulse, Bool done, Stalls stalls, long seed) {
    return new Reply(pulse, done, true, stalls, seed);
  }

  /** Answers with a pulse. */
  public static Reply pulse(Bool pulse, Bool done, Stalls stalls, long seed) {
    return new Reply(pulse, done, false, stalls, seed);
  }

  /** Pulses so far. */
  public int pulses() {
    return pulses;
  }

  @Override
  public void drive(Simulator simulator) {
    if (left > 0) {
      left--;
    }
    simulator.poke(done, left == 0);
    if (left == 0 && !stays) {
      left = -1;
    }
  }

  @Override
  public void sample(Simulator simulator) {
    if (!simulator.inReset() && simulator.isHigh(pulse)) {
      left = 1 + random.nextInt(mostCycles + 1);
      pulses++;
    }
  }
}
