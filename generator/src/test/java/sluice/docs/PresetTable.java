package sluice.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import sluice.config.AcceleratorConfig;
import sluice.config.Presets;
import sluice.layout.KvLayout;

/** The presets side by side, with what follows from their fields. */
final class PresetTable {
  private static final Map<String, Function<AcceleratorConfig, Object>> ROWS =
      new LinkedHashMap<>();

  static {
    ROWS.put("`channels` C", AcceleratorConfig::channels);
    ROWS.put("`channelBits` W", AcceleratorConfig::channelBits);
    ROWS.put("`headDim` d", AcceleratorConfig::headDim);
    ROWS.put("`groupQueries` G", AcceleratorConfig::groupQueries);
    ROWS.put("`heavyChannels` h", AcceleratorConfig::heavyChannels);
    ROWS.put("`keyBits` kb", AcceleratorConfig::keyBits);
    ROWS.put("`queryBits` qb", AcceleratorConfig::queryBits);
    ROWS.put("`buckets` B", AcceleratorConfig::buckets);
    ROWS.put("`context`", AcceleratorConfig::context);
    ROWS.put("`maxSelected`", AcceleratorConfig::maxSelected);
    ROWS.put("`pageTokens`", AcceleratorConfig::pageTokens);
    ROWS.put("`kvHeads`", AcceleratorConfig::kvHeads);
    ROWS.put("`readsInFlight`", AcceleratorConfig::readsInFlight);
    ROWS.put("`dividers`", AcceleratorConfig::dividers);
    ROWS.put("`addressBits`", AcceleratorConfig::addressBits);
    ROWS.put("`arithmetic`", AcceleratorConfig::arithmetic);
    ROWS.put("lanes a slice, r", AcceleratorConfig::lanes);
    ROWS.put("tokens a row, R = C r", AcceleratorConfig::rowTokens);
    ROWS.put("halves a beat, E", AcceleratorConfig::elementsPerBeat);
    ROWS.put("exact products a cycle, C E G", c -> products(c));
    ROWS.put("beats a vector", AcceleratorConfig::beatsPerVector);
    ROWS.put("rows a page", AcceleratorConfig::rowsPerPage);
    ROWS.put("bytes of a page in a channel", c -> new KvLayout(c).pageStride());
  }

  private PresetTable() {}

  private static int products(AcceleratorConfig config) {
    return config.channels() * config.elementsPerBeat() * config.groupQueries();
  }

  static String render() {
    StringBuilder table = new StringBuilder("| |");
    Presets.names().forEach(name -> table.append(" `").append(name).append("` |"));
    table.append("\n| --- |").append(" ---: |".repeat(Presets.names().size())).append("\n");
    ROWS.forEach(
        (title, value) ->
            table.append(
                Presets.names().stream()
                    .map(name -> " " + value.apply(Presets.get(name)) + " |")
                    .collect(Collectors.joining("", "| " + title + " |", "\n"))));
    return table.toString();
  }
}
