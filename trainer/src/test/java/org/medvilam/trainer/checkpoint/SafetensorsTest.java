package org.medvilam.trainer.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SafetensorsTest {
  @TempDir Path directory;

  private Path write(StoredType type) throws Exception {
    Map<String, INDArray> tensors = new LinkedHashMap<>();
    tensors.put("a", Nd4j.create(new float[][] {{1, -2.5f, 0}, {0.5f, 4, 65504}}));
    tensors.put("b", Nd4j.create(new float[] {7}));
    Path file = directory.resolve("t.safetensors");
    SafetensorsWriter.write(file, tensors, type);
    return file;
  }

  @ParameterizedTest
  @EnumSource(StoredType.class)
  void testRoundTrip(StoredType type) throws Exception {
    try (Safetensors tensors = Safetensors.open(write(type))) {
      assertThat(tensors.names()).containsExactly("a", "b");
      float last = type == StoredType.BF16 ? 65536 : 65504;
      assertThat(tensors.read("a", 2, 3)).containsExactly(1, -2.5f, 0, 0.5f, 4, last);
      assertThat(tensors.read("b", 1)).containsExactly(7);
    }
  }

  @Test
  void testLayout() throws Exception {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(write(StoredType.F32))).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(bytes.getLong());
    byte[] json = new byte[header];
    bytes.get(json);
    assertThat(new String(json, StandardCharsets.UTF_8).strip())
        .isEqualTo(
            "{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[24,28]}}");
    assertThat(header % 8).isZero();
    assertThat(bytes.getFloat()).isEqualTo(1);
    assertThat(directory.toFile().list()).containsExactly("t.safetensors");
  }

  @ParameterizedTest
  @CsvSource({"4, has only 4 bytes", "40, is not a whole safetensors file", "-1, is cut short"})
  void testTruncated(int length, String message) throws Exception {
    Path file = write(StoredType.F32);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, length < 0 ? all.length + length : length));
    assertThatThrownBy(() -> Safetensors.open(file).close())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
  }

  @Test
  void testMissingTensorAndWrongShape() throws Exception {
    try (Safetensors tensors = Safetensors.open(write(StoredType.F32))) {
      assertThatThrownBy(() -> tensors.read("c", 1))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("lacks the tensor c");
      assertThatThrownBy(() -> tensors.read("a", 3, 2))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("[2, 3], but [3, 2] was expected");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1.00048828125, 1",
    "1.0009765625, 1.0009765625",
    "65520, Infinity",
    "5.9604645E-8, 5.9604645E-8",
    "2.9802322E-8, 0",
    "6.1035156E-5, 6.1035156E-5",
    "-0.1, -0.0999755859375"
  })
  void testHalfPrecisionRounds(float value, float expected) {
    ByteBuffer data = ByteBuffer.allocate(2);
    StoredType.F16.write(data, value);
    FloatBuffer read = FloatBuffer.allocate(1);
    StoredType.F16.read(data.flip(), read);
    assertThat(read.get(0)).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource(StoredType.class)
  void testTensorIsKeptAsItIsStoredAndOutlivesItsFile(StoredType type) throws Exception {
    INDArray kept;
    INDArray single;
    try (Safetensors tensors = Safetensors.open(write(type))) {
      kept = tensors.tensor("a", true, new long[] {2, 3}, 3, 2);
      single = tensors.tensor("a", false, new long[] {2, 3}, 3, 2);
    }
    System.gc();
    assertThat(kept.dataType()).isEqualTo(type.dataType());
    assertThat(single.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(kept.castTo(DataType.FLOAT)).isEqualTo(single);
    assertThat(single.toFloatMatrix()[0]).containsExactly(1, -2.5f);
  }

  @Test
  void testTensorThatLiesAskewIsCopied() throws Exception {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} ";
    ByteBuffer bytes = ByteBuffer.allocate(16 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    assertThat(bytes.position() % 4).isNotZero();
    bytes.putFloat(1.5f).putFloat(-3);
    Path file = directory.resolve("askew");
    Files.write(file, bytes.array());
    try (Safetensors tensors = Safetensors.open(file)) {
      INDArray tensor = tensors.tensor("a", true, new long[] {2}, 2);
      assertThat(tensor.toFloatVector()).containsExactly(1.5f, -3);
    }
  }

  /** Published models of CLIP hold a table of whole numbers that nobody asks for. */
  @Test
  void testOtherTypeIsRefusedOnlyWhereItIsRead() throws Exception {
    String header =
        "{\"ids\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}";
    ByteBuffer bytes = ByteBuffer.allocate(20 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    bytes.putLong(1).putFloat(7);
    Safetensors tensors = Safetensors.of("x", bytes.array());
    assertThat(tensors.read("b", 1)).containsExactly(7);
    assertThatThrownBy(() -> tensors.read("ids", 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessage("x stores ids as I64; only F32, F16 and BF16 can be read.");
  }
}
