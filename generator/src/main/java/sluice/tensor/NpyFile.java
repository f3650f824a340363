package sluice.tensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy files of two-dimensional arrays in C order. Versions 1.0 and 2.0 of the format are read,
 * 1.0 is written.
 */
public final class NpyFile {

  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int ALIGNMENT = 64;
  private static final String FP16 = "<f2";
  private static final String INT32 = "<i4";
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[[^\\]]*\\])");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

  /** The shape and the data, positioned at the first element. */
  private record Content(int rows, int columns, ByteBuffer data) {}

  private NpyFile() {}

  /**
   * Reads an FP16 matrix.
   *
   * @throws NpyFormatException if the file is something else
   * @throws IOException if it cannot be read
   */
  public static HalfMatrix readHalves(Path file) throws IOException {
    Content content = read(file, FP16, "FP16", Short.BYTES);
    short[] bits = new short[content.rows * content.columns];
    content.data.asShortBuffer().get(bits);
    return new HalfMatrix(content.rows, content.columns, bits);
  }

  /**
   * Reads an int32 matrix.
   *
   * @throws NpyFormatException if the file is something else
   * @throws IOException if it cannot be read
   */
  public static IntMatrix readInts(Path file) throws IOException {
    Content content = read(file, INT32, "int32", Integer.BYTES);
    int[] values = new int[content.rows * content.columns];
    content.data.asIntBuffer().get(values);
    return new IntMatrix(content.rows, content.columns, values);
  }

  /** Writes an FP16 matrix. */
  public static void write(Path file, HalfMatrix matrix) throws IOException {
    ByteBuffer buffer = begin(FP16, matrix.rows(), matrix.columns(), Short.BYTES);
    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().put(matrix.bits());
    Files.write(file, buffer.array());
  }

  /** Writes an int32 matrix. */
  public static void write(Path file, IntMatrix matrix) throws IOException {
    ByteBuffer buffer = begin(INT32, matrix.rows(), matrix.columns(), Integer.BYTES);
    buffer.slice().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(matrix.values());
    Files.write(file, buffer.array());
  }

  /** A buffer for the whole file, the header in it, positioned at the first element. */
  private static ByteBuffer begin(String descr, int rows, int columns, int elementBytes) {
    String dictionary =
        "{'descr': '"
            + descr
            + "', 'fortran_order': False, 'shape': ("
            + rows
            + ", "
            + columns
            + "), }";
    int fixed = MAGIC.length + 4;
    int unpadded = fixed + dictionary.length() + 1;
    int total = (unpadded + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    String header = dictionary + " ".repeat(total - unpadded) + "\n";
    ByteBuffer buffer =
        ByteBuffer.allocate(Math.addExact(total, Math.multiplyExact(rows * columns, elementBytes)))
            .order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) header.length());
    return buffer.put(header.getBytes(StandardCharsets.US_ASCII));
  }

  private static Content read(Path file, String descr, String typeName, int elementBytes)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (bytes.length < 12 || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
      throw new NpyFormatException(file, "not a NumPy file");
    }
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int major = bytes[6];
    int minor = bytes[7];
    if ((major != 1 && major != 2) || minor != 0) {
      throw new NpyFormatException(
          file, "NumPy format version " + major + "." + minor + "; 1.0 or 2.0 is needed");
    }
    int start = major == 1 ? 10 : 12;
    long length = major == 1 ? Short.toUnsignedInt(data.getShort(8)) : data.getInt(8);
    if (length < 0 || start + length > bytes.length) {
      throw new NpyFormatException(file, "the header is cut off");
    }
    String header = new String(bytes, start, (int) length, StandardCharsets.ISO_8859_1);
    String found = find(file, header, DESCR, "descr");
    if (!found.equals("'" + descr + "'")) {
      throw new NpyFormatException(
          file, "elements are " + found + "; '" + descr + "' (" + typeName + ") is needed");
    }
    if (find(file, header, ORDER, "fortran_order").equals("True")) {
      throw new NpyFormatException(
          file, "the array is in Fortran order; C order is needed (numpy.ascontiguousarray)");
    }
    int[] shape = shape(file, find(file, header, SHAPE, "shape"));
    long dataBytes = (long) shape[0] * shape[1] * elementBytes;
    data.position(start + (int) length);
    if (dataBytes != data.remaining()) {
      throw new NpyFormatException(
          file,
          "an array of shape ("
              + shape[0]
              + ", "
              + shape[1]
              + ") needs "
              + dataBytes
              + " bytes of data, the file has "
              + data.remaining());
    }
    return new Content(shape[0], shape[1], data.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  private static String find(Path file, String header, Pattern pattern, String key)
      throws NpyFormatException {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new NpyFormatException(file, "the header has no valid '" + key + "'");
    }
    return matcher.group(1);
  }

  private static int[] shape(Path file, String text) throws NpyFormatException {
    String[] parts = text.isBlank() ? new String[0] : text.strip().split("\\s*,\\s*");
    if (parts.length != 2) {
      throw new NpyFormatException(
          file, "the shape is (" + text.strip() + "); two dimensions are needed");
    }
    try {
      int[] shape = {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
      if (shape[0] >= 0 && shape[1] >= 0) {
        return shape;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new NpyFormatException(file, "the shape (" + text.strip() + ") is not two sizes");
  }
}
