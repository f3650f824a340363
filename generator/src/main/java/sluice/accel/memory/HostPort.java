package sluice.accel.memory;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.hdl.lib.Arbiter;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.axi.AxiMaster;

/**
 * The host port and who uses it. Reads of job control, of decode and of append jobs are answered in
 * the order in which they ask; so are completion records, selection bitmaps and outputs written.
 */
public final class HostPort extends Module {
  private static final UInt WORD = UInt.of(AcceleratorConfig.HOST_BITS);

  /** Reads or writes whose words have not all passed, at most. */
  private static final int WAITING = 4;

  /** Who reads: job control, decode, append; who writes: records, bitmaps, outputs. */
  private static final int USERS = 3;

  private static final UInt OWNER = UInt.index(USERS);

  /** A read and whose it is. */
  private record OwnedRead(HostReader.HostReadCommand command, UInt owner) implements Bundle {}

  /** A write and whose it is. */
  private record OwnedWrite(HostWriter.HostWriteCommand command, UInt owner) implements Bundle {}

  /** The words of a write. */
  private record OwnedWords(UInt words, UInt owner) implements Bundle {}

  public final AxiMaster axi;

  /** Reads of job control, of decode and of append jobs, and their words. */
  public final Stream<HostReader.HostReadCommand> jobReads;

  public final Stream<HostReader.HostWord> jobWords;
  public final Stream<HostReader.HostReadCommand> decodeReads;
  public final Stream<HostReader.HostWord> decodeWords;
  public final Stream<HostReader.HostReadCommand> appendReads;
  public final Stream<HostReader.HostWord> appendWords;

  /** Writes of completion records, bitmaps and outputs, and their words. */
  public final Stream<HostWriter.HostWriteCommand> jobWrites;

  public final Stream<HostWriter.HostWriteCommand> bitmapWrites;
  public final Stream<HostWriter.HostWriteCommand> outputWrites;
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
    bitmapWrites = input(Stream.of(ports.hostWrite()));
    outputWrites = input(Stream.of(ports.hostWrite()));
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
    OwnedRead read = new OwnedRead(ports.hostRead(), OWNER);
    Arbiter<OwnedRead> reads = instance(new Arbiter<>(read, USERS));
    List<Stream<HostReader.HostReadCommand>> asking = List.of(jobReads, decodeReads, appendReads);
    for (int i = 0; i < USERS; i++) {
      UInt number = UInt.literal(i, OWNER.width());
      asking.get(i).map(command -> new OwnedRead(command, number)).to(reads.ins.get(i));
    }

    // The words come in the order of the reads.
    Queue<UInt> order = instance(new Queue<>(OWNER, WAITING));
    OwnedRead granted = reads.out.payload();
    reader.commands.valid().set(reads.out.valid().and(order.in.ready()));
    connect(reader.commands.payload(), granted.command());
    order.in.valid().set(reads.out.valid().and(reader.commands.ready()));
    order.in.payload().set(granted.owner());
    reads.out.ready().set(reader.commands.ready().and(order.in.ready()));

    List<Stream<HostReader.HostWord>> readers = List.of(jobWords, decodeWords, appendWords);
    List<Bool> taken = new ArrayList<>();
    for (int i = 0; i < USERS; i++) {
      Stream<HostReader.HostWord> words = readers.get(i);
      Bool turn = order.out.valid().and(order.out.payload().eq(i));
      words.valid().set(reader.words.valid().and(turn));
      connect(words.payload(), reader.words.payload());
      taken.add(words.ready().and(turn));
    }
    reader.words.ready().set(taken.stream().reduce(Bool::or).orElseThrow());
    order.out.ready().set(reader.words.fires().and(reader.words.payload().last()));
  }

  private void write(MemoryPorts ports, HostWriter writer) {
    OwnedWrite write = new OwnedWrite(ports.hostWrite(), OWNER);
    Arbiter<OwnedWrite> writes = instance(new Arbiter<>(write, USERS));
    List<Stream<HostWriter.HostWriteCommand>> asking =
        List.of(jobWrites, bitmapWrites, outputWrites);
    for (int i = 0; i < USERS; i++) {
      UInt number = UInt.literal(i, OWNER.width());
      asking.get(i).map(command -> new OwnedWrite(command, number)).to(writes.ins.get(i));
    }

    // The words follow in the order of the writes.
    OwnedWords words = new OwnedWords(ports.hostWrite().words(), OWNER);
    Queue<OwnedWords> order = instance(new Queue<>(words, WAITING));
    OwnedWrite granted = writes.out.payload();
    writer.commands.valid().set(writes.out.valid().and(order.in.ready()));
    connect(writer.commands.payload(), granted.command());
    order.in.valid().set(writes.out.valid().and(writer.commands.ready()));
    connect(order.in.payload(), new OwnedWords(granted.command().words(), granted.owner()));
    writes.out.ready().set(writer.commands.ready().and(order.in.ready()));

    OwnedWords current = order.out.payload();
    List<Stream<UInt>> sources = List.of(recordWords, bitmapWords, outputWords);
    Vec<Bool> valids = Vec.from(sources.stream().map(Stream::valid).toList());
    Vec<UInt> payloads = Vec.from(sources.stream().map(Stream::payload).toList());
    writer.words.valid().set(order.out.valid().and(valids.get(current.owner())));
    writer.words.payload().set(payloads.get(current.owner()));
    for (int i = 0; i < USERS; i++) {
      Bool turn = order.out.valid().and(current.owner().eq(i));
      sources.get(i).ready().set(writer.words.ready().and(turn));
    }
    UInt word = register(current.words()).reset(0);
    Bool passes = writer.words.fires();
    Bool last = word.plusWrap(1).eq(current.words());
    when(passes, () -> word.set(mux(last, UInt.literal(0, word.width()), word.plusWrap(1))));
    order.out.ready().set(passes.and(last));
  }
}
