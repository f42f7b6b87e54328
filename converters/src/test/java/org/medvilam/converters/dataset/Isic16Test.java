package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ListingException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.imaging.PictureInfo;
import org.medvilam.imaging.Pictures;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.Sample;
import org.medvilam.records.Source;
import org.medvilam.records.Split;
import org.medvilam.records.store.LocalStore;

final class Isic16Test extends DatasetContract {
  private static final Isic16 ISIC16 = new Isic16();
  private static final String PART_1 = "ISBI2016_ISIC_Part1_Training_";
  private static final String PART_3B = "ISBI2016_ISIC_Part3B_Test_";
  private static final String TABLE = "ISBI2016_ISIC_Part3_Training_GroundTruth.csv";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return ISIC16;
  }

  @Override
  protected String expectedInMessage() {
    return "ISBI2016_ISIC_Part1_Training_Data/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("ISIC 2016");
  }

  private static BufferedImage picture(int foreground) {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < foreground; i++) {
      image.getRaster().setSample(10 + i % 10, 10 + i / 10, 0, 255);
    }
    return image;
  }

  private Path tree(String name, String table, int... numbers) throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve(name));
    for (int number : numbers) {
      String id = "ISIC_%07d".formatted(number);
      files.jpeg(PART_1 + "Data/" + id + ".jpg", picture(0), 0.9);
      files.png(PART_1 + "GroundTruth/" + id + "_Segmentation.png", picture(100));
    }
    files.text(TABLE, table);
    return folder.resolve(name);
  }

  private static String problem(Path root) throws IOException {
    return ISIC16.check(LocalStore.of(root), Settings.standard()).problem();
  }

  private static List<String> rejections(Listed listed) {
    return listed.rejections().stream()
        .map(r -> r.scope() + " " + r.source() + " " + r.reason())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ISIC_0000001,benign\r\nISIC_0000002,malignant\r\n",
        "ISIC_0000001,0.0\r\nISIC_0000002,1.0",
        "ISIC_0000001,0\nISIC_0000002,1\n",
        "\uFEFFimg_id,Label\nISIC_0000001,0\nISIC_0000002,1\n",
        "image_name,class\r\n\"ISIC_0000002\",\"malignant\"\r\n\"ISIC_0000001\",\"benign\"\r\n"
      })
  void classesAreWordsOrNumbersWithOrWithoutAHeader(String table) throws IOException {
    Path root = tree("classes" + table.hashCode(), table, 1, 2);
    assertThat(problem(root)).isNull();
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    Sample benign = ISIC16.convert(source(root), listed.item("ISIC_0000001")).samples().get(0);
    assertThat(benign.labels()).containsExactly(new ImageLabel("benign skin lesion", "benign"));
    Sample sample = ISIC16.convert(source(root), listed.item("ISIC_0000002")).samples().get(0);
    assertThat(sample.labels())
        .containsExactly(new ImageLabel("malignant skin lesion", "malignant"));
    assertThat(sample.findings())
        .singleElement()
        .satisfies(
            f -> {
              assertThat(f.label()).isEqualTo("malignant skin lesion");
              assertThat(f.source())
                  .isEqualTo(
                      new Source(PART_1 + "GroundTruth/ISIC_0000002_Segmentation.png", null));
            });
    assertThat(sample.source().toString()).matches(TABLE + "#row [123]");
    assertThat(sample.split()).isEqualTo(Split.TRAIN);
    assertThat(sample.group()).isEqualTo("image:ISIC_0000002");
  }

  @Test
  void everythingWithoutItsMatchIsRejectedByName() throws IOException {
    Path root =
        tree(
            "odd",
            """
            ISIC_0000001,benign
            ISIC_0000001,benign
            ISIC_0000002,naevus
            ISIC_0000003,benign
            ISIC_0000003,malignant
            ISIC_0000004,benign,0
            ISIC_0000008,benign
            ISIC_9,benign
            ISIC_0000006,malignant
            ISIC_0000011,0.5
            """,
            1,
            2,
            3,
            4,
            5);
    PhantomFiles files = new PhantomFiles(root);
    files.jpeg(PART_1 + "Data/ISIC_0000006.jpg", picture(0), 0.9);
    files.png(PART_1 + "GroundTruth/ISIC_0000007_Segmentation.png", picture(100));
    files.png(PART_1 + "GroundTruth/ISIC_0000005_segmentation.png", picture(100));
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly("ISIC_0000001");
    assertThat(rejections(listed))
        .containsExactlyInAnyOrder(
            "ITEM " + TABLE + "#row 2 duplicate-row",
            "ITEM " + TABLE + "#row 3 unknown-class",
            "ANNOTATION " + mask(2) + " unknown-class",
            "ITEM " + TABLE + "#row 5 conflicting-rows",
            "ITEM " + TABLE + "#row 4 conflicting-rows",
            "ANNOTATION " + mask(3) + " conflicting-rows",
            "ITEM " + TABLE + "#row 6 wrong-columns",
            "ANNOTATION " + mask(4) + " wrong-columns",
            "ITEM " + PART_1 + "Data/ISIC_0000005.jpg missing-row",
            "ANNOTATION " + mask(5) + " missing-row",
            "ITEM " + PART_1 + "Data/ISIC_0000006.jpg missing-mask",
            "ANNOTATION " + mask(7) + " missing-image",
            "ITEM " + TABLE + "#row 7 missing-image",
            "ITEM " + TABLE + "#row 8 bad-image-id",
            "ITEM " + TABLE + "#row 10 unknown-class",
            "ITEM " + PART_1 + "GroundTruth/ISIC_0000005_segmentation.png unexpected-file");
  }

  private static String mask(int number) {
    return PART_1 + "GroundTruth/ISIC_%07d_Segmentation.png".formatted(number);
  }

  @Test
  void folderOfPart3bHoldsPicturesAndMasks() throws IOException {
    PhantomFiles files = new PhantomFiles(folder.resolve("3b"));
    files.jpeg(PART_3B + "Data/ISIC_0000003.jpg", picture(0), 0.9);
    files.png(PART_3B + "Data/ISIC_0000003_Segmentation.png", picture(100));
    files.text(PART_3B + "GroundTruth.csv", "ISIC_0000003,1.0\r\n");
    Path root = folder.resolve("3b");
    assertThat(problem(root)).isNull();
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    Item item = listed.item("ISIC_0000003");
    assertThat(item.split()).isEqualTo(Split.TEST);
    assertThat(ISIC16.convert(source(root), item).samples().get(0).media().uri())
        .isEqualTo(PART_3B + "Data/ISIC_0000003.jpg");
  }

  @Test
  void sharedPicturesOfPart3AreReadOnce() throws IOException {
    Path root = tree("twice", "ISIC_0000001,benign\n", 1);
    copy(root.resolve(PART_1 + "Data"), root.resolve("ISBI2016_ISIC_Part3_Training_Data"));
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items()).hasSize(1);
  }

  @Test
  void whatAPartLacksIsNamed() throws IOException {
    Path root = tree("lacking", "ISIC_0000001,benign\n", 1);
    Files.delete(root.resolve(TABLE));
    assertThat(problem(root))
        .contains(TABLE + ": expected this table", "found ISBI2016_ISIC_Part1");
    Files.writeString(root.resolve(TABLE), "ISIC_0000001,benign\n");
    Files.createDirectories(root.resolve("ISBI2016_ISIC_Part1_Test_Data"));
    assertThat(problem(root)).contains("ISBI2016_ISIC_Part1_Test_GroundTruth/");
    Files.delete(root.resolve("ISBI2016_ISIC_Part1_Test_Data"));
    Files.writeString(root.resolve("ISBI2016_ISIC_Part1_Test_Data.zip"), "still packed");
    assertThat(problem(root)).isNull();
  }

  @Test
  void otherTasksOfTheChallengeAreNoTree() throws IOException {
    Path root = folder.resolve("task 2");
    Files.createDirectories(root.resolve("ISBI2016_ISIC_Part2_Training_Data"));
    assertThat(problem(root)).contains("Expected ISBI2016_ISIC_Part1_Training_Data/", "Part2");
  }

  @Test
  void tableCutInsideACellStopsTheListing() throws IOException {
    Path root = tree("cut", "ISIC_0000001,benign\n\"ISIC_00000", 1);
    assertThatThrownBy(() -> list(source(root)))
        .isInstanceOf(ListingException.class)
        .hasMessageContaining("expected a whole table");
  }

  @Test
  void labelsOnlyIsAProblemThatSaysWhy() throws IOException {
    LayoutCheck check =
        ISIC16.check(LocalStore.of(tree("labels", "")), Settings.standard().withLabelsOnly());
    assertThat(check.problem()).contains("--labels-only");
  }

  @Test
  void realTableAndPicturesConvert() throws IOException {
    Path samples = Samples.of("isic2016");
    assertThat(problem(samples)).contains("ISBI2016_ISIC_Part1_Training_GroundTruth/");
    Path root = copy(samples, folder.resolve("real"));
    PhantomFiles files = new PhantomFiles(root);
    TreeSet<String> ids = new TreeSet<>(List.of("ISIC_0000000", "ISIC_0000001"));
    for (String id : ids) {
      byte[] picture = Files.readAllBytes(root.resolve(PART_1 + "Data/" + id + ".jpg"));
      PictureInfo size = Pictures.probe(picture, id);
      assertThat(size).isEqualTo(new PictureInfo("jpeg", 1022, 767));
      BufferedImage mask = new BufferedImage(1022, 767, BufferedImage.TYPE_BYTE_GRAY);
      mask.createGraphics().fillRect(200, 100, 300, 400);
      files.png(PART_1 + "GroundTruth/" + id + "_Segmentation.png", mask);
    }
    assertThat(problem(root)).isNull();
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactlyElementsOf(ids);
    assertThat(listed.rejections()).hasSize(898).allMatch(r -> r.reason().equals("missing-image"));
    Sample sample = ISIC16.convert(source(root), listed.items().get(0)).samples().get(0);
    assertThat(sample.labels()).extracting(ImageLabel::nativeLabel).containsExactly("benign");
  }
}
