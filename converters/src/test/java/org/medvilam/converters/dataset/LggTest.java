package org.medvilam.converters.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.medvilam.converters.Conversion;
import org.medvilam.converters.Dataset;
import org.medvilam.converters.DatasetContract;
import org.medvilam.converters.LayoutCheck;
import org.medvilam.converters.Listed;
import org.medvilam.converters.Settings;
import org.medvilam.converters.item.Item;
import org.medvilam.converters.item.ItemException;
import org.medvilam.converters.phantom.PhantomFiles;
import org.medvilam.converters.phantom.PhantomRequest;
import org.medvilam.records.ImageLabel;
import org.medvilam.records.InstructionRecord;
import org.medvilam.records.Sample;
import org.medvilam.records.Task;
import org.medvilam.records.geometry.Box;
import org.medvilam.records.instruction.InstructionOptions;
import org.medvilam.records.instruction.Instructor;
import org.medvilam.records.store.LocalStore;

final class LggTest extends DatasetContract {
  private static final Lgg LGG = new Lgg();
  private static final String PATIENT = "TCGA_CS_4941";
  private static final String CASE = "TCGA_CS_4941_19960909";

  @TempDir Path folder;

  @Override
  protected Dataset dataset() {
    return LGG;
  }

  @Override
  protected String expectedInMessage() {
    return "kaggle_3m/";
  }

  @Override
  protected Optional<String> namedFolder() {
    return Optional.of("kaggle_3m");
  }

  private static LayoutCheck check(Path root) throws IOException {
    return LGG.check(LocalStore.of(root), Settings.standard());
  }

  private Path tree(String name, int... slices) throws IOException {
    Path root = folder.resolve(name);
    PhantomFiles files = new PhantomFiles(root.resolve(CASE));
    for (int slice : slices) {
      files.tiff("%s_%d.tif".formatted(CASE, slice), picture(BufferedImage.TYPE_3BYTE_BGR), 11);
      files.tiff(
          "%s_%d_mask.tif".formatted(CASE, slice), picture(BufferedImage.TYPE_BYTE_GRAY), 32);
    }
    return root;
  }

  private static BufferedImage picture(int type) {
    return new BufferedImage(64, 64, type);
  }

  @Test
  void slicesAreNumberedAndDatesAreNoPartOfTheGroup() throws IOException {
    Path root = tree("slices", 2, 10);
    BufferedImage two = picture(BufferedImage.TYPE_BYTE_GRAY);
    for (int k = 0; k < 32; k++) {
      two.getRaster().setSample(10 + k % 4, 5 + k / 4, 0, 255);
      two.getRaster().setSample(30 + k % 4, 5 + k / 4, 0, 255);
    }
    new PhantomFiles(root.resolve(CASE)).tiff(CASE + "_10_mask.tif", two, 32);
    Listed listed = list(source(root));
    assertThat(listed.rejections()).isEmpty();
    assertThat(listed.items()).extracting(Item::group).containsOnly("patient:TCGA_CS_4941");
    Conversion empty = LGG.convert(source(root), listed.item(PATIENT + "_2"));
    assertThat(empty.negatives()).isEqualTo(1);
    assertThat(empty.samples().get(0).media().slice()).isEqualTo(1);
    assertThat(empty.samples().get(0).labels())
        .containsExactly(new ImageLabel("no finding", "no finding"));
    Sample sample = LGG.convert(source(root), listed.item(PATIENT + "_10")).samples().get(0);
    assertThat(sample.media().slice()).isEqualTo(9);
    assertThat(sample.media().axis()).isEqualTo("axial");
    assertThat(sample.media().uri()).isEqualTo(CASE + "/" + CASE + "_10.tif");
    assertThat(sample.labels())
        .containsExactly(new ImageLabel("lower-grade glioma", "FLAIR abnormality"));
    assertThat(boxes(sample))
        .containsExactlyInAnyOrder(new Box(10, 5, 14, 13), new Box(30, 5, 34, 13));
  }

  private static List<Box> boxes(Sample sample) {
    Instructor instructor = new Instructor(InstructionOptions.standard(), "lgg/2");
    return instructor.instruct(sample).records().stream()
        .filter(r -> r.task() == Task.LOCALIZATION)
        .map(InstructionRecord::nativeRegions)
        .flatMap(n -> n.boxes().stream())
        .toList();
  }

  @Test
  void treeThatIsThereTwiceIsReadOnce() throws IOException {
    Path root = tree("twice/kaggle_3m", 1).getParent();
    assertThat(check(root)).isEqualTo(LayoutCheck.rootAt("kaggle_3m"));
    copy(root.resolve("kaggle_3m"), root.resolve("lgg-mri-segmentation/kaggle_3m"));
    assertThat(check(root)).isEqualTo(LayoutCheck.rootAt("kaggle_3m"));
    Files.move(root.resolve("kaggle_3m"), folder.resolve("away"));
    assertThat(check(root)).isEqualTo(LayoutCheck.rootAt("lgg-mri-segmentation/kaggle_3m"));
  }

  @Test
  void casesWithoutSlicesAreNoTree() throws IOException {
    Path root = folder.resolve("empty");
    Files.createDirectories(root.resolve(CASE));
    assertThat(check(root).problem()).contains("with slices as TIFF", "found " + CASE + "/");
  }

  @Test
  void patientOfTwoFoldersIsRejectedByName() throws IOException {
    Path root = tree("two", 1);
    copy(root.resolve(CASE), root.resolve("TCGA_CS_4941_19970909"));
    Listed listed = list(source(root));
    assertThat(listed.items()).isEmpty();
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM " + CASE + " shared-name", "ITEM TCGA_CS_4941_19970909 shared-name");
  }

  @Test
  void everyOtherFileIsRejectedByName() throws IOException {
    Path root = tree("odd", 1);
    PhantomFiles files = new PhantomFiles(root);
    files.text("data.csv", "Patient\nTCGA_CS_4941");
    files.text("README.md", "?");
    files.text("notes.txt", "?");
    files.text("TCGA_CS_4941/x.tif", "?");
    files.tiff(CASE + "/" + CASE + "_2.tif", picture(BufferedImage.TYPE_3BYTE_BGR), 11);
    files.tiff(CASE + "/" + CASE + "_3_mask.tif", picture(BufferedImage.TYPE_BYTE_GRAY), 11);
    files.tiff(CASE + "/" + CASE + "_0.tif", picture(BufferedImage.TYPE_BYTE_GRAY), 11);
    files.tiff(CASE + "/TCGA_CS_4942_19970222_1.tif", picture(BufferedImage.TYPE_BYTE_GRAY), 11);
    Listed listed = list(source(root));
    assertThat(listed.items()).extracting(Item::mediaId).containsExactly(PATIENT + "_1");
    assertThat(listed.rejections())
        .extracting(r -> r.scope() + " " + r.source() + " " + r.reason())
        .containsExactlyInAnyOrder(
            "ITEM notes.txt unexpected-file",
            "ITEM TCGA_CS_4941 unexpected-file",
            "ITEM " + CASE + "/" + CASE + "_2.tif missing-mask",
            "ANNOTATION " + CASE + "/" + CASE + "_3_mask.tif missing-image",
            "ITEM " + CASE + "/" + CASE + "_0.tif unexpected-file",
            "ITEM " + CASE + "/TCGA_CS_4942_19970222_1.tif unexpected-file");
  }

  @Test
  void maskThatEndsTooSoonIsNamed() throws IOException {
    Path root = tree("cut", 1);
    Path mask = root.resolve(CASE).resolve(CASE + "_1_mask.tif");
    byte[] whole = Files.readAllBytes(mask);
    Files.write(mask, Arrays.copyOf(whole, whole.length - 1));
    Item item = list(source(root)).items().get(0);
    ItemException e =
        catchThrowableOfType(ItemException.class, () -> LGG.convert(source(root), item));
    assertThat(e.reason()).isEqualTo("truncated-picture");
    assertThat(e.source()).endsWith("_1_mask.tif");
    assertThat(e).hasMessageContaining("strip 2 of 2");
  }

  @Test
  void phantomIsStoredAsTheReleaseIs() throws IOException {
    Path root = folder.resolve("phantom");
    LGG.draw(new PhantomRequest(root, 3, 1));
    Path slice = root.resolve("kaggle_3m/TCGA_CS_4900_19960101/TCGA_CS_4900_19960101_2");
    assertThat(strips(Path.of(slice + ".tif"))).isEqualTo(24);
    assertThat(strips(Path.of(slice + "_mask.tif"))).isEqualTo(8);
  }

  /** Returns how many offsets of strips a little-endian TIFF file has. */
  private static int strips(Path file) throws IOException {
    ByteBuffer data = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(data.getShort(0)).isEqualTo((short) ('I' << 8 | 'I'));
    int directory = data.getInt(4);
    for (int i = 0; i < data.getShort(directory); i++) {
      if (data.getShort(directory + 2 + 12 * i) == 273) {
        return data.getInt(directory + 6 + 12 * i);
      }
    }
    throw new AssertionError("no tag StripOffsets");
  }

  @Test
  void realSlicesConvert() throws IOException {
    Path samples = Samples.of("lgg");
    assertThat(check(samples)).isEqualTo(LayoutCheck.rootAt("kaggle_3m"));
    Path root = samples.resolve("kaggle_3m");
    Listed listed = list(source(root));
    assertThat(listed.items())
        .extracting(Item::mediaId)
        .containsExactlyInAnyOrder(PATIENT + "_10", PATIENT + "_11");
    assertThat(listed.rejections()).hasSize(7).allMatch(r -> r.reason().equals("missing-image"));
    Conversion empty = LGG.convert(source(root), listed.item(PATIENT + "_10"));
    assertThat(empty.negatives()).isEqualTo(1);
    Sample sample = LGG.convert(source(root), listed.item(PATIENT + "_11")).samples().get(0);
    assertThat(sample.media().width()).isEqualTo(256);
    assertThat(sample.media().slice()).isEqualTo(10);
    BufferedImage mask = ImageIO.read(root.resolve(sample.source().file()).toFile());
    assertThat(boxes(sample)).containsExactly(MaskBounds.of(mask));
  }
}
