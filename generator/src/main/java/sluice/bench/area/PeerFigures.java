package sluice.bench.area;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * What units of other projects take; the resource {@code peers.yaml} has them with their source.
 */
public final class PeerFigures {
  private static final String RESOURCE = "peers.yaml";

  private final Map<String, List<Figures>> units;

  private PeerFigures(Map<String, List<Figures>> units) {
    this.units = units;
  }

  /**
   * One unit of another project; 0 stands for what is not known.
   *
   * @param peer the project
   * @param area square micrometres of osu018
   * @param delay picoseconds of the longest path
   * @param transistors estimate of CMOS transistors
   */
  public record Figures(String peer, double area, double delay, long transistors) {}

  /** The figures of the resource. */
  public static PeerFigures read() {
    try (InputStream stream = PeerFigures.class.getResourceAsStream(RESOURCE)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + RESOURCE + " is missing");
      }
      return new PeerFigures(
          new YAMLMapper().readValue(stream, new TypeReference<Map<String, List<Figures>>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The units that somebody else has, too. */
  public List<String> units() {
    return List.copyOf(units.keySet());
  }

  /**
   * Those who do the same.
   *
   * @param unit a name of {@link AreaUnits}
   */
  public List<Figures> of(String unit) {
    return units.getOrDefault(unit, List.of());
  }
}
