package sluice.accel.scan;

import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;

/**
 * Elements that arrive in host words, lowest first, and are read one at a time: the parts of a head
 * table, a query, a key. A last word that is not full of elements is padded.
 */
final class ElementStore extends Module {

  /** Begins new contents: the words that follow replace the old ones. */
  final Bool start;

  /** Exactly as many words as the elements need are taken after each start. */
  final Stream<UInt> words;

  /** Whether all words have arrived since the last start. */
  final Bool full;

  /** The position of the word that is next to arrive. */
  final UInt wordIndex;

  /** Reads the element at {@code index}; only while full. */
  final Bool read;

  final UInt index;

  /** The element read, one cycle after {@code read}, for one cycle. */
  final UInt element;

  /**
   * @param elements elements held
   * @param elementBits bits of an element: 8 or 16
   */
  ElementStore(int elements, int elementBits) {
    super("elementStore_" + elements + "x" + elementBits);
    int perWord = AcceleratorConfig.HOST_BITS / elementBits;
    int wordCount = (elements + perWord - 1) / perWord;
    describe(
        """
        %d elements of %d bits that arrive in words of %d bits and are read one at a time.
        Latency of a read: 1 cycle."""
            .formatted(elements, elementBits, AcceleratorConfig.HOST_BITS));
    start = input(Bool.of());
    words = input(Stream.of(UInt.of(AcceleratorConfig.HOST_BITS)));
    full = output(Bool.of());
    wordIndex = output(UInt.index(wordCount));
    read = input(Bool.of());
    index = input(UInt.index(elements));
    element = output(UInt.of(elementBits));

    Bool filling = register(Bool.of()).reset(false);
    Bool complete = register(Bool.of()).reset(false);
    UInt arrived = register(UInt.index(wordCount)).reset(0);
    Bool arrives = words.fires();
    when(
            start,
            () -> {
              filling.set(true);
              complete.set(false);
              arrived.set(0);
            })
        .elseWhen(
            arrives,
            () -> {
              Bool last = arrived.eq(wordCount - 1);
              arrived.set(arrived.plusWrap(1));
              filling.set(last.not());
              complete.set(last);
            });
    words.ready().set(filling);
    full.set(complete);
    wordIndex.set(arrived);

    int positionBits = Integer.numberOfTrailingZeros(perWord);
    UInt position = delayed(index.truncate(positionBits));
    UInt word;
    if (wordCount == 1) {
      UInt only = register(words.payload());
      when(arrives, () -> only.set(words.payload()));
      word = only;
    } else {
      Memory<UInt> contents = memory(words.payload(), wordCount);
      contents.write(arrives, arrived, words.payload());
      word = contents.read(index.shiftRight(positionBits), read);
    }
    Vec<UInt> elementsOfWord =
        Vec.generate(perWord, i -> word.bits((i + 1) * elementBits - 1, i * elementBits));
    element.set(elementsOfWord.get(position));
  }
}
