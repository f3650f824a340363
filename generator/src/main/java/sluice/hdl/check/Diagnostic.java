package sluice.hdl.check;

import sluice.hdl.netlist.Site;

/**
 * One thing that is wrong with a circuit, or doubtful in it.
 *
 * @param kind what kind of mistake
 * @param message what is wrong, in one line
 * @param site the user's line at fault
 * @param other a second line that takes part, or null
 * @param advice what to do
 */
public record Diagnostic(Kind kind, String message, Site site, Site other, String advice) {

  /** The kinds of mistakes and of doubtful places. */
  public enum Kind {
    /** A value is wider than its target, or widths differ that must be equal. */
    WIDTH_MISMATCH(
        Severity.ERROR,
        "A value is wider than its target, or two values that need one width have two.",
        "Narrow with truncate(...), widen with extend(...), or widen the target; nothing is cut silently."),

    /** Connected data differ in structure. */
    CONNECTION_MISMATCH(
        Severity.ERROR,
        "Two data of different structure are connected: a component of one is missing in the other, is flipped in one only, or is a signal of another kind.",
        "Connect data of one structure, or its parts one by one."),

    /** A constant, an index or a width is beyond what is there. */
    OUT_OF_RANGE(
        Severity.ERROR,
        "A constant does not fit its width, an index or range of bits is not there, or a width is below 1.",
        "Take a value in the range that the message gives."),

    /** A part or a type is made with what it cannot have; see {@code sluice.hdl.Parameter}. */
    PARAMETER(
        Severity.ERROR,
        "A part or a type is made with what it cannot have: a number, a width, or a bundle that is none.",
        "Do what the message says."),

    /** Something is read and never assigned. */
    UNDRIVEN(
        Severity.ERROR,
        "A wire, an output or an input of a child is never assigned.",
        "Assign it with set(...) or connect(...)."),

    /** A signal is assigned twice. */
    DOUBLE_DRIVER(
        Severity.ERROR,
        "A signal is assigned twice under the same conditions, or after an exception to it.",
        "Assign once: the default first, the exceptions under when(...) after it."),

    /** A wire or an output would be a latch. */
    NOT_ON_EVERY_PATH(
        Severity.ERROR,
        "A wire or an output has no value under the conditions that the message lists: it would be a latch.",
        "Assign a default before the when(...), or add otherwise(...)."),

    /** A value depends on itself within a cycle. */
    COMBINATIONAL_LOOP(
        Severity.ERROR,
        "A value depends on itself within a cycle, or a register makes its own reset; the message has every signal of the loop with its line, through children too.",
        "Break the loop with a register; make a reset of registers that it does not reset."),

    /** A stream waits with its value for its consumer. */
    VALID_WAITS_FOR_READY(
        Severity.ERROR,
        "The valid of an output stream depends on the stream's own ready within the cycle; the message has the whole path, through children too.",
        "Offer the value without looking at ready; a register or a queue breaks the path."),

    /** A name is taken, or is none in the Verilog. */
    NAME_CLASH(
        Severity.ERROR,
        "Two ports or reserved names are equal, or one of them is that of the clock or the reset, or"
            + " a reserved name is a keyword.",
        "Rename one of them."),

    /** A port is assigned from the wrong side. */
    PORT_DIRECTION(
        Severity.ERROR,
        "A module assigns its own input, or its parent one of its outputs.",
        "Inputs are assigned by the parent, outputs by the module itself."),

    /** What cannot take a value is given one. */
    NOT_ASSIGNABLE(
        Severity.ERROR,
        "A computed value is assigned, or something other than a register gets a reset value.",
        "Assign wires, registers and ports; give reset values to registers."),

    /** A signal or a child is used in a module that it does not belong to. */
    WRONG_MODULE(
        Severity.ERROR,
        "A signal is used in a module that it is no part of, or one object is placed as two children.",
        "Pass signals through ports; build an object for each instance."),

    /** A type is used where hardware is needed. */
    UNBOUND(
        Severity.ERROR,
        "A type or a constant is used where a signal is needed.",
        "Make it hardware first: input(...), wire(...), register(...)."),

    /** A port has no name. */
    UNNAMED_PORT(
        Severity.ERROR,
        "No field or variable holds a port, so that it has no name.",
        "Keep it in a field, or give a name: input(type, \"name\")."),

    /** A memory is used against its contract. */
    MEMORY(
        Severity.ERROR,
        "A memory is read but has neither writes nor contents, its ports are used in the wrong way or width, or its latency, contents or mask cannot be.",
        "Do what the message says."),

    /** A module that is written elsewhere cannot be what is said of it. */
    BLACK_BOX(
        Severity.ERROR,
        "A black box has contents, stands at the top, has a name or parameter that cannot be, or no model when it is simulated.",
        "Do what the message says."),

    /** A function cannot be cut into stages. */
    PIPELINE(
        Severity.ERROR,
        "A function that is to be balanced has a register, a memory or a child, assigns a signal from outside of it, or has one operation that is longer than a stage may be.",
        "Keep state and assignments outside of the function; allow more for a stage."),

    /** Data reaches another clock domain without a synchronizer. */
    CLOCK_CROSSING(
        Severity.ERROR,
        "Data of one clock domain, or an asynchronous input, reaches a register, a memory or a port of another domain; or logic feeds a synchronizer. The message has the path.",
        "Use a part of hdl.lib.crossing; put a register in front of a synchronizer."),

    /** A clock domain is bound wrongly, or needs a reset that it has not. */
    CLOCK_DOMAIN(
        Severity.ERROR,
        "A declared clock domain of a child is bound to none of its parent's, or twice; or a domain without a reset is needed with one.",
        "Bind it: child.domain.drivenBy(domain); or leave the reset values out."),

    /** A child does nothing for its parent. */
    UNUSED_INSTANCE(
        Severity.WARNING,
        "Nothing depends on any output of a child.",
        "Use its outputs, or leave the child out."),

    /** A register, a wire or a memory does nothing. */
    UNUSED_SIGNAL(
        Severity.WARNING,
        "A register, a wire or a memory reaches no output and no child; all that its line declares.",
        "Use it, or leave it out."),

    /** Some outputs of a child are not used. */
    DROPPED_OUTPUT(
        Severity.OFF,
        "An output of a child is not used, while others of it are.",
        "Use it; or leave the kind off: an unused output costs nothing."),

    /** A state is never entered. */
    UNENTERED_STATE(
        Severity.WARNING,
        "Nothing goes to a state of a state machine, and it is not the one after reset.",
        "Go there with set(STATE), or leave the state out."),

    /** Something unknown after reset decides what happens. */
    RESETLESS_CONTROL(
        Severity.WARNING,
        "A register without a reset value stays unknown after reset, and decides what a register with one does, whether a memory is written, or the valid or ready of a stream.",
        "Give the register a reset value, or gate it by a signal that has one.");

    private final Severity severity;
    private final String cause;
    private final String remedy;

    Kind(Severity severity, String cause, String remedy) {
      this.severity = severity;
      this.cause = cause;
      this.remedy = remedy;
    }

    /** What becomes of it where no {@link Policy} says otherwise. */
    public Severity severity() {
      return severity;
    }

    /** What makes such a diagnostic, in one sentence. */
    public String cause() {
      return cause;
    }

    /** What to do about it, in one sentence. */
    public String remedy() {
      return remedy;
    }

    /** The kind as it is printed. */
    public String code() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  @Override
  public String toString() {
    return site
        + ": "
        + kind.code()
        + ": "
        + message
        + (other == null ? "" : " (see also " + other + ")")
        + "\n    "
        + advice;
  }
}
