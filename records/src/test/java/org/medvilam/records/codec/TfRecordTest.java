package org.medvilam.records.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.TestRecords;
import org.medvilam.records.codec.TfExample.Feature;
import org.medvilam.records.codec.TfExample.Kind;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.store.LocalStore;

final class TfRecordTest {
  private static final EncodedPicture PICTURE = new EncodedPicture("jpg", new byte[] {1, 2, 3});

  @TempDir private Path folder;

  /** The check value of CRC-32C, masked. */
  @Test
  void checksumIsMaskedCrc32c() {
    byte[] digits = "123456789".getBytes(US_ASCII);
    assertThat(Integer.toHexString(TfFrame.maskedCrc(digits, digits.length))).isEqualTo("c78ab0e5");
  }

  @Test
  void messageIsFramed() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TfFrame.write(out, "abc".getBytes(US_ASCII));
    assertThat(HexFormat.of().formatHex(out.toByteArray()))
        .isEqualTo("0300000000000000b099490e6162636e57f121");
    assertThat(TfFrame.read(new ByteArrayInputStream(out.toByteArray())))
        .isEqualTo("abc".getBytes(US_ASCII));
  }

  /** What {@code protoc --encode} of TensorFlow's messages gives. */
  @Test
  void exampleHasTheWireFormOfItsDescription() throws IOException {
    SortedMap<String, Feature> features = new TreeMap<>();
    features.put("c", new Feature(Kind.FLOAT, List.of(0.5f, -2f)));
    features.put("b", new Feature(Kind.INT64, List.of(1L, 300L, -1L)));
    features.put("a", new Feature(Kind.BYTES, List.of(ByteString.copyFromUtf8("x"))));
    byte[] message = TfExample.encode(features);
    assertThat(HexFormat.of().formatHex(message))
        .isEqualTo(
            "0a370a0a0a016112050a030a01780a160a016212111a0f0a0d01ac02ffffffffffffffffff01"
                + "0a110a0163120c120a0a080000003f000000c0");
    assertThat(TfExample.decode(message)).isEqualTo(features);
  }

  @Test
  void featuresAreFlatWithLengths() {
    InstructionRecord record = records().get(2);
    SortedMap<String, Feature> features = TfFeatures.of(record, Optional.of(PICTURE));
    assertThat(features.get("task").values())
        .isEqualTo(List.of(ByteString.copyFromUtf8("segmentation")));
    assertThat(features.get("polygons").values().subList(0, 2)).isEqualTo(List.of(50L, 100L));
    assertThat(features.get("polygons").values()).hasSize(100);
    assertThat(features.get("polygons/lengths").values()).isEqualTo(List.of(25L, 25L));
    assertThat(features.get("native/polygons/lengths").values()).isEqualTo(List.of(3L, 4L));
    assertThat(features.get("native/polygons").values().subList(0, 3))
        .isEqualTo(List.of(10f, 10f, 30.1f));
    assertThat(features.get("media/width").values()).isEqualTo(List.of(200L));
    assertThat(features.get("image/format").values())
        .isEqualTo(List.of(ByteString.copyFromUtf8("jpeg")));
    assertThat(features.get("image/encoded").values())
        .isEqualTo(List.of(ByteString.copyFrom(PICTURE.data())));
    assertThat(features)
        .doesNotContainKeys("boxes", "native/boxes", "media/depth", "source/record");
  }

  @Test
  void everyRecordOfAMediumHasItsPicture() throws IOException {
    Path file = write(r -> Optional.of(PICTURE));
    try (var in = Files.newInputStream(file)) {
      for (byte[] message = TfFrame.read(in); message != null; message = TfFrame.read(in)) {
        assertThat(TfExample.decode(message)).containsKey("image/encoded");
      }
    }
    assertThat(read(file)).isEqualTo(records());
  }

  @Test
  void indexLeadsToEachRecord() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RecordWriter writer = new TfRecordWriter(out, PictureSource.NONE);
    try (writer) {
      writer.write(records());
    }
    byte[] file = out.toByteArray();
    List<String> lines = writer.index().orElseThrow().lines().toList();
    assertThat(lines).hasSize(records().size());
    int end = 0;
    for (int i = 0; i < lines.size(); i++) {
      String[] parts = lines.get(i).split(" ", 2);
      int offset = Integer.parseInt(parts[0]);
      assertThat(offset).isEqualTo(end);
      end = offset + Integer.parseInt(parts[1]);
      byte[] message = TfFrame.read(new ByteArrayInputStream(file, offset, end - offset));
      assertThat(TfFeatures.toRecord(TfExample.decode(message))).isEqualTo(records().get(i));
    }
    assertThat(end).isEqualTo(file.length);
  }

  @Test
  void damageIsNamed() throws IOException {
    Path file = write(PictureSource.NONE);
    byte[] whole = Files.readAllBytes(file);
    whole[40] ^= 1;
    Files.write(file, whole);
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("records.tfrecord record 1")
        .hasMessageContaining("damaged");
  }

  @Test
  void cutFileIsNamed() throws IOException {
    Path file = write(PictureSource.NONE);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> read(file))
        .hasMessageContaining("record 3")
        .hasMessageContaining("cut");
  }

  @Test
  void hugeDeclaredLengthIsRefusedBeforeMemoryIsAskedFor() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] head = HexFormat.of().parseHex("ffffffffffffff7f");
    out.write(head);
    out.write(
        HexFormat.of()
            .parseHex(
                HexFormat.of()
                    .toHexDigits(Integer.reverseBytes(TfFrame.maskedCrc(head, head.length)))));
    assertThatThrownBy(() -> TfFrame.read(new ByteArrayInputStream(out.toByteArray())))
        .hasMessageContaining("9223372036854775807 declared");
  }

  @Test
  void featuresOfAnotherKindOrLengthAreNamed() {
    SortedMap<String, Feature> features = TfFeatures.of(records().get(2), Optional.empty());
    features.put("polygons/lengths", new Feature(Kind.INT64, List.of(25L, 26L)));
    assertThatThrownBy(() -> TfFeatures.toRecord(features)).hasMessageContaining("[25, 26]");
    features.put("polygons/lengths", new Feature(Kind.INT64, List.of(25L)));
    assertThatThrownBy(() -> TfFeatures.toRecord(features))
        .hasMessageContaining("25 points beyond");
    features.remove("native/polygons/float64");
    features.put("polygons/lengths", new Feature(Kind.INT64, List.of(25L, 25L)));
    assertThatThrownBy(() -> TfFeatures.toRecord(features))
        .hasMessageContaining("expected native/polygons/float64 beside");
    features.put("id", new Feature(Kind.INT64, List.of(1L)));
    assertThatThrownBy(() -> TfFeatures.toRecord(features))
        .hasMessageContaining("expected a BYTES list as id");
    features.remove("id");
    assertThatThrownBy(() -> TfFeatures.toRecord(features)).hasMessageContaining("one value of id");
  }

  private static List<InstructionRecord> records() {
    return TestRecords.picture(
        "a.png",
        "lesion",
        new Box(10, 10, 50, 50),
        Polygon.of(Ring.ofFlat(10, 10, 30.1, 10, 20, 40)),
        Polygon.of(Ring.ofFlat(60, 10, 90, 10, 90, 40, 60, 40)));
  }

  private Path write(PictureSource pictures) throws IOException {
    Path file = folder.resolve("records.tfrecord");
    try (RecordWriter writer =
        RecordFormat.TFRECORD.writer(Files.newOutputStream(file), pictures)) {
      writer.write(records());
    }
    return file;
  }

  private List<InstructionRecord> read(Path file) throws IOException {
    List<InstructionRecord> records = new java.util.ArrayList<>();
    String name = file.getFileName().toString();
    try (RecordReader reader = RecordFormat.TFRECORD.reader(LocalStore.of(folder), name)) {
      for (InstructionRecord r = reader.next(); r != null; r = reader.next()) {
        records.add(r);
      }
    }
    return records;
  }
}
