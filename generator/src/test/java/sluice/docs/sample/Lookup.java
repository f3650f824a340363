package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;

/** Replaces indexes by words of a table, which is written from outside. */
public final class Lookup extends Module {
  public final Bool write = input(Bool.of());
  public final UInt writeIndex;
  public final UInt writeWord = input(UInt.of(16));
  public final Stream<UInt> indexes;
  public final Stream<UInt> words;

  public Lookup(int entries) {
    describe("Table of " + entries + " words of 16 bits. Latency: 2 cycles; a word a cycle.");
    writeIndex = input(UInt.index(entries));
    indexes = input(Stream.of(UInt.index(entries)));
    words = output(Stream.of(UInt.of(16)));

    Queue<UInt> queue = instance(new Queue<>(UInt.of(16), 4));
    Bool arriving = register(Bool.of()).reset(false);
    // A word that is read needs a place, and so does the one that is on its way.
    Bool room = queue.count.le(2);
    indexes.ready().set(room);
    arriving.set(indexes.fires());

    Memory<UInt> table = memory(UInt.of(16), entries);
    table.write(write, writeIndex, writeWord);
    UInt word = table.read(indexes.payload(), indexes.fires());
    queue.in.valid().set(arriving);
    queue.in.payload().set(word);
    queue.out.to(words);
  }
}
