package sluice.hdl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The operand stack of the virtual machine, as far as it is known where its values come from; null
 * stands for any other value. Values of 64 bits take two places.
 */
final class OperandStack {

  /** A value whose origin matters. */
  sealed interface Value permits Call, Loaded, Fresh {}

  /** The result of a call. */
  static final class Call implements Value {
    final int offset;
    final int line;

    /** Name of the method if it is one of a signal or of {@link Module}, else null. */
    final String method;

    final StoreTable.Result result;

    /** Calls of other branches whose result may be in the same place. */
    final List<Call> others = new ArrayList<>(0);

    Call(int offset, int line, String method, StoreTable.Result result) {
      this.offset = offset;
      this.line = line;
      this.method = method;
      this.result = result;
    }
  }

  /**
   * A local variable or a field.
   *
   * @param field name of the field, or null
   * @param slot of the local variable
   * @param at an offset in the code at which the slot holds the variable
   */
  record Loaded(String field, int slot, int at) implements Value {}

  /** A new object, and the calls whose results its constructor takes. */
  static final class Fresh implements Value {
    final String owner;
    final List<Part> parts = new ArrayList<>(2);

    /** Null until it is called. */
    Call constructor;

    /**
     * @param owner internal name of its class
     */
    Fresh(String owner) {
      this.owner = owner;
    }
  }

  /** An argument of a constructor: its position among the parameters. */
  record Part(int index, Value value) {}

  private Value[] values = new Value[16];
  private int size;

  void push(Value value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  Value pop() {
    return size == 0 ? null : values[--size];
  }

  void pop(int count) {
    size = Math.max(0, size - count);
  }

  /** The value below the topmost {@code depth} ones. */
  Value peek(int depth) {
    return size > depth ? values[size - 1 - depth] : null;
  }

  /** Takes values off and puts unknown ones on. */
  void replace(int popped, int pushed) {
    pop(popped);
    for (int i = 0; i < pushed; i++) {
      push(null);
    }
  }

  /** Puts the topmost {@code count} places once more below the {@code skip} places under them. */
  void duplicate(int count, int skip) {
    Value[] top = new Value[count + skip];
    for (int i = top.length - 1; i >= 0; i--) {
      top[i] = pop();
    }
    for (int i = 0; i < count; i++) {
      push(top[skip + i]);
    }
    for (Value value : top) {
      push(value);
    }
  }

  Value[] snapshot() {
    return Arrays.copyOf(values, size);
  }

  /** Continues with a stack kept before. */
  void restore(Value[] kept) {
    size = 0;
    for (Value value : kept) {
      push(value);
    }
  }

  /** Joins another way to the same place. */
  void merge(Value[] other) {
    restore(merge(snapshot(), other));
  }

  /** The stack where two ways meet: calls in one place are alternatives. */
  static Value[] merge(Value[] first, Value[] second) {
    Value[] merged = new Value[Math.min(first.length, second.length)];
    for (int i = 0; i < merged.length; i++) {
      Value value = first[i];
      Value other = second[i];
      if (value instanceof Call call && other instanceof Call alternative) {
        merged[i] = call;
        if (call != alternative && !call.others.contains(alternative)) {
          call.others.add(alternative);
          call.others.addAll(alternative.others);
        }
      } else if (value == other || value instanceof Call) {
        merged[i] = value;
      } else {
        merged[i] = other instanceof Call ? other : null;
      }
    }
    return merged;
  }
}
