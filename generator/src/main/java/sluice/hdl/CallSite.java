package sluice.hdl;

import sluice.hdl.netlist.NameLevel;
import sluice.hdl.netlist.Site;

/** A call in the user's Java, and what becomes of its result. */
final class CallSite {
  private final Site site;
  private final String method;
  private final String variable;
  private final String component;
  private final boolean indexed;
  private final boolean returned;
  private final StoreTable.Result result;
  private CallSite taker;
  private Trace trace;

  /**
   * @param site source line of the call
   * @param method name of the called method if it is one of a signal or of {@link Module}, else
   *     null
   * @param variable local variable, field, list or array that takes the result, in snake case; null
   *     for none
   * @param component names of the record components that the result becomes on its way, each after
   *     an underscore; "" for none
   * @param indexed whether the variable takes one result after another: it is a list or an array,
   *     or stands in a loop
   * @param returned whether the result, or the variable, is returned by the method
   * @param result what the call gives
   */
  CallSite(
      Site site,
      String method,
      String variable,
      String component,
      boolean indexed,
      boolean returned,
      StoreTable.Result result) {
    this.site = site;
    this.method = method;
    this.variable = variable;
    this.component = component;
    this.indexed = indexed;
    this.returned = returned;
    this.result = result;
  }

  Site site() {
    return site;
  }

  String variable() {
    return variable;
  }

  String component() {
    return component;
  }

  boolean indexed() {
    return indexed;
  }

  boolean returned() {
    return returned;
  }

  StoreTable.Result result() {
    return result;
  }

  /** Whether it calls a method of a signal or of {@link Module} by its name. */
  boolean calls(String name) {
    return name.equals(method);
  }

  /** Sets the call that takes the result, if the result can go nowhere else. */
  void setTaker(CallSite call) {
    taker = call;
  }

  /** The call that takes the result, if the result can go nowhere else; null if that is unknown. */
  CallSite taker() {
    return taker;
  }

  /** Settles what the call alone tells, whoever calls the method it is in. */
  void settle() {
    if (returned) {
      return;
    }
    boolean partOnly = result == StoreTable.Result.STREAM || result == StoreTable.Result.OTHER;
    NameLevel level = partOnly ? NameLevel.UNNAMED : NameLevel.RENAMEABLE;
    trace =
        variable == null
            ? new Trace(site, null, "", false, NameLevel.RENAMEABLE, this)
            : new Trace(site, variable, component, indexed, level, this);
  }

  /** What the call alone tells; null if that depends on who calls the method it is in. */
  Trace trace() {
    return trace;
  }
}
