package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.DatasetSource;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.Pictures;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Rejection;
import org.medvilam.records.Sample;
import org.medvilam.records.Split;
import org.medvilam.records.geometry.MaskRegion;
import org.medvilam.records.instruction.Instructed;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

final class Tn3kTest extends DatasetContract {
  private static final Tn3k TN3K = new Tn3k();
  private static final String FOLD = "tn3k-trainval-fold0.json";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return TN3K;
  }

  @Override
  protected String expectedInMessage() {
    return "trainval-image/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("Thyroid Dataset/tn3k");
  }

  /** Masks are JPEG, so an edge may move by a pixel. */
  @Override
  protected double tolerance() {
    return 1;
  }

  private static BufferedImage picture(int... squares) {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_BYTE_GRAY);
    for (int x : squares) {
      for (int k = 0; k < 256; k++) {
        image.getRaster().setSample(x + k % 16, 16 + k / 16, 0, 255);
      }
    }
    return image;
  }

  private Path tree(String name, int trainval, int test) throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve(name));
    for (int i = 0; i < trainval + test; i++) {
      String part = i < trainval ? "trainval" : "test";
      String file = "%04d.jpg".formatted(i < trainval ? i : i - trainval);
      files.jpeg(part + "-image/" + file, picture(), 0.9);
      files.jpeg(part + "-mask/" + file, picture(8, 40), 0.9);
    }
    return folder.resolve(name);
  }

  private static List<String> rejections(Listed listed) {
    return listed.rejections().stream()
        .map(r -> r.scope() + " " + r.source() + " " + r.reason())
        .toList();
  }

  @Test
  void namesThatRepeatAreTwoPictures() throws IOException {
    Path root = tree("repeat", 1, 1);
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items())
        .extracting(i -> i.mediaId() + " " + i.group() + " " + i.split().key())
        .containsExactlyInAnyOrder(
            "trainval-0000 image:trainval-0000 train", "test-0000 image:test-0000 test");
    Sample sample = TN3K.convert(source(root), listed.item("test-0000")).samples().get(0);
    assertThat(sample.media().uri()).isEqualTo("test-image/0000.jpg");
    assertThat(sample.labels()).isEmpty();
    assertThat(sample.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.label()).isEqualTo("thyroid nodule");
              MaskRegion region = (MaskRegion) f.regions().get(0);
              assertThat(region.instances()).isTrue();
              assertThat(region.mask().area()).isEqualTo(2 * 256);
            });
  }

  @Test
  void firstFoldCutsTrainval() throws IOException {
    Path root = tree("fold", 3, 1);
    Files.writeString(root.resolve(FOLD), "{\"val\": [1, 7], \"train\": [0]}");
    Listed listed = list(source(root));
    assertThat(listed.items())
        .extracting(i -> i.mediaId() + " " + i.split().key())
        .containsExactlyInAnyOrder(
            "trainval-0000 train", "trainval-0001 validation", "test-0000 test");
    assertThat(rejections(listed))
        .containsExactlyInAnyOrder(
            "ITEM trainval-image/0002.jpg unlisted-picture",
            "ANNOTATION trainval-mask/0002.jpg unlisted-picture",
            "ITEM " + FOLD + "#val 1 missing-image");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"val\": [1, 7], \"train\": [0 | expected a whole JSON file",
        "{\"val\": [1]} | under 'train'",
        "{\"val\": [1], \"train\": [0, 1]} | expected each number once, found 1",
        "{\"val\": [1], \"train\": [\"a\"]} | found \"a\" at train 0",
        "{\"val\": [-1], \"train\": []} | found -1 at val 0"
      })
  void brokenFoldStopsTheListing(String json, String message) throws IOException {
    Path root = tree("broken", 2, 0);
    Files.writeString(root.resolve(FOLD), json);
    assertThatThrownBy(() -> list(source(root)))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining(message);
  }

  @Test
  void classesAreOfThePicture() throws IOException {
    Path root = tree("classes", 5, 1);
    Files.writeString(
        root.resolve("label4trainval.csv"),
        "\uFEFF0000.jpg,1\r\n0001.jpg,0\r\n0002.jpg,\r\n0003.jpg,2\r\n0009.jpg,1");
    DatasetSource source = source(root);
    Listed listed = list(source);
    assertThat(rejections(listed)).containsExactly("ITEM label4trainval.csv#row 5 missing-image");
    Map<String, String> found = new HashMap<>();
    for (Item item : listed.items()) {
      Conversion conversion = TN3K.convert(source, item);
      List<ImageLabel> labels = conversion.samples().get(0).labels();
      String problems =
          conversion.rejections().stream()
              .map((Rejection r) -> r.scope() + " " + r.source() + " " + r.reason())
              .toList()
              .toString();
      found.put(item.mediaId(), (labels.isEmpty() ? "" : labels.get(0).label()) + problems);
    }
    assertThat(found)
        .isEqualTo(
            Map.of(
                "trainval-0000", "malignant thyroid nodule[]",
                "trainval-0001", "benign thyroid nodule[]",
                "trainval-0002", "[]",
                "trainval-0003", "[PART label4trainval.csv#row 4 unknown-class]",
                "trainval-0004", "[PART trainval-image/0004.jpg missing-row]",
                "test-0000", "[]"));
  }

  @Test
  void partNeedsPicturesAndMasks() throws IOException {
    Path root = tree("part", 1, 1);
    Files.move(root.resolve("test-mask"), root.resolve("masks"));
    LayoutCheck check = TN3K.check(LocalStore.of(root), Settings.standard());
    assertThat(check.problem()).contains("Expected test-mask/", "found masks/");
    Files.createDirectories(root.resolve("test-mask"));
    assertThat(TN3K.check(LocalStore.of(root), Settings.standard()).problem())
        .contains("Expected test-mask/ with pictures");
  }

  @Test
  void realFoldIsThatOfTheNumbers() throws IOException {
    Map<String, Tn3kFolds.Place> places = Tn3kFolds.read(LocalStore.of(Samples.of("tn3k")));
    assertThat(places).hasSize(2879);
    places.forEach(
        (name, place) ->
            assertThat(place.split())
                .isEqualTo(Integer.parseInt(name) % 5 == 0 ? Split.VALIDATION : Split.TRAIN));
  }

  @Test
  void realMasksConvert() throws IOException {
    Path samples = Samples.of("tn3k");
    assertThat(TN3K.check(LocalStore.of(samples), Settings.standard()).problem())
        .contains("Expected test-image/");
    Path root = folder.resolve("real");
    copy(samples.resolve("test-mask"), Files.createDirectories(root).resolve("test-mask"));
    PhantomFiles files = new PhantomFiles(root);
    try (Stream<Path> masks = Files.list(root.resolve("test-mask"))) {
      for (Path mask : masks.toList()) {
        PictureInfo size = Pictures.probe(Files.readAllBytes(mask), "m");
        files.jpeg(
            "test-image/" + mask.getFileName(),
            new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_BYTE_GRAY),
            0.9);
      }
    }
    Map<String, String> found = new HashMap<>();
    Instructor instructor = new Instructor(InstructionOptions.standard(), "tn3k/1");
    for (Item item : list(source(root)).items()) {
      Sample sample = TN3K.convert(source(root), item).samples().get(0);
      Instructed instructed = instructor.instruct(sample);
      assertThat(instructed.specks()).isZero();
      found.put(
          item.mediaId(),
          "%d nodules, %d px of holes"
              .formatted(instructed.records().get(0).boxes().size(), instructed.holePixels()));
    }
    assertThat(found)
        .hasSize(6)
        .containsEntry("test-0003", "4 nodules, 0 px of holes")
        .containsEntry("test-0079", "2 nodules, 337 px of holes")
        .containsEntry("test-0000", "1 nodules, 0 px of holes");
  }
}
