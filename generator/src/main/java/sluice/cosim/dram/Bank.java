package sluice.cosim.dram;

import java.util.ArrayList;
import java.util.List;

/** One bank: the row that is open, when it can do what, and what waits for it. */
final class Bank {
  static final long CLOSED = -1;

  /**
   * Column commands that may pass the oldest part in a row because their row is open. Without a
   * limit a stream could keep a row open for ever.
   */
  private static final int MOST_PASSES = 32;

  final int group;
  final List<Part> reads = new ArrayList<>();
  final List<Part> writes = new ArrayList<>();

  long row = CLOSED;
  long nextActivate;
  long nextColumn;
  long nextPrecharge;
  private int passes;

  /** What an access wants of one row of one bank: so many column commands. */
  static final class Part {
    final DramAccess access;
    final long row;
    int commands;

    Part(DramAccess access, long row) {
      this.access = access;
      this.row = row;
    }
  }

  Bank(int group) {
    this.group = group;
  }

  /** What is served next, or null: the oldest part whose row is open, or else the oldest. */
  Part next(boolean write) {
    List<Part> parts = write ? writes : reads;
    if (parts.isEmpty()) {
      return null;
    }
    if (row != CLOSED && passes < MOST_PASSES) {
      for (Part part : parts) {
        if (part.row == row) {
          return part;
        }
      }
    }
    return parts.get(0);
  }

  /** A column command of a part is issued. */
  void issue(Part part) {
    List<Part> parts = part.access.isWrite() ? writes : reads;
    passes = part == parts.get(0) ? 0 : passes + 1;
    if (--part.commands == 0) {
      parts.remove(part);
    }
  }

  void clear() {
    reads.clear();
    writes.clear();
    passes = 0;
  }
}
