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
 * <p>Latency: 4 cycles, an address a cycle; it stalls as a whole.
 */
public final class CacheAddress extends Module {

  /** Bits of a page number. */
  public static final int PAGE_BITS = 32;

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

  /** Address of page 0, a multiple of 4096; stable while there are requests. */
  public final UInt kvBase;

  /**
   * Begins a head in a slot: its KV head counts for requests from three cycles later on; a pulse.
   */
  public final Bool headWrite = input(Bool.of());

  public final UInt headSlot;
  public final UInt kvHead;

  /** The block table of the head. */
  public final UInt headTable = input(SignalTypes.jobSlot());

  public final Stream<VectorRequest> requests;
  public final Stream<VectorAddress> addresses;

  /** Whether no request is in work; low from the cycle after a request is taken. */
  public final Bool idle;

  public CacheAddress(AcceleratorConfig config) {
    KvLayout layout = new KvLayout(config);
    describe(
        """
        Addresses in the KV cache: pages of %d bytes, KV heads of %d bytes in a page.
        Latency: 4 cycles, an address a cycle.\
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
    Bool placeValid = register(Bool.of()).reset(false);
    Bool addressValid = register(Bool.of()).reset(false);
    Bool advance = addressValid.not().or(addresses.ready());
    requests.ready().set(advance);
    when(
        advance,
        () -> {
          tableValid.set(requests.valid());
          offsetValid.set(tableValid);
          placeValid.set(offsetValid);
          addressValid.set(placeValid);
        });

    // Stage 1 looks the page up. While it is held up it reads again, for data lasts one cycle.
    Memory<UInt> blockTable =
        memory(UInt.of(PAGE_BITS), AcceleratorConfig.JOBS_IN_WORK * config.pages());
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

    // Stage 2 finds the page, and the place in it. Pages are multiples of their alignment, so that
    // sums of them have fewer bits.
    int alignmentBits = log2(KvLayout.PAGE_ALIGNMENT);
    UInt pageUnit = UInt.of(config.addressBits() - alignmentBits);
    UInt pageOffset = register(pageUnit);
    Vec<UInt> headOffsets = headOffsets(layout);
    UInt headOffset = register(headOffsets.get(0));
    UInt placeInHead = register(UInt.upTo(layout.headStride() - 1L));
    VectorRequest placed = register(request);
    UInt pageStart = page.times(layout.pageStride() / KvLayout.PAGE_ALIGNMENT);
    when(
        advance,
        () -> {
          pageOffset.set(pageStart.resize(pageUnit.width()));
          headOffset.set(headOffsets.get(looked.slot()));
          placeInHead.set(placeInHead(layout, looked, placeInHead.width()));
          connect(placed, looked);
        });

    // Stage 3 adds up what is before the page, and what is in it.
    UInt pageBase = register(pageUnit);
    long lastPlace = layout.pageStride() - 1;
    UInt placeInPage = register(UInt.upTo(Math.max(KvLayout.PAGE_ALIGNMENT, lastPlace)));
    VectorRequest added = register(request);
    when(
        advance,
        () -> {
          pageBase.set(pageOffset.plusWrap(kvBase.shiftRight(alignmentBits)));
          placeInPage.set(headOffset.plus(placeInHead).resize(placeInPage.width()));
          connect(added, placed);
        });

    // Stage 4 adds both.
    VectorAddress found = register(addresses.payload());
    UInt pagesBefore = placeInPage.shiftRight(alignmentBits).resize(pageUnit.width());
    UInt address = pageBase.plusWrap(pagesBefore).concat(placeInPage.truncate(alignmentBits));
    when(
        advance,
        () -> {
          found.address().set(address);
          found.kind().set(added.kind());
          found.row().set(added.row());
          found.lane().set(added.lane());
        });
    addresses.valid().set(addressValid);
    connect(addresses.payload(), found);
    idle.set(tableValid.or(offsetValid).or(placeValid).or(addressValid).not());
  }

  /** Bytes from the begin of a page to the KV head of each slot. */
  private Vec<UInt> headOffsets(KvLayout layout) {
    AcceleratorConfig config = layout.config();
    UInt type = UInt.upTo(config.kvHeads() * layout.headStride() - 1L);
    Bool multiplied = delayed(headWrite).reset(false);
    UInt slot = delayed(headSlot);
    UInt offset = delayed(kvHead.times(layout.headStride()).resize(type.width()));
    Vec<UInt> offsets = register(Vec.of(AcceleratorConfig.HEADS_IN_FLIGHT, type));
    when(multiplied, () -> offsets.set(slot, offset));
    return offsets;
  }

  private static UInt blockIndex(AcceleratorConfig config, UInt table, UInt row) {
    return config.pages() == 1 ? table : table.concat(row.shiftRight(log2(config.rowsPerPage())));
  }

  /** The type of {@link #tableIndex}. */
  public static UInt tableIndex(AcceleratorConfig config) {
    return UInt.index((long) AcceleratorConfig.JOBS_IN_WORK * config.pages());
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
