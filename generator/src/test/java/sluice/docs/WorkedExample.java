package sluice.docs;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.golden.Calibration;
import sluice.golden.DecodeResult;
import sluice.golden.DecodeStep;
import sluice.golden.Half;
import sluice.golden.KeyRecords;
import sluice.golden.MatrixHeadCache;
import sluice.golden.Prediction;
import sluice.golden.QueryCodes;
import sluice.golden.Scores;
import sluice.golden.Selection;
import sluice.golden.Weights;
import sluice.layout.DecodeParameters;
import sluice.tensor.HalfMatrix;

/** A decode step small enough for paper: two dimensions, six tokens. Each number is computed. */
final class WorkedExample {
  private static final int BUCKETS = 16;
  private static final int QUERY_BITS = 4;
  private static final short[] QUERY = halves(1.5, -0.75);
  private static final short[][] KEYS = {
    halves(0.25, 0.5),
    halves(2.0, -1.0),
    halves(-1.0, 0.125),
    halves(1.25, -0.25),
    halves(0.5, -0.75),
    halves(-0.5, 1.0)
  };
  private static final short[][] VALUES = {
    halves(1.0, 0.0),
    halves(0.1, -0.2),
    halves(3.0, 3.0),
    halves(-0.5, 0.7),
    halves(2.0, -4.0),
    halves(0.0, 1.0)
  };
  private static final Calibration CALIBRATION =
      new Calibration(
          new int[] {0, 1},
          halves(1.0, 0.5),
          new short[][] {halves(-1.0, 0.0, 1.0), halves(-0.5, 0.0, 0.5)});
  private static final DecodeParameters PARAMETERS =
      new DecodeParameters(
          KEYS.length, 2, 1, 1, 1, DecodeParameters.defaultFactor(QUERY.length), 0);
  private static final AcceleratorConfig CONFIG =
      TestConfigs.operators(1, 64, 2, 1, 2, 2, QUERY_BITS, BUCKETS, 8, 8, 8, 1, 1, 1, 32);

  private final int[] queryCodes = QueryCodes.encode(QUERY, CALIBRATION, QUERY_BITS);
  private final Prediction prediction =
      new Prediction(new int[][] {queryCodes}, CONFIG.thresholds());
  private final Selection.Buckets buckets =
      Selection.Buckets.covering(prediction.lo(), prediction.hi(), BUCKETS);
  private final int[] predicted =
      Arrays.stream(KEYS)
          .mapToInt(key -> prediction.score(KeyRecords.quantize(key, CALIBRATION)))
          .toArray();
  private final Selection selection =
      Selection.select(
          Arrays.stream(predicted).map(buckets::of).toArray(),
          BUCKETS,
          PARAMETERS.budget(),
          PARAMETERS.sink(),
          PARAMETERS.recent());
  private final int[] scores =
      Arrays.stream(selection.tokens())
          .map(token -> Scores.score(QUERY, KEYS[token], PARAMETERS.factor()))
          .toArray();
  private final int[] weights = Weights.of(scores, PARAMETERS.skip());

  /** A part of the example, in Markdown. */
  String part(String name) {
    return switch (name) {
      case "operands" -> operands();
      case "codes" -> codes();
      case "selection" -> selected();
      case "weights" -> weighted();
      case "output" -> output();
      default -> throw new IllegalArgumentException("no part " + name);
    };
  }

  /** The outputs of the whole step by the golden model. */
  DecodeResult modelResult() {
    return new DecodeStep(CONFIG)
        .run(
            new short[][] {QUERY},
            new MatrixHeadCache(HalfMatrix.ofRows(KEYS), HalfMatrix.ofRows(VALUES), CALIBRATION),
            CALIBRATION,
            PARAMETERS);
  }

  /** The outputs, from the numbers that the example shows. */
  short[] outputs() {
    short[] outputs = new short[QUERY.length];
    for (int j = 0; j < outputs.length; j++) {
      outputs[j] = Half.ofRatio(sum(j), BigInteger.valueOf(total()), -Half.FIX_BITS);
    }
    return outputs;
  }

  int[] tokens() {
    return selection.tokens();
  }

  private long total() {
    return Arrays.stream(weights).asLongStream().sum();
  }

  private BigInteger sum(int element) {
    BigInteger sum = BigInteger.ZERO;
    for (int s = 0; s < weights.length; s++) {
      long fix = Half.fix(VALUES[selection.tokens()[s]][element]);
      sum = sum.add(BigInteger.valueOf(weights[s]).multiply(BigInteger.valueOf(fix)));
    }
    return sum;
  }

  private String operands() {
    String table = row("Token", "Key", "Value") + row("---", "---", "---");
    for (int t = 0; t < KEYS.length; t++) {
      table += row(t, vector(KEYS[t]), vector(VALUES[t]));
    }
    return "\nQuery %s, weights %s, thresholds %s and %s, c = `0x%08X` (%s).\n\n%s\n"
        .formatted(
            vector(QUERY),
            vector(CALIBRATION.weights()),
            vector(CALIBRATION.thresholds()[0]),
            vector(CALIBRATION.thresholds()[1]),
            PARAMETERS.factor(),
            Float.intBitsToFloat(PARAMETERS.factor()),
            table);
  }

  private String codes() {
    String table = row("i", "sig", "ex", "a", "code") + row("---", "---:", "---:", "---:", "---:");
    int common = 0;
    for (int i = 0; i < QUERY.length; i++) {
      common = Math.max(common, exponent(i));
    }
    for (int i = 0; i < QUERY.length; i++) {
      long significand = significand(i);
      long aligned = significand >> (common - exponent(i));
      table += row(i, significand, exponent(i), aligned, queryCodes[i]);
    }
    return "\n%s\nE = %d, M = %d; lo = %d, hi = %d, shift = %d.\n\n"
        .formatted(
            table,
            common,
            (1 << (QUERY_BITS - 1)) - 1,
            prediction.lo(),
            prediction.hi(),
            buckets.shift());
  }

  private static long significand(int i) {
    return (long) Half.sig(QUERY[i]) * Half.sig(CALIBRATION.weights()[i]);
  }

  private static int exponent(int i) {
    return Half.ex(QUERY[i]) + Half.ex(CALIBRATION.weights()[i]);
  }

  private String selected() {
    String table =
        row("Token", "Key codes", "P", "Bucket", "Selected")
            + row("---", "---", "---:", "---:", "---");
    for (int t = 0; t < KEYS.length; t++) {
      int token = t;
      boolean picked = IntStream.of(selection.tokens()).anyMatch(s -> s == token);
      boolean forced = t < PARAMETERS.sink() || t >= KEYS.length - PARAMETERS.recent();
      table +=
          row(
              t,
              Arrays.toString(KeyRecords.quantize(KEYS[t], CALIBRATION)),
              predicted[t],
              buckets.of(predicted[t]),
              forced ? "forced" : picked ? "yes" : "no");
    }
    return "\n%s\nT = %d, quota = %d.\n\n"
        .formatted(table, selection.threshold(), selection.quota());
  }

  private String weighted() {
    String table =
        row("Token", "Z", "x", "delta", "p") + row("---", "---:", "---:", "---:", "---:");
    int largest = Arrays.stream(scores).max().orElseThrow();
    for (int s = 0; s < scores.length; s++) {
      int token = selection.tokens()[s];
      table +=
          row(token, Scores.dot(QUERY, KEYS[token]), scores[s], largest - scores[s], weights[s]);
    }
    return "\n%s\nm = %d, l = %d.\n\n".formatted(table, largest, total());
  }

  private String output() {
    String table = row("j", "o", "out", "bits") + row("---", "---:", "---:", "---");
    short[] outputs = outputs();
    for (int j = 0; j < outputs.length; j++) {
      table += row(j, sum(j), Half.toDouble(outputs[j]), "`0x%04X`".formatted(outputs[j] & 0xFFFF));
    }
    return "\n" + table + "\n";
  }

  private static String row(Object... cells) {
    return Arrays.stream(cells)
        .map(cell -> " " + cell + " |")
        .collect(Collectors.joining("", "|", "\n"));
  }

  private static String vector(short[] halves) {
    StringJoiner text = new StringJoiner(", ", "(", ")");
    for (short bits : halves) {
      text.add(Double.toString(Half.toDouble(bits)).replaceFirst("(\\.\\d{4})\\d+$", "$1"));
    }
    return text.toString();
  }

  private static short[] halves(double... numbers) {
    short[] halves = new short[numbers.length];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = Half.ofDouble(numbers[i]);
    }
    return halves;
  }
}
