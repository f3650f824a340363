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
import sluice.layout.KvLayout;

/**
 * Turns rows and lanes into addresses of the KV cache in a slice's channel. Holds the block table of
 * the sequence. The formulas are those of {@link KvLayout}.
 *
 * <p>Latency: 3 cycles, an address a cycle; it stalls as a whole.
 */
public final class CacheAddress extends Module {

  /** Bits of a page number. */
  public static final int PAGE_BITS = 32;

  /**
   * Where a token of a slice is.
   *
   * @param row its row
   * @param lane its lane
   */
  public record TokenSlot(UInt row, UInt lane) implements Bundle {}

  /**
   * What an address is wanted of.
   *
   * @param row row of the token, or of the records
   * @param lane lane of the token; ignored for records
   * @param kind what it is, see {@link VectorKind}
   */
  public record VectorRequest(UInt row, UInt lane, UInt kind) implements Bundle {}

  /**
   * The address of a vector or of a row's records.
   *
   * @param address address of its first byte
   * @param kind kind of the request
   * @param row row of the request
   * @param lane lane of the request
   */
  public record VectorAddress(UInt address, UInt kind, UInt row, UInt lane) implements Bundle {}

  /** Writes an entry of the block table; only while no request is in work. */
  public final Bool tableWrite;

  /** Index of the entry. */
  public final UInt tableIndex;

  /** Page number of the entry. */
  public final UInt tablePage;

  /** Address of page 0; stable from two cycles before the first request on. */
  public final UInt kvBase;

  /** KV head of the requests; stable from two cycles before the first request on. */
  public final UInt kvHead;

  public final Stream<VectorRequest> requests;
  public final Stream<VectorAddress> addresses;

  /** Whether no request is in work; low from the cycle after a request is taken. */
  public final Bool idle;

  public CacheAddress(AcceleratorConfig config) {
    KvLayout layout = new KvLayout(config);
    describe(
        """
        Addresses in the KV cache: pages of %d bytes, KV heads of %d bytes in a page.
        Latency: 3 cycles, an address a cycle."""
            .formatted(layout.pageStride(), layout.headStride()));
    SignalTypes types = new SignalTypes(config);
    VectorRequest request =
        new VectorRequest(types.row(), types.lane(), VectorKind.type());
    tableWrite = input(Bool.of());
    tableIndex = input(UInt.index(config.pages()));
    tablePage = input(UInt.of(PAGE_BITS));
    kvBase = input(types.address());
    kvHead = input(types.kvHead());
    requests = input(Stream.of(request));
    addresses =
        output(
            Stream.of(
                new VectorAddress(
                    types.address(), VectorKind.type(), types.row(), types.lane())));

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
    Memory<UInt> blockTable = memory(UInt.of(PAGE_BITS), config.pages());
    blockTable.write(tableWrite, tableIndex, tablePage);
    VectorRequest looked = register(request);
    when(advance, () -> connect(looked, requests.payload()));
    UInt tableRow = mux(advance, requests.payload().row(), looked.row());
    UInt page =
        blockTable.read(
            blockIndex(config, tableRow), mux(advance, requests.valid(), tableValid));

    // Stage 2 finds the page, and the place in it.
    int addressBits = config.addressBits();
    long pageUnits = layout.pageStride() / KvLayout.PAGE_ALIGNMENT;
    int unitBits = Integer.numberOfTrailingZeros(KvLayout.PAGE_ALIGNMENT);
    UInt headBase = register(types.address());
    UInt headOffset = kvHead.times(layout.headStride()).resize(addressBits);
    headBase.set(kvBase.plusWrap(headOffset));
    UInt pageOffset = register(types.address());
    UInt placeInHead = register(UInt.upTo(layout.headStride() - 1L));
    VectorRequest placed = register(request);
    UInt pageStart = page.times(pageUnits).shiftLeft(unitBits);
    when(
        advance,
        () -> {
          pageOffset.set(pageStart.resize(addressBits));
          placeInHead.set(placeInHead(layout, looked).resize(placeInHead.width()));
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

  private static int rowInPageBits(AcceleratorConfig config) {
    return Integer.numberOfTrailingZeros(config.rowsPerPage());
  }

  private static UInt blockIndex(AcceleratorConfig config, UInt row) {
    return config.pages() == 1 ? literal(0, 1) : row.shiftRight(rowInPageBits(config));
  }

  /** Bytes from a head's begin in a page to what is wanted. */
  private static UInt placeInHead(KvLayout layout, VectorRequest request) {
    AcceleratorConfig config = layout.config();
    int vectorLog2 = Integer.numberOfTrailingZeros(config.vectorBytes());
    int beatLog2 = Integer.numberOfTrailingZeros(layout.beatBytes());
    UInt slot = slot(config, request);
    UInt beat =
        config.rowsPerPage() == 1
            ? literal(0, 1)
            : request.row().truncate(rowInPageBits(config));
    UInt key = slot.shiftLeft(vectorLog2).plus(layout.keysOffset());
    UInt value = slot.shiftLeft(vectorLog2).plus(layout.valuesOffset());
    UInt records = beat.shiftLeft(beatLog2).plus(layout.recordsOffset());
    int width = Math.max(value.width(), records.width());
    return mux(
        request.kind().eq(VectorKind.RECORDS.literal()),
        records.extend(width),
        mux(request.kind().eq(VectorKind.KEYS.literal()), key.extend(width), value.extend(width)));
  }

  private static UInt slot(AcceleratorConfig config, VectorRequest request) {
    if (config.rowsPerPage() == 1) {
      return request.lane();
    }
    UInt rowInPage = request.row().truncate(rowInPageBits(config));
    return config.lanes() == 1 ? rowInPage : rowInPage.concat(request.lane());
  }
}
