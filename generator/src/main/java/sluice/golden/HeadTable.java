package sluice.golden;

import java.util.Arrays;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.layout.HeadTableLayout;

/**
 * Reads and writes head tables in host memory.
 *
 * @param config the accelerator
 */
record HeadTable(AcceleratorConfig config) {

  /** Writes entries 0, 1, ... of a table. */
  void write(MemoryImage host, long table, List<Calibration> calibrations) {
    HeadTableLayout layout = new HeadTableLayout(config);
    for (int head = 0; head < calibrations.size(); head++) {
      Calibration calibration = calibrations.get(head);
      long entry = table + (long) head * layout.entryBytes();
      host.write(entry, new byte[layout.entryBytes()]);
      for (int i = 0; i < config.heavyChannels(); i++) {
        host.writeNumber(entry + layout.heavyOffset(i), 1, calibration.heavy()[i]);
        host.writeNumber(entry + layout.weightOffset(i), 2, calibration.weights()[i]);
        host.writeHalves(entry + layout.thresholdOffset(i, 0), calibration.thresholds()[i]);
      }
    }
  }

  /** Reads the entry of a KV head; it need not pass {@link Calibration#check}. */
  Calibration read(MemoryImage host, long table, int head) {
    HeadTableLayout layout = new HeadTableLayout(config);
    long entry = table + (long) head * layout.entryBytes();
    int h = config.heavyChannels();
    int[] heavy = new int[h];
    short[][] thresholds = new short[h][];
    Arrays.setAll(heavy, i -> (int) host.readNumber(entry + layout.heavyOffset(i), 1));
    Arrays.setAll(
        thresholds,
        i -> host.readHalves(entry + layout.thresholdOffset(i, 0), config.thresholds()));
    return new Calibration(heavy, host.readHalves(entry + layout.weightsOffset(), h), thresholds);
  }
}
