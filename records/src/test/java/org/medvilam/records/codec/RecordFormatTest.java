package org.medvilam.records.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.records.Finding;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.geometry.Box3d;
import org.medvilam.records.geometry.Point;
import org.medvilam.records.geometry.Polygon;
import org.medvilam.records.geometry.Ring;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

final class RecordFormatTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void writesWhatItReads(RecordFormat format) throws IOException {
    List<InstructionRecord> records = records();
    write(format, "a", records);
    assertThat(read(format, "a")).isEqualTo(records);
  }

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void sameRecordsGiveTheSameBytes(RecordFormat format) throws IOException {
    write(format, "a", records());
    write(format, "b", records());
    assertThat(folder.resolve("a")).hasSameBinaryContentAs(folder.resolve("b"));
  }

  @ParameterizedTest
  @EnumSource(RecordFormat.class)
  void emptyFileHoldsNoRecord(RecordFormat format) throws IOException {
    write(format, "empty", List.of());
    assertThat(read(format, "empty")).isEmpty();
  }

  /** Sets of two encodings are written in the order of identity hashes, which JVMs draw anew. */
  @Test
  void parquetColumnsHaveOneEncodingEach() throws IOException {
    write(RecordFormat.PARQUET, "columns", records());
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    try (ParquetFileReader reader =
        ParquetFileReader.open(new LocalInputFile(folder.resolve("columns")), options)) {
      assertThat(reader.getRowGroups())
          .isNotEmpty()
          .flatExtracting(BlockMetaData::getColumns)
          .allSatisfy(column -> assertThat(column.getEncodings()).hasSize(1));
    }
  }

  @Test
  void regionsAreBareNumbers() throws IOException {
    String json = RecordJson.mapper().writeValueAsString(records().get(1).nativeRegions());
    assertThat(json).isEqualTo("{\"boxes\":[[1.25,2.0,30.0,40.0]]}");
  }

  @Test
  void brokenLineIsNamed() throws IOException {
    Files.writeString(folder.resolve("x.jsonl"), "{\"id\": ");
    assertThatThrownBy(() -> read(RecordFormat.JSONL, "x.jsonl")).hasMessageContaining("line 1");
  }

  @Test
  void unknownFormatIsRefusedWithTheChoices() {
    assertThatThrownBy(() -> RecordFormat.of("csv"))
        .hasMessageContaining("jsonl, parquet, tfrecord, webdataset");
  }

  @Test
  void manifestComesBackWithItsCounts() throws IOException {
    Counts counts = new Counts();
    counts.items("read", 3);
    records().forEach(counts::written);
    TreeMap<String, String> roots = new TreeMap<>();
    roots.put("phantom", "/data");
    Manifest manifest =
        new Manifest(
            "medvilam",
            "convert",
            new TreeMap<>(),
            List.of("phantom/1"),
            roots,
            "00",
            counts,
            List.of(new Manifest.FileEntry("records/train.jsonl", 1, 2, "ff")));
    RunFolder.finish(LocalStore.of(folder), manifest);
    Manifest back = RunFolder.open(LocalStore.of(folder)).manifest();
    assertThat(RecordJson.mapper().writeValueAsString(back))
        .isEqualTo(RecordJson.mapper().writeValueAsString(manifest));
  }

  @Test
  void unfinishedRunIsRefused() {
    assertThatThrownBy(() -> RunFolder.open(LocalStore.of(folder)))
        .hasMessageContaining("without _SUCCESS");
  }

  private static List<InstructionRecord> records() {
    List<InstructionRecord> records = new ArrayList<>(lesion());
    records.addAll(nodule());
    return records;
  }

  /** A volume without split, with a box and a point that no float holds. */
  private static List<InstructionRecord> nodule() {
    Source source = new Source("annotations, \"2\".csv", null);
    Media media =
        Media.volume("1.3.6\t&&é", "1.3.6/scan.mhd", 512, 512, 133, "LPS")
            .withSpacingMm(List.of(0.703125, 0.1, 2.5));
    Finding box = Finding.of("nodule, \u80ba", "n", new Box3d(1.1, 2, 3, 40, 50.3, 60.7), source);
    Finding point = Finding.of("nodule, \u80ba", "n", new Point(1 / 3.0, 2), source);
    Sample sample =
        new Sample(
            "phantom", media, null, "ct", "patient:", source, List.of(), List.of(box, point));
    return new Instructor(InstructionOptions.standard(), "phantom/1").instruct(sample).records();
  }

  private static List<InstructionRecord> lesion() {
    Source source = new Source("labels.csv", "row 2");
    Finding finding =
        new Finding(
            "lesion",
            "Lésion",
            List.of(new Box(1.25, 2, 30, 40), Polygon.of(Ring.ofFlat(1, 2, 30.1, 2, 15, 39.5))),
            source);
    Media media =
        Media.image("a/b (1)", "images/a/b (1).png", 64, 48)
            .withSpacingMm(List.of(0.5, 0.5, 2.0))
            .withWindow(-100, 300)
            .withSlice(7, "axial")
            .withContext(List.of("images/a/b (1).png", "images/a/b (2), é.png"));
    Sample sample =
        new Sample(
            "phantom",
            media,
            Split.TRAIN,
            "ct",
            "patient:1",
            source,
            List.of(new ImageLabel("lesion", "Lésion")),
            List.of(finding));
    return new Instructor(InstructionOptions.standard(), "phantom/1").instruct(sample).records();
  }

  private void write(RecordFormat format, String name, List<InstructionRecord> records)
      throws IOException {
    OutputStream out = LocalStore.of(folder).write(name);
    try (RecordWriter writer = format.writer(out)) {
      writer.write(records);
    }
  }

  private List<InstructionRecord> read(RecordFormat format, String name) throws IOException {
    List<InstructionRecord> records = new ArrayList<>();
    try (RecordReader reader = format.reader(LocalStore.of(folder), name)) {
      for (InstructionRecord r = reader.next(); r != null; r = reader.next()) {
        records.add(r);
      }
    }
    return records;
  }
}
