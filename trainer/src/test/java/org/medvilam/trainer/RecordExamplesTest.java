package org.medvilam.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.medvilam.records.codec.RunFolder;
import org.medvilam.records.geometry.GridBox;
import org.medvilam.records.store.LocalStore;

class RecordExamplesTest {
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
        examples()
            .training(
                List.of(of("1", Task.LOCALIZATION, media), of("2", Task.CLASSIFICATION, media)));
    assertThat(examples).extracting(TrainingExample::id).containsExactly("1", "2");
    TrainingExample first = examples.get(0);
    assertThat(first.pixels()).containsExactly(0, 1, 0, 1);
    assertThat(first.boxes()).containsExactly(new int[] {500, 0, 1000, 1000});
    assertThat(first.answer()).isEqualTo("[500, 0, 1000, 1000]");
    assertThat(examples.get(1).pixels()).isSameAs(first.pixels());
  }

  @Test
  void testAnswerThatIsNotItsBoxesIsNamedWithoutItsText() throws IOException {
    InstructionRecord wrong =
        of("r7", Task.LOCALIZATION, Media.image("a", "a.png", 8, 4), "left upper lobe");
    RecordExamples source = examples();
    assertThatThrownBy(() -> source.training(List.of(wrong)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("r7: expected its boxes")
        .hasMessageContaining("found 15 characters")
        .hasMessageNotContaining("lobe");
  }

  @Test
  void testPictureThatCannotBeReadIsNamedWithItsRecord() throws IOException {
    Files.writeString(directory.resolve("b.png"), "no picture");
    RecordExamples source = examples();
    for (String[] file : new String[][] {{"b.png", "b.png"}, {"c.png", "no such file"}}) {
      InstructionRecord broken = of("r8", Task.LOCALIZATION, Media.image("b", file[0], 8, 4));
      assertThatThrownBy(() -> source.training(List.of(broken)))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("r8: expected a picture to train on, but " + file[0])
          .hasMessageContaining(file[1]);
    }
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
            null,
            null);
    RecordExamples source = examples();
    assertThatThrownBy(() -> source.training(List.of(of("1", Task.CLASSIFICATION, sound))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1: only still pictures");
  }

  private static InstructionRecord of(String id, Task task, Media media) {
    return of(id, task, media, "[500, 0, 1000, 1000]");
  }

  private static InstructionRecord of(String id, Task task, Media media, String answer) {
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
        answer,
        List.of(new GridBox(500, 0, 1000, 1000)),
        List.of(),
        List.of(),
        List.of(),
        null,
        new Source("a.txt", null),
        "d/1");
  }

  private RecordExamples examples() throws IOException {
    LocalStore store = LocalStore.of(directory.resolve("run"));
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
            List.of()));
    return new RecordExamples(RunFolder.open(store), dataset -> LocalStore.of(directory), 2);
  }
}
