package sluice.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.docs.sample.Allocator;
import sluice.docs.sample.Axpy;
import sluice.docs.sample.Bridge;
import sluice.docs.sample.Capture;
import sluice.docs.sample.Correlator;
import sluice.docs.sample.Credits;
import sluice.docs.sample.Distance;
import sluice.docs.sample.Gcd;
import sluice.docs.sample.HitCounter;
import sluice.docs.sample.Lookup;
import sluice.docs.sample.Mean;
import sluice.docs.sample.Meter;
import sluice.docs.sample.Poller;
import sluice.docs.sample.Scratchpad;
import sluice.hdl.Depth;
import sluice.hdl.Elaborator;
import sluice.hdl.lib.numeric.FloatFormat;
import sluice.hdl.sim.Simulator;
import sluice.hdl.sim.StreamDriver;
import sluice.hdl.sim.StreamSink;
import sluice.hdl.sim.Waveform;
import sluice.hdl.timing.CellDelays;
import sluice.hdl.verilog.VerilogWriter;

/** The circuits of the documents work. */
class SamplesTest {

  @Test
  void theCounterStaysAtItsLimit() {
    HitCounter counter = new HitCounter(9);
    Simulator simulator = Simulator.of(counter);
    simulator.reset();
    simulator.poke(counter.hit, true);
    simulator.step(5);
    assertThat(simulator.peek(counter.count)).isEqualTo(5);
    simulator.step(20);
    assertThat(simulator.peek(counter.count)).isEqualTo(9);
    assertThat(simulator.isHigh(counter.full)).isTrue();
  }

  @Test
  void theMeterCountsPositiveSamplesOfEachPacket() {
    Meter meter = new Meter(12, 100);
    Simulator simulator = Simulator.of(meter);
    StreamDriver samples = simulator.drive(meter.samples).stalls(0.3, 1);
    StreamSink reports = simulator.sink(meter.reports).stalls(0.5, 2);
    simulator.reset();
    samples.send(7, 0).send(-3, 0).send(1, 1);
    samples.send(-1, 1);
    simulator.runUntil(() -> reports.count() == 2, 1000);
    assertThat(reports.received()).containsExactly(BigInteger.TWO, BigInteger.ZERO);
  }

  @Test
  void twoPiecesOfTestCodeRunSideBySide() {
    Meter meter = new Meter(12, 100);
    Simulator simulator = Simulator.of(meter);
    simulator.reset();
    simulator.fork(
        "packets",
        t -> {
          for (int packet = 0; packet < 3; packet++) {
            t.step(packet);
            t.send(meter.samples, 5, 0);
            t.send(meter.samples, -5, 1);
          }
        });
    simulator.fork(
        "reports",
        t -> {
          for (int packet = 0; packet < 3; packet++) {
            assertThat(t.receive(meter.reports)).isEqualTo(1);
          }
        });
    assertThat(simulator.join()).isEqualTo(9);
  }

  @Test
  void aWaveformIsAnExpectation() {
    Gcd gcd = new Gcd(16);
    Simulator simulator = Simulator.of(gcd);
    StreamDriver pairs = simulator.drive(gcd.pairs);
    simulator.sink(gcd.divisors);
    simulator.reset();
    Waveform wave = simulator.waveform().decimal().show(gcd.pairs, gcd.divisors);
    pairs.send(21, 14);
    simulator.step(8);
    assertThat(wave.text())
        .isEqualTo(
            """
            cycle           4  5  6  7  8  9  10 11
            pairs_valid     ---_____________________
            pairs_ready     ---_______________------
            pairs_a         |21|....................
            pairs_b         |14|....................
            divisors_valid  _______________---______
            divisors_ready  ------------------------
            divisors_data   ...............|7 |.....
            """);
  }

  @Test
  void theMachineFindsGreatestCommonDivisors() {
    Gcd gcd = new Gcd(16);
    Simulator simulator = Simulator.of(gcd);
    StreamDriver pairs = simulator.drive(gcd.pairs).stalls(0.3, 1);
    StreamSink divisors = simulator.sink(gcd.divisors).stalls(0.3, 2);
    simulator.reset();
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      int a = 1 + random.nextInt(500);
      int b = 1 + random.nextInt(500);
      pairs.send(a, b);
      simulator.runUntil(pairs::isDone, 10_000);
      int count = i + 1;
      simulator.runUntil(() -> divisors.count() == count, 10_000);
      assertThat(divisors.received().get(i))
          .isEqualTo(BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)));
    }
  }

  @Test
  void theTableIsLookedUpAtFullRateAndUnderStalls() {
    for (double stalls : new double[] {0, 0.5}) {
      Lookup lookup = new Lookup(64);
      Simulator simulator = Simulator.of(lookup);
      StreamDriver indexes = simulator.drive(lookup.indexes);
      StreamSink words = simulator.sink(lookup.words).stalls(stalls, 5);
      simulator.reset();
      simulator.poke(lookup.write, true);
      for (int i = 0; i < 64; i++) {
        simulator.poke(lookup.writeIndex, i);
        simulator.poke(lookup.writeWord, 1000 + i);
        simulator.step();
      }
      simulator.poke(lookup.write, false);
      for (int i = 0; i < 64; i++) {
        indexes.send(63 - i);
      }
      long cycles = simulator.runUntil(() -> words.count() == 64, 1000);
      assertThat(stalls > 0 || cycles <= 66).isTrue();
      for (int i = 0; i < 64; i++) {
        assertThat(words.received().get(i)).isEqualTo(BigInteger.valueOf(1063 - i));
      }
    }
  }

  @Test
  void bytesOfAWordAreWrittenOneByOne() {
    Scratchpad pad = new Scratchpad(64);
    Simulator simulator = Simulator.of(pad);
    simulator.poke(pad.enable, true);
    simulator.poke(pad.write, true);
    simulator.poke(pad.index, 9);
    for (int i = 0; i < 4; i++) {
      simulator.poke(pad.bytes, 1 << i);
      simulator.poke(pad.data, 0x11111117L * (i + 1));
      simulator.step();
    }
    simulator.poke(pad.write, false);
    simulator.step(2);
    assertThat(simulator.peek(pad.word)).isEqualTo(0x44332217L);
    assertThat(simulator.peek(pad.bits)).isEqualTo(3);
  }

  @Test
  void theBlackBoxAddsProductsUp() {
    Correlator correlator = new Correlator(8);
    Simulator simulator = Simulator.of(correlator);
    simulator.reset();
    long sum = -3;
    for (int i = 0; i < 10; i++) {
      simulator.poke(correlator.left, 7 - i);
      simulator.poke(correlator.right, 3 * i);
      simulator.step();
      sum += (7 - i) * 3L * Math.max(0, i - 1);
    }
    simulator.poke(correlator.left, 0);
    assertThat(simulator.peekSigned(correlator.sum)).isEqualTo(sum);
  }

  @Test
  void propertiesAreCheckedInEveryCycle() {
    Credits credits = new Credits(2);
    Simulator simulator = Simulator.of(credits);
    simulator.reset();
    simulator.poke(credits.spend, true);
    simulator.step(3);
    assertThat(simulator.covers().get(0).cycles()).isEqualTo(1);
    simulator.poke(credits.spend, false);
    simulator.poke(credits.giveBack, true);
    simulator.step(2);
    assertThatThrownBy(simulator::step).hasMessageContaining("nothing is given back that was not");
  }

  @Test
  void samplesAreBroughtToTheSystemsClockInOrder() {
    Capture capture = new Capture();
    Simulator simulator = Simulator.of(capture);
    simulator.clock(capture.clockDomain(), 5000, 0).clock(capture.adc, 12_500, 700);
    StreamSink samples = simulator.sink(capture.samples).stalls(0.3, 1);
    simulator.reset();
    simulator.poke(capture.enable, true);
    for (int i = 0; i < 100; i++) {
      simulator.poke(capture.sample, i);
      simulator.step(capture.adc);
    }
    simulator.run(200_000);
    BigInteger first = samples.received().get(0);
    assertThat(first).isBetween(BigInteger.TWO, BigInteger.valueOf(4));
    assertThat(samples.received().subList(0, 90))
        .isEqualTo(Stream.iterate(first, n -> n.add(BigInteger.ONE)).limit(90).toList());
  }

  @Test
  void aDesignIsWrittenAsFiles(@TempDir Path folder) throws Exception {
    Map<String, String> files =
        new VerilogWriter("acme_").write(Elaborator.elaborate(new HitCounter(9)));
    for (Map.Entry<String, String> file : files.entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    assertThat(List.of(folder.toFile().list())).containsExactly("acme_hit_counter9.v");
  }

  @Test
  void thePipelineGivesSquaresOfDistances() {
    Distance distance = new Distance(Depth.levels(17));
    Simulator simulator = Simulator.of(distance);
    StreamDriver points = simulator.drive(distance.points).stalls(0.3, 1);
    StreamSink squares = simulator.sink(distance.squares).stalls(0.3, 2);
    simulator.reset();
    points.send(3, -4, 7).send(-256, -256, 9);
    simulator.runUntil(() -> squares.count() == 2, 100);
    assertThat(squares.receivedFields())
        .containsExactly(
            List.of(BigInteger.valueOf(25), BigInteger.valueOf(7)),
            List.of(BigInteger.valueOf(131072), BigInteger.valueOf(9)));
  }

  @Test
  void sumsOfProductsAreRoundedOnce() {
    Axpy axpy = new Axpy(FloatFormat.FP16, Depth.within(4400, CellDelays.osu018()));
    Simulator simulator = Simulator.of(axpy);
    StreamDriver pairs = simulator.drive(axpy.pairs).stalls(0.3, 1);
    StreamSink sums = simulator.sink(axpy.sums).stalls(0.3, 2);
    simulator.poke(axpy.a, 0x3E00);
    simulator.reset();
    pairs.send(0x4000, 0x3C00).send(0x0001, 0x0000).send(0x7BFF, 0x7BFF);
    simulator.runUntil(() -> sums.count() == 3, 100);
    // 1.5 * 2 + 1 = 4; 1.5 units of the least subnormal are a tie; beyond the largest is infinity.
    assertThat(sums.receivedFields())
        .extracting(fields -> fields.get(0).intValue())
        .containsExactly(0x4400, 0x0002, 0x7C00);
  }

  @Test
  void meansAreRoundedOnce() {
    Mean mean = new Mean(FloatFormat.FP16, 12, 100, 2);
    Simulator simulator = Simulator.of(mean);
    StreamDriver samples = simulator.drive(mean.samples).stalls(0.3, 1);
    StreamSink means = simulator.sink(mean.means).stalls(0.3, 2);
    simulator.reset();
    samples.send(1, 0).send(2, 1);
    samples.send(0, 0).send(-2, 0).send(1, 1);
    samples.send(0, 1);
    simulator.runUntil(() -> means.count() == 3, 100);
    assertThat(means.receivedFields())
        .extracting(fields -> fields.get(0).intValue())
        .as("1.5, -1/3 and 0")
        .containsExactly(0x3E00, 0xB555, 0x0000);
  }

  @Test
  void theBridgeBringsPacketsOverWithTheirChecks() {
    Bridge bridge = new Bridge(2, 5);
    Simulator simulator = Simulator.of(bridge);
    StreamDriver first = simulator.drive(bridge.sources.get(0)).stalls(0.3, 1);
    StreamDriver second = simulator.drive(bridge.sources.get(1)).stalls(0.3, 2);
    StreamSink arrived = simulator.sink(bridge.arrived).stalls(0.2, 3);
    simulator.poke(bridge.testing, false);
    simulator.reset();
    for (int i = 1; i <= 9; i++) {
      first.send('0' + i, i == 9 ? 1 : 0);
    }
    simulator.runUntil(() -> arrived.count() == 9, 1000);
    assertThat(text(arrived)).isEqualTo("123456789.");
    assertThat(simulator.peek(bridge.check)).isEqualTo(0xcbf4_3926L);
    for (int packet = 0; packet < 5; packet++) {
      first.send('a', 0).send('b', 1);
      second.send('x', 0).send('y', 0).send('z', 1);
    }
    simulator.runUntil(() -> arrived.count() == 34, 1000);
    String[] packets = text(arrived).substring(10).split("\\.");
    assertThat(packets).hasSize(10).containsOnly("ab", "xyz");
  }

  @Test
  void theBridgeSendsATestPatternOfPackets() {
    Bridge bridge = new Bridge(2, 5);
    Simulator simulator = Simulator.of(bridge);
    StreamSink arrived = simulator.sink(bridge.arrived);
    simulator.poke(bridge.testing, true);
    simulator.poke(bridge.sources.get(0).valid(), false);
    simulator.poke(bridge.sources.get(1).valid(), false);
    simulator.reset();
    simulator.runUntil(() -> arrived.count() == 512, 1000);
    List<List<BigInteger>> words = arrived.receivedFields();
    assertThat(words.get(254).get(1)).isEqualTo(BigInteger.ONE);
    assertThat(words.subList(0, 255).stream().distinct()).hasSize(255);
    assertThat(words.subList(255, 510)).isEqualTo(words.subList(0, 255));
  }

  /** The bytes as text, with a full stop after each packet. */
  private static String text(StreamSink sink) {
    StringBuilder text = new StringBuilder();
    for (List<BigInteger> fields : sink.receivedFields()) {
      text.append((char) fields.get(0).intValue());
      text.append(fields.get(1).signum() == 0 ? "" : ".");
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 8})
  void theAllocatorGrantsTheFirstAndPlacesAll(int count) {
    Allocator allocator = new Allocator(count);
    Simulator simulator = Simulator.of(allocator);
    for (int requests = 0; requests < 1 << count; requests++) {
      for (int first = 0; first < count; first++) {
        simulator.poke(allocator.requests, requests);
        simulator.poke(allocator.first, first);
        int winner = first;
        for (int i = 0; i < count && (requests >> winner & 1) == 0; i++) {
          winner = (winner + 1) % count;
        }
        boolean any = requests != 0;
        assertThat(simulator.isHigh(allocator.any)).isEqualTo(any);
        assertThat(simulator.peek(allocator.grant)).isEqualTo(any ? 1 << winner : 0);
        assertThat(simulator.peek(allocator.granted)).isEqualTo(any ? winner : 0);
        for (int i = 0; i < count; i++) {
          assertThat(simulator.peek(allocator.places.get(i)))
              .isEqualTo(Integer.bitCount(requests & (1 << i) - 1));
        }
      }
    }
  }

  @Test
  void thePollerAsksUntilAnAnswerComesOrItHasAskedOftenEnough() {
    Poller poller = new Poller(3, 4);
    Simulator simulator = Simulator.of(poller);
    simulator.poke(poller.answer, false);
    simulator.reset();
    simulator.poke(poller.start, true);
    simulator.step();
    simulator.poke(poller.start, false);
    assertThat(asks(simulator, poller, 7)).isEqualTo("?....?.");
    simulator.poke(poller.answer, true);
    simulator.step();
    simulator.poke(poller.answer, false);
    assertThat(asks(simulator, poller, 7)).isEqualTo(".......");
    simulator.poke(poller.start, true);
    simulator.step();
    simulator.poke(poller.start, false);
    assertThat(asks(simulator, poller, 17)).isEqualTo("?....?....?....!!");
  }

  private static String asks(Simulator simulator, Poller poller, int cycles) {
    StringBuilder asks = new StringBuilder();
    for (int i = 0; i < cycles; i++) {
      boolean failed = simulator.isHigh(poller.failed);
      asks.append(simulator.isHigh(poller.ask) ? "?" : failed ? "!" : ".");
      simulator.step();
    }
    return asks.toString();
  }
}
