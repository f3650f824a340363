package sluice.cosim;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sluice.config.AcceleratorConfig;
import sluice.cosim.JobScene.Fault;
import sluice.layout.AppendJob;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeJob;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;
import sluice.layout.KvLayout;

/**
 * A memory that answers SLVERR or DECERR ends the job with BUS, wherever it happens; the job behind
 * it, with the memory healthy again, runs normally.
 */
class BusErrorIT {
  private AcceleratorConfig config;
  private JobScene scene;
  private int faults;

  @ParameterizedTest
  @ValueSource(strings = {Simulators.TINY, Simulators.CHANNELS})
  void everyReadAndWriteMayFail(String shape) throws IOException {
    everyReadAndWriteMayFail(Simulators.build(shape));
    everyReadAndWriteMayFail(Simulators.inJvm(shape));
  }

  private void everyReadAndWriteMayFail(Testbench accelerator) throws IOException {
    config = accelerator.config();
    for (MemoryTiming timing :
        List.of(MemoryTiming.ideal(1), MemoryTiming.ideal(30), MemoryTiming.random(40, 5))) {
      scene = new JobScene(config, 2);
      decodes();
      appends();
      scene.run(accelerator, timing);
    }
  }

  private Fault fault(String memory, long address, long bytes, boolean late) {
    return new Fault(
        memory, address, bytes, faults++ % 2 == 0 ? BusError.SLVERR : BusError.DECERR, late);
  }

  /** A word of host memory. */
  private Fault word(long address, boolean late) {
    return fault("host", address, 8, late);
  }

  private void decode(DecodeJob job, Fault fault) {
    scene.breakOff(DescriptorLayout.encode(job), fault);
  }

  private void append(AppendJob job, Fault fault) {
    scene.breakOff(DescriptorLayout.encode(job), fault);
  }

  private void decodes() {
    HostLayout layout = new HostLayout(config);
    int lastHead = config.kvHeads() - 1;
    long tableBytes = layout.blockTableBytes(JobScene.TOKENS);
    int entryBytes = new HeadTableLayout(config).entryBytes();

    decode(scene.decode(), word(scene.nextDescriptor(), false));
    decode(scene.decode(), word(scene.nextDescriptor() + DescriptorLayout.BYTES - 8, false));
    decode(scene.decode(), word(scene.blockTable, false));
    decode(scene.decode(), word(scene.blockTable + tableBytes - 8, false));
    decode(scene.decode(), word(scene.headTable(), false));
    decode(scene.decode(), word(scene.headTable() + (long) lastHead * entryBytes, true));
    DecodeJob query = scene.decode();
    decode(query, word(query.query() + layout.groupBytes() - 8, false));
    DecodeJob lastQuery = scene.decode();
    decode(lastQuery, word(lastQuery.query() + layout.queryBytes(lastHead), true));

    for (Fault fault : cacheReads(0, false)) {
      decode(scene.decode(), fault);
    }
    for (Fault fault : cacheReads(lastHead, true)) {
      decode(scene.decode(), fault);
    }

    DecodeJob bitmap = scene.decode();
    decode(bitmap, word(bitmap.bitmap(), true));
    DecodeJob output = scene.decode();
    decode(output, word(output.output(), true));
    DecodeJob lastOutput = scene.decode();
    long outputBytes = layout.queryBytes(config.kvHeads());
    decode(lastOutput, word(lastOutput.output() + outputBytes - 8, true));
    DecodeJob completion = scene.decode();
    decode(completion, fault("host", completion.completion(), CompletionLayout.BYTES, false));
    DecodeJob lastWord = scene.decode();
    decode(lastWord, word(lastWord.completion() + CompletionLayout.BYTES - 8, false));
  }

  /** Faults in the key records, the keys and the values of a head: in tokens that are sinks. */
  private List<Fault> cacheReads(int head, boolean late) {
    KvLayout layout = new KvLayout(config);
    long page = scene.memory.cache.base() + layout.headOffset(scene.pages[0], head);
    String channel = "ch" + layout.channel(JobScene.SINK - 1);
    List<Fault> found = new ArrayList<>();
    found.add(fault(channel, page + layout.recordsOffset(), layout.beatBytes(), late));
    found.add(fault(channel, page + layout.keysOffset(), layout.keysBytes(), late));
    found.add(fault(channel, page + layout.valuesOffset(), layout.keysBytes(), late));
    return found;
  }

  private void appends() {
    HostLayout layout = new HostLayout(config);
    int entryBytes = new HeadTableLayout(config).entryBytes();
    long bytes = layout.appendBytes(JobScene.APPENDED, config.kvHeads());
    append(scene.append(), word(scene.blockTable, false));
    append(scene.append(), word(scene.headTable() + entryBytes - 8, false));
    AppendJob key = scene.append();
    append(key, word(key.keys(), false));
    AppendJob lastValue = scene.append();
    append(lastValue, word(lastValue.values() + bytes - 8, false));

    KvLayout cache = new KvLayout(config);
    int token = JobScene.TOKENS - 1;
    int head = config.kvHeads() - 1;
    long base = scene.memory.cache.base();
    long page = scene.pages[cache.blockIndex(token)];
    String channel = "ch" + cache.channel(token);
    int vector = config.vectorBytes();
    int record = cache.recordBytes();
    append(scene.append(), fault(channel, base + cache.keyOffset(page, head, token), vector, true));
    append(
        scene.append(), fault(channel, base + cache.valueOffset(page, head, token), vector, true));
    append(
        scene.append(), fault(channel, base + cache.recordOffset(page, head, token), record, true));
    int first = JobScene.TOKENS - JobScene.APPENDED;
    long firstPage = scene.pages[cache.blockIndex(first)];
    append(
        scene.append(),
        fault("ch" + cache.channel(first), base + cache.keyOffset(firstPage, 0, first), 1, true));
    AppendJob completion = scene.append();
    append(completion, word(completion.completion(), false));
  }
}
