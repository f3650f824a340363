package sluice.tensor;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not the NumPy array that was asked for; the message says what it is instead. */
public final class NpyFormatException extends IOException {

  private static final long serialVersionUID = 1L;

  NpyFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }
}
