package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import sluice.hdl.Stream;

/** The last cycles of a stream, for the messages of what goes wrong on it. */
final class StreamHistory {
  private static final int CYCLES = 12;
  private static final int MOST_SIGNALS = 8;

  /** A cycle; the payload is null while nothing is offered. */
  private record Cycle(boolean valid, boolean ready, BigInteger payload) {}

  private final String validName;
  private final String readyName;
  private final String payloadName;
  private final Packing packing;
  private final Deque<Cycle> cycles = new ArrayDeque<>();
  private long last;

  StreamHistory(Stream<?> stream, Function<sluice.hdl.Bits, String> names) {
    validName = names.apply(stream.valid());
    readyName = names.apply(stream.ready());
    payloadName = validName.replaceFirst("_?valid$", "");
    packing = Packing.of(stream.payload());
  }

  void add(long cycle, boolean valid, boolean ready, BigInteger payload) {
    if (cycles.size() == CYCLES) {
      cycles.remove();
    }
    cycles.add(new Cycle(valid, ready, payload));
    last = cycle;
  }

  /** The waveform of these cycles, of the first signals of the payload. */
  String text() {
    List<WaveformText.Row> rows = new ArrayList<>();
    rows.add(row(validName, true, cycle -> cycle.valid() ? "1" : "0"));
    rows.add(row(readyName, true, cycle -> cycle.ready() ? "1" : "0"));
    for (int i = 0; i < Math.min(MOST_SIGNALS, packing.paths().size()); i++) {
      int leaf = i;
      String path = packing.paths().get(i);
      String name = payloadName + (path.isEmpty() ? "" : "_" + path);
      rows.add(
          row(
              name,
              false,
              cycle ->
                  cycle.payload() == null
                      ? null
                      : packing.leaf(cycle.payload(), leaf).toString(16)));
    }
    return WaveformText.render(rows, last - cycles.size() + 1);
  }

  private WaveformText.Row row(String name, boolean level, Function<Cycle, String> cell) {
    List<String> cells = new ArrayList<>();
    cycles.forEach(cycle -> cells.add(cell.apply(cycle)));
    return new WaveformText.Row(name, level, cells);
  }
}
