package sluice.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.layout.AppendJob;
import sluice.layout.BitField;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DecodeMode;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadRange;
import sluice.layout.HostLayout;
import sluice.layout.KvLayout;
import sluice.layout.Opcode;
import sluice.layout.Status;
import sluice.tensor.HalfMatrix;

class GoldenMachineTest {

  /** A sequence of all heads but the first, in host memory, with jobs to append and decode it. */
  private static final class Scene {
    static final long KV_BASE = 0x4000;
    static final int KV_PAGES = 50;

    final AcceleratorConfig config;
    final int n;
    final HeadRange range;
    final HalfMatrix[] keys;
    final HalfMatrix[] values;
    final List<Calibration> calibrations = new ArrayList<>();
    final long[] pages;
    final HalfMatrix query;
    final HostImage host;
    final long ring;
    final AppendJob append;
    final DecodeJob decode;
    final KvImages cache;

    Scene(AcceleratorConfig config, int n, int seed) {
      this.config = config;
      this.n = n;
      Random random = new Random(seed);
      int d = config.headDim();
      range = new HeadRange(1, config.kvHeads() - 1);
      keys = new HalfMatrix[range.count()];
      values = new HalfMatrix[range.count()];
      query = Samples.normal(random, range.count() * config.groupQueries(), d, 1);
      for (int head = 0; head < range.count(); head++) {
        keys[head] = Samples.normal(random, n, d, 2);
        values[head] = Samples.normal(random, n, d, 1);
      }
      for (int head = 0; head < config.kvHeads(); head++) {
        HalfMatrix samples = keys[Math.max(0, head - 1)];
        calibrations.add(new Calibrator(config).calibrate(samples, query));
      }
      pages = random.longs(0, KV_PAGES).distinct().limit(blocks(n)).toArray();
      host = new HostImage(config, 0x10_0000);
      cache = KvImages.empty(config, KV_BASE);
      ring = host.reserve(4L * DescriptorLayout.BYTES);
      long blockTable = host.blockTable(pages);
      long headTable = host.headTable(calibrations);
      append =
          new AppendJob(
              range,
              n,
              n,
              blockTable,
              host.halves(interleaved(keys)),
              host.halves(interleaved(values)),
              headTable,
              host.reserve(CompletionLayout.BYTES),
              77);
      HostLayout layout = new HostLayout(config);
      decode =
          new DecodeJob(
              range,
              Samples.parameters(d, n, 20, 1, 2),
              blockTable,
              host.halves(query),
              host.reserve(layout.queryBytes(range.count())),
              headTable,
              host.reserve(layout.bitmapsBytes(range.count())),
              host.reserve(CompletionLayout.BYTES),
              78);
    }

    private int blocks(int tokens) {
      return (tokens + config.pageTokens() - 1) / config.pageTokens();
    }

    private HalfMatrix interleaved(HalfMatrix[] heads) {
      short[][] rows = new short[n * heads.length][];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = heads[i % heads.length].row(i / heads.length);
      }
      return HalfMatrix.ofRows(rows);
    }

    GoldenMachine machine() {
      HostWindow window = new HostWindow(host.base(), host.limit());
      return new GoldenMachine(config, window, KV_PAGES, host.memory(), cache);
    }

    /** Runs a descriptor made from the decode job. */
    JobResult runDecode(UnaryOperator<byte[]> change) {
      host.memory().write(ring, change.apply(DescriptorLayout.encode(decode)));
      return machine().run(ring);
    }

    JobResult runAppend(UnaryOperator<byte[]> change) {
      host.memory().write(ring, change.apply(DescriptorLayout.encode(append)));
      return machine().run(ring);
    }

    void preload() {
      for (int head = 0; head < range.count(); head++) {
        cache.write(
            pages,
            range.first() + head,
            keys[head],
            values[head],
            calibrations.get(range.first() + head));
      }
    }
  }

  static Stream<AcceleratorConfig> configs() {
    return Stream.of(
        TestConfigs.tiny(), TestConfigs.trace(2, 4), TestConfigs.wide(), TestConfigs.coarse());
  }

  @ParameterizedTest
  @MethodSource("configs")
  void appendedSequenceIsDecodedAsTheStepDoes(AcceleratorConfig config) {
    Scene scene = new Scene(config, 201, 1);
    scene.host.descriptor(scene.ring, 3, scene.append);
    scene.host.descriptor(scene.ring, 0, scene.decode);
    List<JobResult> results = scene.machine().run(scene.ring, 2, 65535, 2);
    assertThat(results).extracting(JobResult::status).containsExactly(Status.OK, Status.OK);
    long selected = 0;
    for (int head = 0; head < scene.range.count(); head++) {
      int g = config.groupQueries();
      Calibration calibration = scene.calibrations.get(1 + head);
      DecodeResult expected =
          new DecodeStep(config)
              .run(
                  Samples.rows(scene.query.rows(head * g, (head + 1) * g)),
                  new MatrixHeadCache(scene.keys[head], scene.values[head], calibration),
                  calibration,
                  scene.decode.parameters());
      HostLayout layout = new HostLayout(config);
      for (int i = 0; i < g; i++) {
        long output = scene.decode.output() + layout.queryOffset(head, i);
        assertThat(scene.host.memory().readHalves(output, config.headDim()))
            .isEqualTo(expected.outputs()[i]);
      }
      long bitmap = scene.decode.bitmap() + (long) head * layout.bitmapStride();
      for (int t = 0; t < scene.n; t++) {
        long word = scene.host.memory().readNumber(bitmap + t / 64 * 8, 8);
        assertThat((word >> (t % 64) & 1) == 1)
            .isEqualTo(Arrays.binarySearch(expected.selected(), t) >= 0);
      }
      selected += expected.selected().length;
    }
    assertThat(results.get(1).selected()).isEqualTo(selected);
    byte[] record = scene.host.memory().read(scene.decode.completion(), CompletionLayout.BYTES);
    assertThat(CompletionLayout.STATUS.get(record)).isZero();
    assertThat(CompletionLayout.TAG.get(record)).isEqualTo(78);
    assertThat(CompletionLayout.SELECTED.get(record)).isEqualTo(selected);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void appendWritesWhatThePackerWrites(AcceleratorConfig config) {
    Scene scene = new Scene(config, 150, 2);
    scene.runAppend(bytes -> bytes);
    Scene packed = new Scene(config, 150, 2);
    packed.preload();
    for (int c = 0; c < config.channels(); c++) {
      assertThat(scene.cache.channels().get(c).firstDifference(packed.cache.channels().get(c)))
          .isEmpty();
    }
  }

  @Test
  void appendingTokenByTokenIsAppendingAtOnce() {
    Scene scene = new Scene(TestConfigs.tiny(), 70, 3);
    int vector = 32;
    for (int t = 0; t < 70; t++) {
      long offset = (long) t * vector;
      int tokens = t + 1;
      scene.runAppend(
          bytes -> {
            DescriptorLayout.TOKENS.put(bytes, tokens);
            DescriptorLayout.APPENDED.put(bytes, 1);
            DescriptorLayout.KEYS.put(bytes, scene.append.keys() + offset);
            DescriptorLayout.VALUES.put(bytes, scene.append.values() + offset);
            return bytes;
          });
    }
    Scene packed = new Scene(TestConfigs.tiny(), 70, 3);
    packed.preload();
    assertThat(scene.cache.channels().get(0).firstDifference(packed.cache.channels().get(0)))
        .isEmpty();
  }

  @Test
  void unwantedBitmapIsNotWritten() {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 4);
    scene.preload();
    assertThat(scene.runDecode(with(DescriptorLayout.BITMAP, 0)).status()).isEqualTo(Status.OK);
    assertThat(scene.host.memory().readNumber(scene.decode.bitmap(), 8)).isZero();
  }

  @Test
  void everyErrorHasItsStatusAndWritesOnlyTheRecord() {
    assertRefused(Status.OPCODE, with(DescriptorLayout.OPCODE, 9));
    assertRefused(Status.OPCODE, with(DescriptorLayout.MODE, 2));
    assertRefused(Status.OPCODE, with(DescriptorLayout.MODE, 0xFF));
    assertRefused(Status.EMPTY, with(DescriptorLayout.TOKENS, 0));
    assertRefused(Status.EMPTY, with(DescriptorLayout.HEADS, 0));
    assertRefused(Status.HEADS, with(DescriptorLayout.HEADS, 2));
    assertRefused(Status.HEADS, with(DescriptorLayout.FIRST_HEAD, 0xFFFF));
    assertRefused(Status.CONTEXT, with(DescriptorLayout.TOKENS, 1025));
    assertRefused(Status.CONTEXT, with(DescriptorLayout.TOKENS, 0xFFFF_FFFFL));
    assertRefused(Status.CAPACITY, with(DescriptorLayout.BUDGET, 254));
    assertRefused(Status.CAPACITY, with(DescriptorLayout.SINK, 0xFFFF_FFFFL));
    assertRefused(Status.WINDOW, with(DescriptorLayout.WINDOW, 4));
    assertRefused(Status.WINDOW, with(DescriptorLayout.WINDOW, 0));
    assertRefused(Status.FACTOR, with(DescriptorLayout.FACTOR, 0x2F80_0000L));
    assertRefused(Status.FACTOR, with(DescriptorLayout.FACTOR, 0x4780_0000L));
    assertRefused(Status.FACTOR, with(DescriptorLayout.FACTOR, 0xBF80_0000L));
    assertRefused(Status.SKIP, with(DescriptorLayout.SKIP, 65537));
    assertRefused(Status.FACTOR, dense(with(DescriptorLayout.FACTOR, 0)));
    assertRefused(Status.SKIP, dense(with(DescriptorLayout.SKIP, 65537)));
    assertRefused(Status.EMPTY, dense(with(DescriptorLayout.TOKENS, 0)));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void denseJobIsASparseOneThatSelectsEveryToken(AcceleratorConfig config) {
    int n = Math.min(201, Math.min(config.denseTokens(), config.maxSelected()));
    Scene sparse = new Scene(config, n, 13);
    sparse.preload();
    JobResult all =
        sparse.runDecode(
            with(DescriptorLayout.BUDGET, n)
                    .andThen(with(DescriptorLayout.SINK, 0))
                    .andThen(with(DescriptorLayout.RECENT, 0))
                ::apply);
    assertThat(all.status()).isEqualTo(Status.OK);
    assertThat(all.selected()).isEqualTo((long) n * sparse.range.count());

    // What a dense job does not look at may be anything.
    Scene dense = new Scene(config, n, 13);
    dense.preload();
    JobResult result =
        dense.runDecode(
            dense(
                with(DescriptorLayout.BUDGET, 0xFFFF_FFFFL)
                        .andThen(with(DescriptorLayout.SINK, 0xFFFF_FFFFL))
                        .andThen(with(DescriptorLayout.RECENT, 0xFFFF_FFFFL))
                        .andThen(with(DescriptorLayout.WINDOW, 4))
                    ::apply));
    assertThat(result).isEqualTo(all);
    dense
        .host
        .memory()
        .write(dense.ring, sparse.host.memory().read(dense.ring, DescriptorLayout.BYTES));
    assertThat(dense.host.memory().firstDifference(sparse.host.memory())).isEmpty();
  }

  @Test
  void denseJobOfMoreTokensThanFitIsRefused() {
    AcceleratorConfig config = TestConfigs.tiny();
    int most = config.denseTokens();
    assertThat(most).isLessThan(config.context());
    Scene fits = new Scene(config, most, 14);
    fits.preload();
    assertThat(fits.runDecode(dense(bytes -> bytes)).status()).isEqualTo(Status.OK);
    Scene tooLong = new Scene(config, most + 1, 14);
    tooLong.preload();
    assertThat(tooLong.runDecode(dense(bytes -> bytes)).status()).isEqualTo(Status.CAPACITY);
  }

  @Test
  void everyPointerIsCheckedAndReported() {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 5);
    long limit = scene.host.limit();
    for (BitField pointer : DescriptorLayout.pointers(Opcode.DECODE).subList(0, 5)) {
      for (long bad : new long[] {0xF_FFF8, limit, limit - 8, limit - 12, -8}) {
        JobResult result = scene.runDecode(with(pointer, bad));
        assertThat(result.status()).as(pointer.name() + " " + bad).isEqualTo(Status.POINTER);
        assertThat(result.errorAddress()).isEqualTo(bad);
        assertThat(result.reported()).isTrue();
      }
    }
    for (BitField pointer : DescriptorLayout.pointers(Opcode.APPEND).subList(0, 4)) {
      JobResult result = scene.runAppend(with(pointer, limit));
      assertThat(result.status()).as(pointer.name()).isEqualTo(Status.POINTER);
    }
  }

  @Test
  void badCompletionPointerIsReportedNowhereInMemory() {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 5);
    MemoryImage before = scene.host.memory().copy();
    JobResult result = scene.runDecode(with(DescriptorLayout.COMPLETION, scene.host.limit() - 24));
    assertThat(result.status()).isEqualTo(Status.POINTER);
    assertThat(result.reported()).isFalse();
    before.write(scene.ring, scene.host.memory().read(scene.ring, DescriptorLayout.BYTES));
    assertThat(scene.host.memory().firstDifference(before)).isEmpty();
  }

  @Test
  void pageBeyondTheCacheIsRefusedAtItsTableEntry() {
    Scene scene = new Scene(TestConfigs.tiny(), 150, 6);
    long entry = scene.decode.blockTable() + 2 * HostLayout.BLOCK_ENTRY_BYTES;
    scene.host.memory().writeNumber(entry, 4, Scene.KV_PAGES);
    JobResult result = scene.runDecode(bytes -> bytes);
    assertThat(result.status()).isEqualTo(Status.POINTER);
    assertThat(result.errorAddress()).isEqualTo(entry);
    assertThat(scene.runDecode(with(DescriptorLayout.TOKENS, 128)).status()).isEqualTo(Status.OK);
  }

  @Test
  void appendOfMoreThanTheSequenceOrOfNothingIsRefused() {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 7);
    assertThat(scene.runAppend(with(DescriptorLayout.APPENDED, 41)).status())
        .isEqualTo(Status.CONTEXT);
    assertThat(scene.runAppend(with(DescriptorLayout.APPENDED, 0)).status())
        .isEqualTo(Status.EMPTY);
    assertThat(scene.cache.channels().get(0).end()).isZero();
  }

  @Test
  void firstOfSeveralErrorsIsReported() {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 8);
    BitField[] fields = {
      DescriptorLayout.OPCODE,
      DescriptorLayout.FIRST_HEAD,
      DescriptorLayout.TOKENS,
      DescriptorLayout.BUDGET,
      DescriptorLayout.WINDOW,
      DescriptorLayout.FACTOR,
      DescriptorLayout.SKIP,
      DescriptorLayout.QUERY,
    };
    Status[] statuses = {
      Status.OPCODE,
      Status.HEADS,
      Status.CONTEXT,
      Status.CAPACITY,
      Status.WINDOW,
      Status.FACTOR,
      Status.SKIP,
      Status.POINTER,
    };
    for (int first = 0; first < fields.length; first++) {
      byte[] descriptor = DescriptorLayout.encode(scene.decode);
      for (int i = first; i < fields.length; i++) {
        fields[i].put(descriptor, fields[i].max());
      }
      assertThat(scene.runDecode(bytes -> descriptor).status()).isEqualTo(statuses[first]);
    }
  }

  @Test
  void busErrorEndsTheJobAndTheNextRuns() {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 9);
    scene.preload();
    MemoryImage channel = scene.cache.channels().get(0);
    long sick = Scene.KV_BASE + new KvLayout(scene.config).headOffset(scene.pages[0], 1);
    MemoryImage healthy = channel.copy();
    channel.fail(sick);
    assertThat(scene.runDecode(bytes -> bytes).status()).isEqualTo(Status.BUS);
    KvImages repaired = new KvImages(scene.config, Scene.KV_BASE, List.of(healthy));
    HostWindow window = new HostWindow(scene.host.base(), scene.host.limit());
    GoldenMachine next =
        new GoldenMachine(scene.config, window, Scene.KV_PAGES, scene.host.memory(), repaired);
    assertThat(next.run(scene.ring).status()).isEqualTo(Status.OK);
  }

  @Test
  void descriptorThatCannotBeReadIsReportedNowhereInMemory() {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 11);
    scene.host.descriptor(scene.ring, 0, scene.decode);
    scene.host.memory().fail(scene.ring);
    assertThat(scene.machine().run(scene.ring))
        .isEqualTo(new JobResult(Status.BUS, 0, 0, 0, scene.ring, false));
  }

  @Test
  void completionRecordThatCannotBeWrittenMakesTheJobFail() {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 12);
    scene.preload();
    long record = scene.host.reserve(CompletionLayout.BYTES, 4096);
    scene.host.memory().fail(record);
    assertThat(scene.runDecode(with(DescriptorLayout.COMPLETION, record)))
        .isEqualTo(new JobResult(Status.BUS, 78, 0, 0, record, false));
  }

  private static void assertRefused(Status status, UnaryOperator<byte[]> change) {
    Scene scene = new Scene(TestConfigs.tiny(), 40, 10);
    scene.preload();
    MemoryImage channel = scene.cache.channels().get(0).copy();
    scene.host.memory().write(scene.ring, change.apply(DescriptorLayout.encode(scene.decode)));
    MemoryImage before = scene.host.memory().copy();
    JobResult result = scene.machine().run(scene.ring);
    assertThat(result).isEqualTo(new JobResult(status, 78, 0, 0, 0, true));
    byte[] record = scene.host.memory().read(scene.decode.completion(), CompletionLayout.BYTES);
    assertThat(CompletionLayout.STATUS.get(record)).isEqualTo(status.code());
    before.write(scene.decode.completion(), record);
    assertThat(scene.host.memory().firstDifference(before)).isEmpty();
    assertThat(scene.cache.channels().get(0).firstDifference(channel)).isEmpty();
  }

  private static UnaryOperator<byte[]> dense(UnaryOperator<byte[]> change) {
    return bytes -> {
      DescriptorLayout.MODE.put(bytes, DecodeMode.DENSE.code());
      return change.apply(bytes);
    };
  }

  private static UnaryOperator<byte[]> with(BitField field, long value) {
    return bytes -> {
      field.put(bytes, value);
      return bytes;
    };
  }
}
