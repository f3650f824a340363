package sluice.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("a.npy");
  }

  @Test
  void halvesComeBack() throws IOException {
    HalfMatrix matrix = new HalfMatrix(2, 3, new short[] {1, -1, 0x7C00, 0x3C00, 0, -32768});
    NpyFile.write(file, matrix);
    assertThat(NpyFile.readHalves(file)).isEqualTo(matrix);
  }

  @Test
  void integersComeBack() throws IOException {
    IntMatrix matrix = IntMatrix.padded(List.of(new int[] {5}, new int[] {7, 1 << 30}), -1);
    NpyFile.write(file, matrix);
    assertThat(NpyFile.readInts(file)).isEqualTo(matrix);
    assertThat(matrix.get(0, 1)).isEqualTo(-1);
  }

  @Test
  void emptyMatrixComesBack() throws IOException {
    IntMatrix matrix = new IntMatrix(3, 0, new int[0]);
    NpyFile.write(file, matrix);
    assertThat(NpyFile.readInts(file)).isEqualTo(matrix);
  }

  @Test
  void headerIsAsNumpyWritesIt() throws IOException {
    NpyFile.write(file, new HalfMatrix(8, 32, new short[256]));
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).hasSize(128 + 512);
    String header = new String(bytes, 10, 118, StandardCharsets.US_ASCII);
    assertThat(header)
        .startsWith("{'descr': '<f2', 'fortran_order': False, 'shape': (8, 32), }")
        .endsWith(" \n");
  }

  @Test
  void fileThatNumpyWroteIsWrittenTheSame() throws Exception {
    Path trace = Path.of(getClass().getResource("/traces/minilm-l0h2-n2048/q.npy").toURI());
    HalfMatrix query = NpyFile.readHalves(trace);
    assertThat(query.rows()).isEqualTo(8);
    assertThat(query.columns()).isEqualTo(32);
    NpyFile.write(file, query);
    assertThat(file).hasSameBinaryContentAs(trace);
  }

  @Test
  void version2IsRead() throws IOException {
    write(2, "{'descr': '<f2', 'fortran_order': False, 'shape': (1, 2)}\n", 4);
    assertThat(NpyFile.readHalves(file)).isEqualTo(new HalfMatrix(1, 2, new short[2]));
  }

  @Test
  void wrongTypeIsNamed() throws IOException {
    write(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }", 8);
    assertProblem("elements are '<f4'; '<f2' (FP16) is needed");
  }

  @Test
  void fortranOrderIsRefused() throws IOException {
    write(1, "{'descr': '<f2', 'fortran_order': True, 'shape': (1, 2), }", 4);
    assertProblem("the array is in Fortran order; C order is needed (numpy.ascontiguousarray)");
  }

  @Test
  void otherThanTwoDimensionsAreRefused() throws IOException {
    write(1, "{'descr': '<f2', 'fortran_order': False, 'shape': (2,), }", 4);
    assertProblem("the shape is (2,); two dimensions are needed");
    write(1, "{'descr': '<f2', 'fortran_order': False, 'shape': (1, 1, 2), }", 4);
    assertProblem("the shape is (1, 1, 2); two dimensions are needed");
    write(1, "{'descr': '<f2', 'fortran_order': False, 'shape': (), }", 2);
    assertProblem("the shape is (); two dimensions are needed");
  }

  @Test
  void cutOffDataIsRefused() throws IOException {
    write(1, "{'descr': '<f2', 'fortran_order': False, 'shape': (3, 2), }", 10);
    assertProblem("an array of shape (3, 2) needs 12 bytes of data, the file has 10");
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Files.writeString(file, "not an array");
    assertProblem("not a NumPy file");
    write(3, "{'descr': '<f2', 'fortran_order': False, 'shape': (1, 2), }", 4);
    assertProblem("NumPy format version 3.0; 1.0 or 2.0 is needed");
    write(1, "{'fortran_order': False, 'shape': (1, 2), }", 4);
    assertProblem("the header has no valid 'descr'");
  }

  private void assertProblem(String problem) {
    assertThatThrownBy(() -> NpyFile.readHalves(file))
        .isInstanceOf(NpyFormatException.class)
        .hasMessage(file + ": " + problem);
  }

  private void write(int major, String header, int dataBytes) throws IOException {
    int start = major == 1 ? 10 : 12;
    ByteBuffer buffer =
        ByteBuffer.allocate(start + header.length() + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    buffer.put((byte) major).put((byte) 0);
    if (major == 1) {
      buffer.putShort((short) header.length());
    } else {
      buffer.putInt(header.length());
    }
    buffer.put(header.getBytes(StandardCharsets.US_ASCII));
    Files.write(file, buffer.array());
  }
}
