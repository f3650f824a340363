package sluice.config;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A number that tells configurations apart: the hardware shows it in a register, and a driver or
 * testbench compares it with the configuration it was built for.
 *
 * <p>It is the first 32 bits, big endian, of the SHA-256 of one line {@code name=value\n} a field,
 * in the order of {@link AcceleratorConfig}, in ASCII.
 */
public final class ConfigHash {

  private ConfigHash() {}

  /** The hash; all 32 bits are used. */
  public static int of(AcceleratorConfig config) {
    StringBuilder lines = new StringBuilder();
    ConfigFields.of(config)
        .forEach((name, value) -> lines.append(name).append('=').append(value).append('\n'));
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(lines.toString().getBytes(StandardCharsets.US_ASCII));
      return ByteBuffer.wrap(digest).getInt();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
