package sluice.hdl.lib.numeric;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Cases of Berkeley TestFloat: operands, result and flags, as integers. */
final class TestFloatVectors {
  private TestFloatVectors() {}

  /**
   * Every so many cases of a file.
   *
   * @param name without its endings
   */
  static List<long[]> read(String name, int every) throws IOException {
    List<long[]> cases = new ArrayList<>();
    try (InputStream file =
            TestFloatVectors.class.getResourceAsStream("/testfloat/" + name + ".tv.gz");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))) {
      int line = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        if (line++ % every == 0) {
          String[] words = text.trim().split(" +");
          long[] numbers = new long[words.length];
          for (int i = 0; i < words.length; i++) {
            numbers[i] = Long.parseLong(words[i], 16);
          }
          cases.add(numbers);
        }
      }
    }
    return cases;
  }
}
