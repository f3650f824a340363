package sluice.accel.control;

import java.util.List;
import java.util.Map;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.Vec;
import sluice.layout.CompletionLayout;
import sluice.layout.DecodeMode;
import sluice.layout.DecodeParameters;
import sluice.layout.DescriptorLayout;
import sluice.layout.HeadTableLayout;
import sluice.layout.HostLayout;
import sluice.layout.Opcode;
import sluice.layout.Status;

/**
 * Checks a descriptor before anything is done: parameters in the order of {@link
 * Status#CHECK_ORDER}, then one pointer a cycle. {@code done} comes 8 cycles after {@code start}.
 */
public final class JobChecker extends Module {
  /** Bits of a host address, and of a number of bytes. */
  private static final int POINTER_BITS = 64;

  /** A pointer of the descriptor, the bytes it covers, and whether the job uses it. */
  private record Extent(UInt pointer, UInt bytes, Bool used) {}

  public final Bool start = input(Bool.of());
  public final JobDescriptor descriptor = input(JobDescriptor.of());
  public final UInt hostBase = input(UInt.of(POINTER_BITS));
  public final UInt hostLimit = input(UInt.of(POINTER_BITS));

  /** High for one cycle when the results are valid; they stay until the next start. */
  public final Bool done = output(Bool.of());

  /** Status code; that of OK if nothing is wrong. */
  public final UInt status = output(UInt.of(8));

  /** The first pointer at fault, or 0. */
  public final UInt errorAddress = output(UInt.of(POINTER_BITS));

  /** Whether the completion record may be written. */
  public final Bool reportable = output(Bool.of());

  private final AcceleratorConfig config;

  public JobChecker(AcceleratorConfig config) {
    describe("Checks a descriptor: parameters, then one pointer a cycle.");
    this.config = config;
    List<Extent> extents = extents();
    int last = extents.size() - 1;

    UInt index = register(UInt.index(extents.size() + 1L)).reset(0);
    Bool active = register(Bool.of()).reset(false);
    when(start, () -> active.set(true)).elseWhen(index.eq(last), () -> active.set(false));
    when(start, () -> index.set(0)).elseWhen(active, () -> index.set(index.plusWrap(1)));
    Bool finished = register(Bool.of()).reset(false);
    finished.set(active.and(index.eq(last)));

    UInt pointer = Vec.from(extents.stream().map(Extent::pointer).toList()).get(index);
    UInt bytes = Vec.from(extents.stream().map(Extent::bytes).toList()).get(index);
    Bool used = Vec.from(extents.stream().map(Extent::used).toList()).get(index);
    UInt end = pointer.plus(bytes);
    Bool aligned = pointer.bits(2, 0).eq(0);
    Bool inWindow = pointer.ge(hostBase).and(end.le(hostLimit));
    Bool allowed = aligned.and(inWindow).and(isAddressable(end));

    UInt parameterStatus = register(UInt.of(8));
    parameterStatus.set(parameters());
    Bool bad = register(Bool.of()).reset(false);
    UInt badPointer = register(UInt.of(POINTER_BITS));
    when(start, () -> bad.set(false))
        .elseWhen(
            active.and(used).andNot(allowed).andNot(bad),
            () -> {
              bad.set(true);
              badPointer.set(pointer);
            });
    Bool completionAllowed = register(Bool.of()).reset(false);
    when(active.and(index.eq(last)), () -> completionAllowed.set(allowed));

    Bool parametersBad = parameterStatus.ne(Status.OK.code());
    done.set(finished);
    reportable.set(completionAllowed);
    status.set(
        mux(parametersBad, parameterStatus, mux(bad, code(Status.POINTER), code(Status.OK))));
    errorAddress.set(mux(bad.andNot(parametersBad), badPointer, UInt.literal(0, POINTER_BITS)));
  }

  /** Whether the port's addresses reach up to an end; a longer address is refused, not cut. */
  private Bool isAddressable(UInt end) {
    return config.addressBits() == POINTER_BITS
        ? Bool.literal(true)
        : end.le(1L << config.addressBits());
  }

  private static UInt code(Status status) {
    return UInt.literal(status.code(), 8);
  }

  /** The first parameter at fault. */
  private UInt parameters() {
    Bool decode = descriptor.opcode().eq(Opcode.DECODE.code());
    Bool append = descriptor.opcode().eq(Opcode.APPEND.code());
    Bool dense = descriptor.mode().eq(DecodeMode.DENSE.code());
    Bool decodeMode = dense.or(descriptor.mode().eq(DecodeMode.SPARSE.code()));
    Bool appendMode = descriptor.mode().eq(DescriptorLayout.MODE_APPEND);
    Bool unknown = decode.and(decodeMode).or(append.and(appendMode)).not();
    Bool empty =
        descriptor
            .tokens()
            .eq(0)
            .or(descriptor.heads().eq(0))
            .or(append.and(descriptor.budget().eq(0)));
    UInt endHead = descriptor.firstHead().plus(descriptor.heads());
    Bool beyondHeads = endHead.gt(config.kvHeads());
    Bool beyondContext =
        descriptor
            .tokens()
            .gt(config.context())
            .or(append.and(descriptor.budget().gt(descriptor.tokens())));
    UInt mostSelected = descriptor.sink().plus(descriptor.recent()).plus(descriptor.budget());
    Bool tooMany =
        mux(
            dense,
            descriptor.tokens().gt(config.denseTokens()),
            mostSelected.gt(config.maxSelected()));
    Bool beyondCapacity = decode.and(tooMany);
    UInt window = descriptor.window();
    Bool knownWindow = window.eq(1).or(window.eq(3)).or(window.eq(5)).or(window.eq(7));
    UInt exponent = descriptor.factor().bits(30, 23);
    Bool factorFits =
        exponent
            .ge(DecodeParameters.MIN_FACTOR_EXPONENT)
            .and(exponent.le(DecodeParameters.MAX_FACTOR_EXPONENT))
            .andNot(descriptor.factor().bit(31));
    Bool skipTooLarge = descriptor.skip().gt(DecodeParameters.MAX_SKIP);

    Map<Status, Bool> faults =
        Map.of(
            Status.OPCODE, unknown,
            Status.EMPTY, empty,
            Status.HEADS, beyondHeads,
            Status.CONTEXT, beyondContext,
            Status.CAPACITY, beyondCapacity,
            Status.WINDOW, decode.andNot(dense).andNot(knownWindow),
            Status.FACTOR, decode.andNot(factorFits),
            Status.SKIP, decode.and(skipTooLarge));
    UInt result = code(Status.OK);
    for (int i = Status.CHECK_ORDER.size() - 1; i >= 0; i--) {
      Status candidate = Status.CHECK_ORDER.get(i);
      if (faults.containsKey(candidate)) {
        result = mux(faults.get(candidate), code(candidate), result);
      }
    }
    return result;
  }

  /** What the job uses of host memory, in the order of the descriptor's words. */
  private List<Extent> extents() {
    HostLayout host = new HostLayout(config);
    Bool always = Bool.literal(true);
    Bool decode = descriptor.opcode().eq(Opcode.DECODE.code());
    UInt groups = times(descriptor.heads(), host.groupBytes());
    UInt vectors = times(descriptor.budget().times(descriptor.heads()), config.vectorBytes());
    UInt queryBytes = mux(decode, groups, vectors);
    UInt endHead = descriptor.firstHead().plus(descriptor.heads());
    UInt pages = BlockTable.entries(config, descriptor.tokens());
    UInt tableBytes = BlockTable.words(pages).shiftLeft(3).resize(POINTER_BITS);
    return List.of(
        new Extent(descriptor.blockTable(), tableBytes, always),
        new Extent(descriptor.query(), queryBytes, always),
        new Extent(descriptor.output(), queryBytes, always),
        new Extent(
            descriptor.headTable(),
            times(endHead, new HeadTableLayout(config).entryBytes()),
            always),
        new Extent(
            descriptor.bitmap(),
            times(descriptor.heads(), host.bitmapStride()),
            decode.and(descriptor.bitmap().ne(0))),
        new Extent(
            descriptor.completion(), UInt.literal(CompletionLayout.BYTES, POINTER_BITS), always));
  }

  private static UInt times(UInt number, long constant) {
    return number.times(constant).resize(POINTER_BITS);
  }
}
