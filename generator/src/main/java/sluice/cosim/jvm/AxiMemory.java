package sluice.cosim.jvm;

import sluice.cosim.MemoryModel;
import sluice.cosim.MemoryReport;
import sluice.cosim.SimulationException;

/**
 * A memory at an AXI4 master port of a circuit, and the checker of what the master may do.
 *
 * <p>Answers with the same ID come in the order of the requests, others in any order (random model)
 * or as they become ready (DRAM). What AXI does not order, the model decides: under the random
 * model a write takes effect beat by beat or only when its response is given, and a read sees the
 * memory when it is accepted or when it is answered, by seed. So a master that does not wait for a
 * response where it must is found.
 */
final class AxiMemory {
  private static final int HALF = 128;

  private final BusMemory memory;
  private final AxiPort port;
  private final boolean isRandom;
  private final Answers answers;
  private final SeededRandom random;
  private final Mood mood;
  private final MemoryReads reads;
  private final MemoryWrites writes;

  AxiMemory(BusMemory memory, AxiPort port, MemoryModel model, SeededRandom random) {
    this.memory = memory;
    this.port = port;
    this.random = random;
    isRandom = model instanceof MemoryModel.Random;
    mood = isRandom ? Mood.changing(random) : Mood.steady();
    boolean lateWrites = isRandom && random.chance(HALF);
    boolean lateReads = !isRandom || random.chance(HALF);
    answers = Answers.of(model, random);
    reads = new MemoryReads(memory, port, answers, lateReads);
    writes = new MemoryWrites(memory, port, answers, lateWrites);
  }

  BusMemory memory() {
    return memory;
  }

  /** What went through the port so far. */
  MemoryReport report() {
    return new MemoryReport(
        memory.name(),
        reads.requests(),
        reads.beats(),
        writes.requests(),
        writes.beats(),
        answers.report());
  }

  /** Nothing accepted and not answered, nothing offered and not accepted. */
  boolean idle() {
    return reads.idle() && writes.idle();
  }

  /** Forgets what is under way. The inputs of a cycle in reset. */
  void driveReset() {
    answers.reset();
    reads.reset();
    writes.reset();
  }

  /** AXI4 A3.1.2: VALID is low in reset and until the first edge after it. */
  void sampleReset() throws SimulationException {
    port.sample();
    Check.that(!port.arValid(), "%s: ARVALID is high in reset", memory.name());
    Check.that(!port.awValid(), "%s: AWVALID is high in reset", memory.name());
    Check.that(!port.wValid(), "%s: WVALID is high in reset", memory.name());
  }

  /** The inputs of a cycle, after the edge that began it. */
  void drive(long cycle) {
    if (isRandom) {
      mood.advance(cycle, random);
    }
    answers.advance(cycle);
    reads.drive(cycle, mood, random);
    writes.drive(cycle, mood, random);
    port.arReady().set(reads.hasRoom() && mayBeReady(reads.stalled(), Mood.Channel.AR));
    port.awReady()
        .set(
            writes.hasAddressRoom()
                && mayBeReady(writes.addressStalled(), Mood.Channel.AW)
                && (mood.writeOrder() != Mood.WriteOrder.DATA_FIRST || writes.dataSeen()));
    port.wReady()
        .set(
            writes.hasDataRoom()
                && mayBeReady(writes.dataStalled(), Mood.Channel.W)
                && (mood.writeOrder() != Mood.WriteOrder.ADDRESS_FIRST || writes.addressSeen()));
  }

  private boolean mayBeReady(boolean validSeen, Mood.Channel channel) {
    return !mood.stalls(channel, random) && (validSeen || !mood.readyAfterValid());
  }

  /**
   * The outputs of a cycle, before the edge that ends it.
   *
   * @return whether there was a handshake
   */
  boolean sample(long cycle) throws SimulationException {
    port.sample();
    boolean activity = reads.sampleRequest(cycle);
    activity |= writes.sampleRequest(cycle);
    activity |= writes.sampleData(cycle);
    activity |= reads.sampleData();
    activity |= writes.sampleResponse();
    return activity;
  }
}
