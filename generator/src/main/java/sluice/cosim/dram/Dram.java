package sluice.cosim.dram;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import sluice.cosim.dram.DramConfig.Parameter;

/**
 * A DRAM channel and its controller, cycle by cycle of the memory: banks with open rows, the data
 * bus, activation windows, refresh of all banks at once. Commands are scheduled first ready, first
 * come: of the column commands that are possible that of the oldest access, and of the row commands
 * the same. Rows stay open until another is wanted. Reads go before writes, until no read waits,
 * too many writes do, or one for too long; then all writes that wait are done.
 *
 * <p>An access is answered as a whole. This is the Java side of {@code verilator-tb/top/dram.cc},
 * which does the same in every cycle.
 */
public final class Dram {

  /** Cycles of the memory that a write waits at most while reads go before it. */
  private static final int LONGEST_WAIT = 1000;

  /** Row commands in a window of tFAW. */
  private static final int WINDOW = 4;

  /** Between the data of a read and that of a write the bus turns around. */
  private static final int TURNAROUND = 2;

  private static final long LONG_AGO = -1_000_000;

  private final DramConfig config;
  private final int memoryMhz;
  private final int portMhz;
  private final int burstCycles;
  private final Bank[] banks;

  // The first cycles in which a group can be read, written and activated.
  private final long[] nextRead;
  private final long[] nextWrite;
  private final long[] nextActivate;

  private final long[] activations = new long[WINDOW];
  private int activation;
  private final Deque<DramAccess> writes = new ArrayDeque<>();
  private int reads;

  /** Writes to do before reads are looked at again. */
  private int writesToDrain;

  private long now;
  private long nextRefresh;
  private long order;
  private long columnCount;
  private long activationCount;
  private long refreshCycles;

  /**
   * A channel in which nothing has happened.
   *
   * @param portMhz clock of the port, in whose cycles requests come and answers go
   */
  public Dram(DramConfig config, int portMhz) {
    this.config = config;
    this.portMhz = portMhz;
    memoryMhz = config.get(Parameter.MEMORY_MHZ);
    burstCycles = config.get(Parameter.BURST_CYCLES);
    int groups = config.get(Parameter.GROUPS);
    banks = new Bank[groups * config.get(Parameter.BANKS)];
    for (int i = 0; i < banks.length; i++) {
      banks[i] = new Bank(i / config.get(Parameter.BANKS));
    }
    nextRead = new long[groups];
    nextWrite = new long[groups];
    nextActivate = new long[groups];
    Arrays.fill(activations, LONG_AGO);
    nextRefresh = config.get(Parameter.T_REFI);
  }

  /** Whether another access can be accepted. */
  public boolean hasRoom(boolean write) {
    return (write ? writes.size() : reads) < config.get(Parameter.QUEUE);
  }

  /** Accepts an access; its time is the cycle that {@link #advance} has come to. */
  public void accept(DramAccess access) {
    List<Bank.Part> parts = new ArrayList<>();
    int burst = config.get(Parameter.BURST_BYTES);
    AddressMap map = config.addresses();
    int commands = 0;
    long end = access.address() + access.bytes();
    for (long at = access.address() & -(long) burst; at < end; at += burst) {
      part(parts, access, banks[map.bank(at)], map.row(at)).commands++;
      commands++;
    }
    access.accept(now, order++, commands);
    if (access.isWrite()) {
      writes.add(access);
    } else {
      reads++;
    }
  }

  /** The part of an access that is in a row of a bank; a new one goes to the bank's end. */
  private static Bank.Part part(List<Bank.Part> parts, DramAccess access, Bank bank, long row) {
    List<Bank.Part> waiting = access.isWrite() ? bank.writes : bank.reads;
    for (int i = waiting.size() - 1; i >= 0 && waiting.get(i).access == access; i--) {
      if (waiting.get(i).row == row) {
        return waiting.get(i);
      }
    }
    Bank.Part part = new Bank.Part(access, row);
    waiting.add(part);
    parts.add(part);
    return part;
  }

  /** Forgets what waits. */
  public void reset() {
    for (Bank bank : banks) {
      bank.clear();
    }
    reads = 0;
    writes.clear();
    writesToDrain = 0;
  }

  /** Lets the memory run up to the begin of a cycle of the port. */
  public void advance(long portCycle) {
    long until = portCycle * memoryMhz / portMhz;
    while (now < until) {
      if (now >= nextRefresh) {
        refresh();
      } else if (reads == 0 && writes.isEmpty()) {
        now = Math.min(until, nextRefresh);
        continue;
      }
      chooseDirection();
      boolean column = issueColumn();
      if (!column || config.get(Parameter.COMMAND_BUSES) > 1) {
        issueRow();
      }
      now++;
    }
  }

  /** Closes all banks and refreshes them, as soon as each may be closed. */
  private void refresh() {
    long start = now;
    boolean open = false;
    for (Bank bank : banks) {
      if (bank.row != Bank.CLOSED) {
        open = true;
        start = Math.max(start, bank.nextPrecharge);
      }
    }
    if (open) {
      start += config.get(Parameter.T_RP);
    }
    for (Bank bank : banks) {
      if (bank.row == Bank.CLOSED) {
        start = Math.max(start, bank.nextActivate);
      }
    }
    long end = start + config.get(Parameter.T_RFC);
    for (Bank bank : banks) {
      bank.row = Bank.CLOSED;
      bank.nextActivate = end;
    }
    refreshCycles += end - now;
    nextRefresh += config.get(Parameter.T_REFI);
  }

  private void chooseDirection() {
    if (writesToDrain == 0 && !writes.isEmpty()) {
      boolean many = writes.size() > config.get(Parameter.QUEUE) * 3 / 4;
      boolean old = now - writes.element().accepted() > LONGEST_WAIT;
      if (reads == 0 || many || old) {
        writesToDrain = writes.size();
      }
    }
  }

  private boolean issueColumn() {
    boolean write = writesToDrain > 0;
    Bank best = null;
    Bank.Part part = null;
    for (Bank bank : banks) {
      Bank.Part next = bank.next(write);
      if (next != null
          && next.row == bank.row
          && now >= bank.nextColumn
          && now >= (write ? nextWrite : nextRead)[bank.group]
          && (part == null || next.access.order() < part.access.order())) {
        best = bank;
        part = next;
      }
    }
    if (part == null) {
      return false;
    }
    columnCount++;
    best.issue(part);
    long dataEnd = now + config.get(write ? Parameter.CWL : Parameter.CL) + burstCycles;
    if (write) {
      best.nextPrecharge = Math.max(best.nextPrecharge, dataEnd + config.get(Parameter.T_WR));
    } else {
      best.nextPrecharge = Math.max(best.nextPrecharge, now + config.get(Parameter.T_RTP));
    }
    long[] same = write ? nextWrite : nextRead;
    for (int group = 0; group < same.length; group++) {
      boolean own = group == best.group;
      same[group] =
          Math.max(same[group], now + config.get(own ? Parameter.T_CCD_L : Parameter.T_CCD_S));
      if (write) {
        int turn = config.get(own ? Parameter.T_WTR_L : Parameter.T_WTR_S);
        nextRead[group] = Math.max(nextRead[group], dataEnd + turn);
      } else {
        nextWrite[group] =
            Math.max(nextWrite[group], dataEnd + TURNAROUND - config.get(Parameter.CWL));
      }
    }
    if (part.access.commandIssued()) {
      finish(part.access, dataEnd);
    }
    return true;
  }

  private void finish(DramAccess access, long dataEnd) {
    if (access.isWrite()) {
      writes.remove(access);
      writesToDrain--;
    } else {
      reads--;
    }
    long answer = dataEnd + config.get(Parameter.LATENCY);
    access.answerAt((answer * portMhz + memoryMhz - 1) / memoryMhz);
  }

  private void issueRow() {
    boolean write = writesToDrain > 0;
    Bank best = null;
    Bank.Part part = null;
    for (Bank bank : banks) {
      Bank.Part next = bank.next(write);
      if (next != null
          && next.row != bank.row
          && (bank.row == Bank.CLOSED ? mayActivate(bank) : now >= bank.nextPrecharge)
          && (part == null || next.access.order() < part.access.order())) {
        best = bank;
        part = next;
      }
    }
    if (part == null) {
      return;
    }
    if (best.row != Bank.CLOSED) {
      best.row = Bank.CLOSED;
      best.nextActivate = Math.max(best.nextActivate, now + config.get(Parameter.T_RP));
      return;
    }
    activationCount++;
    activations[activation] = now;
    activation = (activation + 1) % WINDOW;
    best.row = part.row;
    best.nextColumn = now + config.get(Parameter.T_RCD);
    best.nextPrecharge = now + config.get(Parameter.T_RAS);
    best.nextActivate = best.nextPrecharge + config.get(Parameter.T_RP);
    for (int group = 0; group < nextActivate.length; group++) {
      Parameter gap = group == best.group ? Parameter.T_RRD_L : Parameter.T_RRD_S;
      nextActivate[group] = Math.max(nextActivate[group], now + config.get(gap));
    }
  }

  private boolean mayActivate(Bank bank) {
    return now >= bank.nextActivate
        && now >= nextActivate[bank.group]
        && now >= activations[activation] + config.get(Parameter.T_FAW);
  }

  /** What has been done so far. */
  public DramReport report() {
    return new DramReport(
        now, columnCount, activationCount, refreshCycles, columnCount * burstCycles);
  }
}
