package sluice.hdl.example;

import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;

/** Mistakes in the declaration of memories and in the use of their ports. */
class MemoryMistakesTest extends MistakeTest {

  /** A memory of 10 words of 12 bits, or a register file of 8. */
  private static final class Store extends Module {
    private final Bool enable = input(Bool.of());

    Store(boolean file, BiConsumer<Memory<UInt>, Bool> use) {
      Memory<UInt> store =
          file ? registerFile(UInt.of(12), 8) : memory(UInt.of(12), 10); // see also: store
      use.accept(store, enable);
    }
  }

  private static UInt word(int width) {
    return UInt.literal(1, width);
  }

  private void refused(BiConsumer<Memory<UInt>, Bool> use, String name, String text, String todo) {
    check(() -> new Store(false, use), name, Kind.MEMORY, text, todo);
  }

  private void fileRefused(
      BiConsumer<Memory<UInt>, Bool> use, String name, String text, String todo) {
    check(() -> new Store(true, use), name, Kind.MEMORY, text, todo);
  }

  @Test
  void aLatencyBelowOneCycle() {
    refused(
        (store, enable) -> store.latency(0), // at fault: latency
        "latency",
        "a latency of 0 cycles",
        "a latency is at least 1 cycle");
    checkOther(() -> new Store(false, (store, enable) -> store.latency(0)), "store");
  }

  @Test
  void aLatencyOfARegisterFile() {
    fileRefused(
        (store, enable) -> store.latency(2), // at fault: file latency
        "file latency",
        "a register file with a latency of 2",
        "a register file is read within the cycle; use memory(...)");
  }

  @Test
  void moreContentsThanWords() {
    refused(
        (store, enable) -> store.contents(new long[11]), // at fault: contents
        "contents",
        "11 words of contents for a depth of 10",
        "give at most as many words as the memory has");
  }

  @Test
  void contentsTooWide() {
    check(
        () ->
            new Store(false, (store, enable) -> store.contents(1, 4096)), // at fault: wide contents
        "wide contents",
        Kind.OUT_OF_RANGE,
        "4096 does not fit into 12 bits",
        "allowed is 0 to 4095");
  }

  @Test
  void lanesThatDoNotDivideAWord() {
    refused(
        (store, enable) -> store.maskedBy(8), // at fault: lanes
        "lanes",
        "lanes of 8 bits in a word of 12",
        "the bits of a lane divide those of a word");
  }

  @Test
  void aMaskOfAnotherWidth() {
    refused(
        (store, enable) -> {
          store.maskedBy(4);
          store.write(enable, word(4), word(12), word(4)); // at fault: mask
        },
        "mask",
        "a mask of 4 bits for 3 lanes",
        "the mask has a bit for each lane of 4 bits");
  }

  @Test
  void aMaskForAMemoryWithoutLanes() {
    refused(
        (store, enable) -> store.write(enable, word(4), word(12), word(1)), // at fault: unmasked
        "unmasked",
        "a mask for a memory without lanes",
        "declare the memory with maskedBy(bits), or leave the mask out");
  }

  @Test
  void aMaskForASharedPortWithoutLanes() {
    refused(
        (store, enable) ->
            store.readWrite(word(4), enable, enable, word(12), word(1)), // at fault: shared
        "shared",
        "a mask for a memory without lanes",
        "declare the memory with maskedBy(bits), or leave the mask out");
  }

  @Test
  void aChangeAfterTheFirstPort() {
    refused(
        (store, enable) -> {
          store.write(enable, word(4), word(12));
          store.latency(2); // at fault: late
        },
        "late",
        "a memory is changed after its first port",
        "give latency, contents and mask where the memory is declared");
  }

  @Test
  void aSharedPortOfARegisterFile() {
    fileRefused(
        (store, enable) ->
            store.readWrite(word(3), enable, enable, word(12)), // at fault: file port
        "file port",
        "a register file has no port that reads or writes",
        "use read(address) and write(enable, address, data)");
  }

  @Test
  void anAddressOfAnotherWidth() {
    refused(
        (store, enable) -> store.readWrite(word(3), enable, enable, word(12)), // at fault: address
        "address",
        "an address of 3 bits for a depth of 10",
        "the address has 4 bits");
  }

  @Test
  void aWordOfAnotherWidth() {
    check(
        () ->
            new Store(
                false, (store, enable) -> store.write(enable, word(4), word(11))), // at fault: word
        "word",
        Kind.WIDTH_MISMATCH,
        "a word of 11 bits for a memory of 12 bits",
        "write data of the memory's type");
  }
}
