package sluice.docs.sample;

import sluice.hdl.Bool;
import sluice.hdl.Encoding;
import sluice.hdl.Module;
import sluice.hdl.StateRegister;
import sluice.hdl.UInt;
import sluice.hdl.lib.Counter;
import sluice.hdl.lib.Timer;

/** Asks until an answer comes, some times at most. */
public final class Poller extends Module {
  private enum State {
    IDLE,
    ASK,
    WAIT,
    FAILED
  }

  public final Bool start = input(Bool.of());
  public final Bool answer = input(Bool.of());

  /** High for a cycle each time. */
  public final Bool ask = output(Bool.of());

  public final Bool failed = output(Bool.of());

  /**
   * @param attempts how often it asks
   * @param patience cycles that it waits each time
   */
  public Poller(int attempts, int patience) {
    StateRegister<State> state = stateRegister(State.class, State.IDLE, Encoding.ONE_HOT);
    UInt attempt = register(UInt.index(attempts)).reset(0);
    Counter tries = new Counter(attempt, attempts);
    UInt cyclesLeft = register(UInt.upTo(patience)).reset(0);
    Timer timeout = new Timer(cyclesLeft);
    state
        .on(
            State.IDLE,
            () -> {
              tries.clear();
              when(start, () -> state.set(State.ASK));
            })
        .on(
            State.ASK,
            () -> {
              timeout.start(patience);
              state.set(State.WAIT);
            })
        .on(
            State.WAIT,
            () ->
                when(answer, () -> state.set(State.IDLE))
                    .elseWhen(
                        timeout.isLast(),
                        () -> {
                          tries.advance();
                          state.set(State.ASK);
                          when(tries.isLast(), () -> state.set(State.FAILED));
                        }));
    ask.set(state.is(State.ASK));
    failed.set(state.is(State.FAILED));
  }
}
