package sluice.accel;

import java.math.BigInteger;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Activity;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;

/** Answers a block's commands to read host memory, in order, as the host port does. */
public final class HostAnswers implements Activity {
  private static final int WORD_BYTES = 8;

  private final MemoryImage image;
  private final StreamSink commands;
  private final StreamDriver words;
  private int answered;

  /**
   * @param commands of address and number of words
   * @param words of data and whether it is the last of its command
   */
  public HostAnswers(MemoryImage image, StreamSink commands, StreamDriver words) {
    this.image = image;
    this.commands = commands;
    this.words = words;
  }

  @Override
  public void sample(Simulator simulator) {
    if (answered == commands.count()) {
      return;
    }
    for (; answered < commands.count(); answered++) {
      long address = commands.receivedFields().get(answered).get(0).longValue();
      int count = commands.receivedFields().get(answered).get(1).intValue();
      for (int i = 0; i < count; i++) {
        BigInteger word = Bytes.toNumber(image.read(address + (long) i * WORD_BYTES, WORD_BYTES));
        words.send(word.shiftLeft(1).or(BigInteger.valueOf(i == count - 1 ? 1 : 0)));
      }
    }
  }
}
