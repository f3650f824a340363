package sluice.cosim.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import sluice.cosim.DriverCommand;
import sluice.cosim.SimulationException;

/** Carries out a program, a step a cycle. It begins with a reset. */
final class ProgramRunner {
  private static final int FIRST_RESET = 8;
  private static final int POLL_GAP = 16;
  private static final int SLVERR = 2;

  private final List<DriverCommand> program = new ArrayList<>();
  private final AxiLiteDriver driver;
  private final List<BusMemory> memories;
  private final boolean isRandom;
  private final SeededRandom random;
  private final List<Long> readings = new ArrayList<>();
  private int position;
  private boolean started;

  /** The cycle in which the command began. */
  private long since;

  private boolean polling;
  private long nextPoll;
  private boolean inReset;

  /**
   * @param memories the host's first
   */
  ProgramRunner(
      List<DriverCommand> commands,
      AxiLiteDriver driver,
      List<BusMemory> memories,
      boolean isRandom,
      SeededRandom random) {
    program.add(new DriverCommand.Reset(FIRST_RESET));
    program.addAll(commands);
    this.driver = driver;
    this.memories = memories;
    this.isRandom = isRandom;
    this.random = random;
  }

  boolean finished() {
    return position == program.size();
  }

  boolean inReset() {
    return inReset;
  }

  /** What the program has read, in order. */
  List<Long> readings() {
    return readings;
  }

  /** Where the program stands, for messages; empty at its end. */
  String where() {
    return finished() ? "" : " (command %d: %s)".formatted(position, program.get(position).text());
  }

  /**
   * Begins a cycle: goes on as far as it can.
   *
   * @param interrupt the pin in the cycle before
   * @return whether it got on, or waits on purpose
   */
  boolean step(long cycle, boolean interrupt) throws IOException {
    boolean activity = false;
    while (!finished()) {
      if (!started) {
        since = cycle;
        nextPoll = cycle;
        polling = false;
      }
      DriverCommand command = program.get(position);
      boolean done = advance(command, cycle, interrupt);
      activity |=
          done || command instanceof DriverCommand.Idle || command instanceof DriverCommand.Reset;
      started = !done;
      if (!done) {
        break;
      }
      position++;
    }
    return activity;
  }

  /** True if the command is done. */
  private boolean advance(DriverCommand command, long cycle, boolean interrupt) throws IOException {
    if (command instanceof DriverCommand.AwaitBits await) {
      return poll(await, cycle);
    } else if (command instanceof DriverCommand.AwaitPin await) {
      Check.that(
          interrupt || await.timeout() == 0 || cycle - since < await.timeout(),
          "no interrupt within %d cycles",
          await.timeout());
      return interrupt;
    } else if (command instanceof DriverCommand.Idle idle) {
      return cycle - since >= idle.cycles();
    } else if (command instanceof DriverCommand.Reset reset) {
      inReset = cycle - since < reset.cycles();
      return !inReset;
    } else if (command instanceof DriverCommand.Load load) {
      byte[] bytes = Files.readAllBytes(load.file());
      BusMemory host = memories.get(0);
      Check.that(
          host.contains(load.address(), bytes.length),
          "%s does not fit into host memory at 0x%x",
          load.file(),
          load.address());
      host.image().write(load.address(), bytes);
      return true;
    } else if (command instanceof DriverCommand.Fail fail) {
      memory(fail.memory()).addError(fail.address(), fail.bytes(), fail.error());
      return true;
    } else if (command instanceof DriverCommand.Heal) {
      memories.forEach(BusMemory::clearErrors);
      return true;
    }
    return access(command);
  }

  private BusMemory memory(String name) throws SimulationException {
    for (BusMemory memory : memories) {
      if (memory.name().equals(name)) {
        return memory;
      }
    }
    throw Check.failure("there is no memory '%s'", name);
  }

  private boolean access(DriverCommand command) throws SimulationException {
    if (!started) {
      if (command instanceof DriverCommand.Write write) {
        driver.startWrite(write.offset(), write.value());
      } else if (command instanceof DriverCommand.WriteRefused write) {
        driver.startWrite(write.offset(), write.value());
      } else if (command instanceof DriverCommand.Read read) {
        driver.startRead(read.offset());
      } else if (command instanceof DriverCommand.ReadRefused read) {
        driver.startRead(read.offset());
      }
      return false;
    }
    if (driver.busy()) {
      return false;
    }
    checkResponse(command);
    if (command instanceof DriverCommand.Read read) {
      long value = driver.data();
      readings.add(value);
      Check.that(
          ((value ^ read.expected()) & read.mask()) == 0,
          "register 0x%03x is 0x%08x, expected 0x%08x under mask 0x%08x",
          read.offset(),
          value,
          read.expected(),
          read.mask());
    }
    return true;
  }

  private boolean poll(DriverCommand.AwaitBits await, long cycle) throws SimulationException {
    if (driver.busy()) {
      return false;
    }
    if (polling) {
      polling = false;
      checkResponse(await);
      if ((driver.data() & await.mask()) == await.value()) {
        return true;
      }
      nextPoll = cycle + (isRandom ? random.below(4 * POLL_GAP) : POLL_GAP);
    }
    if (cycle >= nextPoll) {
      driver.startRead(await.offset());
      polling = true;
    }
    return false;
  }

  private void checkResponse(DriverCommand command) throws SimulationException {
    boolean refused =
        command instanceof DriverCommand.WriteRefused
            || command instanceof DriverCommand.ReadRefused;
    int expected = refused ? SLVERR : BusMemory.OKAY;
    Check.that(
        driver.response() == expected, "response %d, expected %d", driver.response(), expected);
  }
}
