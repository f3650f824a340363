package sluice.hdl.example;

import org.junit.jupiter.api.Test;
import sluice.hdl.Bool;
import sluice.hdl.ClockDomain;
import sluice.hdl.Module;
import sluice.hdl.UInt;
import sluice.hdl.check.Diagnostic.Kind;
import sluice.hdl.lib.crossing.AsyncQueue;
import sluice.hdl.lib.crossing.Synchronizer;

/** Clock domains that are declared, bound or used in a wrong way. */
class ClockDomainMistakesTest extends MistakeTest {

  private static final class Stage extends Module {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4));

    Stage() {
      out.set(delayed(in));
    }
  }

  private static final class UnboundDomain extends Module {
    final UInt out = output(UInt.of(8));

    UnboundDomain() {
      ClockDomain read = clockDomain("read");
      AsyncQueue<UInt> queue = instance(new AsyncQueue<>(UInt.of(8), 4)); // at fault: unbound
      queue.in.valid().set(true);
      queue.in.payload().set(0);
      queue.out.ready().set(true);
      out.set(1);
    }
  }

  @Test
  void aDomainOfAChildThatIsNoneOfItsParents() {
    check(
        UnboundDomain::new,
        "unbound",
        Kind.CLOCK_DOMAIN,
        "clock domain write of child queue is none of unbound_domain",
        "bind it, as in queue.write.drivenBy(clockDomain()), or declare a domain write here");
  }

  private static final class BoundTwice extends Module {
    final UInt out = output(UInt.of(8));

    BoundTwice() {
      Stage stage = instance(new Stage());
      stage.clockDomain().drivenBy(clockDomain("fast")); // at fault: bound twice
      stage.in.set(1);
      out.set(stage.out);
    }
  }

  @Test
  void aDomainThatIsBoundTwice() {
    check(
        BoundTwice::new,
        "bound twice",
        Kind.CLOCK_DOMAIN,
        "clock domain clock of a child is bound twice",
        "bind each declared domain once; the implicit one is bound by instance(...)");
  }

  private static final class Resetless extends Module {
    final ClockDomain sampling = clockDomain("sampling").withoutReset(); // see also: resetless
    final Bool out = sampling.output(Bool.of());

    Resetless() {
      Bool toggle = sampling.register(Bool.of()).reset(false); // at fault: resetless
      toggle.set(toggle.not());
      out.set(toggle);
    }
  }

  @Test
  void aResetValueInADomainWithoutReset() {
    check(
        Resetless::new,
        "resetless",
        Kind.CLOCK_DOMAIN,
        "register toggle of resetless has a reset value, but its clock domain has no reset",
        "leave the value out, or declare the domain with a reset");
    checkOther(Resetless::new, "resetless");
  }

  private static final class ResetlessChild extends Module {
    final ClockDomain sampling = clockDomain("sampling").withoutReset(); // see also: gated
    final Bool in = asynchronousInput(Bool.of());
    final Bool out = sampling.output(Bool.of());

    ResetlessChild() {
      Synchronizer<Bool> child = sampling.instance(Synchronizer.ofBool()); // at fault: gated
      child.in.set(in);
      out.set(child.out);
    }
  }

  @Test
  void aChildThatNeedsAResetInADomainWithoutReset() {
    check(
        ResetlessChild::new,
        "gated",
        Kind.CLOCK_DOMAIN,
        "child child of resetless_child needs a reset, but its clock domain has none",
        "place it in a domain with a reset");
    checkOther(ResetlessChild::new, "gated");
  }

  private static final class SameName extends Module {
    final ClockDomain first = clockDomain("fast"); // see also: same name
    final ClockDomain second = clockDomain("fast"); // at fault: same name
  }

  @Test
  void twoDomainsOfOneName() {
    check(
        SameName::new,
        "same name",
        Kind.NAME_CLASH,
        "two clock domains are called fast",
        "rename one of them");
    checkOther(SameName::new, "same name");
  }

  private static final class OwnClock extends Module {
    final ClockDomain fast = clockDomain("fast");
    final Bool fastClock = input(Bool.of()); // at fault: domain's clock
  }

  @Test
  void aPortWithTheNameOfADomainsClock() {
    check(
        OwnClock::new,
        "domain's clock",
        Kind.NAME_CLASH,
        "a port is called fast_clock, which its clock domain has by itself",
        "rename it");
  }

  private static final class Stranger extends Module {
    Stranger() {
      AsyncQueue<UInt> queue = new AsyncQueue<>(UInt.of(8), 4);
      Bool flag = queue.write.register(Bool.of());
      inDomain(queue.write, () -> register(Bool.of())); // at fault: stranger
    }
  }

  @Test
  void aDomainOfAnotherModule() {
    check(
        Stranger::new,
        "stranger",
        Kind.WRONG_MODULE,
        "a clock domain of module async_queue4x8 (AsyncQueue) is used in module stranger"
            + " (Stranger)",
        "a child's domain is bound to one of its parent: child.domain.drivenBy(domain)");
  }

  private static final class BoundTooEarly extends Module {
    BoundTooEarly() {
      AsyncQueue<UInt> queue = new AsyncQueue<>(UInt.of(8), 4);
      queue.write.drivenBy(clockDomain()); // at fault: too early
    }
  }

  @Test
  void aDomainOfAChildThatIsNotPlacedYet() {
    check(
        BoundTooEarly::new,
        "too early",
        Kind.WRONG_MODULE,
        "a clock domain of module async_queue4x8 (AsyncQueue) is driven by one of module"
            + " bound_too_early (BoundTooEarly)",
        "bind domains of a child in its parent, after instance(child)");
  }

  private static final class Deriving extends Module {
    final UInt in = input(UInt.of(4));
    final UInt out = output(UInt.of(4));
    final ClockDomain own;

    Deriving() {
      Bool clear = register(Bool.of()).reset(true);
      clear.set(false);
      own = clockDomain().withReset("own", clear);
      out.set(own.delayed(in));
    }
  }

  private static final class BindingADerived extends Module {
    final UInt out = output(UInt.of(4));

    BindingADerived() {
      Deriving deriving = instance(new Deriving());
      deriving.own.drivenBy(clockDomain()); // at fault: derived
      deriving.in.set(1);
      out.set(deriving.out);
    }
  }

  @Test
  void aDomainThatAChildMakesItself() {
    check(
        BindingADerived::new,
        "derived",
        Kind.CLOCK_DOMAIN,
        "a domain that module deriving (Deriving) makes itself is bound",
        "bind each declared domain once; the implicit one is bound by instance(...)");
  }

  private static final class LateWithoutReset extends Module {
    final Bool out = output(Bool.of());

    LateWithoutReset() {
      Bool clear = register(Bool.of()).reset(true);
      clear.set(false);
      ClockDomain core = clockDomain().withReset("core", clear); // see also: late
      core.withoutReset(); // at fault: late
      out.set(core.delayed(clear));
    }
  }

  @Test
  void aResetThatIsTakenFromADerivedDomain() {
    check(
        LateWithoutReset::new,
        "late",
        Kind.CLOCK_DOMAIN,
        "a domain with a reset signal is declared without a reset",
        "say so of the domain that it is made from");
    checkOther(LateWithoutReset::new, "late");
  }
}
