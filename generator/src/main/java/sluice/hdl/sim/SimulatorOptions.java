package sluice.hdl.sim;

/**
 * How a circuit is simulated.
 *
 * @param engine {@link #JVM}, {@link #INTERPRETED}, {@link #COMPILED}, or the name of an {@link
 *     EngineProvider}
 * @param seed of the bits that the hardware leaves undefined
 * @param undefined what these bits are
 */
public record SimulatorOptions(String engine, long seed, Undefined undefined) {

  /** Interpreted at first, and compiled to code of the JVM when the run is a long one. */
  public static final String JVM = "jvm";

  /** Interpreted in the JVM: there is nothing to prepare. */
  public static final String INTERPRETED = "interpreted";

  /** Compiled to code of the JVM before the first cycle. */
  public static final String COMPILED = "compiled";

  private static final long DEFAULT_SEED = 0x51_0ce;

  /**
   * The options of {@link Simulator#of}: a fixed seed, {@link Undefined#PATTERN}, and the engine
   * that the system property {@code sluice.engine} names; the JVM without it.
   */
  public static SimulatorOptions standard() {
    return new SimulatorOptions(
        System.getProperty("sluice.engine", JVM), DEFAULT_SEED, Undefined.PATTERN);
  }

  /** The same with another engine. */
  public SimulatorOptions withEngine(String name) {
    return new SimulatorOptions(name, seed, undefined);
  }

  /** The same with another seed. */
  public SimulatorOptions withSeed(long number) {
    return new SimulatorOptions(engine, number, undefined);
  }

  /** The same with other undefined bits. */
  public SimulatorOptions withUndefined(Undefined bits) {
    return new SimulatorOptions(engine, seed, bits);
  }
}
