package sluice.accel.memory;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Arbiter;
import sluice.hdl.lib.axi.AxiMaster;

/**
 * The host port and who uses it: job control, decode and append jobs. Only one job is in work, so
 * the words that are read belong to whoever works on it.
 */
public final class HostPort extends Module {
  private static final UInt WORD = UInt.of(AcceleratorConfig.HOST_BITS);

  public final AxiMaster axi;

  /** Which kind of job is in work; neither while job control reads and writes for itself. */
  public final Bool decoding = input(Bool.of());

  public final Bool appending = input(Bool.of());

  /** Of a decode job: whether bitmap words are written; outputs are otherwise. */
  public final Bool writesBitmap = input(Bool.of());

  public final Stream<HostReader.HostReadCommand> jobReads;
  public final Stream<HostReader.HostWord> jobWords;
  public final Stream<HostReader.HostReadCommand> decodeReads;
  public final Stream<HostReader.HostWord> decodeWords;
  public final Stream<HostReader.HostReadCommand> appendReads;
  public final Stream<HostReader.HostWord> appendWords;

  public final Stream<HostWriter.HostWriteCommand> jobWrites;
  public final Stream<HostWriter.HostWriteCommand> decodeWrites;

  /** Words to write: completion records, bitmaps, outputs. */
  public final Stream<UInt> recordWords = input(Stream.of(WORD));

  public final Stream<UInt> bitmapWords = input(Stream.of(WORD));
  public final Stream<UInt> outputWords = input(Stream.of(WORD));

  /** All answers to writes are in. */
  public final Bool writerIdle = output(Bool.of());

  public final Bool clearError = input(Bool.of());
  public final Bool error = output(Bool.of());
  public final UInt errorAddress;

  public HostPort(AcceleratorConfig config) {
    describe("The host port, shared by job control, decode and append jobs.");
    MemoryPorts ports = new MemoryPorts(config);
    axi = output(ports.host());
    jobReads = input(Stream.of(ports.hostRead()));
    jobWords = output(Stream.of(ports.hostWord()));
    decodeReads = input(Stream.of(ports.hostRead()));
    decodeWords = output(Stream.of(ports.hostWord()));
    appendReads = input(Stream.of(ports.hostRead()));
    appendWords = output(Stream.of(ports.hostWord()));
    jobWrites = input(Stream.of(ports.hostWrite()));
    decodeWrites = input(Stream.of(ports.hostWrite()));
    errorAddress = output(UInt.of(config.addressBits()));

    HostReader reader = instance(new HostReader(config));
    HostWriter writer = instance(new HostWriter(config));
    reader.ar.to(axi.ar());
    axi.r().to(reader.r);
    writer.aw.to(axi.aw());
    writer.w.to(axi.w());
    axi.b().to(writer.b);
    read(ports, reader);
    write(ports, writer);

    reader.clearError.set(clearError);
    writer.clearError.set(clearError);
    error.set(reader.error.or(writer.error));
    errorAddress.set(mux(reader.error, reader.errorAddress, writer.errorAddress));
    writerIdle.set(writer.idle);
  }

  private void read(MemoryPorts ports, HostReader reader) {
    Arbiter<HostReader.HostReadCommand> reads = instance(new Arbiter<>(ports.hostRead(), 3));
    jobReads.to(reads.ins.get(0));
    decodeReads.to(reads.ins.get(1));
    appendReads.to(reads.ins.get(2));
    reads.out.to(reader.commands);

    Bool valid = reader.words.valid();
    jobWords.valid().set(valid.andNot(decoding.or(appending)));
    decodeWords.valid().set(valid.and(decoding));
    appendWords.valid().set(valid.and(appending));
    connect(jobWords.payload(), reader.words.payload());
    connect(decodeWords.payload(), reader.words.payload());
    connect(appendWords.payload(), reader.words.payload());
    Bool otherReady = mux(appending, appendWords.ready(), jobWords.ready());
    reader.words.ready().set(mux(decoding, decodeWords.ready(), otherReady));
  }

  private void write(MemoryPorts ports, HostWriter writer) {
    Arbiter<HostWriter.HostWriteCommand> writes = instance(new Arbiter<>(ports.hostWrite(), 2));
    jobWrites.to(writes.ins.get(0));
    decodeWrites.to(writes.ins.get(1));
    writes.out.to(writer.commands);

    Bool takesBitmap = decoding.and(writesBitmap);
    Bool takesOutput = decoding.andNot(writesBitmap);
    Bool otherValid = mux(takesOutput, outputWords.valid(), recordWords.valid());
    UInt otherWord = mux(takesOutput, outputWords.payload(), recordWords.payload());
    writer.words.valid().set(mux(takesBitmap, bitmapWords.valid(), otherValid));
    writer.words.payload().set(mux(takesBitmap, bitmapWords.payload(), otherWord));
    bitmapWords.ready().set(writer.words.ready().and(takesBitmap));
    outputWords.ready().set(writer.words.ready().and(takesOutput));
    recordWords.ready().set(writer.words.ready().andNot(decoding));
  }
}
