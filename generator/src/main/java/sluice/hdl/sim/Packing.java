package sluice.hdl.sim;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import sluice.hdl.Data;
import sluice.hdl.Probe;

/** Where the signals of structured data are in its packed form: the first is the highest. */
public final class Packing {

  private record Field(String path, int low, int width) {}

  private final List<Field> fields = new ArrayList<>();
  private final int width;

  private Packing(Data data) {
    List<Probe.Leaf> leaves = Probe.leaves(data);
    this.width = leaves.stream().mapToInt(leaf -> leaf.signal().width()).sum();
    int low = width;
    for (Probe.Leaf leaf : leaves) {
      low -= leaf.signal().width();
      fields.add(new Field(leaf.path(), low, leaf.signal().width()));
    }
  }

  /** The packing of data or of a type. */
  public static Packing of(Data data) {
    return new Packing(data);
  }

  /** Bits of the packed form. */
  public int width() {
    return width;
  }

  /** The names of the signals, in order; "" for data that is a single signal. */
  public List<String> paths() {
    return fields.stream().map(Field::path).toList();
  }

  /** Packed data for a message: hexadecimal, by signal if there are several. */
  public String describe(BigInteger packed) {
    if (fields.size() == 1) {
      return packed.toString(16);
    }
    StringJoiner text = new StringJoiner(", ", "{", "}");
    for (int i = 0; i < fields.size(); i++) {
      text.add(fields.get(i).path() + "=" + leaf(packed, i).toString(16));
    }
    return text.toString();
  }

  /** Packs one number for each signal, in order; negative ones as two's complement. */
  public BigInteger pack(BigInteger... values) {
    if (values.length != fields.size()) {
      throw new IllegalArgumentException(values.length + " values for " + fields.size());
    }
    BigInteger packed = BigInteger.ZERO;
    for (int i = 0; i < values.length; i++) {
      Field field = fields.get(i);
      boolean fits =
          values[i].signum() < 0
              ? values[i].bitLength() < field.width()
              : values[i].bitLength() <= field.width();
      if (!fits) {
        throw new IllegalArgumentException(
            values[i] + " does not fit into the " + field.width() + " bits of " + field.path());
      }
      packed =
          packed.or(values[i].mod(BigInteger.ONE.shiftLeft(field.width())).shiftLeft(field.low()));
    }
    return packed;
  }

  /** Packs one number for each signal, in order. */
  public BigInteger pack(long... values) {
    return pack(Arrays.stream(values).mapToObj(BigInteger::valueOf).toArray(BigInteger[]::new));
  }

  /** The bits of one signal, by its position. */
  public BigInteger leaf(BigInteger packed, int index) {
    Field field = fields.get(index);
    return packed.shiftRight(field.low()).mod(BigInteger.ONE.shiftLeft(field.width()));
  }

  /** The bits of one signal, by its name in snake case: {@code value}, {@code header_length}. */
  public BigInteger leaf(BigInteger packed, String path) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).path().equals(path)) {
        return leaf(packed, i);
      }
    }
    throw new IllegalArgumentException(
        "no signal " + path + " among " + fields.stream().map(Field::path).toList());
  }

  /** The bits of every signal, in order. */
  public List<BigInteger> unpack(BigInteger packed) {
    List<BigInteger> values = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      values.add(leaf(packed, i));
    }
    return values;
  }
}
