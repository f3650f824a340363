package sluice.accel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.accel.BlockBench;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.golden.MemoryImage;
import sluice.hdl.lib.axi.AxiTiming;
import sluice.hdl.lib.axi.AxiWritePort;
import sluice.hdl.lib.axi.Bytes;
import sluice.hdl.sim.Packing;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.Stalls;
import sluice.hdl.sim.StreamDriver;

@BlockTest(CacheWriter.class)
class CacheWriterTest {
  private static final int WATCHDOG = 200_000;

  @ParameterizedTest
  @MethodSource("sluice.accel.memory.Shapes#stalled")
  void writesTheBytesThatTheStrobesName(AcceleratorConfig config, Stalls stalls) {
    int beatBytes = config.channelBits() / 8;
    for (long seed = 1; seed <= 2; seed++) {
      Random random = new Random(seed);
      MemoryImage image = new MemoryImage();
      MemoryImage expected = new MemoryImage();
      CacheWriter writer = new CacheWriter(config);
      BlockBench bench = BlockBench.of(writer, stalls, seed);
      Simulator simulator = bench.simulator();
      StreamDriver commands = bench.drive(writer.commands);
      StreamDriver data = bench.drive(writer.data);
      Packing packing = Packing.of(writer.data.payload());
      bench.writes(writer.aw, writer.w, writer.b, image);
      bench.reset();

      for (int burst = 0; burst < 20; burst++) {
        int beats = 1 + random.nextInt(Math.min(32, 4096 / beatBytes));
        long address =
            4096L * random.nextInt(8)
                + (long) beatBytes * random.nextInt(4096 / beatBytes - beats + 1);
        commands.send(address, beats - 1);
        for (int i = 0; i < beats; i++) {
          BigInteger beat = new BigInteger(config.channelBits(), random);
          BigInteger strobe = new BigInteger(beatBytes, random);
          data.send(packing.pack(beat, strobe));
          byte[] bytes = Bytes.fromNumber(beat, beatBytes);
          for (int j = 0; j < beatBytes; j++) {
            if (strobe.testBit(j)) {
              expected.write(address + (long) i * beatBytes + j, new byte[] {bytes[j]});
            }
          }
        }
      }
      bench.until(() -> commands.isDone() && data.isDone() && simulator.isHigh(writer.idle));
      assertThat(image.firstDifference(expected)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void aFailedBurstIsReportedAndTheNextIsWritten() {
    MemoryImage image = new MemoryImage();
    image.fail(0x1000);
    CacheWriter writer = new CacheWriter(Presets.get("tiny"));
    Simulator simulator = Simulator.of(writer);
    StreamDriver commands = simulator.drive(writer.commands).send(0x1008, 0).send(0x2000, 0);
    StreamDriver data = simulator.drive(writer.data).send(1, 0xFF).send(2, 0x0F);
    AxiWritePort.attach(simulator, writer.aw, writer.w, writer.b, image, AxiTiming.random(2));
    simulator.reset();
    simulator.runUntil(
        () -> commands.isDone() && data.isDone() && simulator.isHigh(writer.idle), WATCHDOG);
    assertThat(simulator.isHigh(writer.error)).isTrue();
    assertThat(simulator.peek(writer.errorAddress)).isEqualTo(0x1008);
    assertThat(image.readNumber(0x2000, 8)).isEqualTo(2);
  }
}
