package sluice.cosim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sluice.accel.SignalTypes;
import sluice.accel.attention.DotBeat;
import sluice.accel.attention.DotResult;
import sluice.accel.attention.ExactDot;
import sluice.accel.attention.Normalizer;
import sluice.accel.attention.Quotient;
import sluice.accel.topk.Pooling;
import sluice.config.AcceleratorConfig;
import sluice.config.TestConfigs;
import sluice.golden.Half;
import sluice.golden.Scores;
import sluice.hdl.sim.Packing;

/** Blocks as emitted Verilog under Verilator against the golden model, with stalls everywhere. */
class BlocksIT {
  private static final long SEED = 20240917;
  private static final int RUNS = 12;
  private static final ProjectFiles PROJECT =
      new ProjectFiles(Path.of(System.getProperty("sluice.root")));

  private final Random random = new Random(SEED);

  @BeforeAll
  static void showSeed() {
    System.out.println("seed " + SEED);
  }

  /** None, some, or nearly always. */
  private double stall() {
    return List.of(0.0, 0.3, 0.9).get(random.nextInt(3));
  }

  @Test
  void everyScoreBecomesTheLargestOfItsWindow() throws IOException {
    AcceleratorConfig config = TestConfigs.tiny();
    int lanes = config.rowTokens();
    int scoreBits = new SignalTypes(config).predicted().width();
    VerilatedBlock block = VerilatedBlock.build(new Pooling(config), PROJECT);
    for (int run = 0; run < RUNS; run++) {
      int tokens = 1 + random.nextInt(run < 4 ? 2 * lanes : 300);
      int window = 1 + 2 * random.nextInt(4);
      int[] scores = random.ints(tokens, -50, 51).toArray();
      BlockStimulus stimulus =
          new BlockStimulus()
              .seed(random.nextInt(Integer.MAX_VALUE))
              .pulse("start")
              .set("tokens", tokens)
              .set("window", window)
              .send("rows", rows(scores, lanes, scoreBits))
              .expect("pooled", (tokens + lanes - 1) / lanes)
              .stall("rows", stall())
              .stall("pooled", stall());
      int[] pooled = tokens(block.run(stimulus).words().get("pooled"), lanes, scoreBits);
      assertThat(Arrays.copyOf(pooled, tokens))
          .as("run %d: %d tokens, window %d", run, tokens, window)
          .isEqualTo(sluice.golden.Pooling.pool(scores, window));
    }
  }

  /** Scores as rows, the first lane highest; lanes beyond the last token hold anything. */
  private List<BigInteger> rows(int[] scores, int lanes, int scoreBits) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(scoreBits);
    List<BigInteger> rows = new ArrayList<>();
    for (int first = 0; first < scores.length; first += lanes) {
      BigInteger row = BigInteger.ZERO;
      for (int token = first; token < first + lanes; token++) {
        int score = token < scores.length ? scores[token] : random.nextInt();
        row = row.shiftLeft(scoreBits).or(BigInteger.valueOf(score).mod(modulus));
      }
      rows.add(row);
    }
    return rows;
  }

  private static int[] tokens(List<BigInteger> rows, int lanes, int scoreBits) {
    int[] scores = new int[rows.size() * lanes];
    for (int token = 0; token < scores.length; token++) {
      int low = (lanes - 1 - token % lanes) * scoreBits;
      scores[token] = signed(rows.get(token / lanes).shiftRight(low), scoreBits).intValueExact();
    }
    return scores;
  }

  private static BigInteger signed(BigInteger bits, int width) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(width);
    BigInteger value = bits.mod(modulus);
    return value.testBit(width - 1) ? value.subtract(modulus) : value;
  }

  @Test
  void dotProductsAreExact() throws IOException {
    AcceleratorConfig config = TestConfigs.trace(2, 4);
    VerilatedBlock block = VerilatedBlock.build(new ExactDot(config), PROJECT);
    Packing results = Packing.of(DotResult.type(config));
    int sumBits = new SignalTypes(config).dot().width();
    for (int run = 0; run < RUNS; run++) {
      List<BigInteger> beats = new ArrayList<>();
      List<List<BigInteger>> expected = new ArrayList<>();
      for (int key = 0; key < 20; key++) {
        addKey(config, beats, expected);
      }
      BlockStimulus stimulus =
          new BlockStimulus()
              .seed(random.nextInt(Integer.MAX_VALUE))
              .send("beats", beats)
              .expect("dots", expected.size())
              .stall("beats", stall())
              .stall("dots", stall());
      List<List<BigInteger>> dots = new ArrayList<>();
      for (BigInteger word : block.run(stimulus).words().get("dots")) {
        List<BigInteger> fields = results.unpack(word);
        int group = config.groupQueries();
        List<BigInteger> dot = new ArrayList<>();
        fields.subList(0, group).forEach(sum -> dot.add(signed(sum, sumBits)));
        dot.add(fields.get(group));
        dots.add(dot);
      }
      assertThat(dots).as("run %d", run).isEqualTo(expected);
    }
  }

  /** The beats of a key, and what comes of them: a sum for each query, then the invalid flag. */
  private void addKey(
      AcceleratorConfig config, List<BigInteger> beats, List<List<BigInteger>> expected) {
    short[] key = halves(config.headDim());
    short[][] queries = new short[config.groupQueries()][];
    Arrays.setAll(queries, g -> halves(config.headDim()));
    int elements = config.elementsPerBeat();
    for (int beat = 0; beat < config.beatsPerVector(); beat++) {
      List<BigInteger> fields = new ArrayList<>();
      List<short[]> vectors = new ArrayList<>(List.of(key));
      vectors.addAll(List.of(queries));
      for (short[] vector : vectors) {
        for (int e = 0; e < elements; e++) {
          fields.add(BigInteger.valueOf(vector[beat * elements + e] & 0xFFFF));
        }
      }
      fields.add(BigInteger.valueOf(beat == config.beatsPerVector() - 1 ? 1 : 0));
      beats.add(Packing.of(DotBeat.type(config)).pack(fields.toArray(BigInteger[]::new)));
    }
    List<BigInteger> result = new ArrayList<>();
    for (short[] query : queries) {
      result.add(Scores.dot(query, key));
    }
    result.add(Half.finite(key) ? BigInteger.ZERO : BigInteger.ONE);
    expected.add(result);
  }

  /** Any bits: NaN, infinities and subnormals are among them. */
  private short[] halves(int length) {
    short[] halves = new short[length];
    for (int i = 0; i < length; i++) {
      halves[i] = (short) random.nextInt();
      if (!Half.finite(halves[i]) && random.nextInt(4) > 0) {
        halves[i] &= (short) 0x83FF;
      }
    }
    return halves;
  }

  @Test
  void quotientsAreRoundedOnceAndStayInOrder() throws IOException {
    AcceleratorConfig config = TestConfigs.coarse();
    VerilatedBlock block = VerilatedBlock.build(new Normalizer(config), PROJECT);
    Packing packing = Packing.of(Quotient.type(config));
    for (int run = 0; run < RUNS; run++) {
      List<BigInteger> quotients = new ArrayList<>();
      List<Short> expected = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        BigInteger weights = BigInteger.valueOf(1 + random.nextInt(config.maxSelected() << 16));
        BigInteger most = weights.multiply(BigInteger.valueOf(65504L << 24));
        BigInteger sum = new BigInteger(most.bitLength(), random).mod(most);
        sum = sum.shiftRight(random.nextInt(sum.bitLength() + 1));
        sum = random.nextBoolean() ? sum.negate() : sum;
        boolean invalid = random.nextInt(10) == 0;
        quotients.add(packing.pack(sum, weights, invalid ? BigInteger.ONE : BigInteger.ZERO));
        expected.add(invalid ? Half.NAN : Half.ofRatio(sum, weights, -Half.FIX_BITS));
      }
      BlockStimulus stimulus =
          new BlockStimulus()
              .seed(random.nextInt(Integer.MAX_VALUE))
              .send("quotients", quotients)
              .expect("halves", expected.size())
              .stall("quotients", stall())
              .stall("halves", stall());
      assertThat(block.run(stimulus).words().get("halves").stream().map(BigInteger::shortValue))
          .as("run %d", run)
          .isEqualTo(expected);
    }
  }

  @Test
  void aWordTooManyIsAFailure() throws IOException {
    AcceleratorConfig config = TestConfigs.coarse();
    VerilatedBlock block = VerilatedBlock.build(new Normalizer(config), PROJECT);
    BigInteger one =
        Packing.of(Quotient.type(config)).pack(BigInteger.ONE, BigInteger.ONE, BigInteger.ZERO);
    BlockStimulus stimulus =
        new BlockStimulus().send("quotients", List.of(one, one)).expect("halves", 1);
    assertThatExceptionOfType(SimulationException.class)
        .isThrownBy(() -> block.run(stimulus))
        .withMessageContaining("halves: a word more than the 1 expected");
  }
}
