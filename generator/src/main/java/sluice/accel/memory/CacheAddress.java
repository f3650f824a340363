package sluice.accel.memory;

import static sluice.hdl.UInt.literal;

import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.layout.KvLayout;

/**
 * Turns rows and lanes into addresses of the KV cache in a slice's channel. Holds the block table
 * of the sequence. The formulas are those of {@link KvLayout}.
 *
 * <p>Latency: 3 cycles, an address a cycle; it stalls as a whole.
 */
public final class CacheAddress extends Module {

  /** Bits of a page number. */
  public static final int PAGE_BITS = 32;

  /** Block tables that are held: of the job in work and of the next. */
  public static final int TABLES = 2;

  /**
   * What an address is wanted of.
   *
   * @param row row of the token, or of the records
   * @param lane lane of the token; ignored for records
   * @param kind what it is, see {@link VectorKind}
   * @param slot its head
   */
  public record VectorRequest(UInt row, UInt lane, UInt kind, UInt slot) implements Bundle {}

  /**
   * The address of a vector or of a row's records.
   *
   * @param address address of its first byte
   * @param kind kind of the request
   * @param row row of the request
   * @param lane lane of the request
   */
  public record VectorAddress(UInt address, UInt kind, UInt row, UInt lane) implements Bundle {}

  /** Writes an entry of a block table; only while no request needs that table. */
  public final Bool tableWrite;

  /** Index of the entry: the table, then the entry in it. */
  public final UInt tableIndex;

  /** Page number of the entry. */
  public final UInt tablePage;

  /** Address of page 0; stable from the first head on. */
  public final UInt kvBase;

  /**
   * Begins a head in a slot: its KV head counts for requests from four cycles later on; a pulse.
   */
  public final Bool headWrite = input(Bool.of());

  public final UInt headSlot;
  public final UInt kvHead;

  /** The block table of the head. */
  public final UInt headTable = input(UInt.index(TABLES));

  public final Stream<VectorRequest> requests;
  public final Stream<VectorAddress> addresses;

  /** Whether no request is in work; low from the cycle after a request is taken. */
  public final Bool idle;

  public CacheAddress(AcceleratorConfig config) {
    KvLayout layout = new KvLayout(config);
    describe(
        """
        Addresses in the KV cache: pages of %d bytes, KV heads of %d bytes in a page.
        Latency: 3 cycles, an address a cycle.\
        """
            .formatted(layout.pageStride(), layout.headStride()));
    SignalTypes types = new SignalTypes(config);
    VectorRequest request =
        new VectorRequest(types.row(), types.lane(), UInt.of(VectorKind.BITS), types.headSlot());
    tableWrite = input(Bool.of());
    tableIndex = input(tableIndex(config));
    tablePage = input(UInt.of(PAGE_BITS));
    kvBase = input(types.address());
    headSlot = input(types.headSlot());
    kvHead = input(types.kvHead());
    requests = input(Stream.of(request));
    addresses =
        output(
            Stream.of(
                new VectorAddress(
                    types.address(), UInt.of(VectorKind.BITS), types.row(), types.lane())));

    idle = output(Bool.of());

    Bool tableValid = register(Bool.of()).reset(false);
    Bool offsetValid = register(Bool.of()).reset(false);
    Bool addressValid = register(Bool.of()).reset(false);
    Bool advance = addressValid.not().or(addresses.ready());
    requests.ready().set(advance);
    when(
        advance,
        () -> {
          tableValid.set(requests.valid());
          offsetValid.set(tableValid);
          addressValid.set(offsetValid);
        });

    // Stage 1 looks the page up. While it is held up it reads again, for data lasts one cycle.
    Memory<UInt> blockTable = memory(UInt.of(PAGE_BITS), TABLES * config.pages());
    blockTable.write(tableWrite, tableIndex, tablePage);
    VectorRequest looked = register(request);
    when(advance, () -> connect(looked, requests.payload()));
    UInt tableRow = mux(advance, requests.payload().row(), looked.row());
    UInt tableSlot = mux(advance, requests.payload().slot(), looked.slot());
    Vec<UInt> tables = register(Vec.of(AcceleratorConfig.HEADS_IN_FLIGHT, headTable));
    when(headWrite, () -> tables.set(headSlot, headTable));
    UInt page =
        blockTable.read(
            blockIndex(config, tables.get(tableSlot), tableRow),
            mux(advance, requests.valid(), tableValid));

    // Stage 2 finds the page, and the place in it.
    int addressBits = config.addressBits();
    long pageUnits = layout.pageStride() / KvLayout.PAGE_ALIGNMENT;
    Vec<UInt> headBases = headBases(layout, types);
    UInt headBase = register(types.address());
    UInt pageOffset = register(types.address());
    UInt placeInHead = register(UInt.upTo(layout.headStride() - 1L));
    VectorRequest placed = register(request);
    UInt pageStart = page.times(pageUnits).shiftLeft(log2(KvLayout.PAGE_ALIGNMENT));
    when(
        advance,
        () -> {
          headBase.set(headBases.get(looked.slot()));
          pageOffset.set(pageStart.resize(addressBits));
          placeInHead.set(placeInHead(layout, looked, placeInHead.width()));
          connect(placed, looked);
        });

    // Stage 3 adds up.
    VectorAddress found = register(addresses.payload());
    when(
        advance,
        () -> {
          found.address().set(headBase.plusWrap(pageOffset).plusWrap(placeInHead));
          found.kind().set(placed.kind());
          found.row().set(placed.row());
          found.lane().set(placed.lane());
        });
    addresses.valid().set(addressValid);
    connect(addresses.payload(), found);
    idle.set(tableValid.or(offsetValid).or(addressValid).not());
  }

  /** Where page 0 of each slot's KV head begins: a product, then a sum. */
  private Vec<UInt> headBases(KvLayout layout, SignalTypes types) {
    Bool multiplied = delayed(headWrite).reset(false);
    UInt slot = delayed(headSlot);
    UInt headOffset = delayed(kvHead.times(layout.headStride()).resize(types.address().width()));
    Bool added = delayed(multiplied).reset(false);
    UInt addedSlot = delayed(slot);
    UInt base = delayed(kvBase.plusWrap(headOffset));
    Vec<UInt> bases = register(Vec.of(AcceleratorConfig.HEADS_IN_FLIGHT, types.address()));
    when(added, () -> bases.set(addedSlot, base));
    return bases;
  }

  private static UInt blockIndex(AcceleratorConfig config, UInt table, UInt row) {
    return config.pages() == 1 ? table : table.concat(row.shiftRight(log2(config.rowsPerPage())));
  }

  /** The type of {@link #tableIndex}. */
  public static UInt tableIndex(AcceleratorConfig config) {
    return UInt.index((long) TABLES * config.pages());
  }

  /** Bytes from a head's begin in a page to what is wanted. */
  private static UInt placeInHead(KvLayout layout, VectorRequest request, int width) {
    AcceleratorConfig config = layout.config();
    UInt vector;
    UInt records;
    if (config.rowsPerPage() == 1) {
      vector = request.lane().shiftLeft(log2(config.vectorBytes()));
      records = literal(layout.recordsOffset(), width);
    } else {
      UInt rowInPage = request.row().truncate(log2(config.rowsPerPage()));
      UInt slot = config.lanes() == 1 ? rowInPage : rowInPage.concat(request.lane());
      vector = slot.shiftLeft(log2(config.vectorBytes()));
      UInt record = rowInPage.shiftLeft(log2(layout.beatBytes()));
      records = record.extend(width).plusWrap(layout.recordsOffset());
    }
    UInt key = vector.extend(width);
    UInt value = key.plusWrap(layout.valuesOffset());
    return mux(
        request.kind().eq(VectorKind.RECORDS),
        records,
        mux(request.kind().eq(VectorKind.KEY), key, value));
  }

  private static int log2(int powerOfTwo) {
    return Integer.numberOfTrailingZeros(powerOfTwo);
  }
}
