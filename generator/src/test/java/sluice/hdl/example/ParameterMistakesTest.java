package sluice.hdl.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.hdl.Bool;
import sluice.hdl.Depth;
import sluice.hdl.Module;
import sluice.hdl.SInt;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.check.Diagnostic;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.check.ElaborationException;
import sluice.hdl.lib.AdderTree;
import sluice.hdl.lib.Arbiter;
import sluice.hdl.lib.BalancedTree;
import sluice.hdl.lib.Counter;
import sluice.hdl.lib.Crc;
import sluice.hdl.lib.Crc.Algorithm;
import sluice.hdl.lib.CreditGate;
import sluice.hdl.lib.Demultiplexer;
import sluice.hdl.lib.LeadingZeros;
import sluice.hdl.lib.Lfsr;
import sluice.hdl.lib.OneHot;
import sluice.hdl.lib.PacketArbiter;
import sluice.hdl.lib.PacketWidthDown;
import sluice.hdl.lib.PacketWidthUp;
import sluice.hdl.lib.Pipeline;
import sluice.hdl.lib.PrefixCount;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.RoundRobinArbiter;
import sluice.hdl.lib.SlotPool;
import sluice.hdl.lib.SteppedMux;
import sluice.hdl.lib.StreamFork;
import sluice.hdl.lib.StreamMux;
import sluice.hdl.lib.Throttle;
import sluice.hdl.lib.WidthDown;
import sluice.hdl.lib.WidthUp;
import sluice.hdl.lib.axi.AxiAddress;
import sluice.hdl.lib.axi.AxiLite;
import sluice.hdl.lib.axi.AxiMaster;
import sluice.hdl.lib.axi.BurstReader;
import sluice.hdl.lib.axi.BurstSplitter;
import sluice.hdl.lib.axi.BurstWriter;
import sluice.hdl.lib.axi.OutOfOrderReader;
import sluice.hdl.lib.axi.ReadData;
import sluice.hdl.lib.axi.WriteData;
import sluice.hdl.lib.axi.WriteResponse;
import sluice.hdl.lib.crossing.AsyncQueue;
import sluice.hdl.lib.crossing.GrayCounter;
import sluice.hdl.lib.crossing.HandshakeCrossing;
import sluice.hdl.lib.crossing.PulseCrossing;
import sluice.hdl.lib.crossing.ResetSynchronizer;
import sluice.hdl.lib.crossing.Synchronizer;
import sluice.hdl.lib.numeric.Arithmetic;
import sluice.hdl.lib.numeric.CarrySave;
import sluice.hdl.lib.numeric.DotProduct;
import sluice.hdl.lib.numeric.ExactAccumulator;
import sluice.hdl.lib.numeric.FloatConvert;
import sluice.hdl.lib.numeric.FloatFields;
import sluice.hdl.lib.numeric.FloatFormat;
import sluice.hdl.lib.numeric.FloatRatio;
import sluice.hdl.lib.numeric.LeadingShift;
import sluice.hdl.lib.numeric.PowerOfTwo;
import sluice.hdl.lib.numeric.RatioUnit;
import sluice.hdl.lib.numeric.SegmentedAdder;
import sluice.hdl.lib.numeric.SerialDivider;
import sluice.hdl.lib.numeric.SerialProduct;
import sluice.hdl.lib.numeric.SignedAdderTree;
import sluice.hdl.lib.numeric.SignedDivider;
import sluice.hdl.lib.numeric.SignedProduct;
import sluice.hdl.lib.numeric.UnsignedDivider;

/** Parts and types that are made with numbers they cannot have: one row for each. */
class ParameterMistakesTest extends MistakeTest {
  private static final FloatFormat FP16 = FloatFormat.FP16;
  private static final UInt BYTE = UInt.of(8);
  private static final UInt ONE = UInt.literal(1);
  private static final Bool TRUE = Bool.literal(true);

  private static Arguments row(Supplier<Object> wrong, String message, String advice) {
    int line =
        StackWalker.getInstance()
            .walk(frames -> frames.skip(1).findFirst().orElseThrow().getLineNumber());
    return arguments(message, advice, wrong, line);
  }

  static Stream<Arguments> ofTheLanguage() {
    return Stream.of(
        row(
            () -> UInt.upTo(-1),
            "most of UInt.upTo is -1; allowed is at least 0",
            "give 0 or more"),
        row(
            () -> UInt.index(0),
            "count of UInt.index is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> SInt.range(5, 3),
            "most of SInt.range is 3; allowed is at least 5",
            "give 5 or more"),
        row(
            () -> ONE.shiftLeft(-1),
            "amount of shiftLeft is -1; allowed is at least 0",
            "give 0 or more"),
        row(
            () -> ONE.shiftLeft(ONE, 0),
            "resultWidth of shiftLeft is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> SInt.literal(1).shiftLeft(-2),
            "amount of shiftLeft is -2; allowed is at least 0",
            "give 0 or more"),
        row(() -> Vec.of(0, BYTE), "count of Vec.of is 0; allowed is at least 1", "give 1 or more"),
        row(
            () -> Vec.of(-3, BYTE),
            "count of Vec.of is -3; allowed is at least 1",
            "give 1 or more"));
  }

  static Stream<Arguments> ofParts() {
    return Stream.of(
        row(
            () -> new AdderTree(0, BYTE),
            "count of AdderTree is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new Arbiter<>(BYTE, 1),
            "producers of Arbiter is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new RoundRobinArbiter<>(BYTE, 1),
            "producers of RoundRobinArbiter is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new PacketArbiter<>(BYTE, 0, UInt::isZero),
            "producers of PacketArbiter is 0; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new StreamMux<>(BYTE, 1),
            "producers of StreamMux is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new StreamFork<>(BYTE, 0),
            "consumers of StreamFork is 0; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new Demultiplexer<>(BYTE, 1),
            "consumers of Demultiplexer is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new SlotPool(0),
            "slots of SlotPool is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new CreditGate<>(BYTE, 0),
            "limit of CreditGate is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new PrefixCount(0),
            "count of PrefixCount is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new Queue<>(BYTE, 0),
            "depth of Queue is 0; allowed is a power of two of at least 2",
            "give 2"),
        row(
            () -> new Queue<>(BYTE, 6),
            "depth of Queue is 6; allowed is a power of two of at least 2",
            "give 4 or 8"),
        row(
            () -> new SteppedMux<>(BYTE, 0, 1),
            "count of SteppedMux is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new SteppedMux<>(BYTE, 8, 0),
            "steps of SteppedMux is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new WidthDown(0, 4),
            "narrow of WidthDown is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new WidthDown(8, 3),
            "ratio of WidthDown is 3; allowed is a power of two of at least 2",
            "give 2 or 4"),
        row(
            () -> new WidthUp(0, 4),
            "narrow of WidthUp is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new WidthUp(8, 12),
            "ratio of WidthUp is 12; allowed is a power of two of at least 1",
            "give 8 or 16"),
        row(
            () -> new PacketWidthUp(0, 4),
            "narrow of PacketWidthUp is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new PacketWidthUp(8, 1),
            "ratio of PacketWidthUp is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new PacketWidthDown(0, 4),
            "narrow of PacketWidthDown is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new PacketWidthDown(8, 0),
            "ratio of PacketWidthDown is 0; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new Throttle<>(BYTE, 1),
            "interval of Throttle is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new Pipeline(TRUE, TRUE, 0),
            "stages of Pipeline is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new Counter(BYTE, 0),
            "count of Counter is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new Counter(UInt.of(3), 10),
            "the width of value of Counter is 3; allowed is 4 for a count of 10",
            "declare its register as UInt.index(10)"),
        row(() -> new Lfsr(33, 1), "width of Lfsr is 33; allowed is 2 to 32", "give 32"),
        row(() -> new Lfsr(1, 1), "width of Lfsr is 1; allowed is 2 to 32", "give 2"),
        row(() -> new Lfsr(8, 0), "seed of Lfsr is 0; allowed is 1 to 255", "give 1"),
        row(() -> new Lfsr(8, 256), "seed of Lfsr is 256; allowed is 1 to 255", "give 255"),
        row(() -> Lfsr.taps(64), "width of Lfsr is 64; allowed is 2 to 32", "give 32"),
        row(() -> Lfsr.next(UInt.literal(0)), "width of Lfsr is 1; allowed is 2 to 32", "give 2"),
        row(
            () -> new Crc(Algorithm.CRC32, 0),
            "wordWidth of Crc is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new Algorithm(64, 1, 0, false, 0),
            "width of Crc.Algorithm is 64; allowed is 1 to 63",
            "give 63"),
        row(
            () -> new Algorithm(8, 0x107, 0, false, 0),
            "polynomial of Crc.Algorithm is 263; allowed is an odd number up to 255",
            "leave the highest term out, and give the term 1 in the lowest bit"),
        row(
            () -> new Algorithm(8, 0x06, 0, false, 0),
            "polynomial of Crc.Algorithm is 6; allowed is an odd number up to 255",
            "leave the highest term out, and give the term 1 in the lowest bit"),
        row(
            () -> new Algorithm(8, 0x07, 256, false, 0),
            "initial of Crc.Algorithm is 256; allowed is 0 to 255",
            "give 255"),
        row(
            () -> new Algorithm(8, 0x07, 0, false, -1),
            "finalXor of Crc.Algorithm is -1; allowed is 0 to 255",
            "give 0"),
        row(
            () -> Algorithm.CRC32.after(ONE, ONE),
            "the width of register of Crc.Algorithm is 1; allowed is only 32",
            "give 32"),
        row(
            () -> Algorithm.CRC32.check(ONE),
            "the width of register of Crc.Algorithm is 1; allowed is only 32",
            "give 32"),
        row(
            () -> LeadingZeros.of(ONE),
            "the width of value of LeadingZeros is 1; allowed is at least 2",
            "use ofAny(value)"),
        row(
            () -> BalancedTree.reduce(List.<UInt>of(), UInt::and),
            "the number of values of BalancedTree is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> BalancedTree.count(List.of()),
            "the number of values of BalancedTree is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> OneHot.first(List.of()),
            "the number of signals of OneHot is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> OneHot.firstIndex(List.of()),
            "the number of signals of OneHot is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> OneHot.index(List.of()),
            "the number of signals of OneHot is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> OneHot.isOneHot(List.of()),
            "the number of signals of OneHot is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> OneHot.isAtMostOne(List.of()),
            "the number of signals of OneHot is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> OneHot.of(ONE, 0),
            "count of OneHot is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> OneHot.choose(List.of(), List.<UInt>of()),
            "the number of signals of OneHot is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> OneHot.choose(List.of(TRUE, TRUE), List.of(ONE)),
            "the number of values of OneHot is 1; allowed is 2, a value for each signal",
            "give 2"));
  }

  static Stream<Arguments> ofCrossings() {
    return Stream.of(
        row(
            () -> new Synchronizer<>(Bool.of(), 1),
            "stages of Synchronizer is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new ResetSynchronizer(1),
            "stages of ResetSynchronizer is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new PulseCrossing(0),
            "stages of PulseCrossing is 0; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new HandshakeCrossing<>(BYTE, 1),
            "stages of HandshakeCrossing is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new AsyncQueue<>(BYTE, 2),
            "depth of AsyncQueue is 2; allowed is a power of two of at least 4",
            "give 4"),
        row(
            () -> new AsyncQueue<>(BYTE, 12),
            "depth of AsyncQueue is 12; allowed is a power of two of at least 4",
            "give 8 or 16"),
        row(
            () -> new AsyncQueue<>(BYTE, 16, 1),
            "stages of AsyncQueue is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new GrayCounter(0),
            "width of GrayCounter is 0; allowed is at least 1",
            "give 1 or more"));
  }

  static Stream<Arguments> ofAxi() {
    return Stream.of(
        row(
            () -> AxiAddress.of(0, 32),
            "idBits of AxiAddress is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> AxiAddress.of(1, 65),
            "addressBits of AxiAddress is 65; allowed is 1 to 64",
            "give 64"),
        row(
            () -> ReadData.of(0, 32),
            "idBits of ReadData is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> ReadData.of(1, 48),
            "dataBits of ReadData is 48; allowed is a power of two from 8 to 1024",
            "give 32 or 64"),
        row(
            () -> WriteData.of(4),
            "dataBits of WriteData is 4; allowed is a power of two from 8 to 1024",
            "give 8"),
        row(
            () -> WriteResponse.of(0),
            "idBits of WriteResponse is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> AxiMaster.of(0, 32, 32),
            "idBits of AxiMaster is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> AxiMaster.of(1, 0, 32),
            "addressBits of AxiMaster is 0; allowed is 1 to 64",
            "give 1"),
        row(
            () -> AxiMaster.of(1, 32, 2048),
            "dataBits of AxiMaster is 2048; allowed is a power of two from 8 to 1024",
            "give 1024"),
        row(() -> AxiLite.of(0, 32), "addressBits of AxiLite is 0; allowed is 1 to 64", "give 1"),
        row(
            () -> AxiLite.of(12, 128),
            "dataBits of AxiLite is 128; allowed is a power of two from 32 to 64",
            "give 64"),
        row(
            () -> new BurstReader(0, 32, 64, 1, 4),
            "idBits of BurstReader is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new BurstReader(1, 65, 64, 1, 4),
            "addressBits of BurstReader is 65; allowed is 1 to 64",
            "give 64"),
        row(
            () -> new BurstReader(1, 32, 65, 1, 4),
            "dataBits of BurstReader is 65; allowed is a power of two from 8 to 1024",
            "give 64 or 128"),
        row(
            () -> new BurstReader(1, 32, 64, 0, 4),
            "tagBits of BurstReader is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new BurstReader(1, 32, 64, 1, 0),
            "inFlight of BurstReader is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new OutOfOrderReader(0, 32, 64, 1, 1, 16),
            "idBits of OutOfOrderReader is 0; allowed is 1 to 16",
            "give 1"),
        row(
            () -> new OutOfOrderReader(4, 10, 64, 1, 4, 128),
            "addressBits of OutOfOrderReader is 10; allowed is 11 to 64",
            "give 11"),
        row(
            () -> new OutOfOrderReader(4, 32, 65, 1, 4, 16),
            "dataBits of OutOfOrderReader is 65; allowed is a power of two from 8 to 1024",
            "give 64 or 128"),
        row(
            () -> new OutOfOrderReader(4, 32, 64, 0, 4, 16),
            "tagBits of OutOfOrderReader is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new OutOfOrderReader(4, 32, 64, 1, 17, 16),
            "inFlight of OutOfOrderReader is 17; allowed is 1 to 16",
            "give 16"),
        row(
            () -> new OutOfOrderReader(4, 32, 512, 1, 16, 128),
            "burstBeats of OutOfOrderReader is 128; allowed is a power of two from 2 to 64",
            "give 64"),
        row(
            () -> new BurstWriter(0, 32, 64, 4),
            "idBits of BurstWriter is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new BurstWriter(1, 0, 64, 4),
            "addressBits of BurstWriter is 0; allowed is 1 to 64",
            "give 1"),
        row(
            () -> new BurstWriter(1, 32, 72, 4),
            "dataBits of BurstWriter is 72; allowed is a power of two from 8 to 1024",
            "give 64 or 128"),
        row(
            () -> new BurstWriter(1, 32, 64, 3),
            "inFlight of BurstWriter is 3; allowed is a power of two of at least 2",
            "give 2 or 4"),
        row(
            () -> new BurstSplitter(32, 256, 2, 8),
            "beatBytes of BurstSplitter is 256; allowed is a power of two from 1 to 128",
            "give 128"),
        row(
            () -> new BurstSplitter(32, 64, 128, 8),
            "burstBeats of BurstSplitter is 128; allowed is a power of two from 2 to 64",
            "give 64"),
        row(
            () -> new BurstSplitter(10, 64, 16, 8),
            "addressBits of BurstSplitter is 10; allowed is 11 to 64",
            "give 11"),
        row(
            () -> new BurstSplitter(32, 64, 16, 4),
            "countBits of BurstSplitter is 4; allowed is at least 5",
            "give 5 or more"));
  }

  static Stream<Arguments> ofNumbers() {
    return Stream.of(
        row(
            () -> new DotProduct(FP16, 1, 8, Arithmetic.GATES, Depth.stages(1)),
            "elements of DotProduct is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new DotProduct(FP16, 2, 0, Arithmetic.GATES, Depth.stages(1)),
            "beats of DotProduct is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new ExactAccumulator(FP16, 0, 74, 1, Arithmetic.GATES, Depth.stages(1)),
            "weightBits of ExactAccumulator is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new ExactAccumulator(FP16, 17, 57, 1, Arithmetic.GATES, Depth.stages(1)),
            "sumBits of ExactAccumulator is 57; allowed is at least 58",
            "give 58 or more"),
        row(
            () -> new ExactAccumulator(FP16, 17, 74, 0, Arithmetic.GATES, Depth.stages(1)),
            "entries of ExactAccumulator is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new SegmentedAdder(32, 32, 1),
            "segmentBits of SegmentedAdder is 32; allowed is 2 to 31",
            "give 31"),
        row(
            () -> new SegmentedAdder(32, 16, 3),
            "terms of SegmentedAdder is 3; allowed is 1 to 2",
            "give 2"),
        row(
            () -> CarrySave.of(Arithmetic.GATES, List.of(), 8),
            "the number of terms of CarrySave is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> SignedProduct.of(Arithmetic.GATES, BYTE, ONE, TRUE),
            "the width of multiplier of SignedProduct is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new SignedAdderTree(1, 8),
            "count of SignedAdderTree is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new SignedAdderTree(4, 0),
            "bits of SignedAdderTree is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new SerialProduct(16, 24, 16, Arithmetic.GATES),
            "wideBits of SerialProduct is 16; allowed is at least 17",
            "give 17 or more"),
        row(
            () -> new SerialProduct(40, 1, 16, Arithmetic.GATES),
            "factorBits of SerialProduct is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new SerialProduct(40, 24, 1, Arithmetic.GATES),
            "digitBits of SerialProduct is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new SerialDivider<>(0, 8, 1, BYTE),
            "divisorBits of SerialDivider is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new SerialDivider<>(8, 1, 1, BYTE),
            "quotientBits of SerialDivider is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new SerialDivider<>(8, 16, 17, BYTE),
            "bitsPerCycle of SerialDivider is 17; allowed is 1 to 16",
            "give 16"),
        row(
            () -> new FloatRatio(FP16, 1, 8, 0),
            "dividendBits of FloatRatio is 1; allowed is 2 to 1024",
            "give 2"),
        row(
            () -> new FloatRatio(FP16, 8, 8, 5000),
            "scale of FloatRatio is 5000; allowed is -4096 to 4096",
            "give 4096"),
        row(
            () -> new FloatRatio(FP16, 8, 8, 0).ofUnsigned(BYTE, ONE),
            "the width of divisor of FloatRatio is 1; allowed is only 8",
            "give 8"),
        row(
            () -> new RatioUnit(new FloatRatio(FP16, 8, 8, 0), 15, Depth.stages(1)),
            "bitsPerCycle of RatioUnit is 15; allowed is 1 to 14",
            "give 14"),
        row(
            () -> FloatConvert.fromFixed(FP16, TRUE, BYTE, -24, TRUE),
            "exponent of FloatConvert is -24; allowed is -2048 to -25",
            "give -25"),
        row(
            () -> FloatConvert.fromFixed(FP16, TRUE, ONE, 0),
            "the width of magnitude of FloatConvert is 1; allowed is 2 to 1024",
            "give 2"),
        row(
            () -> new UnsignedDivider(1, 8, 1),
            "dividendBits of UnsignedDivider is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> new UnsignedDivider(8, 8, 0),
            "bitsPerCycle of UnsignedDivider is 0; allowed is 1 to 8",
            "give 1"),
        row(
            () -> new SignedDivider(8, 0, Depth.stages(2)),
            "divisorBits of SignedDivider is 0; allowed is at least 1",
            "give 1 or more"),
        row(
            () -> new SignedDivider(8, 8, 9),
            "bitsPerCycle of SignedDivider is 9; allowed is 1 to 8",
            "give 8"),
        row(
            () -> new PowerOfTwo(11, 8, 16),
            "tableBits of PowerOfTwo is 11; allowed is 1 to 10",
            "give 10"),
        row(
            () -> new PowerOfTwo(6, 0, 16),
            "fractionBits of PowerOfTwo is 0; allowed is 1 to 24",
            "give 1"),
        row(
            () -> new PowerOfTwo(6, 8, 33),
            "unit of PowerOfTwo is 33; allowed is 2 to 32",
            "give 32"),
        row(
            () -> new PowerOfTwo(6, 8, 16).negative(UInt.literal(0, 14)),
            "the width of x of PowerOfTwo is 14; allowed is at least 15",
            "give 15 or more"),
        row(
            () -> FloatFields.of(FP16, UInt.literal(0, 32)),
            "the width of number of FloatFields is 32; allowed is only 16",
            "give 16"),
        row(
            () -> FloatFields.isSpecial(FP16, ONE),
            "the width of number of FloatFields is 1; allowed is only 16",
            "give 16"),
        row(
            () -> FloatFields.rank(FP16, ONE),
            "the width of number of FloatFields is 1; allowed is only 16",
            "give 16"),
        row(
            () -> LeadingShift.of(ONE, 0, 0),
            "the width of number of LeadingShift is 1; allowed is at least 2",
            "give 2 or more"),
        row(
            () -> LeadingShift.of(UInt.literal(0, 12), 4, 0),
            "most of LeadingShift is 4; allowed is 0 to 3",
            "give 3"),
        row(
            () -> LeadingShift.of(UInt.literal(0, 12), 2, 3),
            "least of LeadingShift is 3; allowed is 0 to 2",
            "give 2"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"ofTheLanguage", "ofParts", "ofCrossings", "ofAxi", "ofNumbers"})
  void aNumberThatIsNotAllowed(String message, String advice, Supplier<Object> wrong, int line) {
    ElaborationException exception = catchThrowableOfType(ElaborationException.class, wrong::get);
    assertThat(exception).isNotNull();
    assertThat(exception.getStackTrace()).isEmpty();
    assertThat(exception.diagnostics()).hasSize(1);
    Diagnostic diagnostic = exception.diagnostics().get(0);
    assertThat(diagnostic.kind()).isEqualTo(Kind.PARAMETER);
    assertThat(diagnostic.message()).isEqualTo(message);
    assertThat(diagnostic.advice()).isEqualTo(advice);
    // The row's own line, or the next one where the formatter has broken it.
    assertThat(diagnostic.site().file()).isEqualTo("ParameterMistakesTest.java");
    assertThat(diagnostic.site().line()).isBetween(line, line + 1);
  }

  private static final class Shallow extends Module {
    Shallow() {
      Queue<UInt> queue = instance(new Queue<>(UInt.of(8), 3)); // at fault: shallow
      queue.out.to(output(queue.out, "out"));
    }
  }

  @Test
  void theTextHasTheLineTheNumberWhatIsAllowedAndTheAdvice() {
    assertThat(mistake(Shallow::new))
        .hasToString(
            with(
                "%s: parameter: depth of Queue is 3; allowed is a power of two of at least 2\n    give 2 or 4",
                "at fault: shallow"));
  }

  private static final class NoWords extends Module {
    NoWords() {
      memory(UInt.of(8), 0); // at fault: no words
    }
  }

  @Test
  void aMemoryWithoutWords() {
    check(
        NoWords::new,
        "no words",
        Kind.PARAMETER,
        "depth of memory is 0; allowed is at least 1",
        "give 1 or more");
  }
}
