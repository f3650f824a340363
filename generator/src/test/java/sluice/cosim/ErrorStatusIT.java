package sluice.cosim;

import static sluice.cosim.JobScene.with;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import sluice.config.AcceleratorConfig;
import sluice.golden.HostWindow;
import sluice.layout.BitField;
import sluice.layout.DecodeMode;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;
import sluice.layout.Opcode;
import sluice.layout.Status;

/**
 * Every reason to refuse a job ends it with its status and address, nothing but the completion
 * record is written, and the job behind it runs normally; on the emitted Verilog, compared to the
 * byte.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErrorStatusIT {
  private VerilatedAccelerator accelerator;
  private AcceleratorConfig config;
  private JobScene scene;

  @BeforeAll
  void build() throws IOException {
    accelerator = Simulators.build(Simulators.TINY);
    config = accelerator.config();
  }

  @BeforeEach
  void prepare() {
    scene = new JobScene(config, 1);
  }

  private void run() throws IOException {
    scene.run(accelerator, MemoryTiming.random(8, 1));
  }

  private byte[] decode() {
    return DescriptorLayout.encode(scene.decode());
  }

  private byte[] append() {
    return DescriptorLayout.encode(scene.append());
  }

  /** A decode with another value in a field. */
  private void decode(Status status, BitField field, long value) {
    scene.refuse(with(decode(), field, value), status, 0);
  }

  private void append(Status status, BitField field, long value) {
    scene.refuse(with(append(), field, value), status, 0);
  }

  @Test
  void unknownOpcodesAndModes() throws IOException {
    decode(Status.OPCODE, DescriptorLayout.OPCODE, 0);
    decode(Status.OPCODE, DescriptorLayout.OPCODE, 3);
    decode(Status.OPCODE, DescriptorLayout.OPCODE, 0x81);
    decode(Status.OPCODE, DescriptorLayout.MODE, 2);
    decode(Status.OPCODE, DescriptorLayout.MODE, 0x81);
    append(Status.OPCODE, DescriptorLayout.MODE, 1);
    append(Status.OPCODE, DescriptorLayout.MODE, 0x80);
    run();
  }

  @Test
  void nothingToDo() throws IOException {
    decode(Status.EMPTY, DescriptorLayout.TOKENS, 0);
    decode(Status.EMPTY, DescriptorLayout.HEADS, 0);
    append(Status.EMPTY, DescriptorLayout.TOKENS, 0);
    append(Status.EMPTY, DescriptorLayout.APPENDED, 0);
    append(Status.EMPTY, DescriptorLayout.HEADS, 0);
    run();
  }

  @Test
  void headsThatAreNotThere() throws IOException {
    decode(Status.HEADS, DescriptorLayout.HEADS, config.kvHeads() + 1L);
    decode(Status.HEADS, DescriptorLayout.FIRST_HEAD, 1);
    decode(Status.HEADS, DescriptorLayout.FIRST_HEAD, 0xFFFF);
    append(Status.HEADS, DescriptorLayout.HEADS, 0xFFFF);
    append(Status.HEADS, DescriptorLayout.FIRST_HEAD, 0xFFFE);
    run();
  }

  @Test
  void tooManyTokens() throws IOException {
    decode(Status.CONTEXT, DescriptorLayout.TOKENS, config.context() + 1L);
    decode(Status.CONTEXT, DescriptorLayout.TOKENS, 0xFFFF_FFFFL);
    append(Status.CONTEXT, DescriptorLayout.TOKENS, config.context() + 1L);
    append(Status.CONTEXT, DescriptorLayout.APPENDED, JobScene.TOKENS + 1L);
    append(Status.CONTEXT, DescriptorLayout.APPENDED, 0xFFFF_FFFFL);
    run();
  }

  @Test
  void moreSelectedThanThereIsRoomFor() throws IOException {
    // Beside 4 sinks and 2 recent tokens.
    decode(Status.CAPACITY, DescriptorLayout.BUDGET, config.maxSelected() - 5L);
    decode(Status.CAPACITY, DescriptorLayout.BUDGET, 0xFFFF_FFFFL);
    decode(Status.CAPACITY, DescriptorLayout.SINK, 0xFFFF_FFFFL);
    decode(Status.CAPACITY, DescriptorLayout.RECENT, 0xFFFF_FFFAL);
    scene.accept(with(decode(), DescriptorLayout.BUDGET, config.maxSelected() - 6L));
    run();
  }

  /** A dense decode is of all tokens, whatever its counts and its window say. */
  @Test
  void denseDecodesOfMoreTokensThanFit() throws IOException {
    long most = config.denseTokens();
    byte[] dense = with(decode(), DescriptorLayout.MODE, DecodeMode.DENSE.code());
    scene.refuse(with(dense, DescriptorLayout.TOKENS, most + 1), Status.CAPACITY, 0);
    scene.refuse(with(dense, DescriptorLayout.TOKENS, config.context()), Status.CAPACITY, 0);
    scene.refuse(with(dense, DescriptorLayout.TOKENS, config.context() + 1L), Status.CONTEXT, 0);
    scene.refuse(with(dense, DescriptorLayout.FACTOR, 0), Status.FACTOR, 0);
    scene.refuse(with(dense, DescriptorLayout.SKIP, 65537), Status.SKIP, 0);
    byte[] junk = with(dense, DescriptorLayout.BUDGET, 0xFFFF_FFFFL);
    junk = with(junk, DescriptorLayout.SINK, 0xFFFF_FFFFL);
    junk = with(junk, DescriptorLayout.WINDOW, 4);
    scene.accept(junk);
    run();
  }

  @Test
  void windowsThatAreNotSupported() throws IOException {
    for (int window : new int[] {0, 2, 4, 6, 8, 9, 0x81}) {
      decode(Status.WINDOW, DescriptorLayout.WINDOW, window);
    }
    run();
  }

  @Test
  void factorsOutOfRange() throws IOException {
    long one = Float.floatToIntBits(1);
    decode(Status.FACTOR, DescriptorLayout.FACTOR, 0);
    decode(Status.FACTOR, DescriptorLayout.FACTOR, (96L << 23) - 1);
    decode(Status.FACTOR, DescriptorLayout.FACTOR, 143L << 23);
    decode(Status.FACTOR, DescriptorLayout.FACTOR, one | 1L << 31);
    decode(Status.FACTOR, DescriptorLayout.FACTOR, Float.floatToIntBits(Float.POSITIVE_INFINITY));
    decode(Status.FACTOR, DescriptorLayout.FACTOR, Float.floatToIntBits(Float.NaN));
    scene.accept(with(decode(), DescriptorLayout.FACTOR, 96L << 23));
    scene.accept(with(decode(), DescriptorLayout.FACTOR, (143L << 23) - 1));
    run();
  }

  @Test
  void skipThresholdsAboveTheLargestWeight() throws IOException {
    decode(Status.SKIP, DescriptorLayout.SKIP, 65537);
    decode(Status.SKIP, DescriptorLayout.SKIP, 65536 * 2);
    decode(Status.SKIP, DescriptorLayout.SKIP, 0xFFFF_FFFFL);
    scene.accept(with(decode(), DescriptorLayout.SKIP, 65536));
    run();
  }

  @Test
  void theFirstOfSeveralReasonsCounts() throws IOException {
    BitField[] fields = {
      DescriptorLayout.OPCODE,
      DescriptorLayout.HEADS,
      DescriptorLayout.FIRST_HEAD,
      DescriptorLayout.TOKENS,
      DescriptorLayout.BUDGET,
      DescriptorLayout.WINDOW,
      DescriptorLayout.FACTOR,
      DescriptorLayout.SKIP,
      DescriptorLayout.BLOCK_TABLE,
      DescriptorLayout.QUERY,
    };
    for (int first = 0; first < fields.length; first++) {
      byte[] descriptor = decode();
      for (int i = first; i < fields.length; i++) {
        boolean zero = fields[i] == DescriptorLayout.HEADS;
        fields[i].put(descriptor, zero ? 0 : fields[i].max());
      }
      Status status =
          new Status[] {
                Status.OPCODE,
                Status.EMPTY,
                Status.HEADS,
                Status.CONTEXT,
                Status.CAPACITY,
                Status.WINDOW,
                Status.FACTOR,
                Status.SKIP,
                Status.POINTER,
                Status.POINTER
              }
              [first];
      scene.refuse(descriptor, status, status == Status.POINTER ? -1 : 0);
    }
    run();
  }

  @Test
  void pointersOfADecode() throws IOException {
    HostLayout layout = new HostLayout(config);
    long queries = layout.queryBytes(config.kvHeads());
    pointer(DescriptorLayout.BLOCK_TABLE, layout.blockTableBytes(JobScene.TOKENS), decode());
    pointer(DescriptorLayout.QUERY, queries, decode());
    pointer(DescriptorLayout.OUTPUT, queries, decode());
    pointer(DescriptorLayout.HEAD_TABLE, headTableBytes(), decode());
    pointer(DescriptorLayout.BITMAP, layout.bitmapsBytes(config.kvHeads()), decode());
    run();
  }

  @Test
  void pointersOfAnAppend() throws IOException {
    HostLayout layout = new HostLayout(config);
    long vectors = layout.appendBytes(JobScene.APPENDED, config.kvHeads());
    pointer(DescriptorLayout.BLOCK_TABLE, layout.blockTableBytes(JobScene.TOKENS), append());
    pointer(DescriptorLayout.KEYS, vectors, append());
    pointer(DescriptorLayout.VALUES, vectors, append());
    pointer(DescriptorLayout.HEAD_TABLE, headTableBytes(), append());
    // A bitmap is none of its pointers.
    scene.accept(with(append(), DescriptorLayout.BITMAP, -1));
    run();
  }

  private long headTableBytes() {
    return (long) config.kvHeads() * new HeadTableLayout(config).entryBytes();
  }

  /** Misaligned, below the window, behind it, over its end by a word, and over the last address. */
  private void pointer(BitField field, long bytes, byte[] descriptor) {
    HostWindow window = scene.memory.window();
    long[] wrong = {
      field.get(descriptor) + 4,
      field.get(descriptor) + 1,
      window.base() - 8,
      0,
      window.limit(),
      window.limit() - bytes + 8,
      -8,
      -bytes,
      Long.MIN_VALUE,
      field.get(descriptor) | 1L << 40,
    };
    for (long value : wrong) {
      boolean none = field == DescriptorLayout.BITMAP && value == 0;
      if (!none) {
        scene.step(with(descriptor, field, value), Status.POINTER, value, null);
      }
    }
    scene.accept();
  }

  @Test
  void severalPointersAtFaultReportTheFirst() throws IOException {
    for (BitField first : DescriptorLayout.pointers(Opcode.DECODE).subList(0, 5)) {
      byte[] descriptor = decode();
      long value = 4;
      for (BitField pointer : DescriptorLayout.pointers(Opcode.DECODE).subList(0, 5)) {
        if (pointer.word() >= first.word()) {
          pointer.put(descriptor, value + 8L * pointer.word());
        }
      }
      scene.refuse(descriptor, Status.POINTER, value + 8L * first.word());
    }
    run();
  }

  @Test
  void aBadCompletionPointerIsReportedInTheRegistersOnly() throws IOException {
    HostWindow window = scene.memory.window();
    for (long value : new long[] {window.limit() - 24, window.base() - 8, -16, -32, 0}) {
      scene.refuse(with(decode(), DescriptorLayout.COMPLETION, value), Status.POINTER, value);
    }
    byte[] misaligned = decode();
    long odd = DescriptorLayout.COMPLETION.get(misaligned) + 2;
    scene.refuse(with(misaligned, DescriptorLayout.COMPLETION, odd), Status.POINTER, odd);
    // Another status has precedence, and is not written anywhere either.
    byte[] wrongWindow = with(decode(), DescriptorLayout.WINDOW, 4);
    scene.refuse(with(wrongWindow, DescriptorLayout.COMPLETION, 8), Status.WINDOW, 0);
    run();
  }

  @Test
  void pagesThatAreNotThere() throws IOException {
    int words = scene.pages.length;
    for (int entry = 0; entry < words; entry++) {
      for (long page : new long[] {scene.memory.kvPages, 0xFFFF_FFFFL}) {
        long[] table = scene.pages.clone();
        table[entry] = page;
        if (entry == 0) {
          table[words - 1] = page;
        }
        long address = scene.place(table);
        for (byte[] descriptor : new byte[][] {decode(), append()}) {
          scene.refuse(
              with(descriptor, DescriptorLayout.BLOCK_TABLE, address),
              Status.POINTER,
              address + 4L * entry);
        }
      }
    }
    run();
  }

  @Test
  void anInvalidOperandIsNotRememberedByTheNextJob() throws IOException {
    long nan = scene.nanQuery();
    for (int i = 0; i < 3; i++) {
      scene.step(with(decode(), DescriptorLayout.QUERY, nan), Status.INVALID_OPERAND, 0, null);
      scene.accept();
      scene.accept(append());
    }
    run();
  }
}
