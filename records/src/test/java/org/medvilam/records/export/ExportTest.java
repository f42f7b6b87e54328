package org.medvilam.records.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.medvilam.records.Hashing;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.TestRecords;
import org.medvilam.records.codec.Checksum;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.store.LocalStore;

/** What all targets share. */
final class ExportTest {
  private static final ExportOptions LLAVA = ExportOptions.of(ExportTarget.LLAVA);

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(value = ExportTarget.class, names = "CROISSANT", mode = EnumSource.Mode.EXCLUDE)
  void sameRunGivesTheSameBytes(ExportTarget target) throws IOException {
    TestRun run = TestRun.of(folder, pictures(5));
    ExportOptions options = ExportOptions.of(target);
    assertThat(TestRun.files(run.export(options))).isEqualTo(TestRun.files(run.export(options)));
  }

  @ParameterizedTest
  @EnumSource(value = ExportTarget.class, names = "CROISSANT", mode = EnumSource.Mode.EXCLUDE)
  void manifestListsEveryFileWithItsChecksum(ExportTarget target) throws IOException {
    TestRun run = TestRun.of(folder, pictures(3));
    Path output = folder.resolve("out");
    ExportManifest manifest = run.write(ExportOptions.of(target), output);
    assertThat(manifest.files())
        .extracting(Manifest.FileEntry::path)
        .containsExactlyElementsOf(
            TestRun.files(output).keySet().stream()
                .filter(f -> !f.equals("_SUCCESS") && !f.equals("export.json"))
                .toList());
    for (Manifest.FileEntry file : manifest.files()) {
      assertThat(Checksum.holds(LocalStore.of(output), file.path(), file.sha256())).isTrue();
      assertThat(Files.size(output.resolve(file.path()))).isEqualTo(file.bytes());
    }
    assertThat(manifest.selected()).isEqualTo(6).isEqualTo(manifest.exported());
    assertThat(new ObjectMapper().readTree(output.resolve("export.json").toFile()).at("/left_out"))
        .isEmpty();
  }

  @Test
  void tasksAndSplitChoose() throws IOException {
    TestRun run = TestRun.of(folder, pictures(3));
    ExportManifest some =
        run.write(LLAVA.withTasks(Set.of(Task.LOCALIZATION)), folder.resolve("some"));
    assertThat(some.selected()).isEqualTo(3);
    assertThatThrownBy(() -> run.export(LLAVA.withSplit(Split.TEST)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected records of split test")
        .hasMessageContaining("train/localization/lesion");
    assertThatThrownBy(() -> run.export(LLAVA.withTasks(Set.of(Task.VQA))))
        .hasMessageContaining("tasks vqa");
  }

  @Test
  void limitTakesWholePicturesFirstByHash() throws IOException {
    List<InstructionRecord> records = pictures(6);
    TestRun run = TestRun.of(folder, records);
    Path export = run.export(LLAVA.withLimit(2).groupedByImage());
    List<String> wanted =
        records.stream()
            .map(r -> r.media().id())
            .distinct()
            .sorted(Comparator.comparing(id -> Hashing.hex("phantom|" + id)))
            .limit(2)
            .toList();
    List<String> found = new ArrayList<>();
    new ObjectMapper()
        .readTree(export.resolve("conversations/train.json").toFile())
        .forEach(
            sample -> {
              found.add(sample.path("id").textValue().replace("phantom/", ""));
              assertThat(sample.path("conversations")).hasSize(4);
            });
    assertThat(found).containsExactlyInAnyOrderElementsOf(wanted);
  }

  @Test
  void picturesAreCopiedWithTheirChecksums() throws IOException {
    draw("images/p0", "images/p1");
    TestRun run = TestRun.of(folder, pictures(2));
    Path export = run.export(LLAVA.withPictures(PictureMode.COPY));
    assertThat(export.resolve("images/phantom/images/p0")).hasContent("images/p0");
    assertThat(Files.readAllLines(export.resolve("images.sha256")))
        .containsExactly(
            Hashing.hex("images/p0") + "  images/phantom/images/p0",
            Hashing.hex("images/p1") + "  images/phantom/images/p1");
    assertThat(Files.readString(export.resolve("conversations/train.json")))
        .contains("\"image\":\"images/phantom/images/p0\"");
  }

  @Test
  void picturesAreLinked() throws IOException {
    draw("images/p0");
    Path export = TestRun.of(folder, pictures(1)).export(LLAVA.withPictures(PictureMode.LINK));
    Path link = export.resolve("images/phantom/images/p0");
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(link).hasContent("images/p0");
  }

  @Test
  void derivedPicturesComeFromTheRun() throws IOException {
    Media media = Media.image("v/7", "images/v-0007.png", 200, 100).asDerived();
    List<InstructionRecord> records =
        TestRecords.of(media, Split.TRAIN, List.of(new ImageLabel("x", "x")), List.of());
    TestRun run = TestRun.of(folder, records);
    run.folder().store().write("images/v-0007.png").close();
    Path export = run.export(LLAVA.withPictures(PictureMode.COPY));
    assertThat(export.resolve("images/derived/v-0007.png")).isEmptyFile();
  }

  @Test
  void missingAndUnsafePicturesLeaveTheirRecordsOut() throws IOException {
    draw("images/p0");
    List<InstructionRecord> records = new ArrayList<>(pictures(2));
    Media outside = Media.image("o", "../../secret.png", 200, 100);
    records.addAll(
        TestRecords.of(outside, Split.TRAIN, List.of(new ImageLabel("x", "x")), List.of()));
    TestRun run = TestRun.of(folder, records);
    ExportManifest manifest =
        run.write(LLAVA.withPictures(PictureMode.COPY), folder.resolve("out"));
    assertThat(manifest.leftOut()).isEqualTo(Map.of("missing-picture", 2L, "unsafe-path", 1L));
    assertThat(manifest.exported()).isEqualTo(2);
    assertThat(manifest.media()).isEqualTo(1);
  }

  @Test
  void cardSaysWhereReferencedPicturesAre() throws IOException {
    Path export = TestRun.of(folder, pictures(1)).export(LLAVA);
    assertThat(Files.readString(export.resolve("CARD.md")))
        .contains("phantom: `" + folder.resolve("data") + "`")
        .contains("integers 0..1000")
        .contains("2 selected = 2 exported + 0 left out")
        .contains("A title. Licence: CC BY-NC 4.0. Cite: A citation.");
  }

  @Test
  void optionsThatATargetKnowsNothingOfAreRefused() {
    assertThatThrownBy(() -> ExportOptions.of(ExportTarget.COCO).groupedByImage())
        .hasMessageContaining("only llava and qwen");
    assertThatThrownBy(() -> LLAVA.withPoints(25)).hasMessageContaining("only coco and ofa-tsv");
    assertThatThrownBy(() -> ExportOptions.of(ExportTarget.CROISSANT).withLimit(1))
        .hasMessageContaining("as they are");
    assertThatThrownBy(() -> ExportOptions.of(ExportTarget.COCO).withPoints(2))
        .hasMessageContaining("3 to 1000");
    assertThatThrownBy(() -> ExportTarget.of("yolo"))
        .hasMessage("expected one of llava, ofa-tsv, qwen, coco, croissant, but was: yolo");
  }

  /** Writes files whose text is their path. */
  private void draw(String... uris) throws IOException {
    for (String uri : uris) {
      Path file = folder.resolve("data").resolve(uri);
      Files.createDirectories(file.getParent());
      Files.writeString(file, uri);
    }
  }

  private static List<InstructionRecord> pictures(int n) {
    List<InstructionRecord> records = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      records.addAll(TestRecords.picture("p" + i, "lesion", new Box(i, 1, 50 + i, 60)));
    }
    return records;
  }
}
