package sluice.accel.control;

import sluice.accel.memory.HostReader;
import sluice.accel.memory.MemoryPorts;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.layout.HostLayout;

/**
 * Reads a sequence's block table and gives its entries, one a cycle, to everyone who keeps a copy.
 * A page number that is not below the limit is reported, the first with its address.
 */
public final class BlockTableLoader extends Module {

  private enum State {
    IDLE,
    REQUEST,
    LOW,
    HIGH,
    SETTLE,
    DONE
  }

  public final Bool start = input(Bool.of());

  /** Where the block table is; stable until {@code done}. */
  public final UInt pointer = input(UInt.of(64));

  /** Tokens of the sequence. */
  public final UInt tokens = input(UInt.of(32));

  public final UInt kvPages = input(UInt.of(32));

  /** High for one cycle at the end. */
  public final Bool done = output(Bool.of());

  /** A page was not below the limit; valid from {@code done} to the next start. */
  public final Bool badPage = output(Bool.of());

  /** Address of its entry. */
  public final UInt badAddress = output(UInt.of(64));

  public final Stream<HostReader.HostReadCommand> commands;
  public final Stream<HostReader.HostWord> words;
  public final Bool tableWrite = output(Bool.of());
  public final UInt tableIndex;
  public final UInt tablePage = output(UInt.of(32));

  public BlockTableLoader(AcceleratorConfig config) {
    MemoryPorts ports = new MemoryPorts(config);
    describe("Reads a block table, checks its page numbers and hands them on, one a cycle.");
    commands = output(Stream.of(ports.hostRead()));
    words = input(Stream.of(ports.hostWord()));
    tableIndex = output(UInt.index(config.pages()));

    StateRegister<State> state = stateRegister(State.class, State.IDLE);
    UInt entries = BlockTable.entries(config, tokens);
    UInt length = commands.payload().words();
    commands.valid().set(state.is(State.REQUEST));
    commands.payload().address().set(pointer.truncate(config.addressBits()));
    length.set(BlockTable.words(entries).resize(length.width()));

    // Each word has two entries, and stays until both are handed on.
    UInt index = register(UInt.upTo(config.pages() + 1L)).reset(0);
    Bool low = state.is(State.LOW);
    Bool high = state.is(State.HIGH);
    Bool present = low.or(high).and(words.valid());
    UInt word = words.payload().data();
    UInt page = mux(high, word.bits(63, 32), word.bits(31, 0));
    Bool inside = entries.gt(index);
    Bool good = page.lt(kvPages);
    words.ready().set(high);
    tableWrite.set(present.and(inside).and(good));
    tableIndex.set(index.resize(tableIndex.width()));
    tablePage.set(page);

    Bool bad = register(Bool.of()).reset(false);
    UInt badEntry = register(UInt.of(64));
    UInt entryOffset = index.shiftLeft(Integer.numberOfTrailingZeros(HostLayout.BLOCK_ENTRY_BYTES));
    when(start, () -> bad.set(false))
        .elseWhen(
            present.and(inside).andNot(good).andNot(bad),
            () -> {
              bad.set(true);
              badEntry.set(pointer.plusWrap(entryOffset.resize(64)));
            });
    when(start, () -> index.set(0)).elseWhen(present, () -> index.set(index.plusWrap(1)));
    badPage.set(bad);
    badAddress.set(badEntry);
    done.set(state.is(State.DONE));

    state
        .on(State.IDLE, () -> when(start, () -> state.set(State.REQUEST)))
        .on(State.REQUEST, () -> when(commands.ready(), () -> state.set(State.LOW)))
        .on(State.LOW, () -> when(words.valid(), () -> state.set(State.HIGH)))
        .on(
            State.HIGH,
            () ->
                when(
                    words.valid(),
                    () -> {
                      state.set(State.LOW);
                      when(words.payload().last(), () -> state.set(State.SETTLE));
                    }))
        // An error of the last word is known to whoever looks at done.
        .on(State.SETTLE, () -> state.set(State.DONE))
        .on(State.DONE, () -> state.set(State.IDLE));
  }
}
