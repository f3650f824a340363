package sluice.accel.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sluice.accel.BlockTest;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.golden.HostWindow;
import sluice.golden.JobCheck;
import sluice.hdl.sim.Simulator;
import sluice.layout.BitField;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeMode;
import sluice.layout.DecodeParameters;
import sluice.layout.DescriptorLayout;
import sluice.layout.Job;
import sluice.layout.Opcode;
import sluice.layout.Status;

/** The checker against the golden model's, on descriptors that are mostly right. */
@BlockTest(JobChecker.class)
class JobCheckerTest {
  private static final int CYCLES = 20;
  private static final long BASE = 0x1000;

  private final Random random = new Random(1);

  @ParameterizedTest
  @CsvSource({"tiny", "edge", "u280"})
  void givesTheGoldenModelsStatusAndAddress(String preset) {
    AcceleratorConfig config = Presets.get(preset);
    JobChecker checker = new JobChecker(config);
    Simulator simulator = Simulator.of(checker);
    simulator.poke(checker.start, false);
    simulator.reset();
    long reach = 1L << config.addressBits();
    for (int round = 0; round < 600; round++) {
      // The window may go beyond what an address reaches; then the reach is the limit.
      boolean wide = random.nextInt(4) == 0;
      long limit = wide ? (random.nextBoolean() ? reach + 0x10000 : -8L) : 0x4000_0000L;
      HostWindow given = new HostWindow(BASE, limit);
      HostWindow effective = new HostWindow(BASE, wide ? reach : limit);
      byte[] descriptor = descriptor(config, wide ? reach : limit);
      poke(simulator, checker, descriptor, given);
      simulator.poke(checker.start, true);
      simulator.step();
      simulator.poke(checker.start, false);
      simulator.runUntil(() -> simulator.isHigh(checker.done), CYCLES);

      Optional<Job> job = DescriptorLayout.decode(descriptor);
      Status status = job.map(new JobCheck(config)::parameters).orElse(Status.OPCODE);
      long address = 0;
      if (status == Status.OK) {
        OptionalLong forbidden =
            new JobCheck(config).forbiddenPointer(job.orElseThrow(), effective);
        status = forbidden.isPresent() ? Status.POINTER : Status.OK;
        address = forbidden.orElse(0);
      }
      String what = "round " + round + " " + job;
      assertThat(Status.of(simulator.peek(checker.status))).as(what).isEqualTo(status);
      assertThat(simulator.peekBig(checker.errorAddress).longValue()).as(what).isEqualTo(address);
      assertThat(simulator.isHigh(checker.reportable))
          .as(what)
          .isEqualTo(
              effective.allows(
                  DescriptorLayout.COMPLETION.get(descriptor), CompletionLayout.BYTES));
      simulator.step(2);
    }
  }

  private static void poke(
      Simulator simulator, JobChecker checker, byte[] descriptor, HostWindow window) {
    for (BitField field : DescriptorLayout.DECODE_FIELDS) {
      String port = "descriptor_" + field.name().replaceAll("([A-Z])", "_$1").toLowerCase();
      simulator.poke(port, unsigned(field.get(descriptor)));
    }
    simulator.poke("host_base", unsigned(window.base()));
    simulator.poke("host_limit", unsigned(window.limit()));
  }

  private static BigInteger unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits));
  }

  /** A descriptor that is right, but for one field or none. */
  private byte[] descriptor(AcceleratorConfig config, long limit) {
    byte[] bytes = new byte[DescriptorLayout.BYTES];
    boolean decode = random.nextInt(3) != 0;
    DescriptorLayout.OPCODE.put(bytes, (decode ? Opcode.DECODE : Opcode.APPEND).code());
    if (decode && random.nextInt(3) == 0) {
      DescriptorLayout.MODE.put(bytes, DecodeMode.DENSE.code());
    }
    DescriptorLayout.HEADS.put(bytes, 1);
    int tokens =
        switch (random.nextInt(4)) {
          case 0 -> config.denseTokens();
          case 1 -> Math.min(config.denseTokens() + 1, config.context());
          default -> 1 + random.nextInt(config.context());
        };
    DescriptorLayout.TOKENS.put(bytes, tokens);
    DescriptorLayout.BUDGET.put(bytes, decode ? 7 : 1);
    DescriptorLayout.SINK.put(bytes, random.nextInt(3));
    DescriptorLayout.RECENT.put(bytes, random.nextInt(3));
    DescriptorLayout.WINDOW.put(bytes, 1 + 2L * random.nextInt(4));
    DescriptorLayout.FACTOR.put(bytes, DecodeParameters.defaultFactor(config.headDim()));
    DescriptorLayout.SKIP.put(bytes, random.nextInt(65537));
    for (BitField pointer : DescriptorLayout.pointers(Opcode.DECODE)) {
      pointer.put(bytes, BASE + 8L * random.nextInt(1000));
    }
    if (random.nextInt(3) != 0) {
      BitField field =
          DescriptorLayout.DECODE_FIELDS.get(random.nextInt(DescriptorLayout.DECODE_FIELDS.size()));
      long value =
          switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> field.max();
            case 2 -> limit - 8L * random.nextInt(64);
            case 3 -> random.nextLong();
            default -> random.nextInt(256);
          };
      field.put(bytes, value & field.max());
    }
    return bytes;
  }
}
