package sluice.accel.topk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Tokens as rows of a stream. */
final class Rows {
  private Rows() {}

  /** Sends numbers, a row of {@code lanes} at a time, the last filled up by the filler. */
  static void send(StreamDriver driver, int[] numbers, int lanes, IntSupplier filler) {
    for (int first = 0; first < numbers.length; first += lanes) {
      long[] row = new long[lanes];
      for (int lane = 0; lane < lanes; lane++) {
        int token = first + lane;
        row[lane] = token < numbers.length ? numbers[token] : filler.getAsInt();
      }
      driver.send(row);
    }
  }

  /**
   * The first {@code count} numbers of the rows from a given one on.
   *
   * @param signBits bits of a signed number, 0 for unsigned ones
   */
  static int[] receive(StreamSink sink, int firstRow, int count, int signBits) {
    List<Integer> numbers = new ArrayList<>();
    sink.receivedFields().stream()
        .skip(firstRow)
        .forEach(row -> row.forEach(number -> numbers.add(number.intValue())));
    int unused = signBits == 0 ? 0 : Integer.SIZE - signBits;
    int[] all = numbers.stream().mapToInt(number -> number << unused >> unused).toArray();
    return Arrays.copyOf(all, count);
  }
}
