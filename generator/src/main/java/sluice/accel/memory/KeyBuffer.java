package sluice.accel.memory;

import sluice.accel.SelectedToken;
import sluice.accel.SignalTypes;
import sluice.config.AcceleratorConfig;
import sluice.hdl.Bool;
import sluice.hdl.Bundle;
import sluice.hdl.Memory;
import sluice.hdl.Module;
import sluice.hdl.Stream;
import sluice.hdl.UInt;
import sluice.hdl.lib.Queue;
import sluice.hdl.lib.SlotPool;

/**
 * Puts keys together whose beats come mixed: each token has a place from its request on, and its
 * key leaves, beat after beat, when it is complete. Keys leave in the order in which they became
 * complete. What arrives always has room, so keys never hold back the memory port.
 *
 * <p>Latency: none from a token to its request; 3 cycles from the last beat of a key to the first
 * that leaves; a beat a cycle.
 */
public final class KeyBuffer extends Module {

  /** Places beyond the reads in flight, for keys that are complete and leave. */
  private static final int PLACES_LEAVING = 4;

  /**
   * A token whose key is to be read.
   *
   * @param slot its head
   * @param place where its beats go
   */
  public record KeyRequest(UInt row, UInt lane, UInt slot, UInt place) implements Bundle {}

  /**
   * A beat of a key that arrives.
   *
   * @param place of its request
   * @param index of the beat in the key
   * @param last whether it ends the key
   */
  public record ArrivingBeat(UInt data, UInt place, UInt index, Bool last) implements Bundle {}

  /** Tokens whose keys are wanted; wait while all places are taken. */
  public final Stream<SelectedToken> tokens;

  public final Stream<KeyRequest> requests;

  /** The beats of all keys, mixed; those of one in order. */
  public final Stream<ArrivingBeat> arriving;

  public final Stream<SliceReader.VectorBeat> beats;

  public KeyBuffer(AcceleratorConfig config) {
    int places = places(config);
    int vectorBeats = config.beatsPerVector();
    describe(
        """
        Puts keys of %d beats together that arrive mixed, %d at a time.
        Latency: 3 cycles from the last beat of a key to its first; a beat a cycle.\
        """
            .formatted(vectorBeats, places));
    SignalTypes types = new SignalTypes(config);
    UInt place = UInt.index(places);
    SelectedToken token = types.selectedToken();
    tokens = input(Stream.of(token));
    requests =
        output(Stream.of(new KeyRequest(types.row(), types.lane(), types.headSlot(), place)));
    arriving =
        input(Stream.of(new ArrivingBeat(types.beat(), place, types.beatIndex(), Bool.of())));
    SliceReader.VectorBeat beat = new SliceReader.VectorBeat(types.beat(), token, Bool.of());
    beats = output(Stream.of(beat));

    SlotPool pool = instance(new SlotPool(places));
    Memory<SelectedToken> owners = registerFile(token, 1 << place.width());
    requests.valid().set(tokens.valid().and(pool.free.valid()));
    tokens.ready().set(requests.ready().and(pool.free.valid()));
    pool.free.ready().set(requests.ready().and(tokens.valid()));
    UInt given = pool.free.payload();
    SelectedToken wanted = tokens.payload();
    connect(requests.payload(), new KeyRequest(wanted.row(), wanted.lane(), wanted.slot(), given));
    owners.write(requests.fires(), given, wanted);

    Memory<UInt> keys = memory(types.beat(), places * vectorBeats);
    Queue<UInt> complete = instance(new Queue<>(place, 1 << place.width()));
    ArrivingBeat arrival = arriving.payload();
    arriving.ready().set(true);
    keys.write(arriving.valid(), address(config, arrival.place(), arrival.index()), arrival.data());
    complete.in.valid().set(arriving.valid().and(arrival.last()));
    complete.in.payload().set(arrival.place());

    // Two beats may be on their way to the queue of four.
    Queue<SliceReader.VectorBeat> leaving = instance(new Queue<>(beat, 4));
    UInt index = register(types.beatIndex()).reset(0);
    Bool read = complete.out.valid().and(leaving.count.le(2));
    Bool last = index.eq(vectorBeats - 1L);
    when(read, () -> index.set(mux(last, UInt.literal(0, index.width()), index.plusWrap(1))));
    UInt from = complete.out.payload();
    complete.out.ready().set(read.and(last));
    pool.release.set(read.and(last));
    pool.released.set(from);
    Bool arrived = register(Bool.of()).reset(false);
    Bool arrivedLast = register(Bool.of());
    SelectedToken owner = register(token);
    arrived.set(read);
    arrivedLast.set(last);
    connect(owner, owners.read(from));
    leaving.in.valid().set(arrived);
    connect(
        leaving.in.payload(),
        new SliceReader.VectorBeat(
            keys.read(address(config, from, index), read), owner, arrivedLast));
    leaving.out.to(beats);
  }

  /** Keys that are held or on their way. */
  static int places(AcceleratorConfig config) {
    return config.readsInFlight() + PLACES_LEAVING;
  }

  private static UInt address(AcceleratorConfig config, UInt place, UInt index) {
    int words = places(config) * config.beatsPerVector();
    UInt word = config.beatsPerVector() == 1 ? place : place.concat(index);
    return word.resize(UInt.index(words).width());
  }
}
