package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Media;
import org.medvilam.records.MediaType;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.Task;
import org.medvilam.records.codec.Counts;
import org.medvilam.records.codec.Manifest;
import org.medvilam.records.codec.RecordFormat;
import org.medvilam.records.codec.RecordWriter;
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.store.LocalStore;

class RecordExamplesTest {
  private static final String SHARD = "records/train-00000-of-00001.jsonl";

  @TempDir Path directory;

  @BeforeEach
  void drawPicture() throws IOException {
    BufferedImage picture = new BufferedImage(8, 4, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < 4; y++) {
      for (int x = 4; x < 8; x++) {
        picture.getRaster().setSample(x, y, 0, 255);
      }
    }
    ImageIO.write(picture, "png", directory.resolve("a.png").toFile());
  }

  @Test
  void testPictureIsSquashedAndSharedByItsRecords() throws IOException {
    Media media = Media.image("a", "a.png", 8, 4);
    List<TrainingExample> examples =
        examples(of("1", Task.LOCALIZATION, media), of("2", Task.CLASSIFICATION, media))
            .read(Split.TRAIN, r -> true);
    assertThat(examples).extracting(TrainingExample::id).containsExactly("1", "2");
    TrainingExample first = examples.get(0);
    assertThat(first.pixels()).containsExactly(0, 1, 0, 1);
    assertThat(first.boxes()).containsExactly(new int[] {500, 0, 1000, 1000});
    assertThat(first.answer()).isEqualTo("[500, 0, 1000, 1000]");
    assertThat(examples.get(1).pixels()).isSameAs(first.pixels());
  }

  @Test
  void testOnlyWantedRecordsAreRead() throws IOException {
    Media media = Media.image("a", "a.png", 8, 4);
    RecordExamples source =
        examples(of("1", Task.LOCALIZATION, media), of("2", Task.CLASSIFICATION, media));
    assertThat(source.read(null, r -> r.task() == Task.CLASSIFICATION))
        .extracting(TrainingExample::id)
        .containsExactly("2");
    assertThat(source.read(Split.TEST, r -> true)).isEmpty();
  }

  @Test
  void testOtherMediaAreRefused() throws IOException {
    Media sound =
        new Media(
            "s",
            MediaType.AUDIO,
            "s.wav",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            8000,
            1.0,
            null,
            null);
    RecordExamples source = examples(of("1", Task.CLASSIFICATION, sound));
    assertThatThrownBy(() -> source.read(null, r -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1: only still pictures");
  }

  private static InstructionRecord of(String id, Task task, Media media) {
    return new InstructionRecord(
        id,
        "d",
        Split.TRAIN,
        task,
        "ultrasound",
        media,
        "image:a",
        "lesion",
        "lesion",
        "Where is the lesion in this image?",
        "[500, 0, 1000, 1000]",
        List.of(new GridBox(500, 0, 1000, 1000)),
        List.of(),
        List.of(),
        List.of(),
        null,
        new Source("a.txt", null),
        "d/1");
  }

  private RecordExamples examples(InstructionRecord... instructions) throws IOException {
    Path run = directory.resolve("run");
    Files.createDirectories(run.resolve("records"));
    List<Manifest.FileEntry> files = new ArrayList<>();
    LocalStore store = LocalStore.of(run);
    try (OutputStream out = store.write(SHARD);
        RecordWriter writer = RecordFormat.JSONL.writer(out)) {
      for (InstructionRecord instruction : instructions) {
        writer.write(instruction);
      }
    }
    files.add(new Manifest.FileEntry(SHARD, Files.size(run.resolve(SHARD)), 2, ""));
    RunFolder.finish(
        store,
        new Manifest(
            "test",
            "convert",
            new TreeMap<>(),
            List.of(),
            new TreeMap<>(),
            "",
            new Counts(),
            files));
    return new RecordExamples(RunFolder.open(store), dataset -> LocalStore.of(directory), 2);
  }
}
