package sluice.hdl.sim;

import java.util.stream.Stream;

/** How many shapes of a block its tests try. */
public final class EngineShapes {
  private static final int ELSEWHERE = 2;

  private EngineShapes() {}

  /**
   * All shapes in the JVM, where building one is nothing; on another engine, which compiles each,
   * the first {@value #ELSEWHERE}. So the first should be the smallest, the second an odd one.
   */
  public static <T> Stream<T> of(Stream<T> shapes) {
    return areInJvm() ? shapes : shapes.limit(ELSEWHERE);
  }

  /** Whether tests simulate in this process. */
  public static boolean areInJvm() {
    return JvmEngine.NAMES.contains(SimulatorOptions.standard().engine());
  }
}
