package sluice.hdl;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sluice.hdl.OperandStack.Call;
import sluice.hdl.OperandStack.Fresh;
import sluice.hdl.OperandStack.Loaded;
import sluice.hdl.OperandStack.Part;
import sluice.hdl.OperandStack.Value;
import sluice.hdl.netlist.Site;

/** Where the results of the calls of one method go. */
final class ResultFlow {
  /** The class of an array or a list under construction. */
  static final String ELEMENTS = "[";

  private final String sourceFile;
  private final ClassLoader loader;
  private final List<Call> calls = new ArrayList<>();
  private final Map<Call, Store> stores = new LinkedHashMap<>();
  private final Set<Call> returned = new HashSet<>();
  private final Map<Call, String> components = new HashMap<>();
  private final List<Loaded> returnedLocals = new ArrayList<>();
  private final List<Loaded> loads = new ArrayList<>();
  private final Map<Call, Call> takers = new HashMap<>();
  private final Map<Loaded, Call> takersOfLocals = new HashMap<>();
  private final Set<Value> shared = new HashSet<>();
  private final List<Local> locals = new ArrayList<>();
  private final List<Loop> loops = new ArrayList<>();

  /**
   * Where a result goes.
   *
   * @param element whether the target is a list or an array that takes it as an element
   * @param alone whether the target holds nothing else
   */
  private record Store(Loaded target, boolean element, boolean alone) {}

  /** A local variable and the code in which it has its slot. */
  private record Local(String name, int slot, int from, int to) {
    boolean isAt(Loaded place) {
      return place.field() == null
          && place.slot() == slot
          && place.at() >= from
          && place.at() <= to
          && !name.equals("this");
    }
  }

  /** Code that may run more than once. */
  private record Loop(int from, int to) {}

  ResultFlow(String sourceFile, ClassLoader loader) {
    this.sourceFile = sourceFile;
    this.loader = loader;
  }

  void called(Call call) {
    calls.add(call);
  }

  void loop(int from, int to) {
    loops.add(new Loop(from, to));
  }

  void local(String name, int slot, int from, int to) {
    locals.add(new Local(name, slot, from, to));
  }

  /** Notes that a variable or a field takes a value. */
  void stored(Value value, Loaded target) {
    store(value, new Store(target, false, true));
  }

  /** Notes that a list or an array takes a value as one of its elements. */
  void added(Value value, Loaded target) {
    store(value, new Store(target, true, false));
  }

  private void store(Value value, Store store) {
    if (value instanceof Call call) {
      stores.putIfAbsent(call, store);
      call.others.forEach(other -> stores.putIfAbsent(other, store));
    } else if (value instanceof Fresh fresh) {
      if (fresh.constructor != null) {
        store(fresh.constructor, store);
      }
      for (Part part : fresh.parts) {
        if (fresh.owner.equals(ELEMENTS)) {
          store(part.value(), new Store(store.target(), true, false));
        } else if (becomesComponent(fresh, part)) {
          store(part.value(), new Store(store.target(), store.element(), false));
        }
      }
    }
  }

  void returned(Value value) {
    if (value instanceof Call call) {
      returned.add(call);
      returned.addAll(call.others);
    } else if (value instanceof Loaded loaded) {
      returnedLocals.add(loaded);
    } else if (value instanceof Fresh fresh) {
      if (fresh.constructor != null) {
        returned(fresh.constructor);
      }
      for (Part part : fresh.parts) {
        if (becomesComponent(fresh, part)) {
          returned(part.value());
        }
      }
    }
  }

  /** Notes that calls become a component of a record; false if the object is none. */
  private boolean becomesComponent(Fresh fresh, Part part) {
    if (fresh.owner.equals(ELEMENTS)) {
      return false;
    }
    try {
      Class<?> type = Class.forName(fresh.owner.replace('/', '.'), false, loader);
      if (!type.isRecord() || part.index() >= type.getRecordComponents().length) {
        return false;
      }
      String name = type.getRecordComponents()[part.index()].getName();
      component(part.value(), "_" + Identifier.snakeCase(name));
      return true;
    } catch (ClassNotFoundException | LinkageError unknown) {
      return false;
    }
  }

  private void component(Value value, String name) {
    if (value instanceof Call call) {
      components.merge(call, name, (inner, outer) -> outer + inner);
    } else if (value instanceof Fresh fresh) {
      fresh.parts.forEach(part -> component(part.value(), name));
    }
  }

  /** Notes that a local variable is read. */
  void loaded(Loaded local) {
    loads.add(local);
  }

  /** Notes that a value is in two places. */
  void shared(Value value) {
    if (value != null) {
      shared.add(value);
    }
  }

  /** Notes that a value is an operand of a call of the language. */
  void taken(Value value, Call taker) {
    if (value instanceof Call call) {
      note(takers, call, taker);
    } else if (value instanceof Loaded local && local.field() == null) {
      note(takersOfLocals, local, taker);
    }
  }

  private <V extends Value> void note(Map<V, Call> known, V value, Call taker) {
    Call other = known.putIfAbsent(value, taker);
    if (other != null && other != taker) {
      shared.add(value);
    }
  }

  /** What is known of each call, by its offset. */
  Map<Integer, CallSite> callSites() {
    Set<Local> returnedVariables = new HashSet<>();
    returnedLocals.forEach(
        place -> locals.stream().filter(l -> l.isAt(place)).forEach(returnedVariables::add));
    Map<Call, CallSite> sites = new LinkedHashMap<>();
    calls.forEach(call -> sites.put(call, callSite(call, returnedVariables)));
    calls.forEach(
        call -> {
          Call taker = onlyTaker(call);
          if (taker != null) {
            sites.get(call).setTaker(sites.get(taker));
          }
        });
    Map<Integer, CallSite> byOffset = new HashMap<>();
    sites.forEach((call, site) -> byOffset.put(call.offset, site));
    return byOffset;
  }

  private CallSite callSite(Call call, Set<Local> returnedVariables) {
    Site site = new Site(sourceFile, call.line);
    String component = components.getOrDefault(call, "");
    boolean returns = returned.contains(call);
    Store store = stores.get(call);
    if (store == null) {
      return new CallSite(site, call.method, null, component, false, returns, call.result);
    }
    String variable = store.target().field();
    Local local = local(store.target());
    if (local != null) {
      variable = local.name();
      returns |= returnedVariables.contains(local);
    }
    boolean indexed = store.element();
    for (Loop loop : loops) {
      indexed |=
          store.target().field() == null && loop.from() <= call.offset && call.offset < loop.to();
    }
    return new CallSite(
        site,
        call.method,
        variable == null ? null : Identifier.snakeCase(variable),
        component,
        indexed,
        returns,
        call.result);
  }

  private Local local(Loaded place) {
    Local found = null;
    for (Local local : locals) {
      if (local.isAt(place)) {
        found = local;
      }
    }
    return found;
  }

  /**
   * The call of the language that takes a result, if it can go nowhere else: it only lies on the
   * stack, or in a variable that is read in one place.
   */
  private Call onlyTaker(Call call) {
    if (shared.contains(call)) {
      return null;
    }
    Call taker = takers.get(call);
    Store store = stores.get(call);
    if (store == null) {
      return taker;
    }
    Local local = taker == null && store.alone() ? local(store.target()) : null;
    if (local == null) {
      return null;
    }
    Loaded only = null;
    for (Loaded load : loads) {
      if (local.isAt(load)) {
        if (only != null) {
          return null;
        }
        only = load;
      }
    }
    return only == null || shared.contains(only) ? null : takersOfLocals.get(only);
  }
}
